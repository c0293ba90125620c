"""What a pool and a user remember beyond what moto keeps; it lives and ends with moto's own objects."""

import secrets
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, TypeAlias

# moto's CognitoIdpUserPool, CognitoIdpUserPoolClient and CognitoIdpUser, which are not typed for use from outside.
Pool: TypeAlias = Any
Client: TypeAlias = Any
User: TypeAlias = Any
Json: TypeAlias = dict[str, Any]

_SLOT = "sandbox_record"


@dataclass(frozen=True, slots=True)
class Verifier:
    """What SRP keeps of a password: a salt and g to the power of the salted hash."""

    salt: int
    value: int


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was sent, and the attribute that it verifies."""

    value: str
    expires_at: float
    attribute: str | None = None
    pending: str | None = None


@dataclass(slots=True)
class UserRecord:
    """A user's secrets, codes and failures."""

    verifier: Verifier | None = None
    previous: list[Verifier] = field(default_factory=list)
    password_until: float | None = None
    codes: dict[str, Code] = field(default_factory=dict)
    tries: dict[str, list[float]] = field(default_factory=dict)
    failures: int = 0
    failed_at: float = 0.0
    locked_until: float = 0.0
    totp_secret: str | None = None
    totp_unverified: str | None = None
    totp_last_step: int = -1
    device_name: str = ""
    factors: set[str] = field(default_factory=set)
    preferred_factor: str | None = None


@dataclass(slots=True)
class Family:
    """All tokens of one sign-in: they share `origin_jti` and are revoked together."""

    origin_jti: str
    client_id: str
    username: str
    auth_time: int
    event_id: str
    expires_at: float
    revoked: bool = False


@dataclass(slots=True)
class RefreshToken:
    """One refresh token of a family; rotated out at some time if the client rotates."""

    family: Family
    rotated_at: float | None = None


@dataclass(slots=True)
class PoolRecord:
    """A pool's key pair, open sessions and tokens."""

    lock: RLock = field(default_factory=RLock)
    key: Any = None
    seed: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    sessions: dict[str, Any] = field(default_factory=dict)
    spent: set[str] = field(default_factory=set)
    families: dict[str, Family] = field(default_factory=dict)
    refresh_tokens: dict[str, RefreshToken] = field(default_factory=dict)


def of_pool(pool: Pool) -> PoolRecord:
    """Return a pool's record."""
    return pool.__dict__.setdefault(_SLOT, PoolRecord())


def of_user(user: User) -> UserRecord:
    """Return a user's record."""
    return user.__dict__.setdefault(_SLOT, UserRecord())
