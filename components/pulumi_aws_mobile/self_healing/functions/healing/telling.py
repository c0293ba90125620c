"""Tells what was done: a JSON line for each thing, a count, and at the end a human."""

import datetime as dt
import json
import sys
from collections import Counter

from .clients import asking, changing
from .decisions import Memory
from .plan import Plan, Target

NAMESPACE = "AwsMobile/SelfHealing"
_LONGEST_SUBJECT = 100


class Counts:
    """What is counted in one invocation."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._by_target: Counter[tuple[str, str]] = Counter()
        self._of_all: Counter[str] = Counter()

    def add(self, metric: str, target: Target) -> None:
        """Count one of something that was done to a target."""
        self._by_target[metric, target.name] += 1

    def set(self, metric: str, value: int) -> None:
        """State a number about all targets together."""
        self._of_all[metric] = value

    def publish(self, healer: str) -> None:
        """Put everything into CloudWatch, with one call."""
        mine = {"Name": "Healer", "Value": healer}
        counted = [
            (metric, dimensions, value)
            for (metric, target), value in sorted(self._by_target.items())
            for dimensions in ([mine], [mine, {"Name": "Target", "Value": target}])
        ]
        counted += [(metric, [mine], value) for metric, value in sorted(self._of_all.items())]
        data = [
            {"MetricName": metric, "Dimensions": dimensions, "Value": value, "Unit": "Count"}
            for metric, dimensions, value in counted
        ]
        if data:
            asking("cloudwatch").put_metric_data(Namespace=NAMESPACE, MetricData=data)


def log(what: str, target: Target, **more: object) -> None:
    """Write one JSON line."""
    sys.stdout.write(json.dumps({"healing": what, "target": target.name, **more}, default=str) + "\n")
    sys.stdout.flush()


def page(plan: Plan, target: Target, ailment: str, memory: Memory) -> None:
    """Ask a human, with everything that was tried."""
    lines = [
        f"{target.name} is not well ({ailment}), and {plan.healer} cannot heal it: {memory.why}.",
        "",
        f"Since: {_moment(memory.since)}",
        f"Incident: {memory.incident}",
        "Tried:" if memory.tried else "Tried: nothing",
        *(f"  {number}. {each}" for number, each in enumerate(memory.tried, 1)),
        "",
        "One trial follows in each window until it is well; there is no further message about this incident.",
    ]
    changing("sns").publish(
        TopicArn=plan.topic_arn,
        Subject=f"{plan.healer}: {target.name} needs a human"[:_LONGEST_SUBJECT],
        Message="\n".join(lines),
    )


def _moment(at: float) -> str:
    return dt.datetime.fromtimestamp(at, dt.UTC).isoformat(timespec="seconds")
