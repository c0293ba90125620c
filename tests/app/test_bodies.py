"""A body that is no note never comes near the database."""

import pytest

from tests.app.core_api import Answer, CoreApi, someone

MAX_BYTES = 131_072
JSON = ("Content-Type", "application/json")


def post(api: CoreApi, raw: bytes, *headers: tuple[str, str]) -> Answer:
    return api.call("POST", "/notes", someone(), raw=raw, headers=list(headers))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b'{"title": "a", "text": "b",}',
        b"{'title': 'a'}",
        b"title=a&text=b",
        b"NaN",
        b'{"title": "\xff", "text": ""}',
        b'{"title": "\\ud800", "text": ""}',
        b'{"\\u0000title": "a", "text": ""}',
        b'\xef\xbb\xbf{"title": "a", "text": ""}',
        b'{"title": "a\nb", "text": ""}',
        b'{"title": ' + b"[" * 100 + b"]" * 100 + b"}",
        b"\0" * 100,
    ],
)
def test_malformed_json_is_400(api: CoreApi, raw: bytes) -> None:
    answer = post(api, raw, JSON)
    assert (answer.status, answer.json["detail"]) == (400, "The body is not valid JSON.")


@pytest.mark.parametrize("raw", [b"[]", b"[{}]", b"null", b"1", b'"title"', b"true"])
def test_json_that_is_no_object_is_400(api: CoreApi, raw: bytes) -> None:
    answer = post(api, raw, JSON)
    assert (answer.status, answer.json["detail"]) == (400, "The body has to be a JSON object.")


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json5",
        "application/json; charset=latin1",
        "application/xml, application/json",
    ],
)
def test_a_body_that_is_not_announced_as_json_is_415(api: CoreApi, kind: str | None) -> None:
    answer = post(api, b'{"title": "a", "text": "b"}', *([("Content-Type", kind)] if kind is not None else []))
    assert (answer.status, answer.json["detail"]) == (415, "Send a body with the Content-Type application/json.")


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"', "application/json "]
)
def test_json_may_be_announced_in_any_of_its_spellings(api: CoreApi, kind: str) -> None:
    assert post(api, b'{"title": "a", "text": "b"}', ("Content-Type", kind)).status == 201


def test_a_body_may_be_just_as_large_as_documented(api: CoreApi) -> None:
    note = b'{"title": "a", "text": "b"}'
    assert post(api, note + b" " * (MAX_BYTES - len(note)), JSON).status == 201


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 9 * 1024 * 1024])
@pytest.mark.parametrize(("method", "path"), [("POST", "/notes"), ("PUT", "/notes/1")])
def test_an_oversize_body_is_413(api: CoreApi, method: str, path: str, size: int) -> None:
    answer = api.call(method, path, someone(), raw=b" " * size, headers=[JSON])
    assert (answer.status, answer.json["detail"]) == (413, f"The body may have at most {MAX_BYTES} bytes.")


def test_an_oversize_body_of_nobody_is_401(api: CoreApi) -> None:
    assert api.call("POST", "/notes", raw=b" " * (MAX_BYTES + 1), headers=[JSON]).status == 401
