"""Somebody hears of what happens to a database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aws_mobile_guard.aws_types import DATABASES, DB_INSTANCE, EVENT_SUBSCRIPTION
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Severity, StackRule, Undecided, Words
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, Unknown

# What Security Hub asks for, and what tells of a failover; clusters have no category "availability".
_CATEGORIES = {
    "db-instance": {"availability", "configuration change", "failover", "failure", "maintenance"},
    "db-cluster": {"failover", "failure", "maintenance"},
}


@dataclass(slots=True)
class _Heard:
    """What subscriptions cover, for every database of a kind and place, or for one database."""

    categories: set[str] = field(default_factory=set)
    unsure: bool = False


def _check(stack: Stack, _: Options) -> Iterator[Answer]:
    heard = _listen(stack)
    for database in stack.of(DATABASES):
        kind = "db-instance" if database.type == DB_INSTANCE else "db-cluster"
        found = [heard.get((kind, database.place)), heard.get((kind, database.urn)), heard.get((kind, UNKNOWN))]
        missing = set(_CATEGORIES[kind]).difference(*(one.categories for one in found if one))
        if missing and any(one.unsure for one in found if one):
            yield Undecided("EventSubscription", database)
        elif missing:
            got = Words(f"no subscription to {', '.join(sorted(missing))}")
            allowed = f"one to {', '.join(sorted(_CATEGORIES[kind]))}"
            fix = f"add an EventSubscription with sourceType {kind} in the database's Region"
            yield Problem("EventSubscription", got, allowed, fix, database)


def _listen(stack: Stack) -> dict[tuple[str, str | Unknown], _Heard]:
    """Return what is heard, by the kind of database and its place, or its URN where a subscription names it."""
    heard: dict[tuple[str, str | Unknown], _Heard] = {}
    for subscription in stack.of((EVENT_SUBSCRIPTION,)):
        source, enabled = subscription.text("sourceType"), subscription.flag("enabled")
        categories = subscription.texts("eventCategories")
        if enabled is False:
            continue
        about: list[str | Unknown] = [subscription.place]
        vague = source is UNKNOWN or enabled is UNKNOWN or categories is UNKNOWN
        if subscription.has("sourceIds"):
            links = stack.links(subscription, "sourceIds", DATABASES)
            about = [UNKNOWN] if links.unknown else [database.urn for database in links.resources]
            vague = vague or links.unknown
        for kind in _CATEGORIES if source is None or source is UNKNOWN else (source,):
            for key in about:
                entry = heard.setdefault((kind, key), _Heard())
                entry.unsure = entry.unsure or vague or key is UNKNOWN
                if not vague and key is not UNKNOWN:
                    entry.categories |= _named(categories) or _CATEGORIES.get(kind, set())
    return heard


def _named(categories: Sequence[str | Unknown] | Unknown | None) -> set[str]:
    """Return the categories that are named; none means all."""
    return set() if categories is None or categories is UNKNOWN else {one for one in categories if one is not UNKNOWN}


RULE = StackRule(
    id="rds-events",
    pack=Pack.RESILIENCE,
    description="A database's failovers, failures and maintenance are told to somebody.",
    severity=Severity.LOW,
    level=Level.ADVISORY,
    types=(*DATABASES, EVENT_SUBSCRIPTION),
    frameworks=("FSBP RDS.19", "FSBP RDS.20"),
    remediation=(
        "Subscribe a topic to failover, failure and maintenance of clusters, and of instances to availability and "
        "configuration change too."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-20",
    check=_check,
)
