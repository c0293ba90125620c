"""CloudFormation: the stack of what does not stand beforehand."""

from typing import Any

from .clients import call, code_of
from .effects import RUN_TAG, FailedError
from .plan import Creation
from .sights import StackSeen


def describe(region: str, name: str) -> StackSeen | None:
    """Return a stack, or `None` where there is none."""
    try:
        found = call("cloudformation", region, "describe_stacks", StackName=name)["Stacks"]
    except FailedError as error:
        if code_of(error) == "ValidationError" and "does not exist" in str(error):
            return None
        raise
    told = found[0]
    if told["StackStatus"] == "DELETE_COMPLETE":
        return None
    outputs = {each["OutputKey"]: each["OutputValue"] for each in told.get("Outputs", [])}
    tags = {each["Key"]: each["Value"] for each in told.get("Tags", [])}
    return StackSeen(
        status=told["StackStatus"],
        reason=told.get("StackStatusReason", ""),
        run=tags.get(RUN_TAG),
        database_identifier=outputs.get("Identifier"),
        database_endpoint=outputs.get("Endpoint"),
        database_arn=_beside(told["StackId"], outputs.get("Identifier")),
        database_security_group_id=outputs.get("SecurityGroupId"),
    )


def create(region: str, planned: Creation, run: str, token: str) -> None:
    """Create a stack; what fails stays to be looked at until it is deleted."""
    role: dict[str, Any] = {"RoleARN": planned.role_arn} if planned.role_arn else {}
    call(
        "cloudformation",
        region,
        "create_stack",
        StackName=planned.stack_name,
        TemplateURL=planned.template_url,
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in planned.parameters.items()],
        Tags=[{"Key": RUN_TAG, "Value": run}],
        OnFailure="ROLLBACK",
        ClientRequestToken=token,
        **role,
    )


def delete(region: str, planned: Creation) -> None:
    """Delete a stack."""
    role: dict[str, Any] = {"RoleARN": planned.role_arn} if planned.role_arn else {}
    call("cloudformation", region, "delete_stack", StackName=planned.stack_name, **role)


def _beside(stack_arn: str, identifier: str | None) -> str | None:
    """Return the ARN of a database of the stack's partition, Region and account."""
    if identifier is None:
        return None
    _, partition, _, region, account, _ = stack_arn.split(":", 5)
    return f"arn:{partition}:rds:{region}:{account}:db:{identifier}"
