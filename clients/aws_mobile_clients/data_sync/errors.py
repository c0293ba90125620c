"""What can go wrong between a device and the service."""

from typing import Any


class SyncError(Exception):
    """A synchronisation did not come to its end; no local change is lost by it."""


class NoAnswerError(SyncError):
    """No answer came, or none that the service gives: the device is offline, or a hotspot's own page answered.

    Whether the service took a push is not known; the next synchronisation sends the same push again.
    """


class UnavailableError(SyncError):
    """The service was too busy or broken; the next synchronisation sends the same push again."""

    def __init__(self, status: int, message: str, retry_after_seconds: int | None = None) -> None:
        """Keep what was answered."""
        super().__init__(f"the service answered {status}: {message}")
        self.status = status
        self.retry_after_seconds = retry_after_seconds
        """How long the service asks to be left alone."""


class RefusedError(SyncError):
    """The service refuses what was asked, and will again until something changes."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None, key: str | None = None) -> None:
        """Keep what was answered."""
        super().__init__(f"the service refused it ({status} {code}): {message}")
        self.status = status
        self.code = code
        """The kind of refusal, such as `TooLarge`; empty if the gateway refused before the service saw it."""
        self.field = field
        """What was wrong in the request, such as `changes[3].value`."""
        self.key = key
        """The record that `field` is about, if it is about one: change it or remove it, and synchronise again."""


class SyncBusyError(SyncError):
    """Other devices changed the dataset again and again while this one tried; try later."""

    def __init__(self, dataset: str, rounds: int) -> None:
        """Say how often it was tried."""
        super().__init__(f'dataset "{dataset}" changed during each of {rounds} rounds')


class InvalidError(ValueError):
    """A name, key or value that no service would take; nothing was stored."""

    def __init__(self, got: Any, what: str, allowed: str) -> None:  # noqa: ANN401 - whatever the app gave
        """Say what is wrong, what came and what is allowed."""
        shown = repr(got)
        super().__init__(f"{what}: got {shown if len(shown) <= _SHOWN else shown[:_SHOWN] + '…'}; allowed: {allowed}")


_SHOWN = 80
"""A value may be a quarter of a megabyte long."""
