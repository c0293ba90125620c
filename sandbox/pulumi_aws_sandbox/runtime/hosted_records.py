"""What the domain of a user pool remembers between two requests, and how it refuses one."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from pulumi_aws_sandbox.runtime.user_pools import directory
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Pool

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers and body."""

_SLOT = "sandbox_hosted"


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in that is with a provider now."""

    client_id: str
    provider: str
    redirect_uri: str
    scopes: tuple[str, ...]
    expires_at: float
    back: str
    provider_nonce: str
    state: str | None = None
    nonce: str | None = None
    challenge: str | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """A code that an app may exchange once."""

    pending: Pending
    username: str
    expires_at: float


@dataclass(slots=True)
class Record:
    """What a pool's domain remembers; it lives and ends with moto's pool."""

    pending: dict[str, Pending] = field(default_factory=dict)
    codes: dict[str, Granted] = field(default_factory=dict)
    scopes: dict[str, tuple[tuple[str, ...], str | None]] = field(default_factory=dict)


class RefusedError(Exception):
    """An OAuth error; with a place to go back to, the app is told there."""

    def __init__(self, error: str, description: str = "", status: int = 400, back: str | None = None) -> None:
        """Refuse with a code of OAuth; `back` is where the app waits."""
        super().__init__(error)
        self.error = error
        self.description = description
        self.status = status
        self.back = back


def refuse(error: str, description: str = "", status: int = 400, back: str | None = None) -> NoReturn:
    """Refuse the request at hand."""
    raise RefusedError(error, description, status, back)


def client_of(client_id: str) -> tuple[Pool, Client]:
    """Return a client and its pool: the id tells both."""
    found = next((pool for pool in directory.pools() if client_id in pool.clients), None)
    if found is None:
        refuse("invalid_client")
    return found, found.clients[client_id]


def authenticated(request: Any) -> tuple[Pool, Client]:  # noqa: ANN401 - werkzeug's request
    """Return the client that asks; one with a secret proves it in its header or its form."""
    basic = request.authorization
    name = basic.username if basic is not None and basic.type == "basic" else request.form.get("client_id", "")
    secret = basic.password if basic is not None and basic.type == "basic" else request.form.get("client_secret", "")
    pool, client = client_of(name or "")
    if client.generate_secret and not hmac.compare_digest((secret or "").encode(), client.secret.encode()):
        refuse("invalid_client")
    return pool, client


def record_of(pool: Pool) -> Record:
    """Return what a pool's domain remembers."""
    return pool.__dict__.setdefault(_SLOT, Record())


def in_json(body: Mapping[str, Any], status: int = 200) -> Answer:
    """Answer in JSON."""
    return status, {"Content-Type": "application/json", "Cache-Control": "no-store"}, json.dumps(body).encode()
