"""Integrations of type AWS_PROXY: a function gets the whole request and gives the whole answer.

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

import base64
import binascii
import json
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLateError
from typing import Any

from pulumi_aws_sandbox.runtime.gateway.answers import LONGEST_BYTES, Response
from pulumi_aws_sandbox.runtime.gateway.definition import Definition, Operation
from pulumi_aws_sandbox.runtime.gateway.incoming import Passage
from pulumi_aws_sandbox.runtime.gateway.refusals import (
    API_CONFIGURATION_ERROR,
    INTEGRATION_TIMEOUT,
    MALFORMED_ANSWER,
    THROTTLED,
    refuse,
)
from pulumi_aws_sandbox.runtime.gateway.stages import Target

SERVICE = "apigateway.amazonaws.com"
_FIELDS = {"body", "headers", "isBase64Encoded", "multiValueHeaders", "statusCode"}
_IDENTITY = (
    "accessKey",
    "accountId",
    "apiKey",
    "apiKeyId",
    "caller",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "sourceIp",
    "user",
    "userAgent",
    "userArn",
)
_CONFIGURATION = {"AccessDeniedException", "ResourceNotFoundException"}
_OVERLOAD = {"TooManyRequestsException"}
_STATUSES = range(100, 600)


def answer(target: Target, operation: Operation, passage: Passage, workers: ThreadPoolExecutor) -> Response:
    """Return what a function answers; refuse what it may not answer and what takes too long."""
    from pulumi_aws_sandbox.runtime import functions  # noqa: PLC0415 - moto loads only when deploying

    integration = operation.integration
    # The permission of a function names the resource of the document, and `*` where the document says ANY.
    method = "*" if operation.method == "ANY" else operation.method
    source = f"{target.arn}/{method}{operation.resource_path}"
    event = event_of(target, operation, passage)
    call = workers.submit(
        functions.invoke, target.region, integration.function_arn, event, as_service=SERVICE, source_arn=source
    )
    try:
        result = call.result(integration.timeout_seconds)
    except TooLateError:
        refuse(INTEGRATION_TIMEOUT, why=f"{integration.function_arn} took too long")
    except functions.FunctionFailedError as error:
        if error.error_type in _CONFIGURATION:
            refuse(API_CONFIGURATION_ERROR, why=str(error))
        refuse(THROTTLED if error.error_type in _OVERLOAD else MALFORMED_ANSWER, why=str(error))
    return _response(result, target.definition, passage)


def event_of(target: Target, operation: Operation, passage: Passage) -> dict[str, Any]:
    """Return the event of a request, in the format that REST APIs send."""
    incoming = passage.incoming
    sent = incoming.headers
    encoded = target.definition.is_binary(incoming.header("content-type") or "application/json")
    body: str | None = None
    if incoming.body:
        body = base64.b64encode(incoming.body).decode() if encoded else incoming.body.decode(errors="replace")
    return {
        "resource": operation.resource_path,
        "path": target.whole_path,
        "httpMethod": incoming.method,
        "headers": dict(sent) or None,
        "multiValueHeaders": _several(sent) or None,
        "queryStringParameters": dict(incoming.parameters) or None,
        "multiValueQueryStringParameters": _several(incoming.parameters) or None,
        "pathParameters": dict(passage.path_parameters) or None,
        "stageVariables": dict(passage.stage_variables) or None,
        "requestContext": _request_context(operation, passage),
        "body": body,
        "isBase64Encoded": bool(body) and encoded,
    }


def _request_context(operation: Operation, passage: Passage) -> dict[str, Any]:
    context = passage.context
    names = (
        "resourceId",
        "resourcePath",
        "httpMethod",
        "extendedRequestId",
        "requestTime",
        "path",
        "accountId",
        "protocol",
        "stage",
        "domainPrefix",
        "domainName",
        "requestId",
        "apiId",
    )
    found: dict[str, Any] = {name: context.get(name) for name in names}
    found["requestTimeEpoch"] = int(context["requestTimeEpoch"])
    found["identity"] = {
        name: context.get(f"identity.{name}") for name in _IDENTITY if not name.startswith("apiKey")
    } | {name: context[f"identity.{name}"] for name in ("apiKey", "apiKeyId") if f"identity.{name}" in context}
    if operation.name:
        found["operationName"] = operation.name
    return found


def _several(pairs: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _response(result: Any, definition: Definition, passage: Passage) -> Response:  # noqa: ANN401 - any JSON
    if not isinstance(result, dict) or not result.keys() <= _FIELDS:
        refuse(MALFORMED_ANSWER, why=f"malformed Lambda proxy response: {str(result)[:200]}")
    try:
        status = int(result.get("statusCode", 200))
    except (TypeError, ValueError):
        status = 0
    headers, several, body = result.get("headers") or {}, result.get("multiValueHeaders") or {}, result.get("body")
    shaped = isinstance(headers, dict) and isinstance(several, dict) and isinstance(body, str | None)
    if status not in _STATUSES or not shaped or not all(isinstance(each, list) for each in several.values()):
        refuse(MALFORMED_ANSWER, why=f"malformed Lambda proxy response: {json.dumps(result)[:200]}")
    given = [(str(name), _text(value)) for name, value in headers.items() if str(name) not in several]
    given += [(str(name), _text(value)) for name, values in several.items() for value in values]
    if not any(name.lower() == "content-type" for name, _ in given):
        given.append(("Content-Type", "application/json"))
    content = (body or "").encode()
    if result.get("isBase64Encoded") and _wants_bytes(definition, passage):
        try:
            content = base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError):
            refuse(MALFORMED_ANSWER, why="malformed Lambda proxy response: the body is not in base 64")
    if len(content) > LONGEST_BYTES:
        refuse(MALFORMED_ANSWER, why="the answer is too large")
    return Response(status, given, content)


def _wants_bytes(definition: Definition, passage: Passage) -> bool:
    """Tell whether the first media type that a client accepts is a binary one: API Gateway looks at no other."""
    accepted = (passage.incoming.header("accept") or "").split(",", 1)[0]
    return definition.is_binary(accepted) or "*/*" in definition.binary_media_types


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON
    return str(value).lower() if isinstance(value, bool) else str(value)
