"""The database servers of one sandbox: started when they are asked for, and kept as RDS says they are."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pulumi_aws_sandbox.runtime.child_processes import Children
from pulumi_aws_sandbox.runtime.current import Current
from pulumi_aws_sandbox.runtime.databases import certificates, endpoints
from pulumi_aws_sandbox.runtime.databases.endpoints import Database
from pulumi_aws_sandbox.runtime.databases.mariadb import ADDRESS, DatabaseError, MariaDb

_LOOK_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class LocalDatabase:
    """Where a database is on this machine, and the authority that its certificate is of."""

    host: str
    port: int
    ca_file: Path


def local(endpoint_host: str) -> LocalDatabase:
    """Return where the database behind an endpoint of RDS is, and start it if it does not run yet.

    Raise `UnservedError`, a `LookupError`, where there is none or its engine is not served.
    """
    return _current.require().local(endpoints.behind(endpoint_host))


def reboot(endpoint_host: str) -> None:
    """Restart the database behind an endpoint if it runs; its data stay."""
    _current.require().reboot(endpoints.behind(endpoint_host))


@contextmanager
def running() -> Iterator[None]:
    """Let databases run until the block ends."""
    served = _Databases()
    with closing(served), _current.holding(served):
        yield


@dataclass(slots=True)
class _Served:
    """A server and what was last told to it."""

    server: MariaDb
    database: Database


class _Databases:
    """The servers of one sandbox."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._stopped = threading.Event()
        self._served: dict[str, _Served] = {}
        self._started = 0
        self._children: Children | None = None
        self._certificates: certificates.Certificates | None = None
        self._watch: threading.Thread | None = None

    def local(self, database: Database) -> LocalDatabase:
        """Return where a database is."""
        with self._lock:
            served = self._find_or_start(database)
            self._bring_up_to_date(served, database)
            return LocalDatabase(ADDRESS, served.server.port, self._folder().folder / "rds-ca.pem")

    def reboot(self, database: Database) -> None:
        """Restart a server."""
        with self._lock:
            served = self._served.get(database.resource_id)
            if served is not None:
                served.server.stop()
                self._restart(served)

    def close(self) -> None:
        """End every server."""
        self._stopped.set()
        if self._watch is not None:
            self._watch.join()
        with self._lock:
            self._served.clear()
            if self._children is not None:
                self._children.close()

    def _find_or_start(self, database: Database) -> _Served:
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
        source = endpoints.current(database.source_id) if database.source_id is not None else None
        if source is not None:
            server.follow(self._find_or_start(source).server)
        else:
            server.set_master(database.username, database.password, database.name, None)
        served = self._served[database.resource_id] = _Served(server, database)
        if self._watch is None:
            self._watch = threading.Thread(target=self._look_after, name="databases", daemon=True)
            self._watch.start()
        return served

    def _look_after(self) -> None:
        """Follow what happens to the databases: deleted ones end, changed passwords hold, dead servers come back."""
        while not self._stopped.wait(_LOOK_SECONDS):
            with self._lock:
                for key, served in list(self._served.items()):
                    if self._stopped.is_set():
                        return
                    database = endpoints.current(key)
                    if database is None:
                        self._served.pop(key).server.remove()
                        continue
                    # The next look tries again.
                    with suppress(DatabaseError):
                        self._bring_up_to_date(served, database)

    def _bring_up_to_date(self, served: _Served, database: Database) -> None:
        if not served.server.alive:
            self._restart(served)
        before = served.database
        if before == database:
            return
        if before.source_id is not None and database.source_id is None:
            served.server.stand_alone()
        if database.source_id is None:
            served.server.set_master(database.username, database.password, database.name, before.username)
        served.database = database

    def _restart(self, served: _Served) -> None:
        served.server.start()
        if served.database.source_id is not None:
            served.server.resume()

    def _folder(self) -> Children:
        if self._children is None:
            self._children = Children("sandbox-rds-")
            # Servers run as another user, whose own folders are below; the authority's file is everybody's.
            self._children.folder.chmod(0o711)
        return self._children


_current: Current[_Databases] = Current()
"""The databases of the sandbox that was started last."""
