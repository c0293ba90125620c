"""PASSWORD_VERIFIER: the SRP challenge and the proof that answers it."""

import base64
import binascii
import hmac
import re
import secrets
import time
import uuid
from datetime import UTC, datetime

from pulumi_aws_sandbox.runtime.user_pools import directory, passwords, srp
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse_credentials, refuse_parameter
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, Verifier, of_pool, of_user
from pulumi_aws_sandbox.runtime.user_pools.sessions import Attempt, Session, check_name, open_session, take

CHALLENGE = "PASSWORD_VERIFIER"
_SKEW_SECONDS = 300
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIMESTAMP = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?P<month>[A-Z][a-z]{2}) (?P<day>[1-9]|[12]\d|3[01]) "
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d) UTC (?P<year>\d{4})"
)


def challenge(attempt: Attempt, given: str | None) -> Json:
    """Answer a client's SRP_A with salt, SRP_B and a secret block that is good for one proof."""
    if not given:
        refuse_parameter("Missing required parameter SRP_A")
    try:
        exchange = srp.begin(*_subject(attempt), int(given, 16))
    except ValueError:
        refuse_parameter("Invalid SRP_A")
    block = base64.b64encode(exchange.secret_block).decode()
    session = None if attempt.flow == "USER_SRP_AUTH" else secrets.token_urlsafe(120)
    open_session(attempt, CHALLENGE, token=block, exchange=exchange, session=session)
    asked: Json = {
        "ChallengeName": CHALLENGE,
        "ChallengeParameters": {
            "SALT": format(exchange.verifier.salt, "x"),
            "SRP_B": format(exchange.public_b, "x"),
            "SECRET_BLOCK": block,
            "USERNAME": exchange.user_id,
            "USER_ID_FOR_SRP": exchange.user_id,
        },
    }
    return asked if session is None else asked | {"Session": session}


def _subject(attempt: Attempt) -> tuple[str, Verifier]:
    """Return the user id and the verifier; for nobody, ones that stay the same for the same name (RFC 5054)."""
    pool, user = attempt.pool, attempt.user
    seed = hmac.digest(of_pool(pool).seed, attempt.name.encode(), "sha256")
    fake = srp.make_verifier(
        passwords.pool_name(pool), attempt.name, secrets.token_urlsafe(), int.from_bytes(seed[:16], "big")
    )
    if user is None:
        generated = bool(directory.name_attributes(pool))
        return (str(uuid.UUID(bytes=seed[16:], version=4)) if generated else attempt.name), fake
    return user.username, of_user(user).verifier or fake


def check(pool: Pool, client: Client, answers: Json, session_token: str | None) -> Session:
    """Return the sign-in whose password the answers prove, or refuse it."""
    wanted = ("PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK", "TIMESTAMP")
    signature, block, timestamp = (_required(answers, name) for name in wanted)
    session = take(pool, client, block, CHALLENGE)
    if session.data["session"] is not None and session.data["session"] != session_token:
        refuse_credentials()
    exchange, user = session.data["exchange"], session.attempt.user
    given = answers.get("USERNAME")
    if user is not None or given != exchange.user_id:
        check_name(session, given)
    _check_time(timestamp)
    if user is not None:
        passwords.check_lock(user)
    try:
        claimed = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        claimed = b""
    proven = hmac.compare_digest(srp.signature(exchange, passwords.pool_name(pool), timestamp), claimed)
    if user is None or of_user(user).verifier is not exchange.verifier or not proven:
        if user is not None:
            passwords.failed(user)
        refuse_credentials()
    passwords.succeeded(user)
    return session


def _required(answers: Json, name: str) -> str:
    if not answers.get(name):
        refuse_parameter(f"Missing required parameter {name}")
    return answers[name]


def _check_time(text: str) -> None:
    found = _TIMESTAMP.fullmatch(text)
    if found is None or found["month"] not in _MONTHS:
        refuse_parameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.")
    parts = (int(found[name]) for name in ("day", "hour", "minute", "second"))
    try:
        said = datetime(int(found["year"]), _MONTHS.index(found["month"]) + 1, *parts, tzinfo=UTC)
    except ValueError:
        refuse_parameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.")
    # The client's clock is the real one, wherever a test has moved the sandbox's.
    if abs(said.timestamp() - time.time()) > _SKEW_SECONDS:
        refuse_credentials()
