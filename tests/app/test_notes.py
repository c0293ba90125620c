"""A user's notes: written, read, listed, changed and deleted, by that user alone."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.core_api import Answer, Caller, CoreApi, document, someone

NOTE = {"title": "Groceries", "text": "Milk, bread"}
NOT_THERE = "/notes/019aad5e-5a1c-7c3e-9b1f-2f6f0c8d7e55"
# Every character that UTF-8 can carry; alone, halves of surrogate pairs are none.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def write(api: CoreApi, caller: Caller, **fields: str) -> dict[str, Any]:
    answer = api.call("POST", "/notes", caller, body=NOTE | fields)
    assert answer.status == 201
    return answer.json


def faults(answer: Answer) -> tuple[int, dict[str, str]]:
    return answer.status, {error["field"]: error["detail"] for error in answer.json.get("errors", [])}


def test_a_note_is_written_and_read_again(api: CoreApi) -> None:
    caller = someone()
    written = api.call("POST", "/notes", caller, body=NOTE)
    note = written.json
    assert {name: note[name] for name in ("title", "text", "version")} == NOTE | {"version": 1}
    assert (written.headers["Location"], written.headers["ETag"]) == (f"notes/{note['id']}", '"1"')
    read = api.call("GET", f"/notes/{note['id']}", caller)
    assert (read.status, read.json, read.headers["ETag"]) == (200, note, '"1"')


def test_a_note_is_written_anew(api: CoreApi) -> None:
    caller = someone()
    note = write(api, caller)
    answer = api.call("PUT", f"/notes/{note['id']}", caller, body={"title": "Done", "text": ""})
    changed = answer.json
    assert answer.headers["ETag"] == '"2"'
    assert changed == note | {"title": "Done", "text": "", "version": 2, "updated_at": changed["updated_at"]}
    assert changed["updated_at"] >= note["updated_at"]
    assert api.call("GET", f"/notes/{note['id']}", caller).json == changed


def test_a_note_is_deleted_once(api: CoreApi) -> None:
    caller = someone()
    path = f"/notes/{write(api, caller)['id']}"
    answer = api.call("DELETE", path, caller)
    assert (answer.status, answer.text) == (204, "")
    assert [api.call(method, path, caller).status for method in ("GET", "DELETE")] == [404, 404]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_anothers_note_looks_like_none_at_all(api: CoreApi, method: str) -> None:
    owner = someone()
    path = f"/notes/{write(api, owner)['id']}"
    body = NOTE if method == "PUT" else None
    theirs, nobodys = api.call(method, path, someone(), body=body), api.call(method, NOT_THERE, someone(), body=body)
    assert (theirs.status, theirs.json) == (nobodys.status, nobodys.json)
    assert theirs.json == {"status": 404, "title": "Not Found", "detail": "There is no such note."}
    assert api.call("GET", path, owner).json["version"] == 1


@pytest.mark.parametrize("name", ["1", "'%20OR%20'1'='1", "%", "019AAD5E-5A1C-7C3E-9B1F-2F6F0C8D7E55", "a" * 5000])
def test_what_cannot_be_an_id_is_no_note(api: CoreApi, name: str) -> None:
    assert api.call("GET", f"/notes/{name}", someone()).json["detail"] == "There is no such note."


def test_a_list_has_the_callers_notes_only(api: CoreApi) -> None:
    caller, other = someone(), someone()
    mine, theirs = write(api, caller), write(api, other)
    assert api.call("GET", "/notes", caller).json == {"notes": [mine]}
    assert api.call("GET", "/notes", other).json == {"notes": [theirs]}


def test_pages_go_from_the_newest_note_to_the_oldest(api: CoreApi) -> None:
    caller = someone()
    written = [write(api, caller, title=str(number))["title"] for number in range(5)]
    titles, query = [], "?limit=2"
    for length in (2, 2, 1):
        page = api.call("GET", f"/notes{query}", caller).json
        assert len(page["notes"]) == length
        titles += [note["title"] for note in page["notes"]]
        query = f"?limit=2&after={page.get('next')}"
    assert "next" not in page
    assert titles == written[::-1]


def test_a_page_that_holds_all_has_no_next(api: CoreApi) -> None:
    caller = someone()
    notes = [write(api, caller), write(api, caller)]
    assert api.call("GET", "/notes?limit=2", caller).json == {"notes": notes[::-1]}


def test_a_page_has_twenty_notes_unless_asked_for_more(api: CoreApi) -> None:
    caller = someone()
    for _ in range(21):
        write(api, caller)
    assert len(api.call("GET", "/notes", caller).json["notes"]) == 20
    assert len(api.call("GET", "/notes?limit=100", caller).json["notes"]) == 21


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1.5", "1e2", "", "ten", "1000000000000000000000", "%201"])
def test_a_limit_out_of_range_is_named(api: CoreApi, limit: str) -> None:
    answer = api.call("GET", f"/notes?limit={limit}", someone())
    assert answer.json["detail"] == "Some parameters are not valid."
    assert faults(answer) == (400, {"limit": "has to be a whole number from 1 to 100"})


@pytest.mark.parametrize("query", ["limit[]=1", "limit[a]=1"])
def test_a_list_where_a_number_belongs_is_named(api: CoreApi, query: str) -> None:
    assert faults(api.call("GET", f"/notes?{query}", someone()))[1].keys() == {"limit"}


@pytest.mark.parametrize("query", ["after=1", "after=", "after[]=1", "after=' OR 1=1"])
def test_a_cursor_that_is_none_is_named(api: CoreApi, query: str) -> None:
    answer = api.call("GET", f"/notes?{query.replace(' ', '%20')}", someone())
    assert faults(answer) == (400, {"after": "has to be the next of the page before"})


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, {"title": "is missing", "text": "is missing"}),
        ({"title": "a"}, {"text": "is missing"}),
        ({"title": "", "text": ""}, {"title": "has to have at least 1 character"}),
        ({"title": None, "text": 1}, {"title": "has to be a string", "text": "has to be a string"}),
        ({"title": ["a"], "text": {}}, {"title": "has to be a string", "text": "has to be a string"}),
        (NOTE | {"owner": "me"}, {"owner": "is not a field of a note"}),
        (NOTE | {"0": "me", "": 1}, {"0": "is not a field of a note", "": "is not a field of a note"}),
        (NOTE | {"id": "x", "version": 7}, dict.fromkeys(("id", "version"), "is not a field of a note")),
    ],
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/notes"), ("PUT", NOT_THERE)])
def test_each_field_at_fault_is_named(
    api: CoreApi, method: str, path: str, body: dict[str, Any], named: dict[str, str]
) -> None:
    answer = api.call(method, path, someone(), body=body)
    assert answer.json["detail"] == "Some fields of the body are not valid."
    assert faults(answer) == (400, named)


def test_many_unknown_fields_get_a_short_answer(api: CoreApi) -> None:
    body = NOTE | {f"{number}{'x' * 1000}": 1 for number in range(100)}
    answer = api.call("POST", "/notes", someone(), body=body)
    assert len(answer.json["errors"]) == 5
    assert len(answer.text) < 2000


@pytest.mark.parametrize("field", ["title", "text"])
@pytest.mark.parametrize("letter", ["a", "é", "😀"])
def test_a_field_may_be_as_long_as_documented(api: CoreApi, field: str, letter: str) -> None:
    most = document()["components"]["schemas"]["NoteInput"]["properties"][field]["maxLength"]
    assert write(api, someone(), **{field: letter * most})[field] == letter * most
    answer = api.call("POST", "/notes", someone(), body=NOTE | {field: letter * (most + 1)})
    assert faults(answer) == (400, {field: f"may have at most {most} characters"})


def test_the_longest_note_in_its_longest_spelling_is_taken(api: CoreApi) -> None:
    assert len(write(api, someone(), title="😀" * 200, text="😀" * 10_000)["text"]) == 10_000


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE notes; --",
        '" OR ""="',
        "?, :name, %s, ${x}",
        "\\'; SELECT SLEEP(9) #",
        "\\",
        "/*!50000 UNION SELECT */",
        "`notes`",
        "%_",
        "\0\x1a\b",
        "<script>alert(1)</script>",
        "\u2028\u202e\ufeff",
        " leading and trailing ",
    ],
)
def test_what_means_something_to_sql_is_only_text(api: CoreApi, text: str) -> None:
    caller = someone()
    note = write(api, caller, title=text, text=text)
    assert (note["title"], note["text"]) == (text, text)
    assert api.call("GET", f"/notes/{note['id']}", caller).json == note
    assert api.call("PUT", f"/notes/{note['id']}", caller, body={"title": text, "text": text}).json["text"] == text
    assert len(api.call("GET", "/notes", caller).json["notes"]) == 1


@given(title=TEXTS.filter(bool).map(lambda text: text[:200]), text=TEXTS)
def test_any_text_is_kept_as_it_is(api: CoreApi, title: str, text: str) -> None:
    caller = someone()
    note = write(api, caller, title=title, text=text)
    assert api.call("GET", f"/notes/{note['id']}", caller).json == note
    assert (note["title"], note["text"]) == (title, text)


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"', '"7", "1"', "*", ' "1" ', '"7",W/"1"'])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_note_that_is_as_the_client_knows_it_is_changed(api: CoreApi, method: str, tag: str) -> None:
    caller = someone()
    path = f"/notes/{write(api, caller)['id']}"
    body = NOTE if method == "PUT" else None
    assert api.call(method, path, caller, body=body, headers=[("If-Match", tag)]).status in {200, 204}


@pytest.mark.parametrize("tag", ['"2"', '"01"', '"x"', '""', 'W/"2"', '"2", "3"'])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_note_that_has_changed_is_left_alone(api: CoreApi, method: str, tag: str) -> None:
    caller = someone()
    note = write(api, caller)
    body = NOTE if method == "PUT" else None
    answer = api.call(method, f"/notes/{note['id']}", caller, body=body, headers=[("If-Match", tag)])
    assert (answer.status, answer.headers["ETag"]) == (412, '"1"')
    assert answer.json["detail"] == "The note has changed since. Read it again."
    assert api.call("GET", f"/notes/{note['id']}", caller).json == note


@pytest.mark.parametrize("tag", ["1", '"1', "", '"1"2', '"1",', 'w/"1"', '"1", *'])
def test_an_if_match_that_is_no_tag_is_refused(api: CoreApi, tag: str) -> None:
    answer = api.call("DELETE", NOT_THERE, someone(), headers=[("If-Match", tag)])
    assert answer.json["detail"] == "The header If-Match has to hold the ETag of the note, or *."
    assert answer.status == 400


def test_of_devices_that_write_at_once_one_gets_through(api: CoreApi) -> None:
    caller = someone()
    path = f"/notes/{write(api, caller)['id']}"
    with ThreadPoolExecutor(4) as devices:
        for version in range(1, 11):

            def put(text: str, known: str = f'"{version}"') -> Answer:
                return api.call("PUT", path, caller, body=NOTE | {"text": text}, headers=[("If-Match", known)])

            answers = list(devices.map(put, "abcd"))
            assert sorted(answer.status for answer in answers) == [200, 412, 412, 412]
            (kept,) = [answer.json for answer in answers if answer.status == 200]
            assert api.call("GET", path, caller).json == kept
