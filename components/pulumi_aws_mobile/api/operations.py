"""From OpenAPI 3.0's operations to what API Gateway imports of them: references resolved, the rest left out. Pure.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems

from .references import resolve
from .schemas import check_request_schema, to_model

CALLER_HEADERS: Mapping[str, str] = {
    "X-Caller-Arn": "context.identity.userArn",
    "X-Caller-Identity-Id": "context.identity.cognitoIdentityId",
    "X-Caller-Type": "context.identity.cognitoAuthenticationType",
}
"""The headers by which the core API knows who calls, and what API Gateway sets them to, whatever a client sends."""

_PASSED = ("description", "operationId", "summary")
_IGNORED_HEADERS = frozenset({"accept", "authorization", "content-type"})
"""Header parameters that OpenAPI itself ignores."""
_SIMPLE_TYPES = frozenset({"array", "boolean", "integer", "number", "string"})


def to_operation(
    operation: Mapping[str, Any], item: Mapping[str, Any], document: Mapping[str, Any], where: str, problems: Problems
) -> dict[str, Any]:
    """Return an operation of the path `item` as API Gateway takes it, without integration and security."""
    result: dict[str, Any] = {word: operation[word] for word in _PASSED if word in operation}
    parameters = _parameters(operation, item, document, where, problems)
    if parameters:
        result["parameters"] = parameters
    body = _request_body(operation, document, where, problems)
    if body:
        result["requestBody"] = body
    result["responses"] = _responses(operation, document)
    return result


def request_schemas(operation: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the schemas of an operation's request bodies."""
    for media in operation.get("requestBody", {}).get("content", {}).values():
        yield media["schema"]


def _parameters(
    operation: Mapping[str, Any], item: Mapping[str, Any], document: Mapping[str, Any], where: str, problems: Problems
) -> list[dict[str, Any]]:
    """Return the parameters, the operation's before those of its path, in the order of their names."""
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    for listed in (item.get("parameters", ()), operation.get("parameters", ())):
        for entry in listed:
            parameter = resolve(entry, document)
            place, name = str(parameter.get("in")), str(parameter.get("name"))
            if place == "header" and name.lower() in _IGNORED_HEADERS:
                continue
            _check_parameter(place, name, f"{where}.parameters", problems)
            merged[place, name] = _parameter(parameter, document)
    return [merged[key] for key in sorted(merged)]


def _check_parameter(place: str, name: str, where: str, problems: Problems) -> None:
    if place == "cookie":
        fix = "send it in a header or in the query"
        problems.add(where, f"the cookie {name}", "parameters in path, query and header", fix)
    if place == "header" and name.lower() in {header.lower() for header in CALLER_HEADERS}:
        allowed = "headers that API Gateway does not set itself"
        problems.add(where, name, allowed, "remove it: clients cannot send it")


def _parameter(parameter: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a parameter with the words that count: of its schema, API Gateway takes the type alone."""
    kind = resolve(parameter.get("schema", {}), document).get("type")
    result: dict[str, Any] = {
        "name": parameter["name"].removesuffix("+"),
        "in": parameter["in"],
        "required": parameter.get("required", False),
        "schema": {"type": kind if kind in _SIMPLE_TYPES else "string"},
    }
    return result | ({"description": parameter["description"]} if "description" in parameter else {})


def _request_body(
    operation: Mapping[str, Any], document: Mapping[str, Any], where: str, problems: Problems
) -> dict[str, Any] | None:
    """Return the JSON bodies with their models; bodies of other media types are not validated."""
    body = resolve(operation.get("requestBody", {}), document)
    content = {}
    for media, described in body.get("content", {}).items():
        if not _is_json(media) or "schema" not in described:
            continue
        check_request_schema(described["schema"], f"{where}.requestBody.content.{media}.schema", problems)
        content[media] = {"schema": to_model(described["schema"])}
    if not content:
        return None
    result: dict[str, Any] = {"content": content, "required": True}
    return result | ({"description": body["description"]} if "description" in body else {})


def _responses(operation: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the responses by status; API Gateway has neither ranges of statuses nor a default."""
    responses = {}
    for status, described in operation.get("responses", {}).items():
        if status.isdigit():
            responses[status] = _response(resolve(described, document), document)
    return responses or {"200": {"description": "The answer of the integration"}}


def _response(response: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {"description": response.get("description", "")}
    content = {
        media: {"schema": to_model(described["schema"])}
        for media, described in response.get("content", {}).items()
        if _is_json(media) and _is_model(described.get("schema"))
    }
    headers = {
        name: {"schema": {"type": resolve(resolve(header, document).get("schema", {}), document).get("type", "string")}}
        for name, header in response.get("headers", {}).items()
        if name.lower() != "content-type"
    }
    return result | ({"content": content} if content else {}) | ({"headers": headers} if headers else {})


def _is_model(schema: Any) -> bool:  # noqa: ANN401 - a schema, or nothing
    """Tell whether a response's schema can be one: the schema of a response has to be an object's."""
    return isinstance(schema, Mapping) and ("$ref" in schema or schema.get("type") == "object")


def _is_json(media: str) -> bool:
    kind = media.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")
