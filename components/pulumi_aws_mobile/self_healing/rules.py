"""The rules across options. Each notes every problem that it finds."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.limits import Matching

MOST_TARGETS = 12
"""What the function is told of its targets has to fit into its environment variables' 4096 bytes."""
KEY = Matching(r"[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?", "1 to 30 lower-case letters, digits and inner hyphens")
ATTEMPTS = 3
FIRST_SECONDS = 180
FACTOR = 2.0
ACTIONS = 5
WINDOW_MINUTES = 60


def check_targets(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse none, too many, and names that cannot be part of an alarm's."""
    kinds = ("environments", "databases", "queues")
    count = 0
    for kind in kinds:
        for key in given.get(kind, {}):
            count += 1
            if not KEY.accepts(key):
                problems.add(f"{kind}.{key}", key, KEY.allowed, "choose another name")
    if count == 0 and not any(problems.touches(kind) for kind in kinds):
        problems.add("args", None, "at least one of environments, databases, queues", "name what is to be healed")
    if count > MOST_TARGETS:
        fix = "make another SelfHealing for the rest"
        problems.add("args", f"{count} targets", f"at most {MOST_TARGETS} targets together", fix)


def check_environment(path: str, environment: Mapping[str, Any], problems: Problems) -> None:
    """Refuse one of two ARNs: CloudWatch has the count under both together."""
    pair = ("load_balancer_arn", "target_group_arn")
    missing = [one for one in pair if one not in environment and not problems.touches(f"{path}.{one}")]
    if len(missing) == 1:
        (other,) = set(pair) - set(missing)
        problems.add(f"{path}.{missing[0]}", None, f"an ARN, as {other} is given", f"give it, or leave {other} out")


def check_queue(path: str, queue: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a queue that would be its own dead-letter queue, and a pair of which only one is FIFO."""
    arn, dead = queue.get("arn"), queue.get("dead_letter_arn")
    if not isinstance(arn, str) or not isinstance(dead, str):
        return
    if arn == dead:
        where = f"{path}.dead_letter_arn"
        problems.add(where, dead, "another queue than the one that is healed", "make a queue for poisoned messages")
    elif arn.endswith(".fifo") != dead.endswith(".fifo"):
        kind = "a FIFO queue" if arn.endswith(".fifo") else "a standard queue"
        problems.add(f"{path}.dead_letter_arn", dead, f"{kind}, as the one that is healed", "give one of the same type")


def check_database(path: str, database: Mapping[str, Any], problems: Problems) -> None:
    """Refuse the ARN of another instance, and a limit of growth that is none."""
    identifier, arn = database.get("identifier"), database.get("arn")
    if isinstance(identifier, str) and isinstance(arn, str) and not arn.endswith(f":{identifier}"):
        allowed = f"the ARN of {identifier}, as identifier says"
        problems.add(f"{path}.arn", arn, allowed, "give both of the same instance")
    if "free_gib" in database and "largest_gib" not in database:
        fix = "give largest_gib too, or leave free_gib out"
        problems.add(f"{path}.free_gib", database["free_gib"], "nothing without largest_gib", fix)


def check_pauses(retries: Mapping[str, Any], breaker: Mapping[str, Any], problems: Problems) -> None:
    """Refuse pauses that last longer than any human should wait, and more attempts than the breaker lets through."""
    if any(problems.touches(path) for path in ("retries", "breaker")):
        return
    attempts, actions = retries.get("attempts", ATTEMPTS), breaker.get("actions", ACTIONS)
    window = breaker.get("window_minutes", WINDOW_MINUTES) * 60
    if attempts > actions:
        fix = "raise breaker.actions or lower the attempts"
        problems.add("retries.attempts", attempts, f"at most the {actions} of breaker.actions", fix)
    first, factor = retries.get("first_seconds", FIRST_SECONDS), retries.get("factor", FACTOR)
    longest = sum(first * factor**tried for tried in range(attempts)) * (1 + factor) / 2
    if longest > window:
        allowed = f"pauses that take at most the {window} seconds of breaker.window_minutes together"
        fix = "lower first_seconds, factor or attempts, or raise the window"
        problems.add("retries", f"up to {longest:.0f} seconds", allowed, fix)
