"""Which path and method lead where, and what every answer has."""

import re
from pathlib import Path

import pytest

from pulumi_aws_sandbox.runtime.child_processes import Children
from tests.app.conftest import Server
from tests.app.core_api import NOBODY, CoreApi, serving, someone


def test_health_answers_without_any_database(children: Children) -> None:
    with serving(children, {}) as alone:
        answer = alone.call("GET", "/health")
    assert (answer.status, answer.json) == (200, {"status": "ok"})


def test_about_tells_the_version_of_the_bundle_and_the_instance(api: CoreApi) -> None:
    assert api.call("GET", "/about", NOBODY).json == {"version": "1.0.0", "instance": "i-0123456789abcdef0"}


def test_about_tells_the_version_that_the_environment_gives(children: Children) -> None:
    with serving(children, {"APP_VERSION": "2.1.0", "INSTANCE_ID": "i-2"}) as second:
        assert second.call("GET", "/about").json == {"version": "2.1.0", "instance": "i-2"}


def test_the_stage_in_front_of_a_path_is_taken_away(api: CoreApi) -> None:
    assert api.call("GET", "/live/about").json == api.call("GET", "/about").json


@pytest.mark.parametrize("path", ["/", "/live", "/lively/about", "/live/live/about", "/nothing", "/notes/", "//notes"])
def test_an_unknown_path_is_404(api: CoreApi, path: str) -> None:
    answer = api.call("GET", path, someone())
    assert answer.status == 404
    assert answer.json == {"status": 404, "title": "Not Found", "detail": "There is nothing at this path."}


@pytest.mark.parametrize("path", ["/index.php", "/index.php/about", "/../VERSION", "/notes.json", "/%2e%2e/VERSION"])
def test_no_file_is_served(api: CoreApi, path: str) -> None:
    assert api.call("GET", path, someone()).json["detail"] == "There is nothing at this path."


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/notes", "GET, POST, HEAD"),
        ("POST", "/notes/1", "GET, PUT, DELETE, HEAD"),
        ("POST", "/me", "GET, HEAD"),
        ("PATCH", "/live/about", "GET, HEAD"),
        ("TRACE", "/health", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_405_with_the_right_ones(api: CoreApi, method: str, path: str, allowed: str) -> None:
    answer = api.call(method, path, someone(), raw=b"")
    assert (answer.status, answer.headers["Allow"]) == (405, allowed)
    assert answer.json["detail"] == f"This path answers to {allowed}."


def test_head_answers_like_get_without_the_body(api: CoreApi) -> None:
    answer = api.call("HEAD", "/about")
    assert (answer.status, answer.headers["Content-Type"], answer.text) == (200, "application/json", "")


@pytest.mark.parametrize("path", ["/about", "/nothing"])
def test_no_answer_may_be_cached_or_tells_what_runs_here(api: CoreApi, path: str) -> None:
    headers = api.call("GET", path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Powered-By" not in headers


def test_an_answer_has_the_id_of_its_line_in_the_log(api: CoreApi) -> None:
    identity = someone()
    asked = api.call("GET", "/notes/one-that-is-not-there?after=canary", identity).headers["X-Request-Id"]
    assert re.fullmatch(r"[0-9a-f]{16}", asked)
    (line,) = [line for line in api.log() if line["request_id"] == asked]
    assert (line.pop("milliseconds") >= 0, bool(line.pop("time"))) == (True, True)
    assert line == {
        "level": "info",
        "event": "request",
        "request_id": asked,
        "method": "GET",
        "route": "/notes/{id}",
        "status": 404,
    }


def test_where_php_gives_up_there_is_an_answer_all_the_same(
    server: Server, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "little.ini").write_text("memory_limit = 2M")
    caller = someone()
    server.maria.execute(
        f"USE {environment['RDS_DB_NAME']}",
        f"SET @owner = '{caller.identity_id}'",
        "INSERT INTO notes SELECT @owner, UUID(), 'a', REPEAT('a', 60000), 1, NOW(), NOW() FROM seq_1_to_40",
    )
    with serving(server.children, environment | {"PHP_INI_SCAN_DIR": f":{tmp_path}"}) as little:
        answer = little.call("GET", "/notes?limit=40", caller)
        (line,) = [line for line in little.log() if line["event"] == "fatal"]
    assert (answer.status, answer.json["detail"]) == (500, "The request could not be served.")
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert line["what"].startswith("Allowed memory size of 2097152 bytes exhausted")


def test_health_checks_do_not_fill_the_log(api: CoreApi) -> None:
    asked = api.call("GET", "/health").headers["X-Request-Id"]
    assert [line for line in api.log() if line["request_id"] == asked] == []
