"""A load balancer answers plain HTTP with the way to HTTPS, and with nothing else."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import LISTENER_RULES, LISTENERS
from aws_mobile_guard.balancers import speaks_http
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided, Words
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, Node, Unknown


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    rules = stack.join(LISTENER_RULES, "listenerArn", LISTENERS)
    for listener in stack.of(LISTENERS):
        in_the_clear = speaks_http(listener)
        if in_the_clear is False:
            continue
        for holder, path in ((listener, "defaultActions"), *((rule, "actions") for rule in rules.holders(listener))):
            yield from _actions(holder, path, sure=in_the_clear is True)
    for rule in rules.loose:
        yield from _actions(rule, "actions", sure=False)


def _actions(holder: Resource, path: str, *, sure: bool) -> Iterator[Answer]:
    """Report the first action that does something else than to redirect to HTTPS."""
    actions = holder.items(path)
    found = [(action, _redirects(action)) for action in (() if actions is UNKNOWN else actions or ())]
    wrong = [action for action, redirects in found if action is not UNKNOWN and redirects is False]
    if wrong and sure:
        kind = wrong[0].text("type")
        got = Words("a redirect that stays with HTTP") if kind == "redirect" else kind
        yield Problem(path, got, "a redirect to HTTPS", "set type redirect with redirect.protocol HTTPS", holder)
    elif wrong or actions is UNKNOWN or any(redirects is UNKNOWN for _, redirects in found):
        yield Undecided(path, holder)


def _redirects(action: Node | Unknown) -> bool | Unknown:
    kind = UNKNOWN if action is UNKNOWN else action.text("type")
    if action is UNKNOWN or kind is UNKNOWN:
        return UNKNOWN
    protocol = action.text("redirect.protocol") if kind == "redirect" else None
    return UNKNOWN if protocol is UNKNOWN else protocol == "HTTPS"


RULE = StackRule(
    id="lb-https",
    pack=Pack.SECURITY,
    description="A load balancer's listener for HTTP only redirects to HTTPS.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(*LISTENERS, *LISTENER_RULES),
    frameworks=("FSBP ELB.1", "FSBP ELB.18", "CKV_AWS_2", "CKV2_AWS_20", "AWS-0054"),
    remediation="Give the listener for HTTP a default action of type redirect with protocol HTTPS and port 443.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1",
    check=_check,
)
