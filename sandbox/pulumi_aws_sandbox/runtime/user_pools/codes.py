"""The six-digit codes that prove an address: sent, redeemed once, expired, and limited in number."""

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.user_pools.errors import LIMIT_EXCEEDED, refuse
from pulumi_aws_sandbox.runtime.user_pools.records import Code, User, of_user

SIGN_UP = "sign-up"
RECOVERY = "recovery"
DAY_SECONDS = 86_400
HOUR_SECONDS = 3_600
# Cognito allows between 5 and 20 attempts an hour, by what it thinks of the request; here the least.
_HOURLY = 5


def new() -> str:
    """Return a code of six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def verification(attribute: str) -> str:
    """Return the purpose of a code that verifies an attribute."""
    return f"verify {attribute}"


def issue(
    user: User, purpose: str, valid_seconds: float, attribute: str | None = None, pending: str | None = None
) -> str:
    """Make a code in place of the last one for this purpose."""
    _count(user, f"send {purpose}")
    value = new()
    of_user(user).codes[purpose] = Code(value, clock.now() + valid_seconds, attribute, pending)
    return value


@contextmanager
def redeeming(user: User, purpose: str, given: str) -> Iterator[Code]:
    """Use up the code for a purpose, or refuse what was given; what the block refuses leaves the code as it was."""
    code = _redeem(user, purpose, given)
    try:
        yield code
    except Exception:
        of_user(user).codes.setdefault(purpose, code)
        raise


def _redeem(user: User, purpose: str, given: str) -> Code:
    record = of_user(user)
    limit_reached(user, purpose)
    code = record.codes.get(purpose)
    if code is None or clock.now() > code.expires_at:
        refuse_expired()
    if not hmac.compare_digest(code.value.encode(), given.encode()):
        _count(user, purpose)
        refuse_mismatch()
    if record.codes.pop(purpose, None) is None:
        refuse_expired()
    record.tries.pop(purpose, None)
    record.tries.pop(f"send {purpose}", None)
    return code


def refuse_mismatch() -> NoReturn:
    """Refuse a wrong code."""
    refuse("CodeMismatchException", "Invalid verification code provided, please try again.")


def refuse_expired() -> NoReturn:
    """Refuse a code that is too old, used, or was never sent."""
    refuse("ExpiredCodeException", "Invalid code provided, please request a code again.")


def limit_reached(user: User, purpose: str) -> None:
    """Refuse further attempts within the hour."""
    times = [at for at in of_user(user).tries.get(purpose, []) if at > clock.now() - HOUR_SECONDS]
    if len(times) >= _HOURLY:
        refuse("LimitExceededException", LIMIT_EXCEEDED)


def _count(user: User, purpose: str) -> None:
    limit_reached(user, purpose)
    tries = of_user(user).tries
    tries[purpose] = [at for at in tries.get(purpose, []) if at > clock.now() - HOUR_SECONDS] + [clock.now()]
