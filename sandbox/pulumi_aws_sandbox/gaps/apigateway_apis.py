"""The settings of REST APIs: all of them kept, and changed as API Gateway changes them."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from pulumi_aws_sandbox.gaps import apigateway_patches as patches
from pulumi_aws_sandbox.gaps.apigateway_refusals import refuse, require
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime.access.policies import parse

_ENDPOINTS = {"EDGE", "PRIVATE", "REGIONAL"}
_COMPRESSION_BYTES = (0, 10_485_760)


def fill() -> None:
    """Keep the settings of REST APIs."""
    from moto.apigateway.models import APIGatewayBackend, RestAPI  # noqa: PLC0415 - moto loads only when deploying
    from moto.apigateway.responses import APIGatewayResponse  # noqa: PLC0415 - as above

    replace(APIGatewayResponse, "create_rest_api", _creating)
    replace(APIGatewayResponse, "update_rest_api", lambda _: _update)
    replace(APIGatewayBackend, "delete_rest_api", _deleting)
    replace(RestAPI, "to_dict", _describing)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        given = json.loads(self.body)
        require(given.get("name"), "1 validation error detected: Value null at 'createRestApiInput.name'")
        require("cloneFrom" not in given, "The sandbox does not clone APIs.")
        if given.get("policy"):
            check_policy(given["policy"])
        check_compression(given.get("minimumCompressionSize"))
        answer = original(self)
        status, headers, body = answer
        if status != 200:  # noqa: PLR2004 - moto answers what it refuses by itself
            return answer
        api = self.backend.get_rest_api(json.loads(body)["id"])
        api.version = given.get("version")
        api.binaryMediaTypes = given.get("binaryMediaTypes") or []
        api.sandbox_settings = {
            name: given[name] for name in ("endpointAccessMode", "securityPolicy") if given.get(name)
        }
        return status, headers, json.dumps(api.to_dict())

    return create


def check_policy(policy: str | Mapping[str, Any]) -> None:
    """Refuse what is no policy of an API."""
    try:
        document = parse(policy)
    except ValueError:
        refuse("Invalid policy document. Please check the policy syntax and ensure that Principals are valid.")
    statements = document.get("Statement")
    given = statements if isinstance(statements, list) else [statements]
    for each in given:
        shaped = isinstance(each, dict) and each.get("Effect") in {"Allow", "Deny"}
        complete = shaped and {"Principal", "NotPrincipal"} & each.keys() and {"Action", "NotAction"} & each.keys()
        if not complete or not {"Resource", "NotResource"} & each.keys():
            refuse("Invalid policy document. Please check the policy syntax and ensure that Principals are valid.")


def check_compression(size: Any) -> None:  # noqa: ANN401 - any JSON
    """Refuse a size that no body has."""
    low, high = _COMPRESSION_BYTES
    fits = size is None or (isinstance(size, int) and low <= size <= high)
    require(fits, f"Invalid minimum compression size, must be between {low} and {high}")


def _update(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    api = self.backend.get_rest_api(self.path.split("/")[2])
    operations = self._get_param("patchOperations")
    known = {
        "/apiKeySource": patches.text(api, "api_key_source"),
        "/description": patches.text(api, "description"),
        "/disableExecuteApiEndpoint": patches.switch(api, "disableExecuteApiEndpoint"),
        "/endpointAccessMode": _setting(api, "endpointAccessMode"),
        "/endpointConfiguration/ipAddressType": _endpoint(api, "ipAddressType"),
        "/endpointConfiguration/types": _endpoint(api, "types"),
        "/minimumCompressionSize": _compression(api),
        "/name": patches.text(api, "name"),
        "/policy": _policy(api),
        "/securityPolicy": _setting(api, "securityPolicy"),
        "/version": patches.text(api, "version"),
    }
    patches.apply(operations, {**known, **_variable_paths(api, operations)})
    return 200, {}, json.dumps(api.to_dict())


def _variable_paths(api: Any, operations: list[Mapping[str, Any]]) -> dict[str, patches.Apply]:  # noqa: ANN401 - moto's own types
    """Return what to do at the paths that hold a name of their own: media types and kinds of endpoint."""
    found: dict[str, patches.Apply] = {}
    for each in operations:
        path = str(each.get("path", ""))
        if path.startswith("/binaryMediaTypes/"):
            found[path] = _media_type(api, patches.key(path.removeprefix("/binaryMediaTypes/")))
        if path.startswith("/endpointConfiguration/types/"):
            found[path] = _endpoint(api, "types")
    return found


def _media_type(api: Any, name: str) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        others = [each for each in api.binaryMediaTypes if each != name]
        added = {"add": [name], "replace": [value], "remove": []}[kind]
        api.binaryMediaTypes = [*others, *added]

    return do


def _endpoint(api: Any, name: str) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(_: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        if name == "types":
            require(value in _ENDPOINTS, f"Invalid endpoint type: {value}")
        api.endpoint_configuration = {**api.endpoint_configuration, name: [value] if name == "types" else value}

    return do


def _setting(api: Any, name: str) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(_: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        api.sandbox_settings = {**vars(api).get("sandbox_settings", {}), name: value}

    return do


def _compression(api: Any) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        gone = kind == "remove" or value in {None, ""}
        size = None if gone else int(value)
        check_compression(size)
        api.minimum_compression_size = size

    return do


def _policy(api: Any) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        if kind == "remove" or not value:
            api.policy = None
            return
        check_policy(value)
        api.policy = value

    return do


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, function_id: str) -> Any:  # noqa: ANN401 - moto's own types
        self.get_rest_api(function_id)
        mapped = any(
            each.rest_api_id == function_id
            for mappings in self.base_path_mappings.values()
            for each in mappings.values()
        )
        require(not mapped, "Please remove all base path mappings related to the API in your domain")
        return original(self, function_id)

    return delete


def _describing(original: Callable[..., Any]) -> Callable[..., Any]:
    def to_dict(self: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
        answer = {**original(self), **vars(self).get("sandbox_settings", {})}
        return {name: value for name, value in answer.items() if value is not None}

    return to_dict
