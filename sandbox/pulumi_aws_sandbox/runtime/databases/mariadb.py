"""One MariaDB server: its files, its process, and the administration that RDS does."""

import os
import pwd
import re
import secrets
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from pulumi_aws_sandbox.runtime.child_processes import Child, Children
from pulumi_aws_sandbox.runtime.databases import software
from pulumi_aws_sandbox.runtime.databases.certificates import Certificates
from pulumi_aws_sandbox.runtime.databases.doorway import ADDRESS, Doorway, free_port

_ADMINISTRATOR = "rdsadmin"
_USERS = ("mysql", "nobody")
_READY_SECONDS = 60
_STOP_SECONDS = 20
_COPY_SECONDS = 120
_POLL_SECONDS = 0.02
# Small enough for a laptop that runs several: about 60 MB each.
_SETTINGS = {
    "bind-address": ADDRESS,
    "skip-name-resolve": "ON",
    "require-secure-transport": "ON",
    "tls-version": "TLSv1.2,TLSv1.3",
    "character-set-server": "utf8mb4",
    "performance-schema": "OFF",
    "innodb-buffer-pool-size": "16M",
    "innodb-log-file-size": "8M",
    "innodb-flush-log-at-trx-commit": "2",
    # Data need to outlive the server, not a failure of this machine's power.
    "debug-no-sync": "ON",
    "key-buffer-size": "1M",
    "aria-pagecache-buffer-size": "1M",
    "max-connections": "60",
    "binlog-format": "MIXED",
    "gtid-strict-mode": "ON",
    "log-bin": "binlog",
    "log-slave-updates": "ON",
}
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
_MASTER_RIGHTS = (
    "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES, "
    "CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, REPLICATION SLAVE, REPLICATION CLIENT, CREATE VIEW, SHOW VIEW, "
    "CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER"
)


class DatabaseError(RuntimeError):
    """A database server cannot be started or administrated."""


class MariaDb:
    """A server with a folder of its own; its data stay when it is stopped, and go with the folder."""

    def __init__(self, children: Children, number: int, certificates: Certificates) -> None:
        """Make the folder and the files of an empty server."""
        self._children = children
        self._folder = children.folder / f"database-{number}"
        self._output = children.folder / f"database-{number}.log"
        self._options = self._folder / "my.cnf"
        self._password = secrets.token_hex(16)
        self._child: Child | None = None
        self._owner = _owner()
        self.port = free_port()
        """Where it is within the sandbox: replicas come here, whoever else is admitted or not."""
        self.door = Doorway(children, number, self.port)
        self._folder.mkdir(mode=0o700)
        for name, content in (("ca", certificates.authority), ("cert", certificates.server), ("key", certificates.key)):
            (self._folder / f"{name}.pem").write_bytes(content)
        (self._folder / "start.sql").write_text(_first_statements(self._password))
        self._options.write_text(self._option_file(number))
        self._output.touch()
        if self._owner is not None:
            _give(self._folder, self._owner)
        self._install()

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self._child is not None and self._child.alive

    def start(self) -> None:
        """Start the process and wait until it answers; raise `DatabaseError` if it does not."""
        command = [software.path(software.SERVER), f"--defaults-file={self._options}"]
        self._child = self._children.start(command, env=_environment(), cwd=self._folder, output=self._output)
        until = time.monotonic() + _READY_SECONDS
        while time.monotonic() < until and self._child.alive:
            with suppress(DatabaseError):
                self.execute("SELECT 1")
                return
            time.sleep(_POLL_SECONDS)
        self.stop()
        message = f"the database server did not start:\n{self._last_words()}"
        raise DatabaseError(message)

    def stop(self) -> None:
        """End the process, in order; connections end with it."""
        if self._child is not None:
            self._child.stop(_STOP_SECONDS)
            self._child = None

    def remove(self) -> None:
        """End the process and delete the data."""
        self.door.remove()
        if self._child is not None:
            self._child.kill()
            self._child = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def set_master(self, username: str, password: str, name: str | None, before: str | None) -> None:
        """Give the master user its password, and make the database that RDS makes with the instance."""
        user, host = _text(username), "'%'"
        statements = [f"DROP USER IF EXISTS {_text(before)}@{host}"] if before and before != username else []
        # RDS says no password of what was restored or replicated: the user keeps what it has, or can be nobody's.
        statements.append(f"CREATE USER IF NOT EXISTS {user}@{host} IDENTIFIED BY '{secrets.token_hex(16)}'")
        if password:
            statements.append(f"ALTER USER {user}@{host} IDENTIFIED BY {_text(password)}")
        statements.append(f"GRANT {_MASTER_RIGHTS} ON *.* TO {user}@{host} WITH GRANT OPTION")
        if name is not None:
            statements.append(f"CREATE DATABASE IF NOT EXISTS {_name(name)}")
        self.execute(*statements)

    def follow(self, source: "MariaDb") -> None:
        """Be a replica of another server from its beginning, and take writes from nobody else; replicate at `link`."""
        password = secrets.token_hex(16)
        user = f"'replica-{self.port}'@'%'"
        # It is no part of the data: replicas and restored copies do not get it.
        source.execute(
            "SET SESSION sql_log_bin = OFF",
            f"CREATE OR REPLACE USER {user} IDENTIFIED BY '{password}'",
            f"GRANT REPLICATION SLAVE ON *.* TO {user}",
        )
        self.execute(
            "SET GLOBAL read_only = ON",
            f"CHANGE MASTER TO MASTER_HOST='{ADDRESS}', MASTER_PORT={source.port}, MASTER_USER='replica-{self.port}', "
            f"MASTER_PASSWORD='{password}', MASTER_SSL=1, MASTER_SSL_CA={_text(str(self._folder / 'ca.pem'))}, "
            "MASTER_SSL_VERIFY_SERVER_CERT=1, MASTER_CONNECT_RETRY=1, MASTER_USE_GTID=slave_pos",
        )

    def link(self, until: str | None = None) -> None:
        """Replicate, for good or until a position; read-only is what a restart forgets."""
        limit = f" UNTIL master_gtid_pos={_text(until)}" if until is not None else ""
        self.execute("SET GLOBAL read_only = ON", "STOP SLAVE", f"START SLAVE{limit}")

    def unlink(self) -> None:
        """Stop replicating, and stay a replica."""
        self.execute("SET GLOBAL read_only = ON", "STOP SLAVE")

    def stand_alone(self) -> None:
        """Stop replicating for good, and take writes."""
        self.execute("STOP SLAVE", "RESET SLAVE ALL", "SET GLOBAL read_only = OFF")

    def position(self) -> str:
        """Return how far its data have come: what its binary log holds."""
        return self.execute("SELECT @@GLOBAL.gtid_binlog_pos").strip()

    def take(self, source: "MariaDb", position: str) -> None:
        """Take over the data that another server had at a position, and be on its own."""
        if not position:
            return
        self.follow(source)
        self.link(position)
        if self.execute(f"SELECT MASTER_GTID_WAIT({_text(position)}, {_COPY_SECONDS})").strip() != "0":
            message = f"the data were not restored within {_COPY_SECONDS} s"
            raise DatabaseError(message)
        self.stand_alone()

    def execute(self, *statements: str) -> str:
        """Run statements as RDS's own administrator, and return what they print."""
        client = [software.path(software.CLIENT), "--no-defaults", f"--socket={self._folder / 'sock'}"]
        client += [f"--user={_ADMINISTRATOR}", "--batch", "--skip-column-names"]
        done = subprocess.run(  # noqa: S603 - MariaDB's own client
            client,
            input=";\n".join(statements),
            env={**_environment(), "MYSQL_PWD": self._password},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise DatabaseError(done.stderr.strip())
        return done.stdout

    def _install(self) -> None:
        """Make the system tables, which takes more than a second, or copy those that the first server began with."""
        data, pattern = self._folder / "data", self._children.folder / "system-tables"
        if pattern.exists():
            shutil.copytree(pattern, data)
            if self._owner is not None:
                _give(data, self._owner)
            return
        self._make_tables(data)
        made = pattern.with_suffix(".new")
        shutil.copytree(data, made)
        made.rename(pattern)

    def _make_tables(self, data: Path) -> None:
        installer = [software.path(software.INSTALLER), f"--defaults-file={self._options}", "--skip-test-db"]
        installer += ["--auth-root-authentication-method=normal", f"--datadir={data}"]
        done = subprocess.run(installer, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603 - MariaDB's own installer
        if done.returncode != 0:
            message = f"{software.INSTALLER} failed:\n{(done.stdout + done.stderr).strip()}"
            raise DatabaseError(message)

    def _option_file(self, number: int) -> str:
        own = {
            "datadir": str(self._folder / "data"),
            # A server that starts clears away what others of this machine keep in a folder that they share.
            "tmpdir": str(self._folder),
            "socket": str(self._folder / "sock"),
            "pid-file": str(self._folder / "pid"),
            "port": str(self.port),
            "server-id": str(number),
            "ssl-ca": str(self._folder / "ca.pem"),
            "ssl-cert": str(self._folder / "cert.pem"),
            "ssl-key": str(self._folder / "key.pem"),
            **({"user": self._owner.pw_name} if self._owner is not None else {}),
        }
        shared = [f"{name}={value}" for name, value in (own | _SETTINGS).items()]
        # The installer reads the first group, the server both: there is nothing to run before there are tables.
        only_server = [f"init-file={self._folder / 'start.sql'}"]
        return "\n".join(["[mysqld]", *shared, "[mariadbd]", *only_server, ""])

    def _last_words(self) -> str:
        return self._output.read_text(errors="replace")[-2000:].strip()


def _first_statements(password: str) -> str:
    """Return what each start runs: RDS's administrator reaches the server by its socket only, and nobody else does.

    A replica must not get them from its source, so they are not written to the log that it reads. One line each.
    """
    administrator = f"'{_ADMINISTRATOR}'@'localhost'"
    return "\n".join(
        (
            "SET SESSION sql_log_bin = OFF;",
            f"CREATE OR REPLACE USER {administrator} IDENTIFIED BY '{password}';",
            f"GRANT ALL PRIVILEGES ON *.* TO {administrator} WITH GRANT OPTION;",
            "DELETE FROM mysql.global_priv WHERE User IN ('', 'root');",
            "FLUSH PRIVILEGES;",
            "SET SESSION sql_log_bin = ON;",
            "",
        )
    )


def _owner() -> pwd.struct_passwd | None:
    """Return the user that servers run as where this process is root's, which MariaDB refuses to be."""
    if os.geteuid() != 0:
        return None
    for name in _USERS:
        with suppress(KeyError):
            return pwd.getpwnam(name)
    message = f"MariaDB does not run as root, and there is no user {' or '.join(_USERS)}"
    raise DatabaseError(message)


def _give(folder: Path, owner: pwd.struct_passwd) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}


def _text(value: str) -> str:
    """Write a text for SQL."""
    escaped = re.sub(r"(['\\])", r"\\\1", value)
    return f"'{escaped}'"


def _name(value: str) -> str:
    """Write the name of a database for SQL."""
    return "`" + value.replace("`", "``") + "`"
