"""Time-based one-time passwords (RFC 6238): SHA-1, six digits, steps of 30 seconds."""

import base64
import hmac
import secrets

_STEP_SECONDS = 30
_DIGITS = 6
_SECRET_BYTES = 32
_DRIFT_STEPS = 1


def new_secret() -> str:
    """Return a secret to type into an authenticator, in base 32."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode().rstrip("=")


def code(secret: str, at: float) -> str:
    """Return the code that an authenticator shows at a time."""
    return _at_step(secret, int(at) // _STEP_SECONDS)


def matching_step(secret: str, given: str, at: float, after: int) -> int | None:
    """Return the step that a code belongs to: now or one step off, and later than the step last used."""
    current = int(at) // _STEP_SECONDS
    for step in range(current - _DRIFT_STEPS, current + _DRIFT_STEPS + 1):
        if step > after and hmac.compare_digest(_at_step(secret, step).encode(), given.encode()):
            return step
    return None


def _at_step(secret: str, step: int) -> str:
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**_DIGITS).zfill(_DIGITS)
