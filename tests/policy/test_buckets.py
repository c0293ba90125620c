"""What S3 rules have in common: which buckets take logs, and what a bucket says itself in its older forms."""

import pytest
from policy.test_stack import resource

from aws_mobile_guard.aws_types import BUCKET_LIFECYCLES, BUCKET_LOGGINGS, BUCKETS, LOAD_BALANCERS
from aws_mobile_guard.buckets import enabled_lifecycle_rules, is_log_target, is_named, older_form
from aws_mobile_guard.rule import Options
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, UNKNOWN_TEXT

LOGS = resource("logs", BUCKETS[0], {"bucket": "logs"}, id="logs")


@pytest.mark.parametrize("name", ["logging", "loggings"])
def test_a_bucket_that_another_logs_into_in_the_older_form_takes_logs(name: str) -> None:
    form = {name: {"targetBucket": UNKNOWN_TEXT}}
    other = resource("films", BUCKETS[0], form, {name: ["logs"]})
    assert is_log_target(Stack([LOGS, other]), LOGS)
    assert not is_log_target(Stack([LOGS, other]), other)


def test_a_bucket_that_logs_into_itself_alone_takes_no_logs() -> None:
    own = resource("films", BUCKETS[0], {"logging": {"targetBucket": UNKNOWN_TEXT}}, {"logging": ["films"]})
    assert not is_log_target(Stack([own]), own)


@pytest.mark.parametrize("name", ["accessLogs", "connectionLogs", "healthCheckLogs"])
@pytest.mark.parametrize("type_", LOAD_BALANCERS)
def test_a_bucket_that_a_load_balancer_logs_into_takes_logs(type_: str, name: str) -> None:
    by_name = resource("lb", type_, {name: {"bucket": "logs", "enabled": True}})
    later = resource("lb", type_, {name: {"bucket": UNKNOWN_TEXT, "enabled": True}}, {name: ["logs"]})
    other = resource("lb", type_, {name: {"bucket": UNKNOWN_TEXT, "enabled": True}}, {name: ["elsewhere"]})
    assert is_log_target(Stack([LOGS, by_name]), LOGS)
    assert is_log_target(Stack([LOGS, later]), LOGS)
    assert not is_log_target(Stack([LOGS, other]), LOGS)


def test_a_bucket_that_a_resource_of_its_own_names_takes_logs() -> None:
    own = resource("logging", BUCKET_LOGGINGS[0], {"bucket": "films", "targetBucket": "logs"})
    assert is_log_target(Stack([LOGS, own]), LOGS)
    assert not is_log_target(Stack([LOGS]), LOGS)


@pytest.mark.parametrize(
    ("patterns", "named"), [([], False), (["^lo"], True), (["films", "gs$"], True), (["x"], False)]
)
def test_an_option_names_buckets_by_their_urns(patterns: list[str], *, named: bool) -> None:
    assert is_named(LOGS, Options({"buckets": patterns})) is named


def test_an_older_form_may_be_spelled_either_way() -> None:
    for spelling in ("logging", "loggings"):
        found = older_form(resource("b", BUCKETS[0], {spelling: [{"targetBucket": "logs"}]}), "logging")
        assert found is not None
        assert found is not UNKNOWN
        assert found.text("targetBucket") == "logs"
        assert older_form(resource("b", BUCKETS[0], {spelling: UNKNOWN_TEXT}), "logging") is UNKNOWN
    assert older_form(resource("b", BUCKETS[0], {"loggings": []}), "logging") is None


def rules(type_: str, name: str, *rules: object) -> object:
    found = enabled_lifecycle_rules(resource("l", type_, {name: list(rules)}))
    return [rule.text("id") for rule in found] if isinstance(found, list) else found


def test_a_rule_of_a_lifecycle_counts_unless_it_is_off() -> None:
    own = BUCKET_LIFECYCLES[0]
    on, off, silent = {"id": "on", "status": "Enabled"}, {"id": "off", "status": "Disabled"}, {"id": "silent"}
    assert rules(own, "rules", on, off, silent) == ["on", "silent"]
    assert rules(own, "rules", {"id": "a", "status": "Enabled", "enabled": False}) == ["a"]
    assert rules(own, "rules", UNKNOWN_TEXT) is UNKNOWN


def test_a_rule_in_the_older_form_counts_unless_it_is_off() -> None:
    on, off, silent = {"id": "on", "enabled": True}, {"id": "off", "enabled": False}, {"id": "silent"}
    assert rules(BUCKETS[0], "lifecycleRules", on, off, silent) == ["on", "silent"]
    assert rules(BUCKETS[0], "lifecycleRules", {"id": "a", "status": "Disabled"}) == ["a"]


def test_no_rules_are_told_from_unknown_ones() -> None:
    assert enabled_lifecycle_rules(resource("l", BUCKETS[0])) is None
    assert enabled_lifecycle_rules(resource("l", BUCKETS[0], {"lifecycleRules": UNKNOWN_TEXT})) is UNKNOWN
