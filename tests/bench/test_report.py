"""What is made of measured figures."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bench import calls, contests
from bench.calls import Calls
from bench.data_sync import Cost, Crowd, SyncCosts
from bench.events import Flow
from bench.growth import COUNTS
from bench.judging import Judged
from bench.measure import Run
from bench.report import Measured, Table, goals, markdown, show, tables
from bench.templates import Expectation


def test_goals_are_ratios_with_a_verdict() -> None:
    assert [(goal.what, round(goal.ratio, 3), goal.met) for goal in goals(_measured())] == [
        ("preview / CDK, JavaScript, default: time", 0.4, False),
        ("preview / CDK, JavaScript, default: memory", 0.25, True),
        ("preview / CDK, Python, default: time", 0.2, True),
        ("preview / CDK, Python, default: memory", 0.2, True),
        ("components / raw resources: time", 1.04, True),
        ("components / raw resources: processor time", 1.04, True),
        ("16 Regions / 1: time of the process", 16, True),
        ("16 Regions / 1: processor time of a second preview in the process", 32, False),
        ("100000 events / 1000: time of each event", 1.25, True),
        ("8 stacks / 1: time of every policy rule over a resource", 1.125, True),
    ]


def test_the_kept_file_has_a_table_for_each_question() -> None:
    expectation = Expectation(
        "aws:ec2/internetGateway:InternetGateway", 2, "AWS::EC2::InternetGateway", "resource", "B"
    )
    text = markdown(tables(_measured(), [expectation]), [("Date", "2026-11-22")])
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# The last results of `make bench`",
        "## Goals",
        "## The same infrastructure: aws-mobile and the AWS CDK",
        "## The same resources: with components and without",
        "## Growth",
        "## Calls through the sandbox's API Gateway",
        "## Data sync: calls",
        "## Data sync: devices that push at the same time",
        "## Analytics: events",
        "## Policies",
        "## What is compared",
    ]
    assert "- Date: 2026-11-22\n" in text
    assert "| preview / CDK, JavaScript, default: time | 0.400 | at most 0.333 | missed |\n" in text
    assert "| CDK, Python, default | 10.00 | 10.00 | 500 | 0.200 | 0.200 | 0.200 |\n" in text
    assert "| 16 | 160 | 16.00 | 100 | 16.00 | 3.200 | 32.00 |\n" in text
    assert "| the app's own process | 3 | 2.00 | 2.00 | 0.00 | -1.00 | 1.00 |\n" in text
    assert "| API Gateway, signed | 3 | 8.00 | 8.00 | 6.00 | 5.00 | 4.00 |\n" in text
    assert "| API Gateway, signed: POST /token | 3 | 30.00 | 30.00 |  |  |  |\n" in text
    assert "| push of 1 | 100 | 3 | 120 | 90 | 10.00 | 10.00 |\n" in text
    assert "| one | 2 | 30 | 1 | 1.50 | 0.50 |\n" in text
    assert "| 8 | 800 | 40 | 90 | 9.00 |\n" in text
    assert "| 100000 | 2,000 | 1,333 | 800 | 1.25 |\n" in text
    assert "| 100000 events / 1000: time of each event | 1.250 | at most 1.25 | met |\n" in text
    assert "| aws:ec2/internetGateway:InternetGateway | 2 | resource | AWS::EC2::InternetGateway, and B |\n" in text


def test_calls_that_could_not_be_made_leave_a_sentence() -> None:
    missing = "php-cli missing; install it"
    text = markdown(tables(replace(_measured(), calls=Calls({}, missing)), []), [])
    assert (
        "## Calls through the sandbox's API Gateway\n\n"
        "Not measured on this machine: php-cli missing; install it.\n\n"
        "## Data sync: calls\n"
    ) in text


def test_tables_without_rows_are_shown_as_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    show([Table("Calls", "Not measured.", (), ())], [("Date", "2026-11-22")])
    assert capsys.readouterr().out == "Date 2026-11-22\nCalls\nNot measured.\n"


def _measured() -> Measured:
    cdk = {
        contests.PREVIEW: _runs(2, 100),
        contests.JAVASCRIPT: _runs(5, 400),
        contests.JAVASCRIPT_OFF: _runs(1, 50),
        contests.PYTHON: _runs(10, 500),
        contests.PYTHON_OFF: _runs(3, 150),
    }
    raw = {contests.COMPONENTS: _runs(1.04, 100), contests.RAW: _runs(1, 100)}
    first = {str(count): _runs(count, 100, _told(count, count / 10)) for count in COUNTS}
    again = {str(count): _runs(count, 100, _told(count, count / 5)) for count in COUNTS}
    again["1"] = _runs(1, 100, _told(1, 0.1))
    seconds = {calls.PROCESS: 0.002, calls.BALANCER: 0.003, calls.GATEWAY: 0.008, calls.TOKEN: 0.03}
    made = Calls({name: [took] * 3 for name, took in seconds.items()})
    costs = [Cost("push of 1", records, 3, 120, 90, 0.001 * records / 10) for records in (10, 100)]
    crowds = [Crowd("one", writers, 30, 1, writers, 1.5) for writers in (1, 2)]
    flows = [Flow(1000, 0.5, 0.5), Flow(100_000, 50, 75)]
    judged = [Judged(1, 100, 5, 0.01), Judged(8, 800, 40, 0.09)]
    return Measured(cdk, raw, first, again, made, SyncCosts(costs, crowds), flows, judged)


def _runs(seconds: float, mib: float, output: str = "") -> Sequence[Run]:
    return [Run(seconds, seconds, mib, output)] * 3


def _told(count: int, seconds: float) -> str:
    return json.dumps({"resources": count * 10, "seconds": [9, seconds]})
