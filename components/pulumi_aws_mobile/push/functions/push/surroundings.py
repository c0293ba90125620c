"""What the functions are told by their environment."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The table, the topics and the platforms that there are."""

    table: str
    topics: Mapping[str, str]
    """ARNs by key."""
    applications: Mapping[str, str]
    """ARNs of platform applications by platform."""
    sms: bool
    """Whether telephone numbers may be sent to."""

    def has_endpoint(self, platform: str, arn: str) -> bool:
        """Tell whether an endpoint is one of the platform's application as it is now, not of one that it replaced."""
        application = self.applications.get(platform)
        return application is not None and arn.startswith(f"{application.replace(':app/', ':endpoint/', 1)}/")

    def has_subscription(self, key: str, arn: str) -> bool:
        """Tell whether a subscription is one of the topic as it is now, not of one that it replaced."""
        topic = self.topics.get(key)
        return topic is not None and arn.startswith(f"{topic}:")


def read_surroundings(environment: Mapping[str, str] = os.environ) -> Surroundings:
    """Return what the environment says."""
    base = environment.get("TOPIC_BASE", "")
    topics = json.loads(environment.get("TOPICS", "{}"))
    return Surroundings(
        table=environment["TABLE_NAME"],
        topics={key: f"{base}{name}" for key, name in topics.items()},
        applications=json.loads(environment.get("APPLICATIONS", "{}")),
        sms=environment.get("SMS") == "true",
    )
