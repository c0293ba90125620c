"""Situations of events."""

import json

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World


def _rule(world: World) -> tuple[Inputs, Inputs]:
    del world
    first = {"scheduleExpression": "rate(1 minute)", "description": "each minute", "tags": TAGS}
    pattern = json.dumps({"source": ["aws.rds"]})
    return first, {"eventPattern": pattern, "state": "DISABLED", "tags": OTHER_TAGS}


def _target(world: World) -> tuple[Inputs, Inputs]:
    rule = world.make("aws:cloudwatch/eventRule:EventRule", {"scheduleExpression": "rate(1 minute)"})["name"]
    first = {
        "rule": rule,
        "arn": "arn:aws:lambda:eu-west-1:123456789012:function:tick",
        "input": json.dumps({"tick": True}),
        "retryPolicy": {"maximumEventAgeInSeconds": 60, "maximumRetryAttempts": 0},
    }
    transformer = {"inputPaths": {"when": "$.time"}, "inputTemplate": '{"at": <when>}'}
    return first, {"rule": rule, "arn": first["arn"], "inputTransformer": transformer}


SITUATIONS: dict[str, Situation] = {
    "aws:cloudwatch/eventRule:EventRule": _rule,
    "aws:cloudwatch/eventTarget:EventTarget": _target,
}
