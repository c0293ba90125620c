"""A function logs into a group that is declared, and so has a retention."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import FUNCTIONS, LOG_GROUP
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, Unknown

_GROUPS = (LOG_GROUP,)
_PREFIX = "/aws/lambda/"


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    groups = {(group.place, group.text("name")) for group in stack.of(_GROUPS)}
    unsure = any(UNKNOWN in group for group in groups)
    # A group whose name is made from the function's.
    after = stack.join(_GROUPS, "name", FUNCTIONS)
    for function in stack.of(FUNCTIONS):
        if _is_told(stack, function) or any(_is_default(group) for group in after.holders(function)):
            continue
        told = function.text("loggingConfig.logGroup")
        wanted = _default_name(function) if told is None else told
        if wanted is not None and wanted is not UNKNOWN and (function.place, wanted) in groups:
            continue
        # A group that is named may lie elsewhere; a name that is not known yet may be the right one.
        if told is not None or wanted is UNKNOWN or unsure:
            yield Undecided("loggingConfig", function)
        else:
            fix = f"add a LogGroup and name it in loggingConfig.logGroup, or call it {_PREFIX} and the function's name"
            yield Problem("loggingConfig", None, "a LogGroup of the stack", fix, function)


def _default_name(function: Resource) -> str | Unknown | None:
    """Return where a function logs of itself; none where Pulumi chooses its name."""
    name = function.text("name")
    return name if name is None or name is UNKNOWN else f"{_PREFIX}{name}"


def _is_default(group: Resource) -> bool:
    """Tell whether a group made for a function is the one that Lambda writes to of itself."""
    name = group.text("name")
    return name is not None and name is not UNKNOWN and name.startswith(_PREFIX)


def _is_told(stack: Stack, function: Resource) -> bool:
    """Tell whether what the function says of its logs comes from a group of the stack."""
    return bool(stack.links(function, "loggingConfig", _GROUPS).resources)


RULE = StackRule(
    id="lambda-log-group",
    pack=Pack.COST,
    description="A function logs into a log group of the stack.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(*FUNCTIONS, LOG_GROUP),
    frameworks=(),
    remediation="Add a LogGroup with a retention and name it in the function's loggingConfig.",
    url="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html",
    check=_check,
)
