"""The expressions of a request to CloudWatch: each after those that it uses."""

from collections.abc import Mapping

from pulumi_aws_sandbox.runtime.signals import metric_math
from pulumi_aws_sandbox.runtime.signals.datapoints import Range
from pulumi_aws_sandbox.runtime.signals.metric_math import Series

_EVERY = "METRICS"


def calculate(expressions: Mapping[str, str], metrics: Mapping[str, Series], seen: Range) -> dict[str, Series]:
    """Return the metrics and what each expression comes to, by id; expressions may use one another, in any order.

    Raise `ValueError` for what cannot be read, and for expressions that depend on one another or on nothing.
    """
    found = dict(metrics)
    waiting = {name: (text, metric_math.parse(text).names) for name, text in expressions.items()}
    while waiting:
        ready = [name for name, (_, uses) in waiting.items() if uses - {_EVERY} <= found.keys()]
        if not ready:
            message = f"the expressions {', '.join(waiting)} depend on one another or on nothing"
            raise ValueError(message)
        for name in ready:
            text, uses = waiting.pop(name)
            # METRICS() is the metrics of the request, without what is made of them.
            series = metrics if _EVERY in uses else found
            found[name] = metric_math.evaluate(text, metric_math.Inputs({**series}, seen.periods, seen.period))
    return found
