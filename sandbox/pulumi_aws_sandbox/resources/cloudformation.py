"""CloudFormation: stacks."""

from typing import Any

from pulumi_aws_sandbox.errors import SandboxError
from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler, tag_list, tags_from

_STACK = "aws:cloudformation/stack:Stack"
_NAMES = {
    "capabilities": "Capabilities",
    "iamRoleArn": "RoleARN",
    "notificationArns": "NotificationARNs",
    "policyBody": "StackPolicyBody",
    "policyUrl": "StackPolicyURL",
    "templateBody": "TemplateBody",
    "templateUrl": "TemplateURL",
}
_AT_CREATION = {"disableRollback": "DisableRollback", "onFailure": "OnFailure", "timeoutInMinutes": "TimeoutInMinutes"}
_NO_STACK = ("ValidationError",)


def _request(inputs: Properties, names: dict[str, str]) -> dict[str, Any]:
    request = {aws: inputs[name] for name, aws in names.items() if name in inputs}
    parameters = [{"ParameterKey": key, "ParameterValue": text} for key, text in inputs.get("parameters", {}).items()]
    return request | {"Parameters": parameters, "Tags": tag_list(inputs)}


def _make(clients: Clients, inputs: Properties) -> str:
    cloudformation = client_of(clients, "cloudformation", inputs)
    stack = cloudformation.create_stack(StackName=inputs["name"], **_request(inputs, _NAMES | _AT_CREATION))["StackId"]
    _require(cloudformation, stack, inputs["name"], "CREATE_COMPLETE")
    return stack


def _require(cloudformation: Any, stack: str, name: str, status: str) -> None:  # noqa: ANN401 - a boto3 client
    """Fail as the provider does where a stack did not become what it should."""
    (told,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    if told["StackStatus"] == status:
        return
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    reasons = [each["ResourceStatusReason"] for each in events if each["ResourceStatus"].endswith("_FAILED")]
    reason = "; ".join(each for each in reasons if each) or told.get("StackStatusReason", "")
    raise SandboxError(_STACK, name, "CreateStack", told["StackStatus"], reason)


def _describe(clients: Clients, stack: str, known: Properties) -> Properties | None:
    cloudformation = client_of(clients, "cloudformation", known)
    listing = found(lambda: cloudformation.describe_stacks(StackName=stack)["Stacks"], *_NO_STACK)
    if not listing or listing[0]["StackStatus"] == "DELETE_COMPLETE":
        return None
    told = listing[0]
    body = cloudformation.get_template(StackName=stack)["TemplateBody"]
    values = {each["ParameterKey"]: each["ParameterValue"] for each in told.get("Parameters", [])}
    before = known.get("parameters", {})
    return {
        "name": told["StackName"],
        "capabilities": told.get("Capabilities", []),
        "disableRollback": told.get("DisableRollback", False),
        "iamRoleArn": told.get("RoleARN"),
        "notificationArns": told.get("NotificationARNs", []),
        "outputs": {each["OutputKey"]: each["OutputValue"] for each in told.get("Outputs", [])},
        # What the template itself says of a parameter is no drift.
        "parameters": {key: value for key, value in values.items() if key in before},
        "templateBody": body if isinstance(body, str) else known.get("templateBody"),
        "timeoutInMinutes": told.get("TimeoutInMinutes"),
        **tags_from(told.get("Tags"), known),
    }


def _change(clients: Clients, stack: str, _: Properties, _old: Properties, new: Properties) -> None:
    cloudformation = client_of(clients, "cloudformation", new)
    cloudformation.update_stack(StackName=stack, **_request(new, _NAMES))
    _require(cloudformation, stack, new["name"], "UPDATE_COMPLETE")


def _remove(clients: Clients, stack: str, outputs: Properties) -> None:
    cloudformation = client_of(clients, "cloudformation", outputs)
    cloudformation.delete_stack(StackName=stack)
    listing = found(lambda: cloudformation.describe_stacks(StackName=stack)["Stacks"], *_NO_STACK)
    if listing and listing[0]["StackStatus"] != "DELETE_COMPLETE":
        told = listing[0]
        name, status = told["StackName"], told["StackStatus"]
        raise SandboxError(_STACK, name, "DeleteStack", status, told.get("StackStatusReason", ""))


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    given = [name for name in ("templateBody", "templateUrl") if name in inputs]
    if len(given) == 1:
        return []
    return [("templateBody", f"exactly one of templateBody and templateUrl must be given: got {len(given)}")]


HANDLERS = {
    _STACK: handler(
        _STACK,
        make=_make,
        describe=_describe,
        change=_change,
        remove=_remove,
        replace_on=frozenset({"name", "disableRollback", "onFailure", "timeoutInMinutes"}),
        auto_name=AutoName("name", 128),
        validate=_problems,
    )
}
