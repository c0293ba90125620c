"""A standby that waits without servers is not taken for ill."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT, RECORD
from aws_mobile_guard.beanstalk import Setting, Settings
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, Unknown

_SERVERS = Setting("aws:autoscaling:asg", "MinSize", "1")


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    for record in stack.of((RECORD,)):
        aliases = record.items("aliases")
        for alias in (UNKNOWN,) if aliases is UNKNOWN else aliases or ():
            path = "aliases" if alias is UNKNOWN else alias.path("evaluateTargetHealth")
            evaluated = UNKNOWN if alias is UNKNOWN else alias.flag("evaluateTargetHealth")
            if evaluated is False or evaluated is None:
                continue
            links = stack.links(record, "aliases", (BEANSTALK_ENVIRONMENT,))
            if links.unknown and any(_is_empty(one) is not False for one in stack.of((BEANSTALK_ENVIRONMENT,))):
                yield Undecided("aliases", record)
            for environment in links.resources:
                empty = _is_empty(environment)
                if empty is UNKNOWN or (empty and evaluated is UNKNOWN):
                    yield Undecided(path, record)
                elif empty:
                    fix = "turn it off: a target group without targets counts as ill, so nothing would answer"
                    yield Problem(path, evaluated, "false", fix, record)


def _is_empty(environment: Resource) -> bool | Unknown:
    """Tell whether the environment may have no server at all."""
    values = Settings(environment).values(_SERVERS)
    return UNKNOWN if UNKNOWN in values else "0" in values


RULE = StackRule(
    id="dr-empty-standby",
    pack=Pack.RESILIENCE,
    description="A record does not ask for the health of a target that has no servers.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(RECORD, BEANSTALK_ENVIRONMENT),
    frameworks=(),
    remediation="Set evaluateTargetHealth to false on the alias of an environment whose MinSize is 0.",
    url="https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html",
    check=_check,
)
