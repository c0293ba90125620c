"""Requests come to the servers' load balancer encrypted."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT
from aws_mobile_guard.balancers import TLS_POLICIES
from aws_mobile_guard.beanstalk import (
    BALANCER_IS_SHARED,
    BALANCER_SCHEME,
    BALANCER_TYPE,
    ENVIRONMENT_TYPE,
    LIST,
    Setting,
    Settings,
)
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN, Unknown

_NEEDED = (
    (ENVIRONMENT_TYPE, "LoadBalanced", "set it; without a load balancer the servers themselves take requests"),
    (BALANCER_TYPE, "application", "set it; the other types know no TLS policy, and cannot be told from HTTP here"),
)


def _check(environment: Resource, options: Options) -> Iterator[Answer]:
    settings = Settings(environment)
    # A shared balancer is a resource of its own; rules about listeners look at it.
    if settings.holds(BALANCER_IS_SHARED, ("true",)) is True:
        return
    answers = [answer for setting, wanted, fix in _NEEDED for answer in settings.one_of(setting, (wanted,), fix)]
    if answers:
        yield from answers
        return
    internal = options.flag("internalHttp") and settings.holds(BALANCER_SCHEME, ("internal",))
    listening = False
    for namespace in settings.listeners():
        switch = Setting(namespace, "ListenerEnabled", "true")
        enabled = settings.holds(switch, ("true",))
        if enabled is False:
            continue
        listening = True
        found = list(_listener(settings, namespace, internal, options))
        yield from found if enabled is True else [Undecided(switch.path)] * bool(found)
    if not listening:
        got = Words("nothing that listens")
        yield Problem(LIST, got, "a listener for HTTPS", "set aws:elbv2:listener:443 with Protocol HTTPS")


def _listener(settings: Settings, namespace: str, internal: bool | Unknown, options: Options) -> Iterator[Answer]:
    protocol = Setting(namespace, "Protocol", "HTTP")
    if settings.holds(protocol, ("HTTPS",)) is True:
        certificates, policy = Setting(namespace, "SSLCertificateArns"), Setting(namespace, "SSLPolicy")
        yield from settings.given(certificates, "the ARN of a certificate", "name it")
        yield from settings.one_of(policy, options.texts("allowed"), "set one of these")
    elif internal is UNKNOWN:
        yield Undecided(BALANCER_SCHEME.path)
    elif not internal:
        fix = "set it to HTTPS with a certificate, or ListenerEnabled to false and redirect by a Listener of your own"
        yield from settings.one_of(protocol, ("HTTPS",), fix)


RULE = Rule(
    id="eb-https",
    pack=Pack.SECURITY,
    description="A Beanstalk environment's load balancer takes HTTPS, by TLS 1.2 or newer.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(BEANSTALK_ENVIRONMENT,),
    frameworks=("FSBP ELB.18", "FSBP ELB.17", "AWS-0054"),
    remediation=(
        "Set Protocol, SSLCertificateArns and SSLPolicy of aws:elbv2:listener:443, and turn the default listener off."
    ),
    url="https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-alb.html",
    options=(
        Option("allowed", TLS_POLICIES, "The TLS policies that listeners may have."),
        Option("internalHttp", default=True, description="Whether a balancer that only the VPC reaches may take HTTP."),
    ),
    check=_check,
)
