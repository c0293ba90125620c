"""The result of a check, and how a check is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from botocore.exceptions import ClientError

from .system import System


class Clients(Protocol):
    """Gives boto3 clients."""

    def __call__(self, service: str, region: str | None = None) -> Any:  # noqa: ANN401 - boto3 clients are made at run time
        """Return the client of `service` in `region`."""
        ...

    def signed_by(self, access_key: str, secret_key: str, session_token: str) -> "Clients":
        """Give the clients of whoever holds these credentials."""
        ...


Days = Callable[[str, int], None]
"""Lets what is in a bucket reach an age in days; what S3's lifecycle does until then happens."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    subject: str
    """The logical name of the resource."""
    claim: str
    """What should hold."""
    passed: bool
    seen: str
    """What was found."""
    system: System
    """What it says something of."""


Look = Callable[[], tuple[bool, str]]
"""Looks, and tells whether what should hold does, and what was found."""


def checks_of(system: System) -> Callable[[str, str, Look], Check]:
    """Return what checks a claim about a resource of a system.

    What AWS refuses becomes a failed check rather than the end of all checks.
    """

    def check(subject: str, claim: str, look: Look) -> Check:
        try:
            passed, seen = look()
        except ClientError as error:
            about = error.response["Error"]
            seen = f"{error.operation_name}: {about['Code']}: {about['Message']}"
            return Check(subject, claim, passed=False, seen=seen, system=system)
        return Check(subject, claim, passed, seen, system)

    return check


def refused(call: Callable[[], object], code: str) -> tuple[bool, str]:
    """Tell whether AWS refuses the call with the error `code`."""
    try:
        call()
    except ClientError as error:
        found = error.response["Error"]["Code"]
        return found == code, f"AWS answers {found}"
    return False, "AWS allowed it"
