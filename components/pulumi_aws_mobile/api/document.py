"""The one OpenAPI 3.0 document of an API, from the routes of all contributions.

Pure, but for outputs among the values.
"""

import json
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi

from .cors import Cors, gateway_responses, preflight
from .integrations import INTEGRATION, CoreApi, core_integration, function_integration, own_integration
from .routes import Route

Document = dict[str, Any]
_VALIDATOR = "everything"
_SIGNATURE = "sigv4"
_KEY = "api_key"


@dataclass(frozen=True, slots=True)
class Targets:
    """What answers, as far as it exists."""

    core: CoreApi | None = None
    functions: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    """The ARNs of functions by feature."""
    roles: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    """The ARNs of the roles of AWS integrations by feature."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the document says beside its routes."""

    title: str
    cors: Cors | None = None
    keys: bool = False
    """Whether signed routes want an API key."""
    binary_media_types: tuple[str, ...] = ()


def document(routes: Iterable[Route], models: Mapping[str, Any], targets: Targets, wishes: Wishes) -> Document:
    """Return the document, in no order that counts: whoever writes it down sorts its keys."""
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, targets, wishes)
    if wishes.cors is not None:
        for path, item in paths.items():
            item.setdefault("options", preflight(wishes.cors, path, sorted(item)))
    schemes = {_SIGNATURE: _signature_scheme()} | ({_KEY: _key_scheme()} if wishes.keys else {})
    result: Document = {
        "openapi": "3.0.1",
        # A version of its own would be one more thing to count up: deployments tell states apart.
        "info": {"title": wishes.title, "version": "1"},
        "paths": paths,
        "components": {"schemas": dict(models), "securitySchemes": schemes},
        "x-amazon-apigateway-request-validators": {
            _VALIDATOR: {"validateRequestBody": True, "validateRequestParameters": True}
        },
        "x-amazon-apigateway-request-validator": _VALIDATOR,
    }
    if wishes.cors is not None:
        result["x-amazon-apigateway-gateway-responses"] = gateway_responses(wishes.cors)
    if wishes.binary_media_types:
        result["x-amazon-apigateway-binary-media-types"] = sorted(wishes.binary_media_types)
    return result


def write(result: Document) -> pulumi.Output[str]:
    """Return the document as text: the same for the same content, in whatever order it was written.

    Only what is an output waits: making one of every value of the document would take longer than all the rest of it.
    """
    waiting: list[pulumi.Output[Any]] = []
    form = _with_places(result, waiting)

    def written(known: Sequence[Any]) -> str:
        return json.dumps(
            form,
            default=lambda place: known[place.number],
            sort_keys=True,
            separators=(",", ":"),
            ensure_ascii=False,
        )

    return pulumi.Output.all(*waiting).apply(written)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the value of an output goes."""

    number: int


def _with_places(value: Any, waiting: list[pulumi.Output[Any]]) -> Any:  # noqa: ANN401 - any JSON, with outputs in it
    """Return the value with a place for each output, which are gathered in `waiting`."""
    if isinstance(value, Mapping):
        return {key: _with_places(item, waiting) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_places(item, waiting) for item in value]
    if isinstance(value, pulumi.Output | Awaitable):
        waiting.append(pulumi.Output.from_input(value))
        return _Place(len(waiting) - 1)
    return value


def _operation(route: Route, targets: Targets, wishes: Wishes) -> dict[str, Any]:
    given = route.operation.get(INTEGRATION)
    if given is not None:
        integration = own_integration(given, targets.roles.get(route.feature))
    elif route.feature in targets.functions:
        integration = function_integration(targets.functions[route.feature])
    elif targets.core is not None:
        integration = core_integration(route, targets.core)
    else:
        message = f"{route.where} has nothing that answers"
        raise LookupError(message)
    return {
        **route.operation,
        **_authorisation(route, wishes),
        "x-amazon-apigateway-request-validator": _VALIDATOR,
        INTEGRATION: integration,
    }


def _authorisation(route: Route, wishes: Wishes) -> dict[str, Any]:
    """Return who may call: the security of OpenAPI and AWS's word for it, so that neither is left to a default.

    AWS writes a signature and a key, which a request needs both, as two entries.
    """
    if route.public:
        return {"security": [], "x-amazon-apigateway-auth": {"type": "NONE"}}
    keys = [{_KEY: []}] if wishes.keys else []
    return {"security": [{_SIGNATURE: []}, *keys], "x-amazon-apigateway-auth": {"type": "AWS_IAM"}}


def _signature_scheme() -> dict[str, str]:
    return {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
    }


def _key_scheme() -> dict[str, str]:
    return {"type": "apiKey", "name": "x-api-key", "in": "header"}
