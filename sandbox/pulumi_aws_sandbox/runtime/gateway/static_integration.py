"""Integrations of type MOCK: the document itself has the answer."""

import json

from pulumi_aws_sandbox.runtime.gateway.answers import Response
from pulumi_aws_sandbox.runtime.gateway.definition import Answer, Integration
from pulumi_aws_sandbox.runtime.gateway.incoming import Passage
from pulumi_aws_sandbox.runtime.gateway.refusals import API_CONFIGURATION_ERROR, UNSUPPORTED_MEDIA_TYPE, refuse
from pulumi_aws_sandbox.runtime.gateway.templates import Template

_JSON = "application/json"


def answer(integration: Integration, passage: Passage) -> Response:
    """Return what the document says; the request template chooses the status."""
    template = _request_template(integration, passage)
    # Without a template what comes in passes through, as if it were what a template had made.
    text = passage.incoming.body.decode(errors="replace") if template is None else template.render(passage)
    try:
        stated = json.loads(text) if text.strip() else {}
        status = int(stated["statusCode"]) if isinstance(stated, dict) and "statusCode" in stated else None
    except (ValueError, TypeError):
        status = None
    if status is None:
        refuse(API_CONFIGURATION_ERROR, why=f"the request template gives no statusCode: {text!r}")
    found = _answer(integration, str(status))
    if found is None:
        refuse(API_CONFIGURATION_ERROR, why=f"no response fits the status {status}")
    headers = [(name, value) for name, of in found.headers if (value := of(passage, {})) is not None]
    media_type, body = _rendered(found, passage)
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", media_type))
    return Response(found.status, headers, body.encode())


def _request_template(integration: Integration, passage: Passage) -> Template | None:
    found = integration.templates.get(passage.incoming.media_type)
    if found is not None:
        return found
    refused = integration.passthrough == "NEVER" or (
        integration.passthrough == "WHEN_NO_TEMPLATES" and bool(integration.templates)
    )
    if refused:
        refuse(UNSUPPORTED_MEDIA_TYPE)
    return None


def _answer(integration: Integration, status: str) -> Answer | None:
    default = None
    for each in integration.answers:
        if each.pattern is None:
            default = each
        elif each.pattern.fullmatch(status):
            return each
    return default


def _rendered(found: Answer, passage: Passage) -> tuple[str, str]:
    if not found.templates:
        return _JSON, ""
    accepted = (passage.incoming.header("accept") or "").split(",", 1)[0].split(";", 1)[0].strip().lower()
    media_type = accepted if accepted in found.templates else next(iter(found.templates))
    return media_type, found.templates[media_type].render(passage)
