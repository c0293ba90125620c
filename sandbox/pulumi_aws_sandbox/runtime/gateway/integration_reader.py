"""Reads `x-amazon-apigateway-integration`, and refuses what API Gateway or the sandbox does not take."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit

from pulumi_aws_sandbox.runtime.gateway.definition import Answer, Integration
from pulumi_aws_sandbox.runtime.gateway.mappings import MappingError, RequestMapping, for_request, for_response
from pulumi_aws_sandbox.runtime.gateway.templates import Template, TemplateError

EXTENSION = "x-amazon-apigateway-integration"
_KINDS = {"AWS_PROXY", "HTTP_PROXY", "MOCK"}
_KNOWN = _KINDS | {"AWS", "HTTP"}
_PASSTHROUGH = {"NEVER", "WHEN_NO_MATCH", "WHEN_NO_TEMPLATES"}
_METHODS = {"ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
_FUNCTION = re.compile(
    r"arn:[\w-]+:apigateway:[\w-]+:lambda:path/2015-03-31/functions/(?P<function>arn:[^/]+)/invocations"
)
_ARN = re.compile(r"arn:[\w-]+:apigateway:(?P<region>[\w-]+):(?P<service>[\w.-]+):(?P<kind>path|action)/.+")
_TIMEOUT_MS = (50, 29_000)
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_UNFILLED = re.compile(r"\{(?P<name>[^{}]*)\}")


class IntegrationError(ValueError):
    """An integration that cannot be put on a method, with the reason."""


@dataclass(frozen=True, slots=True)
class Place:
    """What an integration may refer to: the balancers and links of a Region."""

    balancers: frozenset[str]
    links: frozenset[str]
    """VPC links of the second version."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What a method declares of its request and of its answers."""

    parameters: set[tuple[str, str]]
    answers: Mapping[str, set[str]]
    """The headers of its answers in lower case, by status."""


def read(given: Mapping[str, Any], declared: Declared, place: Place) -> Integration:
    """Return an integration; raise `IntegrationError` for one that is refused."""
    kind = str(given.get("type", "")).upper()
    if kind not in _KNOWN:
        _refuse("Enumeration value for IntegrationType must be non-empty" if not kind else f"Invalid type: {kind}")
    if kind not in _KINDS:
        _refuse(f"the sandbox has no integrations of type {kind}; it has {', '.join(sorted(_KINDS))}")
    low, high = _TIMEOUT_MS
    timeout = given.get("timeoutInMillis", high)
    if not isinstance(timeout, int | float) or not low <= timeout <= high:
        _refuse(f"Timeout should be between {low} ms and {high} ms")
    passthrough = str(given.get("passthroughBehavior", "WHEN_NO_MATCH")).upper()
    if passthrough not in _PASSTHROUGH:
        _refuse(f"Enumeration value for PassthroughBehavior must be one of {sorted(_PASSTHROUGH)}: {passthrough}")
    common = {"kind": kind, "timeout_seconds": timeout / 1000, "passthrough": passthrough}
    if kind == "MOCK":
        return _mock(given, declared, common)
    method = str(given.get("httpMethod", "")).upper()
    if method not in _METHODS:
        _refuse("Enumeration value for HttpMethod must be non-empty")
    if "credentials" in given:
        _refuse("the sandbox has no integrations with credentials; let the function's own policy admit API Gateway")
    uri = str(given.get("uri", ""))
    if kind == "AWS_PROXY":
        return Integration(**common, method=method, uri=uri, function_arn=_function(uri))
    mappings = _mappings(given, declared)
    target = _target(given, uri, place)
    _check_uri(uri, mappings)
    return Integration(**common, method=None if method == "ANY" else method, uri=uri, target=target, mappings=mappings)


def _function(uri: str) -> str:
    if found := _FUNCTION.fullmatch(uri):
        return found["function"]
    shape = _ARN.fullmatch(uri)
    if shape is None:
        _refuse("Invalid ARN specified in the request" if uri.startswith("arn:") else "Invalid ARN specified")
    if shape["service"] == "lambda":
        _refuse("Invalid function ARN or invalid uri")
    return _refuse(
        "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations."
    )


def _target(given: Mapping[str, Any], uri: str, place: Place) -> str | None:
    """Return the load balancer of a private integration, or `None` for one over the internet."""
    parts = urlsplit(uri)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        _refuse("Invalid HTTP endpoint specified for URI")
    connection = str(given.get("connectionType", "INTERNET")).upper()
    link, target = given.get("connectionId"), given.get("integrationTarget")
    if connection not in {"INTERNET", "VPC_LINK"}:
        _refuse(f"Enumeration value for ConnectionType must be INTERNET or VPC_LINK: {connection}")
    if connection == "INTERNET":
        if link or target:
            _refuse("connectionId and integrationTarget are only for the connection type VPC_LINK")
        return None
    if not link:
        _refuse("ConnectionId must be specified for the connection type VPC_LINK")
    if link not in place.links:
        _refuse(f"Invalid VPC link identifier specified: {link}")
    if not target:
        _refuse("integrationTarget must be specified for a VPC link V2")
    if target not in place.balancers:
        _refuse(f"Invalid integration target specified: the load balancer {target} does not exist")
    return str(target)


def _check_uri(uri: str, mappings: tuple[RequestMapping, ...]) -> None:
    mapped = {mapping.name for mapping in mappings if mapping.place == "path"}
    wanted = {found["name"] for found in _UNFILLED.finditer(uri)}
    for name in sorted(wanted - mapped):
        _refuse(f"the URI has {{{name}}}, which no requestParameters entry integration.request.path.{name} fills")
    for name in sorted(mapped - wanted):
        _refuse(f"Invalid mapping expression specified: the URI has no {{{name}}} for integration.request.path.{name}")


def _mappings(given: Mapping[str, Any], declared: Declared) -> tuple[RequestMapping, ...]:
    try:
        return tuple(
            for_request(target, str(source), declared.parameters)
            for target, source in (given.get("requestParameters") or {}).items()
        )
    except MappingError as error:
        raise IntegrationError(str(error)) from error


def _mock(given: Mapping[str, Any], declared: Declared, common: dict[str, Any]) -> Integration:
    answers = []
    for pattern, answer in (given.get("responses") or {}).items():
        status = str(answer.get("statusCode", ""))
        if status not in declared.answers:
            _refuse(f"Invalid Response status code specified: {status}")
        try:
            compiled = None if pattern == "default" else re.compile(pattern)
            headers = tuple(
                for_response(target, str(source), declared.answers[status])
                for target, source in (answer.get("responseParameters") or {}).items()
            )
        except re.error as error:
            message = f"Invalid selection pattern specified: {pattern}"
            raise IntegrationError(message) from error
        except MappingError as error:
            raise IntegrationError(str(error)) from error
        answers.append(Answer(compiled, int(status), headers, templates(answer.get("responseTemplates"))))
    return Integration(**common, templates=templates(given.get("requestTemplates")), answers=tuple(answers))


def templates(given: Mapping[str, Any] | None) -> dict[str, Template]:
    """Return templates by media type; raise `IntegrationError` for one that the sandbox cannot render."""
    try:
        return {media_type.lower(): Template(str(text)) for media_type, text in (given or {}).items()}
    except TemplateError as error:
        raise IntegrationError(str(error)) from error


def is_loopback(uri: str) -> bool:
    """Tell whether a URI leads to this machine."""
    return (urlsplit(uri).hostname or "") in _LOOPBACK


def _refuse(reason: str) -> NoReturn:
    raise IntegrationError(reason)
