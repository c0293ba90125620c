"""What a request is refused with: a status, a code for programs, a message for people, and the field it is about."""

from typing import Any, NoReturn

BAD, FORBIDDEN, UNKNOWN, CONFLICT, TOO_LARGE, BUSY = 400, 403, 404, 409, 413, 503


class Failure(Exception):  # noqa: N818 - an answer, not a defect
    """A request that is not done."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None) -> None:
        """Refuse with these."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.body: dict[str, Any] = {"message": message, "code": code, **({"field": field} if field else {})}


def refuse_invalid(field: str, message: str) -> NoReturn:
    """Refuse a field that is not as it has to be."""
    raise Failure(BAD, "Invalid", f"{field}: {message}", field)


def refuse_unknown(field: str, message: str) -> NoReturn:
    """Refuse what is about something that is not there."""
    raise Failure(UNKNOWN, "NotFound", f"{field}: {message}", field)


def busy() -> Failure:
    """Return the refusal of what somebody else is doing at this moment, or AWS does not take now."""
    return Failure(BUSY, "Busy", "the same is being done at this moment: ask again")
