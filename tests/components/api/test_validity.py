"""What is asked of a document's form, and what is remembered of the answer."""

import sys
from pathlib import Path
from typing import Any

import pytest
from components.api.building import INTEGRATION, MOCK, document, operation

from pulumi_aws_mobile.api import validity
from pulumi_aws_mobile.api.settings import resolve
from pulumi_aws_mobile.api.validity import check_validity
from pulumi_aws_mobile.errors import ArgsError, Problems, show

GOOD = document({"/about": {"get": operation()}})


def refusals(described: Any) -> list[str]:  # noqa: ANN401 - any document
    problems = Problems()
    assert check_validity(described, "contributions.core", problems) is not bool(problems)
    return list(map(str, problems))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "pulumi-aws-mobile" / "openapi-validated"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what the validator is asked about, as it is asked."""
    seen: list[Any] = []
    ask = validity._ask
    monkeypatch.setattr(validity, "_ask", lambda described: seen.append(described) or ask(described))
    return seen


@pytest.mark.parametrize(
    ("described", "problem"),
    [
        (
            {**GOOD, "openapi": "3.1.0"},
            (
                'openapi: got "3.1.0"; allowed: 3.0.0 to 3.0.4: API Gateway imports neither 3.1 nor, here, 2.0; '
                "convert the document, and begin it with openapi: 3.0.3"
            ),
        ),
        (
            {"swagger": "2.0"},
            (
                'swagger: got "2.0"; allowed: 3.0.0 to 3.0.4: API Gateway imports neither 3.1 nor, here, 2.0; convert '
                "the document, and begin it with openapi: 3.0.3"
            ),
        ),
        (
            {"paths": {}},
            (
                "openapi: got nothing; allowed: 3.0.0 to 3.0.4: API Gateway imports neither 3.1 nor, here, 2.0; "
                "convert the document, and begin it with openapi: 3.0.3"
            ),
        ),
        (
            {**GOOD, "info": {"title": "Core"}},
            "info: got \"'version' is a required property\"; allowed: OpenAPI 3.0; correct the document",
        ),
        (
            document({"/about": {"get": {}}}),
            "paths./about.get: got \"'responses' is a required property\"; allowed: OpenAPI 3.0; correct the document",
        ),
        (
            document({"/about": {"get": operation(responses={"200": {"$ref": "#/components/responses/none"}})}}),
            (
                'paths./about.get.responses.200.$ref: got "#/components/responses/none"; allowed: references to what '
                "is in the document; correct it"
            ),
        ),
        (
            document({"/about": {"get": operation(responses={"200": {"$ref": "common.yaml#/ok"}})}}),
            (
                'paths./about.get.responses.200.$ref: got "common.yaml#/ok"; allowed: references to what is in the '
                "document; copy what it refers to into the document"
            ),
        ),
    ],
)
def test_a_document_that_is_not_openapi_3_0_is_refused(described: Any, problem: str) -> None:  # noqa: ANN401 - any document
    assert refusals(described) == [f"contributions.core.{problem}"]


def test_a_parameter_that_is_not_described_is_refused() -> None:
    assert refusals(document({"/notes/{id}": {"get": operation()}})) == [
        (
            "contributions.core: got \"Path parameter 'id' for 'get' operation in '/notes/{id}' was not resolved\"; "
            "allowed: OpenAPI 3.0; correct the document"
        )
    ]


def test_the_deepest_complaint_is_the_one_that_is_told() -> None:
    content = {"application/json": {"schema": {"type": "objekt"}}}
    (problem,) = refusals(
        document({"/about": {"get": operation(responses={"200": {"description": "", "content": content}})}})
    )
    assert problem.startswith("contributions.core.paths./about.get.responses.200.content.application/json.schema")
    assert "objekt" in problem


def test_a_document_is_asked_about_once(cache: Path, asked: list[Any]) -> None:
    assert (refusals(GOOD), refusals(dict(reversed(GOOD.items()))), len(asked)) == ([], [], 1)
    (mark,) = cache.iterdir()
    assert mark.read_bytes() == b""


def test_extensions_and_greedy_signs_are_not_the_validators_business(cache: Path, asked: list[Any]) -> None:
    del cache
    given = {"parameters": [{"name": "rest", "in": "path", "required": True, "schema": {"type": "string"}}]}
    described = document({"/files/{rest+}": {"get": operation(**given, **{INTEGRATION: MOCK})}})
    assert refusals(described) == []
    assert asked == [document({"/files/{rest}": {"get": operation(**given)}})]


def test_a_refused_document_is_not_remembered(cache: Path, asked: list[Any]) -> None:
    bad = {**GOOD, "info": {}}
    assert refusals(bad)
    assert refusals(bad)
    assert (len(asked), cache.exists()) == (2, False)


def test_another_version_of_the_validator_is_asked_anew(
    cache: Path, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    del cache
    for version in ("1.0", "2.0"):
        monkeypatch.setattr(validity.importlib.metadata, "version", lambda _, version=version: version)
        assert refusals(GOOD) == []
    assert len(asked) == 2


def test_a_cache_that_cannot_be_written_is_no_error(
    tmp_path: Path, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "a-file"
    taken.write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(taken))
    assert (refusals(GOOD), refusals(GOOD), len(asked)) == ([], [], 2)


def test_without_a_home_there_is_no_cache(asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", nowhere)
    assert (refusals(GOOD), refusals(GOOD), len(asked)) == ([], [], 2)


def test_a_document_that_was_valid_before_does_not_load_the_validator(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del cache
    assert refusals(GOOD) == []
    monkeypatch.setitem(sys.modules, "openapi_spec_validator", None)
    assert refusals(GOOD) == []
    with pytest.raises(ImportError):
        refusals({**GOOD, "info": {"title": "Another", "version": "1"}})


class FromFile:
    """A document in a file."""

    def __init__(self, folder: Path, name: str, text: str) -> None:
        self.path = folder / name
        self.path.write_text(text, encoding="utf-8")

    def refusals(self) -> list[str]:
        try:
            resolve("api", {"contributions": {"core": {"file": str(self.path)}}})
        except ArgsError as error:
            # A long path is shown in part.
            return [str(problem).replace(show(str(self.path)), '"core"') for problem in error.problems]
        return []


YAML = f"""\
openapi: 3.0.3
info: {{title: Core, version: "1"}}
paths:
  /about:
    get:
      summary: 2026-01-01
      responses:
        200: {{description: It worked}}
      {INTEGRATION}: {{type: mock}}
"""


def test_yaml_is_read_as_json_would_be(tmp_path: Path) -> None:
    assert FromFile(tmp_path, "core.yaml", YAML).refusals() == []


def test_json_is_read_too(tmp_path: Path) -> None:
    text = '{"openapi": "3.0.3", "info": {"title": "a", "version": "1"}, "paths": {"/a": {"get": {"responses": '
    text += '{"200": {"description": ""}}, "x-amazon-apigateway-integration": {"type": "mock"}}}}}'
    assert FromFile(tmp_path, "core.json", text).refusals() == []


def test_a_path_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    again = YAML + "  /about:\n    get: {responses: {200: {description: Again}}}\n"
    (problem,) = FromFile(tmp_path, "core.yaml", again).refusals()
    assert problem == (
        'contributions.core.file: got "core"; allowed: YAML or JSON; correct it: the key /about stands there twice in '
        '"<byte string>", line 10, column 3'
    )


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (
            "core.json",
            "{",
            (
                "allowed: YAML or JSON; correct it: Expecting property name enclosed in double quotes: line 1 column 2 "
                "(char 1)"
            ),
        ),
        ("core.yaml", "", "allowed: an OpenAPI document; begin it with openapi: 3.0.3"),
        ("core.yaml", "- a", "allowed: an OpenAPI document; begin it with openapi: 3.0.3"),
    ],
)
def test_a_file_that_holds_something_else_is_refused(tmp_path: Path, name: str, text: str, problem: str) -> None:
    (said,) = FromFile(tmp_path, name, text).refusals()
    assert said.startswith("contributions.core.file: got ")
    assert said.endswith(problem)


def test_yaml_that_is_none_is_refused(tmp_path: Path) -> None:
    (problem,) = FromFile(tmp_path, "core.yaml", "a: [").refusals()
    assert problem.startswith('contributions.core.file: got "core"; allowed: YAML or JSON; correct it: ')


def test_yaml_whose_aliases_lead_back_is_refused(tmp_path: Path) -> None:
    (problem,) = FromFile(tmp_path, "core.yaml", "a: &a [*a]").refusals()
    assert problem == (
        'contributions.core.file: got "core"; allowed: YAML or JSON; correct it: an alias leads back to what it is in '
        'in "<byte string>", line 1, column 4'
    )


def test_yaml_whose_aliases_multiply_is_refused(tmp_path: Path) -> None:
    lines = [
        "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]",
        *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)),
    ]
    (problem,) = FromFile(tmp_path, "core.yaml", "\n".join(lines)).refusals()
    assert problem == (
        'contributions.core.file: got "core"; allowed: YAML or JSON; correct it: aliases make it more than 1000000 '
        "values long"
    )
