"""Objects move down the storage classes in an order that S3 takes."""

from collections.abc import Generator, Iterator

from aws_mobile_guard.aws_types import BUCKET_LIFECYCLES, BUCKETS
from aws_mobile_guard.buckets import enabled_lifecycle_rules
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN, Node

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
_ORDER = ("STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE")
_INFREQUENT = frozenset({"STANDARD_IA", "ONEZONE_IA"})
_INFREQUENT_DAYS = 30


def _check(resource: Resource, _: Options) -> Iterator[Answer]:
    rules = enabled_lifecycle_rules(resource)
    if rules is UNKNOWN:
        yield Undecided("rules")
        return
    moves = False
    for rule in rules or ():
        last = yield from _check_order(rule, "transitions", "days")
        yield from _check_order(rule, "noncurrentVersionTransitions", "noncurrentDays")
        moves = moves or rule.has("transitions")
        expires = rule.number("expiration.days")
        if last is not None and isinstance(expires, (int, float)) and expires <= last:
            fix = "expire later than the last transition"
            yield Problem(rule.path("expiration.days"), expires, f"more than {last:g}", fix)
    if moves and not any(rule.has("noncurrentVersionExpiration") for rule in rules or ()):
        fix = "expire noncurrent versions, or every overwritten object is paid for, for ever"
        yield Problem("noncurrentVersionExpiration", None, "a number of days", fix)


def _check_order(rule: Node, path: str, unit: str) -> Generator[Answer, None, float | None]:
    """Check the order of one rule's transitions; return the day of the last one, if all are known."""
    transitions = rule.items(path)
    if transitions is UNKNOWN:
        yield Undecided(rule.path(path))
        return None
    steps: list[tuple[float, str]] = []
    for transition in transitions or ():
        days = UNKNOWN if transition is UNKNOWN else transition.number(_unit(transition, unit))
        name = UNKNOWN if transition is UNKNOWN else transition.text("storageClass")
        if days is UNKNOWN or name is UNKNOWN:
            yield Undecided(rule.path(path))
            return None
        if days is not None and name is not None:  # A transition by date has no days.
            steps.append((days, name))
    steps.sort(key=lambda step: step[0])
    for position, (days, name) in enumerate(steps):
        if name not in _ORDER:
            yield Problem(rule.path(path), name, ", ".join(_ORDER), "name a storage class")
            return None
        earliest = _INFREQUENT_DAYS if name in _INFREQUENT else 0
        if position > 0:
            before, above = steps[position - 1]
            if _ORDER.index(name) <= _ORDER.index(above):
                got = Words(f"{name} after {above}")
                yield Problem(rule.path(path), got, f"the order {', '.join(_ORDER)}", "move to colder classes only")
                return None
            earliest = before + (_INFREQUENT_DAYS if above in _INFREQUENT else 1)
        if days < earliest:
            got = Words(f"{name} on day {days:g}")
            yield Problem(rule.path(path), got, f"day {earliest:g} or later", "move later")
    return steps[-1][0] if steps else None


def _unit(transition: Node, unit: str) -> str:
    """Return the name that the days have: a bucket's own, older form says `days` for noncurrent versions too."""
    return unit if transition.has(unit) else "days"


RULE = Rule(
    id="s3-archive-lifecycle",
    pack=Pack.COST,
    description=("A lifecycle moves objects down the classes as S3 takes it, and expires old versions."),
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(*BUCKET_LIFECYCLES, *BUCKETS),
    frameworks=("FSBP S3.13", "CKV2_AWS_61"),
    remediation=(
        "Order the transitions from warm to cold, keep 30 days before and in the infrequent-access classes, "
        "and add noncurrentVersionExpiration."
    ),
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html",
    check=_check,
)
