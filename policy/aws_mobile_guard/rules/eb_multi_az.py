"""The application runs on when a server, or a zone, does not."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT
from aws_mobile_guard.beanstalk import ENVIRONMENT_TYPE, SUBNETS, Setting, Settings
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

_SERVERS = Setting("aws:autoscaling:asg", "MinSize", "1")
_MOST_SERVERS = Setting("aws:autoscaling:asg", "MaxSize", "4")
_LEAST = 2


def _check(environment: Resource, _: Options) -> Iterator[Answer]:
    settings = Settings(environment)
    yield from settings.one_of(ENVIRONMENT_TYPE, ("LoadBalanced",), "set it to LoadBalanced")
    # One that is switched off waits for a failover, or for the morning, and has nothing to lose.
    if settings.values(_MOST_SERVERS) != ["0"]:
        yield from settings.at_least(_SERVERS, _LEAST, "servers", "raise it; with one, each failure is an outage")
    for subnets in settings.values(SUBNETS):
        if subnets is UNKNOWN:
            yield Undecided(SUBNETS.path)
            continue
        count = len({one.strip() for one in (subnets or "").split(",")} - {""})
        if count < _LEAST:
            got = Words(f"{count} {'subnet' if count == 1 else 'subnets'}")
            yield Problem(SUBNETS.path, got, f"{_LEAST} subnets or more", "name one in each zone")


RULE = Rule(
    id="eb-multi-az",
    pack=Pack.RESILIENCE,
    description="A Beanstalk environment has two servers or more, in two subnets or more.",
    severity=Severity.MEDIUM,
    level=Level.BY_TIER,
    types=(BEANSTALK_ENVIRONMENT,),
    frameworks=("FSBP AutoScaling.2",),
    remediation="Set MinSize to 2 and Subnets to a subnet in each of two zones, with EnvironmentType LoadBalanced.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-2",
    check=_check,
)
