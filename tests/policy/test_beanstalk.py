"""What rules make of Beanstalk's options beyond what production asks for: HTTP inside a VPC, and secrets unread."""

import pytest
from policy.breaks_web_tier import BALANCER, CANARY, HTTP, HTTPS, LAUNCH, PROPERTIES, SECRETS, VPC, option, without
from policy.compliant_stack import broken
from policy.guard_stack import Change, both
from policy.test_rules import judge

from aws_mobile_guard.rules import RULES
from aws_mobile_guard.run import Finding, Kind
from aws_mobile_guard.view import UNKNOWN_TEXT

PLAIN = both(without(HTTPS), option(HTTP, "ListenerEnabled", "true"))
INSIDE = {"eb-https": {"internalHttp": True}}


def about_https(*changes: Change) -> list[Finding]:
    return [one for one in judge(broken(both(*changes)), INSIDE, known=False) if one.rule == "eb-https"]


def test_inside_a_vpc_http_may_do() -> None:
    assert about_https(PLAIN) == []


@pytest.mark.parametrize("scheme", [(), ("public",), ("internal", "public")], ids=str)
def test_a_balancer_that_the_internet_reaches_needs_https(scheme: tuple[str, ...]) -> None:
    found = about_https(PLAIN, option(VPC, "ELBScheme", *scheme))
    assert [(one.kind, one.message.partition(":")[0]) for one in found] == [(Kind.VIOLATION, "settings.aws")]
    assert found[0].message.startswith(f"settings.{HTTP}.Protocol: got nothing, which means HTTP; allowed: HTTPS; ")


def test_a_balancer_that_the_internet_may_reach_is_not_decided_on() -> None:
    found = about_https(PLAIN, option(VPC, "ELBScheme", UNKNOWN_TEXT))
    assert [(one.kind, one.message) for one in found] == [
        (Kind.UNDECIDED, f"settings.{VPC}.ELBScheme: only known after deployment; checked then")
    ]


def test_https_inside_a_vpc_still_needs_a_policy() -> None:
    assert [one.kind for one in about_https(option(HTTPS, "SSLPolicy"))] == [Kind.VIOLATION]


def test_a_balancer_of_another_kind_is_spoken_of_once() -> None:
    changes = both(option(BALANCER, "LoadBalancerType", "classic"), without("aws:elbv2:loadbalancer"))
    found = {one.rule for one in judge(broken(changes))}
    assert found == {"eb-https"}


def test_a_single_server_has_no_balancer_that_could_log() -> None:
    changes = both(option(BALANCER, "EnvironmentType", "SingleInstance"), without("aws:elbv2:loadbalancer"))
    assert {one.rule for one in judge(broken(changes))} == {"eb-https", "eb-multi-az"}


def test_what_is_on_by_itself_is_no_finding_before_the_platform_is_known_either() -> None:
    found = [one for one in judge(broken(option(LAUNCH, "DisableIMDSv1")), known=False) if one.rule == "eb-imdsv2"]
    assert found == []


@pytest.mark.parametrize("namespace", [PROPERTIES, SECRETS, "aws:rds:dbinstance", VPC])
def test_no_message_repeats_a_property_whatever_the_rules_are_set_to(namespace: str) -> None:
    config = {
        "all": "mandatory",
        "eb-no-plain-secrets": {"names": [".*"]},
        "eb-stream-logs": {"minimumDays": 10000},
    }
    names = ("DBPassword", "SMTP_PASSWORD", "ANYTHING")
    found = judge(broken(both(*(option(namespace, name, CANARY) for name in names))), config)
    assert found
    assert {one.level for one in found} == {found[0].level}
    assert [one.message for one in found if CANARY in one.message] == []


def test_every_rule_about_environments_says_of_an_empty_one_what_it_lacks() -> None:
    environment = broken(lambda specs: specs["environment"].properties.clear())
    found = {one.rule for one in judge(environment) if one.kind is Kind.VIOLATION}
    # Nothing is plain where nothing is said; and a classic load balancer is a matter for eb-https.
    assert {rule.id for rule in RULES if rule.id.startswith("eb-")} - found == {"eb-no-plain-secrets", "eb-access-logs"}
