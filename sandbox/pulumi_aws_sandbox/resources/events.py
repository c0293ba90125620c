"""EventBridge: rules and their targets."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import (
    client_of,
    found,
    from_aws,
    handler,
    policy_from,
    tag_changes,
    tag_list,
    tags_from,
    to_aws,
)
from pulumi_aws_sandbox.resources._shapes import from_shape, to_shape

_GONE = "ResourceNotFoundException"
_DEFAULT_BUS = "default"
_RULE = {
    "name": "Name",
    "description": "Description",
    "eventBusName": "EventBusName",
    "eventPattern": "EventPattern",
    "roleArn": "RoleArn",
    "scheduleExpression": "ScheduleExpression",
}
_TARGET = {"arn": "Arn", "input": "Input", "inputPath": "InputPath", "roleArn": "RoleArn", "targetId": "Id"}
_BLOCKS = {
    "deadLetterConfig": "DeadLetterConfig",
    "inputTransformer": "InputTransformer",
    "retryPolicy": "RetryPolicy",
    "sqsTarget": "SqsParameters",
}
_INNER = {"inputPaths": "InputPathsMap", "maximumEventAgeInSeconds": "MaximumEventAgeInSeconds"}
_UNSUPPORTED = (
    "appsyncTarget",
    "batchTarget",
    "ecsTarget",
    "httpTarget",
    "kinesisTarget",
    "redshiftTarget",
    "runCommandTargets",
    "sagemakerPipelineTarget",
)


def _events(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "events", properties)


def _bus(properties: Properties) -> str:
    return properties.get("eventBusName") or _DEFAULT_BUS


def _rule_state(inputs: Properties) -> str:
    """Return whether a rule is on; `isEnabled` is what `state` was called before."""
    if inputs.get("state"):
        return inputs["state"]
    return "ENABLED" if inputs.get("isEnabled", True) else "DISABLED"


def _rule_id(name: str, properties: Properties) -> str:
    return name if _bus(properties) == _DEFAULT_BUS else f"{_bus(properties)}/{name}"


def _put_rule(clients: Clients, inputs: Properties) -> str:
    tags = {"Tags": tag_list(inputs)} if inputs.get("tags") else {}
    _events(clients, inputs).put_rule(**to_aws(inputs, _RULE), State=_rule_state(inputs), **tags)
    return _rule_id(inputs["name"], inputs)


def _describe_rule(clients: Clients, rule_id: str, known: Properties) -> Properties | None:
    events, name = _events(clients, known), rule_id.rsplit("/", 1)[-1]
    answer = found(lambda: events.describe_rule(Name=name, EventBusName=_bus(known)), _GONE)
    if answer is None:
        return None
    now = from_aws(answer, _RULE)
    if "eventPattern" in now:
        now["eventPattern"] = policy_from(now["eventPattern"], known, "eventPattern")
    state = {} if "isEnabled" in known else {"state": answer["State"]}
    enabled = {"isEnabled": answer["State"] == "ENABLED"} if "isEnabled" in known else {}
    return {
        "forceDestroy": known.get("forceDestroy", False),
        **now,
        **state,
        **enabled,
        "arn": answer["Arn"],
        "eventBusName": answer.get("EventBusName", _DEFAULT_BUS),
        **tags_from(events.list_tags_for_resource(ResourceARN=answer["Arn"])["Tags"], known),
    }


def _change_rule(clients: Clients, _: str, outputs: Properties, old: Properties, new: Properties) -> None:
    # PutRule replaces the whole rule but leaves the tags of an existing one as they are.
    _put_rule(clients, {**{name: value for name, value in new.items() if name != "tags"}, "name": outputs["name"]})
    events = _events(clients, new)
    gone, put = tag_changes(old, new)
    if gone:
        events.untag_resource(ResourceARN=outputs["arn"], TagKeys=gone)
    if put:
        events.tag_resource(ResourceARN=outputs["arn"], Tags=tag_list({"tags": put}))


def _remove_rule(clients: Clients, rule_id: str, outputs: Properties) -> None:
    events, name = _events(clients, outputs), rule_id.rsplit("/", 1)[-1]
    about = {"EventBusName": _bus(outputs)}
    if outputs.get("forceDestroy"):
        targets = found(lambda: events.list_targets_by_rule(Rule=name, **about)["Targets"], _GONE) or []
        if targets:
            events.remove_targets(Rule=name, Ids=[each["Id"] for each in targets], **about)
    found(lambda: events.delete_rule(Name=name, **about), _GONE)


def _put_target(clients: Clients, inputs: Properties) -> str:
    target = to_aws(inputs, _TARGET)
    for name, aws in _BLOCKS.items():
        if inputs.get(name):
            target[aws] = _block(name, inputs[name])
    events = _events(clients, inputs)
    answer = events.put_targets(Rule=inputs["rule"], EventBusName=_bus(inputs), Targets=[target])
    assert not answer["FailedEntryCount"]  # noqa: S101 - the sandbox refuses the whole call instead
    return f"{_rule_id(inputs['rule'], inputs)}-{inputs['targetId']}"


def _block(name: str, given: Properties) -> Any:  # noqa: ANN401 - any JSON
    if name == "inputTransformer":
        # The names of the paths are the program's own.
        paths = {"InputPathsMap": given["inputPaths"]} if given.get("inputPaths") else {}
        return {**paths, "InputTemplate": given["inputTemplate"]}
    return to_shape(given, _INNER)


def _describe_target(clients: Clients, _: str, known: Properties) -> Properties | None:
    events, about = _events(clients, known), {"Rule": known["rule"], "EventBusName": _bus(known)}
    targets = found(lambda: events.list_targets_by_rule(**about)["Targets"], _GONE) or []
    target = next((each for each in targets if each["Id"] == known["targetId"]), None)
    if target is None:
        return None
    now = from_aws(target, _TARGET)
    for name, aws in _BLOCKS.items():
        if aws not in target:
            continue
        if name == "inputTransformer":
            paths = target[aws].get("InputPathsMap")
            now[name] = {"inputTemplate": target[aws]["InputTemplate"], **({"inputPaths": paths} if paths else {})}
        else:
            now[name] = from_shape(target[aws], _INNER)
    return {"forceDestroy": known.get("forceDestroy", False), **now, "eventBusName": _bus(known)}


def _change_target(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    _put_target(clients, new)


def _remove_target(clients: Clients, _: str, outputs: Properties) -> None:
    about = {"Rule": outputs["rule"], "EventBusName": _bus(outputs)}
    found(lambda: _events(clients, outputs).remove_targets(Ids=[outputs["targetId"]], **about), _GONE)


def _rule_problems(inputs: Properties) -> list[tuple[str, str]]:
    if not inputs.get("eventPattern") and not inputs.get("scheduleExpression"):
        return [("scheduleExpression", "one of `event_pattern,schedule_expression` must be specified")]
    if "state" in inputs and "isEnabled" in inputs:
        return [("isEnabled", '"is_enabled": conflicts with state')]
    return []


def _target_problems(inputs: Properties) -> list[tuple[str, str]]:
    problems = [(name, f"the sandbox has no {name}") for name in _UNSUPPORTED if inputs.get(name)]
    chosen = [name for name in ("input", "inputPath", "inputTransformer") if inputs.get(name)]
    if len(chosen) > 1:
        problems.append((chosen[1], f'"{chosen[1]}": conflicts with {chosen[0]}'))
    return problems


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:cloudwatch/eventRule:EventRule",
            make=_put_rule,
            describe=_describe_rule,
            change=_change_rule,
            remove=_remove_rule,
            replace_on=frozenset({"name", "namePrefix", "eventBusName"}),
            auto_name=AutoName("name", 64),
            validate=_rule_problems,
        ),
        handler(
            "aws:cloudwatch/eventTarget:EventTarget",
            make=_put_target,
            describe=_describe_target,
            change=_change_target,
            remove=_remove_target,
            required=frozenset({"arn", "rule"}),
            replace_on=frozenset({"eventBusName", "rule", "targetId"}),
            auto_name=AutoName("targetId", 64),
            validate=_target_problems,
        ),
    )
}
