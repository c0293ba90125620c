"""What a database had when: positions in its binary log, by the sandbox's time."""

from bisect import bisect_right

BACKUP_SECONDS = 300
"""How often RDS uploads what a restore to a point in time needs.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
"""


class History:
    """The positions that were noted, in order."""

    def __init__(self) -> None:
        """Begin without any."""
        self._times: list[float] = []
        self._positions: list[str] = []

    @property
    def latest(self) -> float:
        """When the last position was noted; 0 if none was."""
        return self._times[-1] if self._times else 0.0

    def note(self, at: float, position: str) -> None:
        """Add a position."""
        if self._times and at < self._times[-1]:
            # The clock was set back; what lies ahead of it has not happened.
            keep = bisect_right(self._times, at)
            del self._times[keep:], self._positions[keep:]
        self._times.append(at)
        self._positions.append(position)

    def at(self, moment: float) -> str | None:
        """Return the last position that was noted by then."""
        index = bisect_right(self._times, moment)
        return self._positions[index - 1] if index else None

    def forget_before(self, moment: float) -> None:
        """Drop what nobody asks for any more, but the last position of that time."""
        gone = max(0, bisect_right(self._times, moment) - 1)
        del self._times[:gone], self._positions[:gone]
