"""What the sandbox adds to moto's web ACLs, seen through boto3."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.situations import World
from sandbox.situations.cognito import pool
from sandbox.situations.wafv2 import acl

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.resources._waf_shapes import from_shape, to_shape

SEEN = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "m"}
INVALID = "WAFInvalidParameterException"


def _rule(statement: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"Name": "one", "Priority": 1, "Statement": statement, "VisibilityConfig": SEEN, **more}


def _group(name: str) -> dict[str, Any]:
    return {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": name}}


def _refusal(raised: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


@pytest.mark.parametrize(
    ("rule", "code", "message"),
    [
        (
            _rule(_group("AWSManagedRulesNothing"), OverrideAction={"None": {}}),
            "WAFNonexistentItemException",
            "The managed rule group AWSManagedRulesNothing does not exist.",
        ),
        (
            _rule(_group("AWSManagedRulesCommonRuleSet"), Action={"Block": {}}),
            INVALID,
            "The rule one needs OverrideAction, and only that.",
        ),
        (
            _rule({"GeoMatchStatement": {"CountryCodes": ["DE"]}}, OverrideAction={"None": {}}),
            INVALID,
            "The rule one needs Action, and only that.",
        ),
        (
            _rule(
                {"RateBasedStatement": {"Limit": 10, "AggregateKeyType": "IP", "EvaluationWindowSec": 90}},
                Action={"Block": {}},
            ),
            INVALID,
            "EvaluationWindowSec must be one of [60, 120, 300, 600]: 90.",
        ),
        (
            _rule(
                {"RateBasedStatement": {"Limit": 10, "AggregateKeyType": "IP"}},
                Action={"Captcha": {}},
                CaptchaConfig={"ImmunityTimeProperty": {"ImmunityTime": 60 * 60 * 24 * 4}},
            ),
            INVALID,
            "CaptchaConfig.ImmunityTime must be from 60 to 259200: 345600.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rule_that_aws_refuses_is_refused(sandbox: Sandbox, rule: dict[str, Any], code: str, message: str) -> None:
    waf = sandbox.clients("wafv2")
    with pytest.raises(ClientError) as raised:
        waf.create_web_acl(
            Name="acl", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=SEEN, Rules=[rule]
        )
    assert _refusal(raised) == (code, message)
    assert waf.list_web_acls(Scope="REGIONAL")["WebACLs"] == []


def test_the_scope_of_cloudfront_is_only_in_its_region(sandbox: Sandbox) -> None:
    asked = {"Name": "acl", "Scope": "CLOUDFRONT", "DefaultAction": {"Allow": {}}, "VisibilityConfig": SEEN}
    with pytest.raises(ClientError, match="The scope CLOUDFRONT is only valid in us-east-1"):
        sandbox.clients("wafv2").create_web_acl(**asked)
    sandbox.clients("wafv2", "us-east-1").create_web_acl(**asked)


def test_an_acl_protects_only_a_pool_that_exists(sandbox: Sandbox) -> None:
    arn = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_nobody"
    with pytest.raises(ClientError) as raised:
        sandbox.clients("wafv2").associate_web_acl(WebACLArn=acl(World(sandbox))["arn"], ResourceArn=arn)
    assert _refusal(raised) == ("WAFUnavailableEntityException", f"The user pool {arn} does not exist.")


def test_groups_against_false_accounts_cannot_protect_a_pool(sandbox: Sandbox) -> None:
    waf = sandbox.clients("wafv2")
    rule = _rule(_group("AWSManagedRulesATPRuleSet"), OverrideAction={"None": {}})
    made = waf.create_web_acl(
        Name="acl", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=SEEN, Rules=[rule]
    )["Summary"]
    with pytest.raises(ClientError, match="AWSManagedRulesATPRuleSet cannot protect a user pool"):
        waf.associate_web_acl(WebACLArn=made["ARN"], ResourceArn=pool(World(sandbox))["arn"])


def test_a_resource_has_one_acl(sandbox: Sandbox) -> None:
    world = World(sandbox)
    waf, protected = sandbox.clients("wafv2"), pool(world)["arn"]
    old, new = acl(world), acl(world)
    for each in (old, new):
        waf.associate_web_acl(WebACLArn=each["arn"], ResourceArn=protected)
    assert waf.get_web_acl_for_resource(ResourceArn=protected)["WebACL"]["ARN"] == new["arn"]
    sandbox.delete("aws:wafv2/webAcl:WebAcl", old["id"], old)
    with pytest.raises(ClientError, match="WAFAssociatedItemException"):
        waf.delete_web_acl(Name=new["name"], Scope="REGIONAL", Id=new["id"], LockToken=new["lockToken"])


def test_an_update_sets_back_what_it_leaves_out(sandbox: Sandbox) -> None:
    waf = sandbox.clients("wafv2")
    made = acl(World(sandbox), description="Sign-up", tokenDomains=["example.com"])
    ids = {"Name": made["name"], "Scope": "REGIONAL", "Id": made["id"]}
    waf.update_web_acl(**ids, LockToken=made["lockToken"], DefaultAction={"Block": {}}, VisibilityConfig=SEEN)
    described = waf.get_web_acl(**ids)["WebACL"]
    assert (described["DefaultAction"], described["Description"], described["Rules"]) == ({"Block": {}}, "", [])
    assert "TokenDomains" not in described


def test_logs_go_where_the_name_says_so(sandbox: Sandbox) -> None:
    group = "arn:aws:logs:eu-west-1:123456789012:log-group:app"
    with pytest.raises(ClientError) as raised:
        sandbox.clients("wafv2").put_logging_configuration(
            LoggingConfiguration={"ResourceArn": acl(World(sandbox))["arn"], "LogDestinationConfigs": [group]}
        )
    assert _refusal(raised) == (
        "WAFLogDestinationPermissionIssueException",
        f"The name of a log destination must begin with aws-waf-logs-: {group}.",
    )


def test_a_name_that_aws_does_not_know_is_refused(sandbox: Sandbox) -> None:
    inputs = {
        "name": "acl",
        "scope": "REGIONAL",
        "defaultAction": {"permit": {}},
        "visibilityConfig": {"metricName": "m", "cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": True},
    }
    with pytest.raises(ValueError, match="AWS WAF has no permit in DefaultAction; it has Allow, Block"):
        sandbox.create("aws:wafv2/webAcl:WebAcl", inputs, "thing")


def test_rules_come_back_under_the_names_of_the_provider(sandbox: Sandbox) -> None:
    model = sandbox.clients("wafv2").meta.service_model
    shape = model.operation_model("CreateWebACL").input_shape.members["Rules"].member
    rule = {
        "name": "one",
        "statement": {
            "ipSetReferenceStatement": {
                "arn": "arn:aws:wafv2:eu-west-1:123456789012:regional/ipset/a/b",
                "ipSetForwardedIpConfig": {"headerName": "X", "fallbackBehavior": "MATCH", "position": "FIRST"},
            }
        },
        "visibilityConfig": {"cloudwatchMetricsEnabled": True},
    }
    sent = to_shape(rule, shape)
    assert sent["Statement"]["IPSetReferenceStatement"]["IPSetForwardedIPConfig"]["HeaderName"] == "X"
    assert from_shape(sent) == rule
