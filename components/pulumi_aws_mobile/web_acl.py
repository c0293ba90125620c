"""A web ACL of AWS WAF before a resource, with the record of what it decides, as several components have one."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws
from pulumi_aws import _utilities

from .tags import named

MANAGED_GROUPS: Mapping[str, str] = {
    "known-bad-addresses": "AWSManagedRulesAmazonIpReputationList",
    "common-attacks": "AWSManagedRulesCommonRuleSet",
}
"""AWS's own groups of rules, by the names that their rules get here."""

_PREFIX = "aws-waf-logs-"
"""What the name of every log group of WAF begins with."""
_CREDENTIALS = ("authorization", "cookie", "x-amz-security-token", "x-api-key", "x-user-token")
"""The headers that the record leaves out: who reads it could call with some of them."""
_WINDOW_SECONDS = 300


def managed_rule(name: str, *, count_only: bool, counted: Sequence[str] = ()) -> dict[str, Any]:
    """Return the rule that asks one of the managed groups, of whose rules those in `counted` only count."""
    group: dict[str, Any] = {"name": MANAGED_GROUPS[name], "vendor_name": "AWS"}
    if counted:
        group["rule_action_overrides"] = [{"name": each, "action_to_use": {"count": {}}} for each in counted]
    return {
        "name": name,
        "override_action": {"count": {}} if count_only else {"none": {}},
        "statement": {"managed_rule_group_statement": group},
    }


def rate_rule(requests_per_five_minutes: int, *, count_only: bool) -> dict[str, Any]:
    """Return the rule that stops an IP address which asks too often."""
    return {
        "name": "too-many-requests",
        "action": {"count": {}} if count_only else {"block": {}},
        "statement": {
            "rate_based_statement": {
                "aggregate_key_type": "IP",
                "evaluation_window_sec": _WINDOW_SECONDS,
                "limit": requests_per_five_minutes,
            }
        },
    }


def in_order(acl_name: str, rules: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rules as a web ACL takes them: asked in this order, and counted each under its own name."""
    return [
        {**rule, "priority": place, "visibility_config": visibility(f"{acl_name}-{rule['name']}")}
        for place, rule in enumerate(rules)
    ]


def visibility(metric: str) -> dict[str, Any]:
    """Return how WAF counts what matches."""
    return {"cloudwatch_metrics_enabled": True, "metric_name": metric, "sampled_requests_enabled": True}


def create_web_acl(  # noqa: PLR0913 - what web ACLs differ in
    parent: pulumi.Resource,
    name: str,
    *,
    description: str,
    resource_arn: pulumi.Input[str],
    rules: Sequence[Mapping[str, Any]],
    log_name: str,
    log_retention_days: int,
    region: str | None,
    tags: Mapping[str, pulumi.Input[str]],
) -> pulumi.Output[str]:
    """Create the web ACL, put it before the resource and record what it decides; return its ARN."""
    opts = pulumi.ResourceOptions(parent=parent)
    acl = _WafResource(
        "webAcl:WebAcl",
        name,
        {
            "scope": "REGIONAL",
            "description": description,
            "default_action": {"allow": {}},
            "rules": in_order(name, rules),
            "visibility_config": visibility(name),
        },
        region=region,
        tags=named(name, tags),
        opts=opts,
    )
    _WafResource(
        "webAclAssociation:WebAclAssociation",
        f"{name}-association",
        {"resource_arn": resource_arn, "web_acl_arn": acl.arn},
        region=region,
        opts=opts,
    )
    group = aws.cloudwatch.LogGroup(
        f"{name}-logs",
        # With the id of the web ACL in it, since the record of an earlier one is still there.
        name=pulumi.Output.concat(f"{_PREFIX}{pulumi.get_project()}-{pulumi.get_stack()}-{log_name}-", acl.id),
        retention_in_days=log_retention_days,
        region=region,
        tags=named(f"{name}-logs", tags),
        # The record outlives the firewall: it is what an investigation reads, and it expires by itself.
        opts=pulumi.ResourceOptions(parent=parent, retain_on_delete=True),
    )
    redacted = [{"single_header": {"name": header}} for header in _CREDENTIALS]
    _WafResource(
        "webAclLoggingConfiguration:WebAclLoggingConfiguration",
        f"{name}-logging",
        {"resource_arn": acl.arn, "log_destination_configs": [group.arn], "redacted_fields": redacted},
        region=region,
        opts=opts,
    )
    return acl.arn


class _WafResource(pulumi.CustomResource):
    """A resource of `pulumi_aws.wafv2`, registered as that module would: loading it costs a third of a second.

    Its classes for every kind of statement are most of pulumi_aws; a test compares what both register.
    """

    arn: pulumi.Output[str]

    def __init__(  # noqa: PLR0913 - what the resources have in common
        self,
        kind: str,
        name: str,
        properties: Mapping[str, Any],
        *,
        region: str | None,
        opts: pulumi.ResourceOptions,
        tags: Mapping[str, pulumi.Input[str]] | None = None,
    ) -> None:
        """Register a resource of the type `aws:wafv2/KIND`, with properties under their names in Python."""
        wire = {**_camel(properties), "region": region, "tags": tags, "arn": None}
        defaults = _utilities.get_resource_opts_defaults()  # the version of the provider, as every class of it sets it
        super().__init__(f"aws:wafv2/{kind}", name, wire, pulumi.ResourceOptions.merge(defaults, opts))


def _camel(value: Any) -> Any:  # noqa: ANN401 - any of the inputs
    """Return the inputs under the names that travel."""
    if isinstance(value, Mapping):
        return {re.sub(r"_(.)", lambda found: found[1].upper(), key): _camel(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_camel(item) for item in value]
    return value
