"""What a web ACL lets through and what it blocks is written down."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import WEB_ACL_LOGGINGS, WEB_ACLS
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    loggings = stack.join(WEB_ACL_LOGGINGS, "resourceArn", WEB_ACLS)
    for acl in stack.of(WEB_ACLS):
        if loggings.holders(acl):
            continue
        if loggings.loose:
            yield Undecided("WebAclLoggingConfiguration", acl)
        else:
            fix = "add one, into a log group whose name begins with aws-waf-logs-"
            yield Problem("WebAclLoggingConfiguration", None, "one for the web ACL", fix, acl)


RULE = StackRule(
    id="waf-logs",
    pack=Pack.SECURITY,
    description="A web ACL logs the requests that it looks at.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(*WEB_ACLS, *WEB_ACL_LOGGINGS),
    frameworks=("WAF.11", "CKV2_AWS_31"),
    remediation="Add a WebAclLoggingConfiguration with a log group, a bucket or a stream as its destination.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-11",
    check=_check,
)
