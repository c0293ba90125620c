"""bin/migrate brings a database up to date, once, whoever runs it and how often."""

import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pulumi_aws_sandbox.runtime.child_processes import Children
from tests.app.conftest import Server
from tests.app.core_api import APP, serving, someone
from tests.app.migrating import migrate

ALL = sorted(path.name for path in (APP / "migrations").iterdir())


def said(run: subprocess.CompletedProcess[str]) -> tuple[int, str, str]:
    """Return how a run ended: its status, the event it logged and what it says of it."""
    (line,) = run.stderr.splitlines()
    event = json.loads(line)
    return run.returncode, event["event"], event.get("applied", event.get("what"))


@pytest.fixture
def app(children: Children) -> Path:
    """Return a copy of the app, whose migrations a test may change."""
    shutil.rmtree(children.folder / "app", ignore_errors=True)
    return Path(shutil.copytree(APP, children.folder / "app"))


def test_a_new_database_gets_every_migration_once(server: Server) -> None:
    database = server.database()
    assert said(migrate(database)) == (0, "migrated", " ".join(ALL))
    assert said(migrate(database)) == (0, "migrated", "")
    assert server.maria.execute(f"USE {database['RDS_DB_NAME']}", "SELECT name FROM schema_migrations").split() == ALL


def test_a_replica_gets_its_migrations_from_its_source(server: Server) -> None:
    database = server.database()
    server.maria.execute("SET GLOBAL read_only = ON")
    try:
        assert said(migrate(database)) == (0, "migrated", "")
    finally:
        server.maria.execute("SET GLOBAL read_only = OFF")
    assert said(migrate(database)) == (0, "migrated", " ".join(ALL))


def test_instances_that_migrate_at_once_do_it_once(server: Server) -> None:
    database = server.database()
    with ThreadPoolExecutor(4) as instances:
        runs = [said(run) for run in instances.map(lambda _: migrate(database), range(4))]
    assert sorted(runs) == [(0, "migrated", "")] * 3 + [(0, "migrated", " ".join(ALL))]


def test_an_app_is_ready_when_its_migrations_are_done(server: Server, environment: dict[str, str]) -> None:
    own = environment | server.database()
    with serving(server.children, own) as served:
        answer = served.call("GET", "/ready")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
        assert answer.json["detail"] == "The database waits for migrations."
        assert served.call("GET", "/notes", someone()).status == 500
        assert migrate(own).returncode == 0
        assert served.call("GET", "/ready").status == 200
        assert served.call("GET", "/notes", someone()).json == {"notes": []}


def test_an_app_that_cannot_tell_whether_its_migrations_are_done_is_not_ready(
    server: Server, environment: dict[str, str]
) -> None:
    own = environment | server.database()
    assert migrate(own).returncode == 0
    server.maria.execute(f"USE {own['RDS_DB_NAME']}", "ALTER TABLE schema_migrations DROP COLUMN sha256")
    with serving(server.children, own) as served:
        assert served.call("GET", "/ready").status == 500
        assert served.log()[0]["what"] == "SQLSTATE 42S22"


def test_the_old_version_stays_ready_while_the_new_one_is_rolled_out(
    server: Server, environment: dict[str, str], app: Path
) -> None:
    own = environment | server.database()
    (app / "migrations/0002_add_colour.sql").write_text("ALTER TABLE notes ADD COLUMN colour CHAR(6) NULL")
    assert said(migrate(own, app)) == (0, "migrated", " ".join([*ALL, "0002_add_colour.sql"]))
    with serving(server.children, own) as old:
        assert old.call("GET", "/ready").status == 200
        assert old.call("POST", "/notes", someone(), body={"title": "a", "text": "b"}).status == 201


def test_what_is_cut_off_before_it_is_recorded_is_done_again(server: Server) -> None:
    database = server.database()
    assert migrate(database).returncode == 0
    server.maria.execute(f"USE {database['RDS_DB_NAME']}", "DELETE FROM schema_migrations")
    assert said(migrate(database)) == (0, "migrated", " ".join(ALL))


def test_a_migration_that_was_changed_afterwards_is_refused(server: Server, app: Path) -> None:
    database = server.database()
    assert migrate(database).returncode == 0
    with (app / "migrations" / ALL[0]).open("a") as file:
        file.write("-- changed")
    what = f"{ALL[0]} was changed after it had been applied; write a new migration instead"
    assert said(migrate(database, app)) == (1, "migration_failed", what)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("2_add.sql", "2_add.sql in migrations/ is not named like 0001_create_notes.sql"),
        ("0002_add.php", "0002_add.php in migrations/ is not named like 0001_create_notes.sql"),
        (
            "0001_other.sql",
            "0001_create_notes.sql and 0001_other.sql have the same number",
        ),
    ],
)
def test_a_file_that_is_misnamed_is_refused(server: Server, app: Path, name: str, what: str) -> None:
    (app / "migrations" / name).write_text("SELECT 1")
    assert said(migrate(server.database(), app)) == (1, "migration_failed", what)


def test_a_migration_that_fails_is_tried_again(server: Server, app: Path) -> None:
    database = server.database()
    broken = app / "migrations/0002_broken.sql"
    broken.write_text("ALTER TABLE nothing ADD COLUMN canary INT")
    failed = migrate(database, app)
    assert said(failed) == (1, "migration_failed", "SQLSTATE 42S02")
    assert "canary" not in failed.stderr
    broken.write_text("ALTER TABLE notes ADD COLUMN colour CHAR(6) NULL")
    assert said(migrate(database, app)) == (0, "migrated", "0002_broken.sql")


def test_a_file_may_not_hold_two_statements(server: Server, app: Path) -> None:
    (app / "migrations/0002_two.sql").write_text("CREATE TABLE a (b INT); CREATE TABLE c (d INT)")
    assert said(migrate(server.database(), app)) == (1, "migration_failed", "SQLSTATE 42000")


def test_migrations_need_verified_tls_too(server: Server) -> None:
    what = "RDS_CA_FILE: /nowhere.pem cannot be read; without it there is no connection"
    assert said(migrate(server.database() | {"RDS_CA_FILE": "/nowhere.pem"})) == (1, "migration_failed", what)
    what = "SQLSTATE[HY000] [2002] Cannot connect to MySQL using SSL"
    misnamed = {"RDS_HOSTNAME": "0.0.0.0"}  # noqa: S104 - nothing is bound to it
    assert said(migrate(server.database() | misnamed)) == (1, "migration_failed", what)


def test_arguments_are_refused(server: Server) -> None:
    run = migrate(server.database(), APP, "--down")
    assert said(run) == (1, "migration_failed", "migrate takes no arguments")
