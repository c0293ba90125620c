"""Keeps the database servers of one sandbox as RDS, EC2 and the Regions say they are."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pulumi_aws_sandbox.runtime import clock, regions
from pulumi_aws_sandbox.runtime.child_processes import Children
from pulumi_aws_sandbox.runtime.databases import certificates, endpoints
from pulumi_aws_sandbox.runtime.databases.doorway import ADDRESS
from pulumi_aws_sandbox.runtime.databases.endpoints import Copy, Database
from pulumi_aws_sandbox.runtime.databases.history import BACKUP_SECONDS
from pulumi_aws_sandbox.runtime.databases.mariadb import DatabaseError, MariaDb
from pulumi_aws_sandbox.runtime.databases.served import Served

_LOOK_SECONDS = 0.3
_GLANCE_SECONDS = 0.05
_STEP_SECONDS = 30
"""So much of the sandbox's time asks for a look before the next one is due."""


@dataclass(frozen=True, slots=True)
class LocalDatabase:
    """Where a database is on this machine, and the authority that its certificate is of."""

    host: str
    port: int
    ca_file: Path


class Keeper:
    """The servers of one sandbox."""

    def __init__(self) -> None:
        """Begin without any."""
        self._lock = threading.RLock()
        self._stopped = threading.Event()
        self._served: dict[str, Served] = {}
        self._kept: dict[str, Served] = {}
        """What is left of deleted databases: snapshots and copied backups are of their data."""
        self._copied: set[str] = set()
        """Replicas that were started without being asked for."""
        self._delays: dict[str, float] = {}
        self._started = 0
        self._children: Children | None = None
        self._certificates: certificates.Certificates | None = None
        self._watch: threading.Thread | None = None

    def local(self, database: Database) -> LocalDatabase:
        """Return where a database is."""
        with self._lock:
            served = self._find_or_start(database)
            self._bring_up_to_date(served, database)
            return LocalDatabase(ADDRESS, served.server.door.port, self._folder().folder / "rds-ca.pem")

    def reboot(self, database: Database) -> None:
        """Restart a server."""
        with self._lock:
            served = self._served.get(database.resource_id)
            if served is not None:
                served.server.door.empty()
                served.server.stop()
                served.restart()
                self._bring_up_to_date(served, database)

    def delay(self, database: Database, seconds: float) -> None:
        """Hold a replica back."""
        with self._lock:
            if database.source_id is None:
                message = f'"{database.identifier}" is no replica: nothing can be behind'
                raise ValueError(message)
            self._delays[database.resource_id] = seconds
            self.look()

    def is_served(self, resource_id: str) -> bool:
        """Tell whether a server runs for a database."""
        return resource_id in self._served

    def lag(self, resource_id: str) -> float:
        """Return what was scripted."""
        return self._delays.get(resource_id, 0.0)

    def copy(self, resource_id: str, moment: float | None) -> Copy | None:
        """Return the data of a database now, or as they were backed up by a moment."""
        with self._lock:
            self.look()
            served = self._served.get(resource_id) or self._kept.get(resource_id)
            if served is None:
                return None
            position = served.position() if moment is None else served.backups.at(moment)
            return None if position is None else Copy(resource_id, position)

    def backed_up_to(self, resource_id: str) -> float | None:
        """Return when the last backup was."""
        with self._lock:
            self.look()
            served = self._served.get(resource_id) or self._kept.get(resource_id)
            return served.backups.latest or None if served is not None else None

    def look(self) -> None:
        """Follow what happens to the databases: deleted ones end, changed passwords hold, dead servers come back."""
        with self._lock:
            self._start_copies()
            for key, served in list(self._served.items()):
                if self._stopped.is_set():
                    return
                database = endpoints.current(key)
                if database is None:
                    served.server.door.remove()
                    served.server.stop()
                    self._kept[key] = self._served.pop(key)
                    continue
                # The next look tries again.
                with suppress(DatabaseError, OSError):
                    self._bring_up_to_date(served, database)

    def _start_copies(self) -> None:
        """Start the replicas in other Regions of what runs: they have to have the data when they are needed."""
        for copy in endpoints.replicas_elsewhere(frozenset(self._served)):
            if copy.resource_id not in self._copied and not self._stopped.is_set():
                self._copied.add(copy.resource_id)
                with suppress(DatabaseError, OSError):
                    self._bring_up_to_date(self._find_or_start(copy), copy)

    def close(self) -> None:
        """End every server."""
        self._stopped.set()
        if self._watch is not None:
            self._watch.join()
        with self._lock:
            self._served.clear()
            self._kept.clear()
            if self._children is not None:
                self._children.close()

    def _find_or_start(self, database: Database) -> Served:
        served = self._served.get(database.resource_id)
        if served is not None:
            return served
        children = self._folder()
        if self._certificates is None:
            self._certificates = certificates.make()
            (children.folder / "rds-ca.pem").write_bytes(self._certificates.authority)
        self._started += 1
        server = MariaDb(children, self._started, self._certificates)
        server.start()
        if database.made_from is not None:
            with self._data_of(database.made_from.resource_id) as source:
                server.take(source, database.made_from.position)
        source = endpoints.current(database.source_id) if database.source_id is not None else None
        if source is not None:
            server.follow(self._find_or_start(source).server)
        else:
            server.set_master(*database.master, None)
        served = self._served[database.resource_id] = Served(server, database)
        if self._watch is None:
            self._watch = threading.Thread(target=self._look_after, name="databases", daemon=True)
            self._watch.start()
        return served

    @contextmanager
    def _data_of(self, resource_id: str) -> Iterator[MariaDb]:
        """Give the server that has a database's data; that of a deleted one runs within the block only."""
        if resource_id in self._served:
            yield self._served[resource_id].server
            return
        kept = self._kept[resource_id]
        kept.server.start()
        try:
            yield kept.server
        finally:
            kept.server.stop()

    def _look_after(self) -> None:
        looked, at = 0.0, clock.now()
        while not self._stopped.wait(_GLANCE_SECONDS):
            looked += _GLANCE_SECONDS
            if looked >= _LOOK_SECONDS or abs(clock.now() - at) >= _STEP_SECONDS:
                looked, at = 0.0, clock.now()
                self.look()

    def _bring_up_to_date(self, served: Served, database: Database) -> None:
        if not served.server.alive:
            served.restart()
        before = served.database
        if before != database:
            if before.source_id is not None and database.source_id is None:
                served.stand_alone()
            if database.source_id is None and database.master != before.master:
                served.server.set_master(*database.master, before.username)
            served.database = database
        cut = regions.is_cut(database.region)
        source = self._served.get(database.source_id or "")
        if source is not None:
            apart = cut or regions.is_cut(source.database.region)
            served.replicate(source, self._delays.get(database.resource_id, 0.0), apart=apart)
        served.server.door.set(is_open=database.admits and not cut)
        if cut:
            served.server.door.empty()
        elif clock.now() - served.backups.latest >= BACKUP_SECONDS:
            served.backups.note(clock.now(), served.position())

    def _folder(self) -> Children:
        if self._children is None:
            self._children = Children("sandbox-rds-")
            # Servers run as another user, whose own folders are below; the authority's file is everybody's.
            self._children.folder.chmod(0o711)
        return self._children
