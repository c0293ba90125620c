"""E-mails of SES: moto counts them; here they can be read in the outbox."""

import email
import email.policy
import json
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock, outbox


def fill() -> None:
    """Post what is sent to the outbox."""
    from moto.ses.models import SESBackend  # noqa: PLC0415 - moto loads only when something is deployed

    replace(SESBackend, "send_email", _plain)
    replace(SESBackend, "send_raw_email", _raw)
    replace(SESBackend, "send_templated_email", _templated)
    replace(SESBackend, "send_bulk_templated_email", _bulk)


def _post(backend: Any, to: list[str], sender: str, subject: str, body: str) -> None:  # noqa: ANN401 - moto's backend
    for address in to:
        outbox.post(outbox.Message("email", address, subject, body, sender, backend.region_name, clock.today()))


def _all(destinations: dict[str, list[str]]) -> list[str]:
    return [address for addresses in destinations.values() for address in addresses or []]


def _plain(original: Callable[..., Any]) -> Callable[..., Any]:
    def send(self: Any, source: str, subject: str, body: str, destinations: dict[str, list[str]]) -> Any:  # noqa: ANN401 - moto's own types
        sent = original(self, source, subject, body, destinations)
        _post(self, _all(destinations), source, subject, body)
        return sent

    return send


def _raw(original: Callable[..., Any]) -> Callable[..., Any]:
    def send(self: Any, source: str, destinations: list[str], raw_data: str) -> Any:  # noqa: ANN401 - moto's own types
        sent = original(self, source, destinations, raw_data)
        read = email.message_from_bytes(raw_data.encode(), policy=email.policy.default)
        part = read.get_body(("html", "plain"))
        text = "" if part is None else part.get_content()
        _post(self, list(dict.fromkeys(sent.destinations)), sent.source, str(read["subject"] or ""), text)
        return sent

    return send


def _templated(original: Callable[..., Any]) -> Callable[..., Any]:
    def send(
        self: Any,  # noqa: ANN401 - moto's own types
        source: str,
        template: str,
        template_data: str,
        destinations: dict[str, list[str]],
    ) -> Any:  # noqa: ANN401 - moto's own types
        sent = original(self, source, template, template_data, destinations)
        _post(self, _all(destinations), source, *_filled(self, template, json.loads(template_data or "{}")))
        return sent

    return send


def _bulk(original: Callable[..., Any]) -> Callable[..., Any]:
    def send(
        self: Any,  # noqa: ANN401 - moto's own types
        source: str,
        template: str,
        template_data: str,
        destinations: list[dict[str, Any]],
    ) -> Any:  # noqa: ANN401 - moto's own types
        sent = original(self, source, template, template_data, destinations)
        default = json.loads(template_data or "{}")
        for each in destinations:
            own = default | json.loads(each.get("ReplacementTemplateData") or "{}")
            _post(self, _all(each["Destination"]), source, *_filled(self, template, own))
        return sent

    return send


def _filled(backend: Any, name: str, data: dict[str, Any]) -> tuple[str, str]:  # noqa: ANN401 - moto's backend
    template = backend.templates[name]
    subject = template.get("subject_part") or ""
    body = template.get("html_part") or template.get("text_part") or ""
    return _replaced(subject, data), _replaced(body, data)


def _replaced(text: str, data: dict[str, Any]) -> str:
    for name, value in data.items():
        text = text.replace("{{" + name + "}}", str(value))
    return text
