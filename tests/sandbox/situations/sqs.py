"""Situations of sqs."""

import json

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World, document


def _made(world: World) -> Inputs:
    return world.make("aws:sqs/queue:Queue", {})


def _redrive(world: World, receives: int) -> str:
    return json.dumps({"deadLetterTargetArn": _made(world)["arn"], "maxReceiveCount": receives})


def _queue(world: World) -> tuple[Inputs, Inputs]:
    first = {"visibilityTimeoutSeconds": 60, "redrivePolicy": _redrive(world, 3), "tags": TAGS}
    changed = {
        "visibilityTimeoutSeconds": 120,
        "messageRetentionSeconds": 1209600,
        "kmsMasterKeyId": world.key(),
        "redrivePolicy": _redrive(world, 5),
        "tags": OTHER_TAGS,
    }
    return first, changed


def _policy(world: World) -> tuple[Inputs, Inputs]:
    queue = _made(world)
    principal = {"Service": "sns.amazonaws.com"}
    one, two = (document(f"sqs:{action}", queue["arn"], Principal=principal) for action in ("SendMessage", "*"))
    return {"queueUrl": queue["url"], "policy": one}, {"queueUrl": queue["url"], "policy": two}


def _redrive_policy(world: World) -> tuple[Inputs, Inputs]:
    url = _made(world)["url"]
    return {"queueUrl": url, "redrivePolicy": _redrive(world, 3)}, {
        "queueUrl": url,
        "redrivePolicy": _redrive(world, 7),
    }


SITUATIONS: dict[str, Situation] = {
    "aws:sqs/queue:Queue": _queue,
    "aws:sqs/queuePolicy:QueuePolicy": _policy,
    "aws:sqs/redrivePolicy:RedrivePolicy": _redrive_policy,
}
