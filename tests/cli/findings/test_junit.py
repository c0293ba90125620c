"""Findings as JUnit's XML, read back by a reader of it."""

from cli.findings.conftest import BUCKET, KEY, SAID
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Failure, JUnitXml, Skipped, TestCase

from aws_mobile_cli.findings.junit import junit
from aws_mobile_cli.findings.said import Said, Standing
from aws_mobile_guard.rules import RULES


def _cases(*said: Said) -> dict[str, TestCase]:
    (suite,) = JUnitXml.fromstring(junit(said, project="app", stack="dev").encode())
    return {str(case.name): case for case in suite}


def test_every_rule_is_a_test_that_passes_where_it_says_nothing() -> None:
    cases = _cases()
    assert list(cases) == [rule.id for rule in RULES]
    assert all(case.is_passed for case in cases.values())
    assert {case.classname for case in cases.values()} == {
        "policies.security",
        "policies.resilience",
        "policies.cost-and-hygiene",
    }


def test_a_mandatory_finding_fails_its_rule_an_advisory_one_is_told_and_an_undecided_one_skips() -> None:
    cases = _cases(*SAID)
    assert [(type(one), one.message) for one in cases["kms-rotation"].result] == [
        (Failure, "key: enableKeyRotation: got nothing; allowed: true; set it")
    ]
    assert cases["kms-rotation"].system_err.startswith("Set enableKeyRotation")
    assert cases["s3-access-logs"].is_passed
    assert (
        cases["s3-access-logs"].system_out == "files: BucketLogging: got nothing; allowed: one for the bucket; add it"
    )
    assert [type(one) for one in cases["s3-tls-only"].result] == [Skipped]
    assert cases["log-cmk"].is_passed
    assert cases["log-cmk"].system_out == (
        "files: kmsKeyId: got nothing; allowed: a key of your own; make one "
        "(acknowledged until 2026-12-31: moving in spring)"
    )
    assert cases["of-another-pack"].classname == "policies.other"
    assert cases["of-another-pack"].system_out == "the stack: somebody else's words"


def test_a_rule_that_objects_somewhere_is_not_skipped_for_what_it_cannot_decide() -> None:
    objects = Said("s3-tls-only", Standing.MANDATORY, KEY, "policy: got nothing")
    assert [type(one) for one in _cases(*SAID, objects)["s3-tls-only"].result] == [Failure]


def test_the_figures_add_up() -> None:
    report = JUnitXml.fromstring(junit(SAID, project="app", stack="dev").encode())
    assert (report.tests, report.failures, report.errors, report.skipped) == (len(RULES) + 1, 1, 0, 1)


@given(st.text(), st.text(), st.sampled_from(Standing))
def test_whatever_stands_in_a_message_is_xml(name: str, message: str, standing: Standing) -> None:
    cases = _cases(Said("rds-private", standing, f"{BUCKET}::{name}", message))
    assert len(cases) == len(RULES)
