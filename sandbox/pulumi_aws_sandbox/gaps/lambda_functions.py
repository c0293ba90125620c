"""What moto drops of a function's settings, and what Lambda refuses where moto accepts."""

import base64
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from pulumi_aws_sandbox.gaps.lambda_refusals import refuse
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import destinations
from pulumi_aws_sandbox.runtime.access import principals, roles
from pulumi_aws_sandbox.runtime.access.errors import RefusedError
from pulumi_aws_sandbox.runtime.access.policies import Principal
from pulumi_aws_sandbox.runtime.access.sessions import check_trust
from pulumi_aws_sandbox.runtime.function_logs import logging_config

RESERVED = frozenset(
    {
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_DEFAULT_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "LAMBDA_RUNTIME_DIR",
        "LAMBDA_TASK_ROOT",
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
    }
)
"""The environment variables that Lambda sets itself.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"""

_ENVIRONMENT_BYTES = 4096
_KEPT = ("DeadLetterConfig", "LoggingConfig")
_SERVICE = "lambda.amazonaws.com"


def fill() -> None:
    """Keep the settings that moto drops, and refuse what Lambda refuses."""
    from moto.awslambda.models import LambdaBackend, LambdaFunction  # noqa: PLC0415 - moto loads only when deploying
    from moto.awslambda.policy import Policy  # noqa: PLC0415 - as above

    replace(LambdaFunction, "__init__", _keeping)
    replace(LambdaFunction, "get_configuration", _with_kept)
    replace(LambdaFunction, "update_configuration", _updating)
    replace(LambdaFunction, "update_function_code", _with_architectures)
    replace(LambdaFunction, "_set_function_code", _unzippable)
    replace(LambdaBackend, "create_function", _checked_creation)
    replace(LambdaBackend, "update_function_configuration", _checked_update)
    replace(LambdaBackend, "delete_function", _forgetting)
    replace(Policy, "add_statement", _once)


def _keeping(original: Callable[..., None]) -> Callable[..., None]:
    def initialise(self: Any, account_id: str, spec: dict[str, Any], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - moto's own types
        self.kept_by_sandbox = {name: spec[name] for name in _KEPT if name in spec}
        original(self, account_id, spec, *args, **kwargs)

    return initialise


def _with_kept(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def configuration(self: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
        kept = {**self.kept_by_sandbox, "LoggingConfig": logging_config(self)}
        return original(self, *args, **kwargs) | {name: value for name, value in kept.items() if value}

    return configuration


def _updating(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def update(self: Any, updates: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
        self.kept_by_sandbox = self.kept_by_sandbox | {name: updates[name] for name in _KEPT if name in updates}
        if "EphemeralStorage" in updates:
            self.ephemeral_storage = updates["EphemeralStorage"]["Size"]
        if "TracingConfig" in updates:
            self.tracing_config = updates["TracingConfig"]
        if "KMSKeyArn" in updates:
            self.kms_key_arn = updates["KMSKeyArn"] or None
        return original(self, updates)

    return update


def _with_architectures(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def update(self: Any, spec: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
        if "Architectures" in spec:
            self.architectures = spec["Architectures"]
        return original(self, spec)

    return update


def _unzippable(original: Callable[..., None]) -> Callable[..., None]:
    def set_code(self: Any, spec: dict[str, Any]) -> None:  # noqa: ANN401 - moto's own types
        if "ZipFile" in spec and not zipfile.is_zipfile(io.BytesIO(base64.b64decode(spec["ZipFile"]))):
            message = "Could not unzip uploaded file. Please check your file, then try to upload again."
            refuse("InvalidParameterValueException", message)
        original(self, spec)

    return set_code


def _checked_creation(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, spec: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
        _check(spec)
        return original(self, spec)

    return create


def _checked_update(original: Callable[..., Any]) -> Callable[..., Any]:
    def update(self: Any, function_name: str, qualifier: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
        _check(body)
        return original(self, function_name, qualifier, body)

    return update


def _forgetting(original: Callable[..., None]) -> Callable[..., None]:
    def delete(self: Any, function_name: str, qualifier: str | None = None) -> None:  # noqa: ANN401 - moto's own types
        from pulumi_aws_sandbox.runtime import functions  # noqa: PLC0415 - it needs what this module offers

        function = self.get_function(function_name, qualifier)
        original(self, function_name, qualifier)
        functions.forget(function)

    return delete


def _once(original: Callable[..., Any]) -> Callable[..., Any]:
    def add(self: Any, raw: str, qualifier: str | None = None) -> Any:  # noqa: ANN401 - moto's own types
        statement_id = json.loads(raw).get("StatementId")
        if any(each.get("Sid") == statement_id for each in self.statements):
            message = (
                f"The statement id ({statement_id}) provided already exists. Please provide a new statement id, or "
            )
            refuse("ResourceConflictException", f"{message}remove the existing statement.", 409)
        return original(self, raw, qualifier)

    return add


def _check(spec: Mapping[str, Any]) -> None:
    variables = spec.get("Environment", {}).get("Variables", {})
    reserved = sorted(RESERVED & variables.keys())
    if reserved:
        message = (
            "Lambda was unable to configure your environment variables because the environment variables you have "
            "provided contains reserved keys that are currently not supported for modification. Reserved keys used in "
            f"this request: {', '.join(reserved)}"
        )
        refuse("InvalidParameterValueException", message)
    if len(json.dumps(variables, separators=(",", ":"))) > _ENVIRONMENT_BYTES:
        message = (
            "Lambda was unable to configure your environment variables because the environment variables you have "
            f"provided exceeded the {_ENVIRONMENT_BYTES // 1024}KB limit."
        )
        refuse("InvalidParameterValueException", message)
    if principals.role(spec.get("Role", "")) is not None:
        _check_trust(spec["Role"])
        _check_dead_letters(spec["Role"], (spec.get("DeadLetterConfig") or {}).get("TargetArn"))


def _check_dead_letters(role_arn: str, target: str | None) -> None:
    if not target:
        return
    service = target.split(":")[2]
    if not roles.may(role_arn, destinations.ACTIONS[service], target):
        call = destinations.ACTIONS[service].partition(":")[2]
        message = f"The provided execution role does not have permissions to call {call} on {service.upper()}"
        refuse("InvalidParameterValueException", message)


def _check_trust(role_arn: str) -> None:
    try:
        check_trust(role_arn, "sts:AssumeRole", Principal(service=_SERVICE))
    except RefusedError:
        refuse("InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda.")
