"""RDS event subscriptions that can be changed."""

from collections.abc import Callable
from typing import Any


def fill() -> None:
    """Add the calls that change a subscription."""
    from moto.rds.responses import RDSResponse  # noqa: PLC0415 - moto loads only when something is deployed

    RDSResponse.modify_event_subscription = _modify
    RDSResponse.add_source_identifier_to_subscription = _add_source
    RDSResponse.remove_source_identifier_from_subscription = _remove_source


def _modify(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import ActionResult  # noqa: PLC0415 - moto loads only when something is deployed

    subscription = next(iter(self.backend.describe_event_subscriptions(self.params["SubscriptionName"])))
    names = {
        "SnsTopicArn": "sns_topic_arn",
        "SourceType": "source_type",
        "EventCategories": "event_categories",
        "Enabled": "enabled",
    }
    for given, attribute in names.items():
        if given in self.params:
            setattr(subscription, attribute, self.params[given])
    return ActionResult({"EventSubscription": subscription})


def _add_source(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    return _set_sources(self, lambda sources, source: [*sources, source])


def _remove_source(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    return _set_sources(self, lambda sources, source: [each for each in sources if each != source])


def _set_sources(self: Any, change: Callable[[list[str], str], list[str]]) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import ActionResult  # noqa: PLC0415 - moto loads only when something is deployed

    subscription = next(iter(self.backend.describe_event_subscriptions(self.params["SubscriptionName"])))
    subscription.source_ids = change(subscription.source_ids, self.params["SourceIdentifier"])
    return ActionResult({"EventSubscription": subscription})
