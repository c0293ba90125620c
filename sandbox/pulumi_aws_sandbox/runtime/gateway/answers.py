"""Answers to clients, and the headers that API Gateway drops, renames and adds."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pulumi_aws_sandbox.runtime.gateway.definition import Definition, GatewayResponse
from pulumi_aws_sandbox.runtime.gateway.incoming import Incoming, Passage
from pulumi_aws_sandbox.runtime.gateway.refusals import ACCESS_DENIED, GatewayRefusedError
from pulumi_aws_sandbox.runtime.gateway.templates import Template
from pulumi_aws_sandbox.runtime.http_headers import HOP_BY_HOP

Headers = list[tuple[str, str]]

# https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis
UNPASSED = HOP_BY_HOP | {"content-length"}
"""Headers that are not passed on: those of one connection, and the length, which is counted anew."""

_REMAPPED = frozenset(
    {"authorization", "connection", "content-md5", "date", "max-forwards", "server", "www-authenticate"}
)
_OWN = frozenset({"x-amzn-requestid", "x-amz-apigw-id"})
LONGEST_BYTES = 10 * 1024 * 1024
"""The largest body of a request and of an answer."""


@dataclass(slots=True)
class Response:
    """What a client gets."""

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes = b""


def from_backend(status: int, headers: Iterable[tuple[str, str]], body: bytes) -> Response:
    """Return what a client gets of a backend's answer: some headers under other names, some not at all."""
    kept: Headers = []
    for name, value in headers:
        lower = name.lower()
        if lower in _REMAPPED:
            kept.append((f"x-amzn-Remapped-{name}", value))
        elif lower not in UNPASSED and lower not in _OWN:
            kept.append((name, value))
    return Response(status, kept, body)


def content(definition: Definition, incoming: Incoming, response: Response) -> None:
    """Turn a body into text, as API Gateway does with what is not among the binary media types."""
    if not response.body:
        return
    stated = next((value for name, value in response.headers if name.lower() == "content-type"), "application/json")
    accepted = (incoming.header("accept") or "").split(",", 1)[0]
    if not definition.is_binary(stated) and not (accepted and definition.is_binary(accepted)):
        response.body = response.body.decode("utf-8", errors="replace").encode()


def of_refusal(refusal: GatewayRefusedError, passage: Passage, definition: Definition | None) -> Response:
    """Return the gateway's own answer, as the document wants it."""
    kind = refusal.kind
    passage.context |= {
        "error.message": refusal.message,
        "error.messageString": _quoted(refusal.message),
        "error.responseType": kind.name,
    }
    responses: Mapping[str, GatewayResponse] = definition.responses if definition is not None else {}
    family, own = responses.get(kind.family), responses.get(kind.name)
    status = next((each.status for each in (own, family) if each is not None and each.status), kind.status)
    headers: dict[str, str] = {}
    templates: Mapping[str, Template] = {}
    for each in (family, own):
        if each is not None:
            headers |= {name: value for name, values in each.headers for value in values(passage)}
            templates = each.templates or templates
    media_type, body = _body(templates, passage, refusal)
    passage.context["responseType"] = kind.name
    shown: Headers = [("Content-Type", media_type), ("x-amzn-ErrorType", kind.error), *headers.items()]
    return Response(status, shown, body.encode())


def _body(templates: Mapping[str, Template], passage: Passage, refusal: GatewayRefusedError) -> tuple[str, str]:
    if templates:
        accepted = (passage.incoming.header("accept") or "").split(",", 1)[0].split(";", 1)[0].strip().lower()
        media_type = accepted if accepted in templates else next(iter(templates))
        if "application/json" in templates and accepted not in templates:
            media_type = "application/json"
        return media_type, templates[media_type].render(passage)
    # The name of the one field is written with a capital only where a policy has refused.
    name = "Message" if refusal.kind is ACCESS_DENIED else "message"
    return "application/json", f'{{"{name}":{_quoted(refusal.message)}}}'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
