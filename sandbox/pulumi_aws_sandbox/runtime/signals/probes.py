"""What a checker of Route 53 sees of an endpoint, which is one of the sandbox's own or nobody.

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
"""

import http.client
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pulumi_aws_sandbox.runtime.signals import places

_ANSWER_SECONDS = 4
_SEARCHED_BYTES = 5120
_HEALTHY = range(200, 400)


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one look."""

    healthy: bool
    report: str


def look(config: Mapping[str, Any]) -> Seen:
    """Look at an endpoint once."""
    host = config.get("FullyQualifiedDomainName") or config.get("IPAddress") or ""
    try:
        base = places.url_of(host)
    except LookupError as error:
        return Seen(healthy=False, report=f"Failure: DNS resolution failed: {error}")
    except ConnectionRefusedError as error:
        return Seen(healthy=False, report=f"Failure: the connection was refused: {error}")
    try:
        if config["Type"] == "TCP":
            return _connected(base)
        return _asked(base, host, config)
    except (OSError, http.client.HTTPException) as error:
        return Seen(healthy=False, report=f"Failure: {type(error).__name__}: {error}")


def _connected(base: str) -> Seen:
    parts = urlsplit(base)
    with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=_ANSWER_SECONDS):
        return Seen(healthy=True, report="Success: TCP connection established.")


def _asked(base: str, host: str, config: Mapping[str, Any]) -> Seen:
    parts = urlsplit(base)
    path = config.get("ResourcePath") or "/"
    target = f"{parts.path}{path if path.startswith('/') else f'/{path}'}"
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_ANSWER_SECONDS)
    try:
        # The stand-ins know whom they answer for by the path; a load balancer's needs the name.
        named = {} if parts.path else {"Host": host}
        connection.request("GET", target, headers={"User-Agent": "Amazon-Route53-Health-Check-Service", **named})
        answer = connection.getresponse()
        body = answer.read(_SEARCHED_BYTES)
    finally:
        connection.close()
    found = f"HTTP Status Code {answer.status}"
    if answer.status not in _HEALTHY:
        return Seen(healthy=False, report=f"Failure: {found}")
    wanted = config.get("SearchString")
    if wanted and wanted.encode() not in body:
        return Seen(healthy=False, report=f"Failure: {found}. The text was not found in the answer.")
    return Seen(healthy=True, report=f"Success: {found}")
