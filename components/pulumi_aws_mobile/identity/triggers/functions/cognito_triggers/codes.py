"""Codes that are e-mailed: made, kept as a digest only, and checked."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

_ROUNDS = 10_000
"""A digest travels inside Cognito's session, which clients cannot read; the rounds are for one that leaks anyhow."""


@dataclass(frozen=True, slots=True)
class Code:
    """What is remembered of a code that was sent."""

    expires: int
    """When it stops being good, in seconds since 1970."""
    salt: str
    digest: str

    def accepts(self, answer: str, now: float) -> bool:
        """Tell whether `answer` is the code, in time; how long that takes does not depend on the answer."""
        given = _digest("".join(answer.split()), self.salt)
        return hmac.compare_digest(given, self.digest) and now < self.expires

    def text(self) -> str:
        """Return it as one text."""
        return f"{self.expires}:{self.salt}:{self.digest}"

    @classmethod
    def from_text(cls, text: str) -> "Code | None":
        """Read what `text` wrote; return nothing if it wrote something else."""
        expires, _, rest = text.partition(":")
        salt, _, digest = rest.partition(":")
        return cls(int(expires), salt, digest) if expires.isdecimal() and salt and digest else None


def new_code(length: int, minutes: int, now: float) -> tuple[str, Code]:
    """Return a new code of so many digits, and what is to be remembered of it."""
    code = "".join(str(secrets.randbelow(10)) for _ in range(length))
    salt = secrets.token_hex(16)
    return code, Code(int(now) + 60 * minutes, salt, _digest(code, salt))


def _digest(code: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt.encode(), _ROUNDS).hex()
