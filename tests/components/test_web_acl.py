"""The resources of WAF are registered without pulumi_aws's classes, and as these would."""

from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from pulumi_aws_mobile.testing import Recorded, record
from pulumi_aws_mobile.web_acl import create_web_acl, in_order, managed_rule, rate_rule, visibility

ARN = "arn:aws:apigateway:eu-west-1::/restapis/a/stages/live"
RULES = [
    managed_rule("common-attacks", count_only=False, counted=["SizeRestrictions_BODY"]),
    managed_rule("known-bad-addresses", count_only=True),
    rate_rule(500, count_only=False),
]
LEFT_OUT = ("authorization", "cookie", "x-amz-security-token", "x-api-key", "x-user-token")
REGION = "eu-central-1"
TAGS = {"Name": "acl", "some_team": "a_b"}


def ours() -> None:
    create_web_acl(
        pulumi.ComponentResource("test:index:Parent", "parent"),
        "acl",
        description="A description",
        resource_arn=ARN,
        rules=RULES,
        log_name="log",
        log_retention_days=400,
        region=REGION,
        tags={"some_team": "a_b"},
    )


def theirs() -> None:
    opts = pulumi.ResourceOptions(parent=pulumi.ComponentResource("test:index:Parent", "parent"))
    what: dict[str, Any] = {"rules": in_order("acl", RULES), "visibility_config": visibility("acl")}
    acl = aws.wafv2.WebAcl(
        "acl",
        scope="REGIONAL",
        description="A description",
        default_action={"allow": {}},
        region=REGION,
        tags=TAGS,
        opts=opts,
        **what,
    )
    aws.wafv2.WebAclAssociation("acl-association", resource_arn=ARN, web_acl_arn=acl.arn, region=REGION, opts=opts)
    group = aws.cloudwatch.LogGroup("acl-logs", region=REGION, opts=opts)
    aws.wafv2.WebAclLoggingConfiguration(
        "acl-logging",
        resource_arn=acl.arn,
        log_destination_configs=[group.arn],
        redacted_fields=[{"single_header": {"name": name}} for name in LEFT_OUT],
        region=REGION,
        opts=opts,
    )


def of_waf(preview: bool, program: Callable[[], None]) -> dict[str, Recorded]:
    found = record(program, preview=preview)
    return {resource.name: resource for resource in found if resource.type.startswith("aws:wafv2/")}


@pytest.mark.parametrize("preview", [True, False])
def test_what_is_registered_is_what_pulumi_aws_would_register(preview: bool) -> None:
    one, other = of_waf(preview, ours), of_waf(preview, theirs)
    assert set(one) == set(other) == {"acl", "acl-association", "acl-logging"}
    for name, resource in one.items():
        assert (resource.type, resource.urn) == (other[name].type, other[name].urn)
        assert resource.inputs == other[name].inputs
        assert resource.property_dependencies == other[name].property_dependencies
