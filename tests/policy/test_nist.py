"""What NIST SP 800-53 demands of the rules is what Security Hub's pages say."""

import re

import pytest

from aws_mobile_guard import nist
from aws_mobile_guard.rule import BaseRule
from aws_mobile_guard.rules import RULES

BY_ID: dict[str, BaseRule] = {rule.id: rule for rule in RULES}
LINES = [(control, line) for page in nist.PAGES.values() for control, line in page.items()]


def test_every_control_is_one_that_a_rule_names() -> None:
    named = {one.removeprefix("FSBP ") for rule in RULES for one in rule.frameworks}
    assert [control for control, _ in LINES if control not in named] == []


def test_every_control_stands_under_the_page_of_its_service() -> None:
    wrong = [
        (page, control)
        for page, controls in nist.PAGES.items()
        for control in controls
        if page != f"{control.partition('.')[0].lower()}-controls"
    ]
    assert wrong == []


@pytest.mark.parametrize(("control", "line"), LINES, ids=[control for control, _ in LINES])
def test_every_demand_is_written_as_the_standard_writes_it_and_once(control: str, line: str) -> None:
    demands = line.split()
    assert demands, control
    assert [one for one in demands if not re.fullmatch(r"[A-Z]{2}-[1-9]\d?(\([1-9]\d?\))?", one)] == []
    assert len(set(demands)) == len(demands)


def test_a_rule_has_the_demands_of_all_its_controls_once_and_in_order() -> None:
    assert nist.demands(BY_ID["lb-headers"]) == (
        "NIST.800-53.r5 AC-4(21)",
        "NIST.800-53.r5 CA-9(1)",
        "NIST.800-53.r5 CM-2",
        "NIST.800-53.r5 SC-7(4)",
        "NIST.800-53.r5 SC-8(2)",
    )


def test_a_control_outside_the_foundational_standard_counts() -> None:
    assert BY_ID["lambda-tracing"].frameworks[0] == "Lambda.7"
    assert nist.demands(BY_ID["lambda-tracing"]) == ("NIST.800-53.r5 CA-7",)


@pytest.mark.parametrize("name", ["cognito-mfa", "iam-passrole"])
def test_a_rule_without_a_control_that_serves_the_standard_has_no_demand(name: str) -> None:
    assert nist.demands(BY_ID[name]) == ()


def test_the_rules_of_a_demand_are_found_again() -> None:
    served = nist.rules_by_demand(RULES)
    assert [rule.id for rule in served["AU-11"]] == ["log-retention"]
    assert list(served)[:4] == ["AC-2", "AC-2(1)", "AC-2(4)", "AC-3"]
    pairs = {(rule.id, f"{nist.PREFIX}{demand}") for demand, rules in served.items() for rule in rules}
    assert pairs == {(rule.id, demand) for rule in RULES for demand in nist.demands(rule)}
