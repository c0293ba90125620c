"""One server, what was last told to it, and what is known of its data."""

from dataclasses import dataclass, field

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.databases.endpoints import Database
from pulumi_aws_sandbox.runtime.databases.history import History
from pulumi_aws_sandbox.runtime.databases.mariadb import MariaDb

_APART, _FREELY = "apart", "freely"


@dataclass(slots=True)
class Served:
    """A server and what was last told to it."""

    server: MariaDb
    database: Database
    backups: History = field(default_factory=History)
    """What the automated backups hold."""
    trail: History = field(default_factory=History)
    """Where it was, for replicas that are behind."""
    link: str = ""
    """How it replicates: apart from its source, freely, or until a position."""

    def position(self) -> str:
        """Return how far its data have come; a deleted one's last position is what its log holds."""
        if self.server.alive:
            return self.server.position()
        self.server.start()
        try:
            return self.server.position()
        finally:
            self.server.stop()

    def restart(self) -> None:
        """Start again; how it replicates is told anew."""
        self.server.start()
        if self.database.source_id is not None:
            self.server.unlink()
            self.link = _APART

    def stand_alone(self) -> None:
        """Be no replica any more."""
        self.server.stand_alone()
        self.link = ""

    def replicate(self, source: "Served", behind_seconds: float, *, apart: bool) -> None:
        """Follow a source at once, so many seconds later, or not at all while they are apart."""
        if apart:
            if self.link != _APART:
                self.server.unlink()
                self.link = _APART
        elif behind_seconds <= 0:
            if self.link != _FREELY:
                self.server.link()
                self.link = _FREELY
        else:
            self._replicate_later(source, behind_seconds)

    def _replicate_later(self, source: "Served", behind_seconds: float) -> None:
        now = clock.now()
        source.trail.note(now, source.server.position())
        source.trail.forget_before(now - behind_seconds)
        if self.link == _FREELY or not self.link:
            # It keeps what it has until the source's past is as old as it is to be.
            self.server.unlink()
            self.link = _APART
        wanted = source.trail.at(now - behind_seconds)
        if wanted and wanted != self.link:
            self.server.link(wanted)
            self.link = wanted
