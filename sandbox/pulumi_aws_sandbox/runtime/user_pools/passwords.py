"""Passwords: the pool's policy, what is kept of them, and the lockout after wrong ones."""

import secrets
import string
from collections.abc import Callable

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.user_pools import srp
from pulumi_aws_sandbox.runtime.user_pools.errors import refuse, refuse_credentials
from pulumi_aws_sandbox.runtime.user_pools.records import Json, Pool, User, of_user

_SYMBOLS = set("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-")
_MAX_LENGTH = 256
_DEFAULT_LENGTH = 8
_DEFAULT_TEMPORARY_DAYS = 7
_DAY_SECONDS = 86_400
# The developer guide: the fifth wrong password locks for a second, each further one for twice as long, to 15 minutes.
_FREE_FAILURES = 4
_LONGEST_LOCK_SECONDS = 900.0


def policy(pool: Pool) -> Json:
    """Return a pool's password policy."""
    return (pool.extended_config.get("Policies") or {}).get("PasswordPolicy") or {}


def violation(rules: Json, password: str) -> str | None:
    """Return the first rule that a password breaks."""
    checks = (
        ("not long enough", len(password) >= int(rules.get("MinimumLength") or _DEFAULT_LENGTH)),
        ("must not be longer than 256 characters", len(password) <= _MAX_LENGTH),
        ("must not contain whitespace", not any(letter.isspace() for letter in password)),
        ("must have uppercase characters", not rules.get("RequireUppercase") or _has(password, str.isupper)),
        ("must have lowercase characters", not rules.get("RequireLowercase") or _has(password, str.islower)),
        ("must have numeric characters", not rules.get("RequireNumbers") or _has(password, str.isdigit)),
        ("must have symbol characters", not rules.get("RequireSymbols") or bool(_SYMBOLS & set(password))),
    )
    return next((name for name, kept in checks if not kept), None)


def _has(password: str, kind: Callable[[str], bool]) -> bool:
    """Tell whether a password has an ASCII character of a kind: others do not count for the policy."""
    return any(kind(letter) for letter in password if letter.isascii())


def check_policy(pool: Pool, password: str) -> None:
    """Refuse a password that the pool's policy does not allow."""
    broken = violation(policy(pool), password)
    if broken:
        refuse("InvalidPasswordException", f"Password did not conform with policy: Password {broken}")


def pool_name(pool: Pool) -> str:
    """Return the part of a pool's id that SRP knows it by."""
    return pool.id.split("_", 1)[1]


def keep(pool: Pool, user: User, password: str, *, temporary: bool = False) -> None:
    """Make a password a user's own; a temporary one ends after the policy's days."""
    record = of_user(user)
    rules = policy(pool)
    history = int(rules.get("PasswordHistorySize") or 0)
    known = ([record.verifier] if record.verifier else []) + record.previous
    if not temporary and any(srp.matches(old, pool_name(pool), user.username, password) for old in known[:history]):
        reason = "Password has previously been used, please choose a different password."
        refuse("PasswordHistoryPolicyViolationException", reason)
    record.previous = known[:history]
    record.verifier = srp.make_verifier(pool_name(pool), user.username, password)
    days = int(rules.get("TemporaryPasswordValidityDays") or _DEFAULT_TEMPORARY_DAYS)
    record.password_until = clock.now() + days * _DAY_SECONDS if temporary else None
    # moto would keep it as it is.
    user.password = None


def has_password(user: User) -> bool:
    """Tell whether a user has a password at all."""
    return of_user(user).verifier is not None


def temporary(pool: Pool) -> str:
    """Return a new temporary password that the pool's policy allows."""
    length = max(int(policy(pool).get("MinimumLength") or _DEFAULT_LENGTH), _DEFAULT_LENGTH)
    kinds = (string.ascii_uppercase, string.ascii_lowercase, string.digits, "!#%&*+=?@")
    letters = [secrets.choice(kind) for kind in kinds]
    letters += [secrets.choice("".join(kinds)) for _ in range(length - len(letters))]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)


def check(pool: Pool, user: User | None, password: str) -> None:
    """Refuse a wrong password; an unknown user takes as long as a known one."""
    if user is None or of_user(user).verifier is None:
        srp.make_verifier(pool_name(pool), "nobody", password)
        if user is not None:
            failed(user)
        refuse_credentials()
    check_lock(user)
    verifier = of_user(user).verifier
    if verifier is None or not srp.matches(verifier, pool_name(pool), user.username, password):
        failed(user)
        refuse_credentials()
    succeeded(user)


def check_not_expired(user: User) -> None:
    """Refuse a temporary password that is past its days."""
    until = of_user(user).password_until
    if until is not None and clock.now() > until:
        reason = "Temporary password has expired and must be reset by an administrator."
        refuse("NotAuthorizedException", reason)


def check_lock(user: User) -> None:
    """Refuse any password while the user is locked out."""
    if clock.now() < of_user(user).locked_until:
        refuse("NotAuthorizedException", "Password attempts exceeded")


def failed(user: User) -> None:
    """Count a wrong password; the count ends after a quarter of an hour without one."""
    record, now = of_user(user), clock.now()
    if now - record.failed_at > _LONGEST_LOCK_SECONDS:
        record.failures = 0
    record.failures += 1
    record.failed_at = now
    if record.failures > _FREE_FAILURES:
        record.locked_until = now + min(2.0 ** (record.failures - _FREE_FAILURES - 1), _LONGEST_LOCK_SECONDS)


def succeeded(user: User) -> None:
    """Forget the wrong passwords."""
    record = of_user(user)
    record.failures, record.locked_until = 0, 0.0
