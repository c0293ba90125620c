"""Data points with the sandbox's time, and the limits of PutMetricData."""

import math
from collections.abc import Callable
from typing import Any, NoReturn

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock

_MOST_DIMENSIONS = 30
_MOST_DATA = 1000
_RESERVED = "AWS/"


def fill() -> None:
    """Teach moto's metrics."""
    from moto.cloudwatch.models import CloudWatchBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.cloudwatch.responses import CloudWatchResponse  # noqa: PLC0415 - as above

    replace(CloudWatchBackend, "put_metric_data", _timed)
    replace(CloudWatchResponse, "put_metric_data", _checked)


def _timed(original: Callable[..., Any]) -> Callable[..., Any]:
    def put(self: Any, namespace: str, metric_data: list[dict[str, Any]]) -> None:  # noqa: ANN401 - moto's own types
        # moto keeps times without a zone.
        now = clock.today().replace(tzinfo=None)
        original(self, namespace, [{**each, "Timestamp": each.get("Timestamp") or now} for each in metric_data])

    return put


def _checked(original: Callable[..., Any]) -> Callable[..., Any]:
    def put(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        namespace, data = self._get_param("Namespace"), self._get_param("MetricData") or []
        if namespace.startswith(_RESERVED):
            _refuse(f"The value {_RESERVED} for parameter Namespace is invalid.")
        if len(data) > _MOST_DATA:
            _refuse(f"The collection MetricData must not have a size greater than {_MOST_DATA}.")
        for each in data:
            if len(each.get("Dimensions") or []) > _MOST_DIMENSIONS:
                _refuse(f"The collection Dimensions must not have a size greater than {_MOST_DIMENSIONS}.")
            if not math.isfinite(float(each.get("Value") or 0)):
                _refuse(f"The value {each['Value']} for parameter Value is invalid.")
        return original(self)

    return put


def _refuse(reason: str) -> NoReturn:
    from moto.cloudwatch.exceptions import InvalidParameterValue  # noqa: PLC0415 - loaded by now

    raise InvalidParameterValue(reason)
