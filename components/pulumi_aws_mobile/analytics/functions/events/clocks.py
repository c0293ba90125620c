"""When an event happened, whatever its device's clock says."""

from dataclasses import dataclass
from datetime import UTC, datetime

from .reading import Event
from .settings import Settings

GOOD, CORRECTED, REPLACED = "good", "corrected", "replaced"


@dataclass(frozen=True, slots=True)
class Moment:
    """When an event happened, and how that is known."""

    milliseconds: int
    clock: str
    """`good`: the device's clock is believed. `corrected`: it was moved by how wrong it was when the event was sent.
    `replaced`: it cannot be believed, and the event counts as having happened when it arrived."""

    @property
    def day(self) -> str:
        """The day in UTC."""
        return day_of(self.milliseconds)


def moment_of(event: Event, arrived_at: int, told: Settings) -> Moment:
    """Return when the event happened.

    A device that says when it sent the event shows how wrong its clock is: sending takes seconds, but the event itself
    may have waited for days without a network.
    """
    happened, clock = event.client_time, GOOD
    if event.sent_at is not None and abs(arrived_at - event.sent_at) > told.tolerance_milliseconds:
        happened, clock = happened + arrived_at - event.sent_at, CORRECTED
    early, late = arrived_at - told.late_milliseconds, arrived_at + told.tolerance_milliseconds
    if not early <= happened <= late:
        return Moment(arrived_at, REPLACED)
    return Moment(happened, clock)


def day_of(milliseconds: int) -> str:
    """Return the day in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d")
