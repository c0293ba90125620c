"""Findings as SARIF: what the validator and code scanning ask for, and what people look for in it."""

from typing import Any

import pytest
from cli.findings.conftest import BUCKET, KEY, SAID, Validate

from aws_mobile_cli.findings.said import Said, Standing
from aws_mobile_cli.findings.sarif import sarif
from aws_mobile_guard.rules import RULES


def _sarif(*said: Said) -> dict[str, Any]:
    return sarif(said, project="app", stack="dev", file="Pulumi.dev.yaml", version="0.1.0")


def test_the_validator_has_nothing_against_it(validate: Validate) -> None:
    assert validate(_sarif(*SAID)) == []


def test_the_validator_takes_every_rule_there_is(validate: Validate) -> None:
    assert validate(_sarif(*(Said(rule.id, Standing.MANDATORY, KEY, "a: b") for rule in RULES))) == []


def test_the_validator_takes_a_run_that_found_nothing(validate: Validate) -> None:
    assert validate(_sarif()) == []


def test_the_validator_would_say_what_is_wrong(validate: Validate) -> None:
    nameless, alien = _sarif(*SAID), _sarif(*SAID)
    del nameless["runs"][0]["results"][0]["ruleId"]
    alien["runs"][0]["results"][1]["colour"] = "red"
    assert "SARIF1010" in {one.split()[0] for one in validate(nameless)}
    assert "JSON1005" in {one.split()[0] for one in validate(alien)}


def test_a_result_says_what_it_means_and_where() -> None:
    results = _sarif(*SAID)["runs"][0]["results"]
    assert [(one["ruleId"], one.get("kind", "fail"), one.get("level", "the rule's")) for one in results] == [
        ("kms-rotation", "fail", "error"),
        ("s3-access-logs", "fail", "warning"),
        ("s3-tls-only", "open", "none"),
        ("log-cmk", "fail", "the rule's"),
        ("of-another-pack", "fail", "warning"),
    ]
    assert results[0]["message"]["text"] == "key: enableKeyRotation: got nothing; allowed: true; set it"
    assert results[0]["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "Pulumi.dev.yaml"}, "region": {"startLine": 1}},
            "logicalLocations": [{"name": "key", "fullyQualifiedName": KEY, "kind": "resource"}],
        }
    ]


def test_what_is_acknowledged_is_suppressed_with_the_reason_and_nothing_else_is() -> None:
    results = _sarif(*SAID)["runs"][0]["results"]
    assert {one["ruleId"]: one["suppressions"] for one in results if "suppressions" in one} == {
        "log-cmk": [{"kind": "external", "status": "accepted", "justification": "until 2026-12-31: moving in spring"}]
    }


def test_every_result_leads_to_its_rule() -> None:
    run = _sarif(*SAID)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [one.rule for one in SAID]


@pytest.mark.parametrize(("rule", "score"), [("kms-rotation", "5.0"), ("rds-private", "9.5"), ("log-retention", None)])
def test_a_rule_about_security_has_the_score_of_its_severity(rule: str, score: str | None) -> None:
    (descriptor,) = _sarif(Said(rule, Standing.MANDATORY, KEY, "a: b"))["runs"][0]["tool"]["driver"]["rules"]
    assert descriptor["properties"].get("security-severity") == score
    assert ("security" in descriptor["properties"]["tags"]) == (score is not None)


def test_a_finding_is_known_again_though_its_value_changes() -> None:
    def print_of(rule: str, urn: str, message: str) -> str:
        (result,) = _sarif(Said(rule, Standing.MANDATORY, urn, message))["runs"][0]["results"]
        return result["partialFingerprints"]["resourceAndProperty/v1"]

    first = print_of("kms-policy", KEY, "deletionWindowInDays: got 7; allowed: 14 days or more; raise it")
    assert print_of("kms-policy", KEY, "deletionWindowInDays: got 8; allowed: 14 days or more; raise it") == first
    others = {
        print_of("kms-policy", KEY, "policy: got everyone"),
        print_of("kms-policy", BUCKET, "deletionWindowInDays: got 7"),
        print_of("kms-rotation", KEY, "deletionWindowInDays: got 7"),
    }
    assert len(others | {first}) == 4


def test_whether_it_stops_a_deployment_is_the_exit_code() -> None:
    codes = [_sarif(one)["runs"][0]["invocations"][0]["exitCode"] for one in SAID]
    assert codes == [1, 0, 0, 0, 0]
