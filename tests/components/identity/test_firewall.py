"""The web ACL before the pool: its rules and their order."""

from typing import Any

import pytest
from components.identity.building import build
from components.identity.refusals import DOMAIN


def acl_of(args: dict[str, Any]) -> dict[str, Any]:
    return dict(build(args).only("aws:wafv2/webAcl:WebAcl").inputs)


def rules_of(args: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {rule["name"]: rule for rule in acl_of(args)["rules"]}


def matches(rule: dict[str, Any]) -> list[tuple[str, str]]:
    statement = rule["statement"]
    statements = statement["orStatement"]["statements"] if "orStatement" in statement else [statement]
    return [
        (match["byteMatchStatement"]["searchString"], match["byteMatchStatement"]["positionalConstraint"])
        for match in statements
    ]


def test_the_rules_come_in_order_and_are_counted() -> None:
    acl = acl_of({"domain": DOMAIN, "firewall": {}})
    assert acl["scope"] == "REGIONAL"
    assert acl["defaultAction"] == {"allow": {}}
    assert [(rule["name"], rule["priority"]) for rule in acl["rules"]] == [
        ("known-bad-addresses", 0),
        ("common-attacks", 1),
        ("too-many-requests", 2),
        ("captcha", 3),
    ]
    assert acl["rules"][3]["visibilityConfig"] == {
        "cloudwatchMetricsEnabled": True,
        "metricName": "users-firewall-captcha",
        "sampledRequestsEnabled": True,
    }


def test_awss_rules_are_those_against_bad_addresses_and_common_attacks() -> None:
    rules = rules_of({"firewall": {}})
    assert rules["known-bad-addresses"]["statement"] == {
        "managedRuleGroupStatement": {"name": "AWSManagedRulesAmazonIpReputationList", "vendorName": "AWS"}
    }
    assert rules["common-attacks"]["statement"] == {
        "managedRuleGroupStatement": {"name": "AWSManagedRulesCommonRuleSet", "vendorName": "AWS"}
    }
    assert rules["common-attacks"]["overrideAction"] == {"none": {}}


def test_one_address_may_not_ask_too_often() -> None:
    rule = rules_of({"firewall": {"requests_per_five_minutes": 50}})["too-many-requests"]
    assert rule["action"] == {"block": {}}
    assert rule["statement"] == {
        "rateBasedStatement": {"aggregateKeyType": "IP", "evaluationWindowSec": 300, "limit": 50}
    }


def test_the_pages_for_signing_in_and_up_ask_for_a_captcha() -> None:
    rule = rules_of({"domain": DOMAIN, "firewall": {}})["captcha"]
    assert rule["action"] == {"captcha": {}}
    assert matches(rule) == [("/login", "STARTS_WITH"), ("/signup", "STARTS_WITH")]


def test_a_page_is_known_however_its_path_is_written() -> None:
    rule = rules_of({"domain": DOMAIN, "firewall": {"captcha": ["sign_in"]}})["captcha"]
    assert rule["statement"]["byteMatchStatement"] == {
        "searchString": "/login",
        "positionalConstraint": "STARTS_WITH",
        "fieldToMatch": {"uriPath": {}},
        "textTransformations": [
            {"priority": 0, "type": "URL_DECODE"},
            {"priority": 1, "type": "NORMALIZE_PATH"},
            {"priority": 2, "type": "LOWERCASE"},
        ],
    }


def test_apps_may_be_asked_for_a_captcha() -> None:
    rule = rules_of({"firewall": {"captcha_on": "api", "captcha": ["sign_up"]}})["captcha"]
    assert rule["statement"]["byteMatchStatement"] == {
        "searchString": "SignUp",
        "positionalConstraint": "EXACTLY",
        "fieldToMatch": {"singleHeader": {"name": "x-amzn-cognito-operation-name"}},
        "textTransformations": [{"priority": 0, "type": "NONE"}],
    }


def test_both_may_be_asked() -> None:
    firewall = {"captcha_on": "both", "captcha": ["forgot_password"]}
    rule = rules_of({"domain": DOMAIN, "firewall": firewall})["captcha"]
    assert matches(rule) == [("/forgotpassword", "STARTS_WITH"), ("ForgotPassword", "EXACTLY")]


@pytest.mark.parametrize("args", [{"firewall": {}}, {"domain": DOMAIN, "firewall": {"captcha": []}}])
def test_without_pages_or_by_choice_there_is_no_captcha(args: dict[str, Any]) -> None:
    assert "captcha" not in rules_of(args)


def test_awss_rules_may_be_left_out() -> None:
    assert list(rules_of({"firewall": {"managed_rules": False}})) == ["too-many-requests"]


def test_rules_may_only_count_at_first() -> None:
    rules = rules_of({"domain": DOMAIN, "firewall": {"count_only": True}})
    assert [rule.get("action", rule.get("overrideAction")) for rule in rules.values()] == [{"count": {}}] * 4


def test_the_record_of_requests_leaves_out_credentials_and_outlives_the_firewall() -> None:
    recording = build({"firewall": {"log_retention_days": 30}})
    group = recording.named("users-firewall-logs")
    assert (group.inputs["name"], group.inputs["retentionInDays"]) == (
        "aws-waf-logs-project-stack-users-users-firewall-id",
        30,
    )
    assert recording.named("users-firewall-logging").inputs == {
        "resourceArn": "arn:aws:wafv2:eu-west-1:123456789012:users-firewall",
        "logDestinationConfigs": ["arn:aws:cloudwatch:eu-west-1:123456789012:users-firewall-logs"],
        "redactedFields": [
            {"singleHeader": {"name": name}}
            for name in ("authorization", "cookie", "x-amz-security-token", "x-api-key", "x-user-token")
        ],
    }


def test_the_firewall_stands_before_the_pool() -> None:
    assert build({"firewall": {}}).named("users-firewall-association").inputs == {
        "resourceArn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a1B2c3D4e",
        "webAclArn": "arn:aws:wafv2:eu-west-1:123456789012:users-firewall",
    }
