"""CloudFormation's stacks: moto makes them of its own models, all at once and past what other gaps add.

Here a stack's resources are made by calls to the sandbox's own AWS (`runtime/stacks`), in their order and time.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import stacks
from pulumi_aws_sandbox.runtime.access.errors import RefusedError
from pulumi_aws_sandbox.runtime.access.sessions import assume_as_service
from pulumi_aws_sandbox.runtime.stacks.stack import Stack
from pulumi_aws_sandbox.runtime.stacks.templates import TemplateError

_SERVICE = "cloudformation.amazonaws.com"
_KEPT = ("Capabilities", "ClientRequestToken", "NotificationARNs", "OnFailure", "RoleARN", "Tags", "TimeoutInMinutes")
_INVALID = "ValidationError"
_Answer = dict[str, Any]


def fill() -> None:
    """Answer the operations of stacks."""
    from moto.cloudformation.responses import (  # noqa: PLC0415 - moto loads only when something is deployed
        CloudFormationResponse,
    )

    for name, operation in _OPERATIONS.items():
        replace(CloudFormationResponse, name, _answering(operation))


def _answering(operation: Callable[[Any], _Answer]) -> Callable[[Any], Callable[[Any], Any]]:
    def filler(_: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - moto's own types
        def answer(self: Any) -> Any:  # noqa: ANN401 - moto's own types
            from moto.core.responses import ActionResult  # noqa: PLC0415 - moto loads only when deploying

            try:
                return ActionResult(operation(self))
            except TemplateError as error:
                return _refuse(_INVALID, str(error))

        return answer

    filler.__qualname__ = operation.__name__
    return filler


def _create(self: Any) -> _Answer:  # noqa: ANN401 - moto's own types
    kept, name, token = _stacks(self), self.params["StackName"], self.params.get("ClientRequestToken")
    found = _by_name(kept, name)
    if found is not None:
        if token is not None and found.about.get("ClientRequestToken") == token:
            return {"StackId": found.id}
        _refuse("AlreadyExistsException", f"Stack [{name}] already exists")
    about = {key: self.params[key] for key in _KEPT if key in self.params}
    if str(self.params.get("DisableRollback", "")).lower() == "true":
        about["OnFailure"] = "DO_NOTHING"
    _check_role(about)
    made = Stack(self.region, name, _body(self), _parameters(self, {}), about)
    kept[made.id] = made
    made.go_on()
    return {"StackId": made.id}


def _update(self: Any) -> _Answer:  # noqa: ANN401 - moto's own types
    found = _require(self)
    if not found.status.endswith("_COMPLETE") or found.status == "ROLLBACK_COMPLETE":
        reason = f"Stack:{found.id} is in {found.status} state and can not be updated."
        _refuse(_INVALID, reason)
    previous = str(self.params.get("UsePreviousTemplate", "")).lower() == "true"
    about = {key: self.params[key] for key in _KEPT if key in self.params}
    _check_role(about)
    body = found.template if previous else _body(self)
    found.update(body, _parameters(self, found.parameters), about)
    return {"StackId": found.id}


def _delete(self: Any) -> _Answer:  # noqa: ANN401 - moto's own types
    found = _find(self, self.params["StackName"])
    if found is not None and found.deleted is None:
        found.delete()
    return {}


def _describe(self: Any) -> _Answer:  # noqa: ANN401 - moto's own types
    if self.params.get("StackName"):
        return {"Stacks": [_shown(_require(self))]}
    alive = [each for each in _stacks(self).values() if each.deleted is None]
    for each in alive:
        each.go_on()
    return {"Stacks": [_shown(each) for each in alive]}


def _list(self: Any) -> _Answer:  # noqa: ANN401 - moto's own types
    wanted = self.params.get("StackStatusFilter")
    found = [each for each in _stacks(self).values() if not wanted or each.status in wanted]
    return {"StackSummaries": [_shown(each) for each in found]}


def _events(self: Any) -> _Answer:  # noqa: ANN401 - moto's own types
    found = _require(self)
    listed = [
        {
            "StackId": found.id,
            "EventId": each.id,
            "StackName": found.name,
            "LogicalResourceId": each.logical_id,
            "PhysicalResourceId": each.physical_id,
            "ResourceType": each.kind,
            "Timestamp": each.at,
            "ResourceStatus": each.status,
            **({"ResourceStatusReason": each.reason} if each.reason else {}),
        }
        for each in reversed(found.events)
    ]
    return {"StackEvents": listed}


def _resources(self: Any) -> _Answer:  # noqa: ANN401 - moto's own types
    found = _require(self)
    return {"StackResources": [{"StackName": found.name, "StackId": found.id, **each} for each in _listed(found)]}


def _resource(self: Any) -> _Answer:  # noqa: ANN401 - moto's own types
    found, name = _require(self), self.params["LogicalResourceId"]
    for each in _listed(found):
        if each["LogicalResourceId"] == name:
            detail = {"StackName": found.name, "StackId": found.id, **each, "LastUpdatedTimestamp": each["Timestamp"]}
            return {"StackResourceDetail": detail}
    return _refuse(_INVALID, f"Resource {name} does not exist for stack {found.name}")


def _summaries(self: Any) -> _Answer:  # noqa: ANN401 - moto's own types
    found = _listed(_require(self))
    return {"StackResourceSummaries": [each | {"LastUpdatedTimestamp": each["Timestamp"]} for each in found]}


def _template(self: Any) -> _Answer:  # noqa: ANN401 - moto's own types
    return {"TemplateBody": _require(self).template, "StagesAvailable": ["Original", "Processed"]}


_OPERATIONS: dict[str, Callable[[Any], _Answer]] = {
    "create_stack": _create,
    "delete_stack": _delete,
    "describe_stack_events": _events,
    "describe_stack_resource": _resource,
    "describe_stack_resources": _resources,
    "describe_stacks": _describe,
    "get_template": _template,
    "list_stack_resources": _summaries,
    "list_stacks": _list,
    "update_stack": _update,
}


def _stacks(self: Any) -> dict[str, Stack]:  # noqa: ANN401 - moto's own types
    return vars(self.cloudformation_backend).setdefault("sandbox_stacks", {})


def _by_name(kept: dict[str, Stack], name: str) -> Stack | None:
    return next((each for each in kept.values() if each.name == name and each.deleted is None), None)


def _find(self: Any, name: str) -> Stack | None:  # noqa: ANN401 - moto's own types
    """Return a stack by its id, or by its name while it is not deleted."""
    kept = _stacks(self)
    return kept.get(name) or _by_name(kept, name)


def _require(self: Any) -> Stack:  # noqa: ANN401 - moto's own types
    name = self.params["StackName"]
    found = _find(self, name)
    if found is None:
        return _refuse(_INVALID, f"Stack with id {name} does not exist")
    found.go_on()
    return found


def _body(self: Any) -> str:  # noqa: ANN401 - moto's own types
    body, url = self.params.get("TemplateBody"), self.params.get("TemplateURL")
    if (body is None) == (url is None):
        _refuse(_INVALID, "Either Template URL or Template Body must be specified.")
    if url is None:
        return str(body)
    parts = urlsplit(url)
    labels, path = (parts.hostname or "").split("."), unquote(parts.path.lstrip("/"))
    if "amazonaws" not in labels:
        _refuse(_INVALID, "TemplateURL must be a supported URL.")
    if labels[0] == "s3" or labels[0].startswith("s3-"):
        bucket, _, key = path.partition("/")
    else:
        host = parts.hostname or ""
        bucket, key = host[: host.index(".s3")], path
    from botocore.exceptions import ClientError  # noqa: PLC0415 - loaded by now

    with suppress(ClientError):
        content = stacks.clients()("s3", self.region).get_object(Bucket=bucket, Key=key)["Body"].read()
        return content.decode()
    return _refuse(_INVALID, "S3 error: Access Denied\nFor more information check the S3 API documentation.")


def _parameters(self: Any, before: dict[str, Any]) -> dict[str, str]:  # noqa: ANN401 - moto's own types
    found = {}
    for each in self.params.get("Parameters", []):
        key = each["ParameterKey"]
        previous = str(each.get("UsePreviousValue", "")).lower() == "true"
        value = before.get(key, "") if previous else each.get("ParameterValue", "")
        found[key] = ",".join(value) if isinstance(value, list) else str(value)
    return found


def _check_role(about: dict[str, Any]) -> None:
    role = about.get("RoleARN")
    if role is not None:
        try:
            assume_as_service(role, _SERVICE, "AWSCloudFormation")
        except RefusedError:
            _refuse(_INVALID, f"Role {role} is invalid or cannot be assumed")


def _shown(stack: Stack) -> _Answer:
    parameters = [
        {"ParameterKey": key, "ParameterValue": ",".join(value) if isinstance(value, list) else value}
        for key, value in stack.parameters.items()
    ]
    shown: _Answer = {
        "StackId": stack.id,
        "StackName": stack.name,
        "CreationTime": stack.created,
        "StackStatus": stack.status,
        "DisableRollback": stack.about.get("OnFailure") == "DO_NOTHING",
        "NotificationARNs": stack.about.get("NotificationARNs", []),
        "Capabilities": stack.about.get("Capabilities", []),
        # moto's answer makes the list.
        "Tags": {each["Key"]: each["Value"] for each in stack.about.get("Tags", [])},
        "Parameters": parameters,
        "Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in stack.outputs.items()],
    }
    description = stack.description
    more = {
        "Description": description,
        "DeletionTime": stack.deleted,
        "LastUpdatedTime": stack.updated,
        "RoleARN": stack.about.get("RoleARN"),
        "StackStatusReason": stack.reason,
        "TimeoutInMinutes": stack.about.get("TimeoutInMinutes"),
    }
    return shown | {key: value for key, value in more.items() if value}


def _listed(stack: Stack) -> list[_Answer]:
    return [
        {
            "LogicalResourceId": each.logical_id,
            "PhysicalResourceId": each.made.physical_id if each.made is not None else "",
            "ResourceType": each.kind,
            "Timestamp": each.at,
            "ResourceStatus": each.status,
            **({"ResourceStatusReason": each.reason} if each.reason else {}),
        }
        for each in stack.resources.values()
        if each.status
    ]


def _refuse(code: str, reason: str) -> NoReturn:
    from moto.cloudformation.exceptions import (  # noqa: PLC0415 - moto loads only when something is deployed
        AlreadyExistsException,
        ValidationError,
    )

    raise ValidationError(message=reason) if code == _INVALID else AlreadyExistsException(reason)
