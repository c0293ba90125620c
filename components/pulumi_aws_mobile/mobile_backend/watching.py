"""Who is told when a part of a backend is not well, and what of it is watched."""

from collections.abc import Mapping
from typing import Any, Protocol

import pulumi

from pulumi_aws_mobile.api import Api
from pulumi_aws_mobile.data_sync import DataSync
from pulumi_aws_mobile.push import PushNotifications
from pulumi_aws_mobile.token_exchange import TokenExchange
from pulumi_aws_mobile.web_tier import WebTier

_TELLING = frozenset({"token_exchange", "web_tier", "data_sync", "push", "analytics"})
"""The parts that tell a topic when something is wrong; an API's alarms are an object of their own."""


class CoreApiSide(Protocol):
    """What answers in one Region."""

    @property
    def api(self) -> Api | None:
        """The API."""

    @property
    def token_exchange(self) -> TokenExchange | None:
        """What gives users their tokens."""

    @property
    def web_tier(self) -> WebTier | None:
        """The servers of the core API."""

    @property
    def data_sync(self) -> DataSync | None:
        """What keeps users' data in step."""

    @property
    def push(self) -> PushNotifications | None:
        """What sends messages."""


def telling(name: str, part: Mapping[str, Any], topic_arn: Any) -> dict[str, Any]:  # noqa: ANN401 - a text or an output
    """Return the arguments of a part, its alarms on the topic unless it has one of its own."""
    if topic_arn is None:
        return dict(part)
    if name == "api":
        return {"alarms": {"topic_arn": topic_arn}, **part}
    return {"alarm_topic_arn": topic_arn, **part} if name in _TELLING else dict(part)


def watched(side: CoreApiSide, topic_arn: pulumi.Input[str]) -> dict[str, Any]:
    """Return what an `Observability` watches of one Region's API, servers and functions."""
    assert side.api is not None  # noqa: S101 - what has no API is not watched
    assert side.token_exchange is not None  # noqa: S101 - as above
    functions = {"tokens": side.token_exchange.function_name}
    if side.data_sync is not None:
        functions |= {"data": side.data_sync.function_name, "data-changes": side.data_sync.stream_function_name}
    if side.push is not None:
        functions |= {"devices": side.push.registry_function_name, "messages": side.push.send_function_name}
    found: dict[str, Any] = {
        "topic_arn": topic_arn,
        "api": {"name": side.api.api_name, "stage": side.api.stage_name},
        "functions": functions,
    }
    if side.web_tier is not None:
        found["web_tier"] = {
            "environment_name": side.web_tier.live_environment_name,
            "load_balancer_arn": side.web_tier.load_balancer_arn,
        }
    return found
