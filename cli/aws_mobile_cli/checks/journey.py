"""One user's way through sign-up and sign-in, and what they have come by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .app_user import AppUser
from .check import Clients


@dataclass
class Journey:
    """What one user has come by so far."""

    pool: Mapping[str, Any]
    user: AppUser
    flows: frozenset[str]
    """The ways of signing in that the app's client allows."""
    tokens: dict[str, Any] = field(default_factory=dict)
    identity_id: str = ""
    caller: Clients | None = None
    """The user's own AWS clients, by their temporary credentials."""
    credentials: Mapping[str, str] | None = None
    """The temporary credentials themselves."""

    @property
    def custom(self) -> bool:
        """Whether there is no sign-in without the app's own challenge."""
        return "ALLOW_USER_SRP_AUTH" not in self.flows

    def sign_in(self, *, password: str | None = None, custom: bool = False) -> dict[str, Any]:
        """Sign in, by the app's own challenge if asked to or if there is no other way."""
        return self.user.sign_in(password=password, custom=custom or self.custom)
