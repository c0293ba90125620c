"""Findings in a log of the engine's events."""

import json
from typing import Any

import pytest
from cli.findings.conftest import KEY

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.findings.events import read
from aws_mobile_cli.findings.said import Said, Standing


def _event(level: str, message: str, **more: Any) -> str:  # noqa: ANN401 - whatever an event holds
    policy = {
        "resourceUrn": KEY,
        "message": message,
        "policyName": "kms-rotation",
        "policyPackName": "aws-mobile-guard",
        "enforcementLevel": level,
        **more,
    }
    return json.dumps({"sequence": 1, "timestamp": 2, "policyEvent": policy})


BEGINS = json.dumps({"sequence": 0, "resourcePreEvent": {"metadata": {"urn": "urn:pulumi:dev::app::t::n"}}})


def test_a_finding_is_what_the_rule_reported_without_its_description_and_colours() -> None:
    message = "<{%fg 1%}>A symmetric key is rotated by AWS.\nenableKeyRotation: got nothing; allowed: true<{%reset%}>\n"
    log = read("\n".join([BEGINS, "", _event("mandatory", message)]), "log")
    assert (log.project, log.stack) == ("app", "dev")
    said = Said("kms-rotation", Standing.MANDATORY, KEY, "enableKeyRotation: got nothing; allowed: true")
    assert log.said == [said]


@pytest.mark.parametrize(
    ("level", "standing"),
    [
        ("mandatory", Standing.MANDATORY),
        ("remediate", Standing.MANDATORY),
        ("advisory", Standing.ADVISORY),
    ],
)
def test_the_level_says_whether_it_stops(level: str, standing: Standing) -> None:
    assert [one.standing for one in read(_event(level, "a\nb"), "log").said] == [standing]


def test_what_the_engine_could_not_run_is_undecided() -> None:
    message = "can't run policy 'kms-rotation' from policy pack 'aws-mobile-guard@v0.1.0' during preview: later"
    assert [one.standing for one in read(_event("advisory", message), "log").said] == [Standing.UNDECIDED]


def test_what_a_preview_and_its_update_both_say_is_said_once() -> None:
    assert len(read("\n".join([_event("advisory", "a\nb")] * 2), "log").said) == 1


def test_a_run_without_findings_says_nothing() -> None:
    assert read(BEGINS, "log").said == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "log: no events of the engine; write them with pulumi preview --event-log FILE"),
        ("Previewing update (dev)", "log: line 1 is no event of the engine: Expecting value"),
        (f"{BEGINS}\n[]", "log: line 2 is no event of the engine: it must be an object"),
        (_event("mandatory", "a", policyName=""), "log: an event of a policy without its name or message: "),
        (_event("mandatory", "a", resourceUrn=7), "log: an event of a policy without its name or message: "),
    ],
)
def test_what_is_no_log_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        read(text, "log")
    assert str(raised.value).startswith(said)
