"""Sign-ins under way: who tries what, and the one-time session between a challenge and its answer."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.user_pools import directory
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, User, of_pool

_SESSION_BYTES = 120
_DEFAULT_MINUTES = 3


@dataclass(slots=True)
class Attempt:
    """One sign-in: `user` is none where nobody has the name, and `results` is what a custom flow went through."""

    pool: Pool
    client: Client
    name: str
    user: User | None
    flow: str
    metadata: Json = field(default_factory=dict)
    results: list[Json] | None = None

    @property
    def shown_name(self) -> str:
        """Return the user name that goes into challenges and events."""
        return self.name if self.user is None else self.user.username


@dataclass(slots=True)
class Session:
    """A challenge that waits for its answer."""

    token: str
    attempt: Attempt
    expects: str
    expires_at: float
    data: Json = field(default_factory=dict)
    wrong: int = 0


def validity_seconds(client: Client) -> float:
    """Return how long a client's challenges wait."""
    return 60.0 * int(client.extended_config.get("AuthSessionValidity") or _DEFAULT_MINUTES)


def open_session(attempt: Attempt, expects: str, *, token: str | None = None, **data: Any) -> str:  # noqa: ANN401 - what each challenge keeps
    """Wait for the answer to a challenge and return the session."""
    made = token or secrets.token_urlsafe(_SESSION_BYTES)
    expires_at = clock.now() + validity_seconds(attempt.client)
    of_pool(attempt.pool).sessions[made] = Session(made, attempt, expects, expires_at, dict(data))
    return made


def take(pool: Pool, client: Client, token: str | None, expects: str) -> Session:
    """Use up a session, or refuse it: unknown, used, expired, of another client or for another challenge."""
    record = of_pool(pool)
    if not token:
        refuse("InvalidParameterException", "Missing required parameter Session")
    with record.lock:
        session = record.sessions.get(token)
        if session is None:
            used = token in record.spent
            reason = "Invalid session for the user, session can only be used once."
            refuse("NotAuthorizedException", reason if used else "Invalid session for the user.")
        if session.attempt.client.id != client.id or session.expects != expects:
            refuse("NotAuthorizedException", "Invalid session for the user.")
        del record.sessions[token]
        record.spent.add(token)
    if clock.now() > session.expires_at:
        refuse("NotAuthorizedException", "Invalid session for the user, session is expired.")
    user = session.attempt.user
    if user is not None and directory.by_id(pool, user.id) is not user:
        refuse("NotAuthorizedException", "Invalid session for the user.")
    return session


def wait_again(session: Session) -> None:
    """Let a session wait for another answer after a wrong one."""
    record = of_pool(session.attempt.pool)
    with record.lock:
        record.spent.discard(session.token)
        record.sessions[session.token] = session


def check_name(session: Session, given: str | None) -> None:
    """Refuse an answer for another user than the one who was challenged."""
    attempt = session.attempt
    if not given:
        refuse("InvalidParameterException", "Missing required parameter USERNAME")
    same = given == attempt.shown_name if attempt.user is None else directory.find(attempt.pool, given) is attempt.user
    if not same:
        refuse("NotAuthorizedException", "Invalid session for the user.")
