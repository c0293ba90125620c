"""A load balancer speaks no version of TLS, and no cipher, that is broken."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import LISTENERS
from aws_mobile_guard.balancers import TLS_POLICIES
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(listener: Resource, options: Options) -> Iterator[Answer]:
    protocol = listener.text("protocol")
    if protocol is UNKNOWN:
        yield Undecided("protocol")
    elif protocol in {"HTTPS", "TLS"}:
        fix = "set one of these; without one, TLS 1.0 is spoken too"
        yield from expect.one_of(listener, "sslPolicy", options.texts("allowed"), fix)


RULE = Rule(
    id="lb-tls-policy",
    pack=Pack.SECURITY,
    description="A load balancer's listener for HTTPS speaks TLS 1.2 or newer, with strong ciphers.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=LISTENERS,
    frameworks=("FSBP ELB.17", "CKV_AWS_103", "AWS-0047"),
    remediation="Set sslPolicy to ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09 or another of the list.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17",
    options=(Option("allowed", TLS_POLICIES, "The TLS policies that may be chosen."),),
    check=_check,
)
