"""What a role may do is written here, not left to what AWS adds one day."""

import re
from collections.abc import Iterator

from aws_mobile_guard.aws_types import POLICY_ATTACHMENTS, ROLE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity
from aws_mobile_guard.view import UNKNOWN

_MANAGED = re.compile(r"arn:[^:]+:iam::aws:policy/(.+)")
# A matter for iam-no-admin.
_ELSEWHERE = "AdministratorAccess"


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    for path in ("policyArn", "managedPolicyArns"):
        attached = resource.texts(path)
        for arn in () if attached is UNKNOWN else attached or ():
            # An ARN that is unknown is that of a policy made here; AWS's own are known.
            found = None if arn is UNKNOWN else _MANAGED.fullmatch(arn)
            if found and found[1] != _ELSEWHERE and found[1] not in options.texts("allowed"):
                fix = "write a policy that names what is needed, or add this one to the option allowed"
                yield Problem(path, found[1], ", ".join(options.texts("allowed")) or "policies of your own", fix)


RULE = Rule(
    id="iam-managed",
    pack=Pack.SECURITY,
    description="A role has policies of your own, and AWS-managed ones from a list only.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(*POLICY_ATTACHMENTS, ROLE),
    frameworks=("AwsSolutions-IAM4",),
    remediation="Write the statements that the role needs into a policy of its own.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
    options=(
        Option(
            "allowed",
            (
                "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",
                "service-role/AWSElasticBeanstalkEnhancedHealth",
                "service-role/AmazonAPIGatewayPushToCloudWatchLogs",
                "service-role/AmazonRDSEnhancedMonitoringRole",
            ),
            "The AWS-managed policies that may be attached, as their ARNs end.",
        ),
    ),
    check=_check,
)
