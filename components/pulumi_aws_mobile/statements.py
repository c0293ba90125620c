"""Permissions as components hand them to one another: plain statements, checked and turned into IAM policies.

A statement names its actions and resources one by one. Wildcards are refused, but for the few actions that AWS offers
no resource for; what is not stated is not allowed.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi

from .errors import Problems
from .limits import Limits, Matching, OneOf

UNSCOPED_ACTIONS = frozenset(
    {
        "cloudwatch:PutMetricData",
        "cognito-identity:GetId",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    }
)
"""The actions for which IAM knows no resource, so that `*` is the only one that a statement can name.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"""


ALLOW = "Allow"
DENY = "Deny"


class StatementArgs(TypedDict):
    """One permission: what may be done, to what, and on which conditions."""

    effect: NotRequired[str]
    """Allow, or Deny, which wins over whatever else allows it. Defaults to Allow."""

    actions: list[str]
    """The IAM actions, `service:Action`, without wildcards. Give them; there is no default."""
    resources: list[pulumi.Input[str]]
    """The ARNs. A wildcard may stand for the end of one, such as the keys below a prefix, and never for the Region, the
    account or all resources of a service; `*` alone only for actions that know no resource. Give them; there is no
    default."""
    conditions: NotRequired[dict[str, dict[str, list[pulumi.Input[str]]]]]
    """What has to hold: IAM's operators, with the values of each condition key. Defaults to no condition.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html"""


LIMITS: Limits = {
    StatementArgs: {
        "effect": OneOf((ALLOW, DENY)),
        "actions": Matching(r"[a-z0-9-]+:[A-Za-z0-9]+", "an IAM action without wildcards, for example s3:GetObject"),
    }
}

_ARN = re.compile(r"arn:[^:*?]+:[^:*?]+:[^:*?]*:[^:*?]*:(?![*?]).+")


def check_statements(statements: Sequence[StatementArgs], path: str, problems: Problems) -> None:
    """Note each resource that says more than it should; the policies check those that are still outputs."""
    for position, statement in enumerate(statements):
        scoped = sorted(set(statement.get("actions", ())) - UNSCOPED_ACTIONS)
        for place, resource in enumerate(statement.get("resources", ())):
            where = f"{path}[{position}].resources[{place}]"
            if resource == "*" and scoped:
                problems.add(where, resource, f"ARNs, since {scoped[0]} knows resources", "name the resources")
            elif isinstance(resource, str) and resource != "*" and not _ARN.fullmatch(resource):
                problems.add(where, resource, "an ARN that names a resource", "name the service and the resource")


def policy_document(statements: Sequence[StatementArgs]) -> pulumi.Output[str]:
    """Return the IAM policy that says what the statements say; what none of them allows is not allowed."""
    return pulumi.Output.json_dumps(
        {"Version": "2012-10-17", "Statement": [_statement(statement) for statement in statements]}
    )


def tls_only(action: str, arn: str) -> str:
    """Return the policy by which nobody does `action` without TLS; the account's own policies decide who does it."""
    statement = {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": arn,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def trust_document(service: str, conditions: Mapping[str, Mapping[str, object]] | None = None) -> str:
    """Return the trust policy by which only an AWS service may use a role."""
    principal = {"Service": service}
    statement: dict[str, object] = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    if conditions:
        statement["Condition"] = conditions
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _statement(statement: StatementArgs) -> dict[str, object]:
    stated: dict[str, object] = {
        "Effect": statement.get("effect", ALLOW),
        "Action": sorted(statement["actions"]),
        "Resource": statement["resources"],
    }
    if "conditions" in statement:
        stated["Condition"] = statement["conditions"]
    return stated
