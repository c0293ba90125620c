"""A web ACL decides something, and what it decides can be counted."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import WEB_ACL_RULES, WEB_ACLS
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    apart = stack.join(WEB_ACL_RULES, "webAclArn", WEB_ACLS)
    for acl in stack.of(WEB_ACLS):
        if not acl.has("rules") and not acl.has("ruleJson") and not apart.holders(acl):
            if apart.loose:
                yield Undecided("rules", acl)
            else:
                fix = "add a rule, such as a managed rule group or a rate limit"
                yield Problem("rules", None, "one rule or more", fix, acl)
        path = "visibilityConfig.cloudwatchMetricsEnabled"
        metrics = acl.flag(path)
        if metrics is UNKNOWN:
            yield Undecided(path, acl)
        elif metrics is not True:
            yield Problem(path, metrics, "true", "set it, or nobody sees what is blocked", acl)


RULE = StackRule(
    id="waf-rules",
    pack=Pack.SECURITY,
    description="A web ACL has rules and publishes metrics.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(*WEB_ACLS, *WEB_ACL_RULES),
    frameworks=("FSBP WAF.10", "CKV_AWS_175"),
    remediation="Add rules to the web ACL and set visibilityConfig.cloudwatchMetricsEnabled.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-10",
    check=_check,
)
