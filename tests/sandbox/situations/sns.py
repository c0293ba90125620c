"""Situations of sns."""

import json

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World, document


def _topic(world: World) -> tuple[Inputs, Inputs]:
    first = {"displayName": "one", "tags": TAGS}
    return first, {"displayName": "two", "kmsMasterKeyId": world.key(), "tags": OTHER_TAGS}


def _topic_policy(world: World) -> tuple[Inputs, Inputs]:
    topic = world.topic()
    one, two = (document(action, topic, Principal={"AWS": "*"}) for action in ("SNS:Publish", "SNS:Subscribe"))
    return {"arn": topic, "policy": one}, {"arn": topic, "policy": two}


def _subscription(world: World) -> tuple[Inputs, Inputs]:
    first = {"topic": world.topic(), "protocol": "email", "endpoint": "ops@example.com"}
    return first, {**first, "filterPolicy": json.dumps({"kind": ["alarm"]})}


SITUATIONS: dict[str, Situation] = {
    "aws:sns/topic:Topic": _topic,
    "aws:sns/topicPolicy:TopicPolicy": _topic_policy,
    "aws:sns/topicSubscription:TopicSubscription": _subscription,
}
