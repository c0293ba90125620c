"""What a request is refused with: a status, a code for programs, a message for people, and the field it is about."""

from typing import Any, NoReturn

BAD, FORBIDDEN, UNKNOWN, CONFLICT, TOO_LARGE, BUSY = 400, 403, 404, 409, 413, 503


class Failure(Exception):  # noqa: N818 - an answer, not a defect
    """A request that is not done; nothing of it is stored."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None, **more: Any) -> None:  # noqa: ANN401 - any JSON
        """Refuse with these; `more` goes into the body beside them."""
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"message": message, "code": code, **({"field": field} if field else {}), **more}


def refuse_invalid(field: str, message: str) -> NoReturn:
    """Refuse a field that is not as it has to be."""
    raise Failure(BAD, "Invalid", f"{field}: {message}", field)


def refuse_too_large(field: str, message: str, code: str = "TooLarge") -> NoReturn:
    """Refuse what goes beyond a limit."""
    raise too_large(field, message, code)


def too_large(field: str, message: str, code: str = "TooLarge") -> Failure:
    """Return the refusal of what goes beyond a limit."""
    return Failure(TOO_LARGE, code, f"{field}: {message}", field)


def refuse_future(field: str, count: int) -> NoReturn:
    """Refuse a count that the dataset has not reached."""
    raise Failure(CONFLICT, "FutureCount", f"{field}: the dataset is at {count}", field)


def refuse_changed(field: str | None, count: int) -> NoReturn:
    """Refuse what was asked of a dataset as it no longer is."""
    message = f"the dataset changed meanwhile and is at {count}"
    raise Failure(CONFLICT, "DatasetChanged", message, field)


def busy() -> Failure:
    """Return the refusal of what others were always quicker than."""
    return Failure(BUSY, "Busy", "others change the dataset at the same moment: ask again")
