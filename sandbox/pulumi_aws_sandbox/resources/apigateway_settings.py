"""Settings of API Gateway's methods in a stage, and the account's role for logs."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._apigateway import GONE, apigateway, patch, stage_ids
from pulumi_aws_sandbox.resources._make import found, handler

_METHOD_PATHS = {
    "cacheDataEncrypted": "caching/dataEncrypted",
    "cacheTtlInSeconds": "caching/ttlInSeconds",
    "cachingEnabled": "caching/enabled",
    "dataTraceEnabled": "logging/dataTrace",
    "loggingLevel": "logging/loglevel",
    "metricsEnabled": "metrics/enabled",
    "requireAuthorizationForCacheControl": "caching/requireAuthorizationForCacheControl",
    "throttlingBurstLimit": "throttling/burstLimit",
    "throttlingRateLimit": "throttling/rateLimit",
    "unauthorizedCacheControlHeaderStrategy": "caching/unauthorizedCacheControlHeaderStrategy",
}
_METHOD_DEFAULTS: Properties = {
    "throttlingBurstLimit": -1,
    "throttlingRateLimit": -1.0,
}
_ACCOUNT = "api-gateway-account"


def _method_key(method_path: str) -> str:
    """Return a method as API Gateway names it: its resource as one part of a path."""
    resource, _, method = method_path.rpartition("/")
    return f"{resource.replace('/', '~1')}/{method}" if resource != "*" else method_path


def _make_settings(clients: Clients, inputs: Properties) -> str:
    _put_settings(clients, inputs, {}, inputs["settings"])
    return f"{inputs['restApi']}-{inputs['stageName']}-{inputs['methodPath']}"


def _put_settings(clients: Clients, properties: Properties, before: Properties, after: Properties) -> None:
    key = _method_key(properties["methodPath"])
    old, new = {**_METHOD_DEFAULTS, **before}, {**_METHOD_DEFAULTS, **after}
    operations = [
        patch(f"/{key}/{path}", new[name])
        for name, path in _METHOD_PATHS.items()
        if name in new and (not before or old.get(name) != new[name])
    ]
    if operations:
        apigateway(clients, properties).update_stage(**stage_ids(properties), patchOperations=operations)


def _describe_settings(clients: Clients, _: str, known: Properties) -> Properties | None:
    answer = found(lambda: apigateway(clients, known).get_stage(**stage_ids(known)), GONE)
    settings = answer["methodSettings"].get(_method_key(known["methodPath"])) if answer is not None else None
    return (
        None if settings is None else {"settings": {name: settings[name] for name in settings if name in _METHOD_PATHS}}
    )


def _change_settings(clients: Clients, _: str, _outputs: Properties, old: Properties, new: Properties) -> None:
    gone = old["settings"].keys() - new["settings"].keys() - _METHOD_DEFAULTS.keys()
    if gone:
        # What is no longer said goes back to what API Gateway has by itself.
        _remove_settings(clients, "", new)
        _put_settings(clients, new, {}, new["settings"])
    else:
        _put_settings(clients, new, old["settings"], new["settings"])


def _remove_settings(clients: Clients, _: str, outputs: Properties) -> None:
    operations = [patch(f"/{_method_key(outputs['methodPath'])}", None)]
    gateway = apigateway(clients, outputs)
    found(lambda: gateway.update_stage(**stage_ids(outputs), patchOperations=operations), GONE)


def _make_account(clients: Clients, inputs: Properties) -> str:
    _change_account(clients, _ACCOUNT, {}, {}, inputs)
    return _ACCOUNT


def _describe_account(clients: Clients, _: str, known: Properties) -> Properties | None:
    answer: dict[str, Any] = apigateway(clients, known).get_account()
    return {
        "apiKeyVersion": answer["apiKeyVersion"],
        "cloudwatchRoleArn": answer.get("cloudwatchRoleArn", ""),
        "features": answer.get("features") or [],
        "throttleSettings": [answer["throttleSettings"]],
    }


def _change_account(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    operations = [patch("/cloudwatchRoleArn", new.get("cloudwatchRoleArn", ""))]
    apigateway(clients, new).update_account(patchOperations=operations)


def _remove_account(clients: Clients, _: str, outputs: Properties) -> None:
    apigateway(clients, outputs).update_account(patchOperations=[patch("/cloudwatchRoleArn", "")])


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:apigateway/account:Account",
            make=_make_account,
            describe=_describe_account,
            change=_change_account,
            remove=_remove_account,
        ),
        handler(
            "aws:apigateway/methodSettings:MethodSettings",
            make=_make_settings,
            describe=_describe_settings,
            change=_change_settings,
            remove=_remove_settings,
            required=frozenset({"methodPath", "restApi", "settings", "stageName"}),
            replace_on=frozenset({"methodPath", "restApi", "stageName"}),
        ),
    )
}
