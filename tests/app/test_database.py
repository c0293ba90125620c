"""The app speaks to the database over verified TLS or not at all, and tells nobody but its log what went wrong."""

import json
import socket
import struct
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pulumi_aws_sandbox.runtime.databases import certificates
from tests.app.conftest import PASSWORD, Server
from tests.app.core_api import CoreApi, serving, someone
from tests.app.migrating import migrate

_TLS_REQUEST_BYTES = 36
NO_TLS = "SQLSTATE[HY000] [2002] Cannot connect to MySQL using SSL"
UNREACHABLE = {
    "status": 503,
    "title": "Service Unavailable",
    "detail": "The database cannot be reached. Try again.",
}


def failing(server: Server, environment: dict[str, str], **changes: str) -> str:
    """Serve the app with other properties; return what it logs while it answers that there is no database."""
    with serving(server.children, environment | changes) as broken:
        answers = [broken.call("GET", "/notes", someone()), broken.call("GET", "/ready")]
        assert [(answer.status, answer.json, answer.headers["Retry-After"]) for answer in answers] == [
            (503, UNREACHABLE, "2")
        ] * 2
        assert broken.call("GET", "/health").status == 200
        assert PASSWORD[:8] not in broken.output.read_text()
        first, second = (line for line in broken.log() if line["event"] == "database_unavailable")
        assert (first["what"], first["error"]) == (second["what"], "CoreApi\\Database\\DatabaseUnavailable")
        return first["what"]


def test_an_app_with_a_database_is_ready(api: CoreApi) -> None:
    answer = api.call("GET", "/ready")
    assert (answer.status, answer.json) == (200, {"status": "ready"})


def test_the_password_may_come_as_the_whole_secret(server: Server, environment: dict[str, str]) -> None:
    secret = json.dumps({"username": "x", "password": PASSWORD})
    with serving(server.children, environment | {"RDS_PASSWORD": secret}) as served:
        assert served.call("GET", "/ready").status == 200


@pytest.mark.parametrize("password", ['{"password": 7}', "{}", "12345", "null", "{not json", '"quoted"'])
def test_a_password_that_only_looks_like_json_is_a_password(
    server: Server, environment: dict[str, str], password: str
) -> None:
    name = environment["RDS_DB_NAME"]
    user = f"user_{uuid.uuid4().hex[:12]}"
    server.maria.execute(
        f"CREATE USER '{user}'@'%' IDENTIFIED BY '{password}' REQUIRE SSL",
        f"GRANT ALL ON {name}.* TO '{user}'@'%'",
    )
    with serving(server.children, environment | {"RDS_USERNAME": user, "RDS_PASSWORD": password}) as served:
        assert served.call("GET", "/ready").status == 200


def test_a_wrong_password_is_told_to_the_log_only(server: Server, environment: dict[str, str]) -> None:
    assert failing(server, environment, RDS_PASSWORD="canary-wrong") == "refused with error 1045"


def test_without_authorities_there_is_no_connection(server: Server, environment: dict[str, str]) -> None:
    what = failing(server, environment, RDS_CA_FILE="/nowhere/bundle.pem")
    assert what == "RDS_CA_FILE: /nowhere/bundle.pem cannot be read; without it there is no connection"


@pytest.mark.parametrize("content", [b"", b"no certificate", certificates.make().authority])
def test_other_authorities_make_no_connection(
    server: Server, environment: dict[str, str], tmp_path: Path, content: bytes
) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(content)
    what = failing(server, environment, RDS_CA_FILE=str(other))
    assert what == NO_TLS


def test_a_server_of_another_name_gets_no_connection(server: Server, environment: dict[str, str]) -> None:
    # The same server, by an address that its certificate does not have.
    assert failing(server, environment, RDS_HOSTNAME="0.0.0.0") == NO_TLS  # noqa: S104 - nothing is bound to it


@pytest.mark.parametrize("offers_tls", [False, True])
def test_a_server_that_offers_no_tls_learns_nothing(
    server: Server, environment: dict[str, str], offers_tls: bool
) -> None:
    with _greeting_server(offers_tls=offers_tls) as (port, heard):
        failing(server, environment, RDS_PORT=str(port))
    # Where it does, the client asks for TLS before it says anything else.
    assert [len(each) for each in heard] == [_TLS_REQUEST_BYTES if offers_tls else 0] * 2


def test_a_server_that_is_away_comes_back(server: Server, environment: dict[str, str]) -> None:
    caller = someone()
    port = _closed_port()
    with serving(server.children, environment) as served:
        assert served.call("GET", "/notes", caller).status == 200
        server.maria.stop()
        try:
            away = served.call("GET", "/notes", caller)
        finally:
            server.maria.start()
        assert (away.status, away.json) == (503, UNREACHABLE)
        assert served.call("GET", "/notes", caller).status == 200
    assert failing(server, environment, RDS_PORT=str(port)) == "SQLSTATE[HY000] [2002] Connection refused"


def test_a_server_that_has_become_a_replica_is_away_for_writers(server: Server, environment: dict[str, str]) -> None:
    caller, body = someone(), {"title": "canary", "text": "canary"}
    try:
        with serving(server.children, environment) as served:
            note = "/notes/" + served.call("POST", "/notes", caller, body=body).json["id"]
            server.maria.execute("SET GLOBAL read_only = ON")
            writes = [("POST", "/notes", body), ("PUT", note, {**body, "title": "other"}), ("DELETE", note, None)]
            answers = [served.call(method, path, caller, body=sent) for method, path, sent in writes]
            assert [(answer.status, answer.json, answer.headers["Retry-After"]) for answer in answers] == [
                (503, UNREACHABLE, "2")
            ] * 3
            assert served.call("GET", note, caller).json["title"] == "canary"
    finally:
        server.maria.execute("SET GLOBAL read_only = OFF")


def test_the_server_prepares_the_statements(server: Server, api: CoreApi) -> None:
    assert _prepared(server, lambda: api.call("GET", "/health")) == 0
    assert _prepared(server, lambda: api.call("GET", "/notes", someone())) == 1


def test_an_error_of_the_database_is_500_and_quotes_nothing(server: Server, environment: dict[str, str]) -> None:
    own = server.database()
    assert migrate(own).returncode == 0
    server.maria.execute(f"ALTER TABLE {own['RDS_DB_NAME']}.notes MODIFY title VARCHAR(3) NOT NULL")
    with serving(server.children, environment | own) as served:
        body = {"title": "canary-title", "text": ""}
        answer = served.call("POST", "/notes", someone(), body=body)
        assert answer.json["detail"] == "The request could not be served."
        assert answer.status == 500
        (line,) = [line for line in served.log() if line["event"] == "failed"]
        assert (line["error"], line["what"]) == ("PDOException", "SQLSTATE 22001")
        assert "canary" not in served.output.read_text()


@pytest.mark.parametrize("name", ["RDS_HOSTNAME", "RDS_DB_NAME", "RDS_USERNAME", "RDS_PASSWORD"])
def test_a_missing_property_is_told_to_the_log_only(server: Server, environment: dict[str, str], name: str) -> None:
    with serving(server.children, environment | {name: ""}) as broken:
        assert broken.call("GET", "/notes", someone()).json["detail"] == "The request could not be served."
        assert broken.log()[0]["what"] == f"the environment property {name} is not set"


def _prepared(server: Server, act: Callable[[], object]) -> int:
    """Return how many statements the server prepares meanwhile."""

    def count() -> int:
        return int(server.maria.execute("SHOW GLOBAL STATUS LIKE 'Com_stmt_prepare'").split()[1])

    before = count()
    act()
    return count() - before


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _greeting_server(*, offers_tls: bool) -> Iterator[tuple[int, list[bytes]]]:
    """Greet as a MySQL server does; keep what is sent in answer, and hang up."""
    capabilities = 0x8008_8209 | (0x800 if offers_tls else 0)  # the 4.1 protocol with plugins that sign in
    greeting = b"\x0a8.4.0\0" + struct.pack("<I", 1) + b"saltsalt\0" + struct.pack("<H", capabilities & 0xFFFF)
    greeting += b"\x2d" + struct.pack("<HH", 2, capabilities >> 16) + b"\x15" + b"\0" * 10
    greeting += b"saltsaltsalt\0mysql_native_password\0"
    heard: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.sendall(struct.pack("<I", len(greeting))[:3] + b"\0" + greeting)
                heard.append(connection.recv(_TLS_REQUEST_BYTES))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1], heard
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
