"""What reaches an API has passed a firewall."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import REST_STAGE, WEB_ACL_ASSOCIATIONS
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack

_STAGES = (REST_STAGE,)


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    associations = stack.join(WEB_ACL_ASSOCIATIONS, "resourceArn", _STAGES)
    for stage in stack.of(_STAGES):
        if associations.holders(stage):
            continue
        if associations.loose:
            yield Undecided("WebAclAssociation", stage)
        else:
            fix = "add one whose resourceArn is the stage's ARN"
            yield Problem("WebAclAssociation", None, "one for the stage", fix, stage)


RULE = StackRule(
    id="api-waf",
    pack=Pack.SECURITY,
    description="A stage of a REST API is behind a web ACL.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=(REST_STAGE, *WEB_ACL_ASSOCIATIONS),
    frameworks=("FSBP APIGateway.4", "AwsSolutions-APIG3", "CKV2_AWS_29"),
    remediation="Add a WebAcl and a WebAclAssociation with the ARN of the stage.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-4",
    check=_check,
)
