"""Stages with all their settings, changed as API Gateway changes them."""

import json
import re
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps import apigateway_patches as patches
from pulumi_aws_sandbox.gaps.apigateway_refusals import refuse, require
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock

_NAME = re.compile(r"[A-Za-z0-9_-]{1,128}")
_VARIABLE = re.compile(r"[A-Za-z0-9_]+")
_VALUE = re.compile(r"[A-Za-z0-9\-._~:/?#&=,]*")
_NO_ROLE = "CloudWatch Logs role ARN must be set in account settings to enable logging"
_LEVELS = {"ERROR", "INFO", "OFF"}
_METHOD_SETTINGS = {
    "caching/dataEncrypted": "cacheDataEncrypted",
    "caching/enabled": "cachingEnabled",
    "caching/requireAuthorizationForCacheControl": "requireAuthorizationForCacheControl",
    "caching/ttlInSeconds": "cacheTtlInSeconds",
    "caching/unauthorizedCacheControlHeaderStrategy": "unauthorizedCacheControlHeaderStrategy",
    "logging/dataTrace": "dataTraceEnabled",
    "logging/loglevel": "loggingLevel",
    "metrics/enabled": "metricsEnabled",
    "throttling/burstLimit": "throttlingBurstLimit",
    "throttling/rateLimit": "throttlingRateLimit",
}


def fill() -> None:
    """Teach moto's stages."""
    from moto.apigateway.models import APIGatewayBackend, Stage  # noqa: PLC0415 - moto loads only when deploying
    from moto.apigateway.responses import APIGatewayResponse  # noqa: PLC0415 - as above

    replace(APIGatewayBackend, "delete_stage", _deleting_stage)
    replace(APIGatewayResponse, "create_stage", _creating_stage)
    replace(APIGatewayResponse, "update_stage", lambda _: _update_stage)
    replace(Stage, "to_json", _describing_stage)


def _creating_stage(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        given = json.loads(self.body)
        api_id = self.path.split("/")[2]
        check_stage_name(str(given.get("stageName", "")))
        self.backend.get_deployment(api_id, str(given.get("deploymentId")))
        _check_variables(given.get("variables") or {})
        require("canarySettings" not in given, "The sandbox has no canary releases.")
        answer = original(self)
        stage = self.backend.get_rest_api(api_id).stages[given["stageName"]]
        stage.sandbox_settings = {"documentationVersion": given.get("documentationVersion")}
        stage.sandbox_created_at = stage.sandbox_updated_at = clock.now()
        return answer[0], answer[1], json.dumps(stage.to_json())

    return create


def _update_stage(self: Any) -> str:  # noqa: ANN401 - moto's own types
    parts = self.path.split("/")
    api = self.backend.get_rest_api(parts[2])
    stage = self.backend.get_stage(api.id, parts[4])
    operations = self._get_param("patchOperations")
    known = {
        "/accessLogSettings": _clear_access_log(stage),
        "/accessLogSettings/destinationArn": _access_log(self, stage, "destinationArn"),
        "/accessLogSettings/format": _access_log(self, stage, "format"),
        "/cacheClusterEnabled": patches.switch(stage, "cache_cluster_enabled"),
        "/cacheClusterSize": patches.text(stage, "cache_cluster_size"),
        "/clientCertificateId": _setting(stage, "clientCertificateId"),
        "/deploymentId": _move(self, api, stage),
        "/description": patches.text(stage, "description"),
        "/documentationVersion": _setting(stage, "documentationVersion"),
        "/tracingEnabled": patches.switch(stage, "tracing_enabled"),
    }
    patches.apply(operations, {**known, **_variable_paths(self, stage, operations)})
    stage.sandbox_updated_at = clock.now()
    return json.dumps(stage.to_json())


def _variable_paths(self: Any, stage: Any, operations: list[dict[str, Any]]) -> dict[str, patches.Apply]:  # noqa: ANN401 - moto's own types
    """Return what to do at the paths that hold a name of their own: variables, and settings of methods."""
    found: dict[str, patches.Apply] = {}
    for each in operations:
        path = str(each.get("path", ""))
        parts = path.split("/", 3)
        if path.startswith("/variables/"):
            found[path] = _variable(stage, patches.key(path.removeprefix("/variables/")))
        elif len(parts) == 3 and each.get("op") == "remove":  # noqa: PLR2004 - an empty one, resource and method
            found[path] = _forget_method(stage, "/".join(parts[1:]))
        elif len(parts) == 4 and parts[3] in _METHOD_SETTINGS:  # noqa: PLR2004 - and the setting
            found[path] = _method(self, stage, "/".join(parts[1:3]), parts[3])
    return found


def _variable(stage: Any, name: str) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        if kind == "remove":
            stage.variables.pop(name, None)
        else:
            _check_variables({name: value})
            stage.variables = {**stage.variables, name: value}

    return do


def _method(self: Any, stage: Any, method: str, path: str) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(_: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        if path == "logging/loglevel":
            require(value in _LEVELS, f"Invalid logging level: {value}")
            require(value == "OFF" or self.backend.account.cloudwatch_role_arn, _NO_ROLE)
        # New settings are put in place whole: a gateway may be reading the old ones.
        settings = {**stage.method_settings}
        settings[method] = {**(settings.get(method) or stage._get_default_method_settings())}  # noqa: SLF001 - moto offers no other way
        try:
            settings[method][_METHOD_SETTINGS[path]] = stage._convert_to_type(_METHOD_SETTINGS[path], str(value))  # noqa: SLF001 - as above
        except ValueError:
            refuse(f"Invalid patch value '{value}' specified for op 'replace'")
        stage.method_settings = settings

    return do


def _forget_method(stage: Any, method: str) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(_: str, _value: Any) -> None:  # noqa: ANN401 - any JSON
        stage.method_settings = {name: value for name, value in stage.method_settings.items() if name != method}

    return do


def _access_log(self: Any, stage: Any, name: str) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        require(self.backend.account.cloudwatch_role_arn, _NO_ROLE)
        settings = {**(stage.access_log_settings or {})}
        settings.pop(name, None)
        if kind != "remove":
            if name == "format":
                _check_format(str(value))
            settings[name] = value.removesuffix(":*") if name == "destinationArn" else value
        stage.access_log_settings = settings or None

    return do


def _check_format(text: str) -> None:
    from pulumi_aws_sandbox.runtime.gateway.templates import TemplateError, log_format  # noqa: PLC0415 - with the gateway

    named = "$context.requestId" in text or "$context.extendedRequestId" in text
    require(named, "Access Log format must contain $context.requestId or $context.extendedRequestId")
    require(
        "\n" not in text.strip(), "Access Log format must be single line, new line character is allowed only at end"
    )
    try:
        log_format(text)
    except TemplateError as error:
        refuse(f"Invalid Access Log format: {error}")


def _clear_access_log(stage: Any) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(_: str, _value: Any) -> None:  # noqa: ANN401 - any JSON
        stage.access_log_settings = None

    return do


def _setting(stage: Any, name: str) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        kept = vars(stage).get("sandbox_settings", {})
        stage.sandbox_settings = {**kept, name: None if kind == "remove" else value or None}

    return do


def _move(self: Any, api: Any, stage: Any) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(_: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        self.backend.get_deployment(api.id, value)
        stage.deployment_id = value

    return do


def check_stage_name(name: str) -> None:
    """Refuse a name that no stage can have."""
    fits = _NAME.fullmatch(name) is not None
    require(fits, "Stage name only allows a-zA-Z0-9_-" if name else "Stage name should not be empty")


def _check_variables(variables: dict[str, Any]) -> None:
    for name, value in variables.items():
        fits = _VARIABLE.fullmatch(name) and _VALUE.fullmatch(str(value))
        require(fits, f"Stage variable {name}: names are a-zA-Z0-9_, values a-zA-Z0-9-._~:/?#&=,")


def _deleting_stage(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, function_id: str, stage_name: str) -> None:  # noqa: ANN401 - moto's own types
        self.get_stage(function_id, stage_name)
        mapped = any(
            each.rest_api_id == function_id and each.stage == stage_name
            for mappings in self.base_path_mappings.values()
            for each in mappings.values()
        )
        require(not mapped, "Please remove all base path mappings related to the stage in your domain")
        planned = any(
            each.get("apiId") == function_id and each.get("stage") == stage_name
            for plan in self.usage_plans.values()
            for each in plan.api_stages
        )
        require(not planned, "Please remove the stage from all usage plans before it is deleted")
        original(self, function_id, stage_name)

    return delete


def _describing_stage(original: Callable[..., Any]) -> Callable[..., Any]:
    def to_json(self: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
        kept = vars(self)
        dates = {"createdDate": "sandbox_created_at", "lastUpdatedDate": "sandbox_updated_at"}
        answer = {
            **original(self),
            **kept.get("sandbox_settings", {}),
            **{name: kept[attribute] for name, attribute in dates.items() if attribute in kept},
        }
        return {name: value for name, value in answer.items() if value is not None}

    return to_json
