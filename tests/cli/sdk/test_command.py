"""`aws-mobile sdk` says what it made, and refuses before it writes anything."""

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from aws_mobile_cli.__main__ import main
from aws_mobile_cli.sdk import arguments
from aws_mobile_cli.sdk.generator import GenerationError, generate
from aws_mobile_cli.sdk.packages import LANGUAGES

_OPERATION = """{
    "operationId": "NAME",
    "responses": {"200": {"description": "", "content": {"application/json": {"schema": {
        "$ref": "#/components/schemas/Note"}}}}},
    "x-amazon-apigateway-integration": {"type": "mock"},
}"""
_PROGRAM = """
import pulumi
from pulumi_aws_mobile import Api

document = {
    "openapi": "3.0.3",
    "info": {"title": "Notes", "version": "1"},
    "paths": {"/note": {"get": OPERATION}},
    "components": {"schemas": {"Note": {"type": "object", "properties": {"title": {"type": "string"}}}}},
}
for name in NAMES:
    Api(name, {"contributions": {"notes": {"document": document}}})
"""


def _program(names: str = '["app"]', operation: str = "getNote") -> str:
    return _PROGRAM.replace("OPERATION", _OPERATION.replace("NAME", operation)).replace("NAMES", names)


Write = Callable[..., Path]


def _run(folder: Path, *words: str, language: str = "typescript") -> int:
    return main(
        [
            "sdk",
            "--project",
            str(folder),
            "--stack",
            "dev",
            "--language",
            language,
            "--out",
            str(folder / "out"),
            *words,
        ]
    )


def test_it_says_what_it_made(project: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(_program())
    assert _run(folder, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "api": "app",
        "operations": 1,
        "clients": {"typescript": f"{folder}/out/typescript"},
    }


def test_the_package_has_the_given_url_and_name(project: Write) -> None:
    folder = project(_program())
    assert _run(folder, "--url", "https://a.example.com/live", "--name", "Shop_Client") == 0
    package = folder / "out/typescript"
    assert json.loads((package / "openapi.json").read_text())["servers"] == [{"url": "https://a.example.com/live"}]
    assert json.loads((package / "package.json").read_text())["name"] == "shop-client"
    assert '"https://a.example.com/live"' in (package / "src/api/runtime.ts").read_text()


def test_a_second_language_leaves_the_first(project: Write) -> None:
    folder = project(_program())
    assert [_run(folder, language="typescript"), _run(folder, language="swift")] == [0, 0]
    assert sorted(place.name for place in (folder / "out").iterdir()) == ["swift", "typescript"]


def test_the_same_document_gives_the_same_files(project: Write) -> None:
    folder = project(_program())
    found: list[Mapping[str, bytes]] = []
    for _ in range(2):
        assert _run(folder, language="all") == 0
        files = sorted(file for file in (folder / "out").rglob("*") if file.is_file())
        found.append({str(file): file.read_bytes() for file in files})
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("program", "words", "message"),
    [
        ("", [], 'the stack "dev" has no API to make clients of'),
        (
            _program('["app", "shop"]'),
            [],
            'the stack "dev" has several APIs; name one with --api: app, shop',
        ),
        (_program(), ["--api", "shop"], 'the stack "dev" has no API "shop"; it has: app'),
        (
            _program(),
            ["--url", "app.example.com"],
            (
                '--url "app.example.com" is no URL of an API; give what the output api.url says, for example '
                "https://HOST/live"
            ),
        ),
        (
            _program(),
            ["--name", "9"],
            '"9" cannot name a package; give --name 1 to 64 letters, digits and hyphens, a letter first',
        ),
        (
            _program(operation="delete"),
            [],
            (
                "OpenAPI document: 1 problem\n"
                '  paths./note.get.operationId: got "delete"; allowed: lower case first, then letters and digits, '
                "and no "
                "word of Kotlin, Swift or TypeScript; rename it, for example listNotes"
            ),
        ),
    ],
    ids=["no API", "several APIs", "another API", "no URL", "no name", "not expressible"],
)
def test_it_refuses_before_it_writes(
    project: Write, capsys: pytest.CaptureFixture[str], program: str, words: list[str], message: str
) -> None:
    folder = project(program)
    assert _run(folder, *words) == 2
    assert capsys.readouterr().err == f"aws-mobile: {message}\n"
    assert not (folder / "out").exists()


def test_one_of_several_apis_can_be_named(project: Write) -> None:
    folder = project(_program('["app", "shop"]'))
    assert _run(folder, "--api", "shop") == 0
    assert json.loads((folder / "out/typescript/openapi.json").read_text())["info"]["title"] == "shop"


def test_without_java_it_says_what_is_missing(
    project: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(_program())
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert _run(folder) == 2
    assert capsys.readouterr().err == (
        "aws-mobile: the client generator needs a Java runtime from 11 on, and there is no `java` in JAVA_HOME or on "
        "PATH; install one, for example openjdk-17-jre-headless\n"
    )


def test_without_the_generator_it_says_how_to_get_it(
    project: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(_program())
    monkeypatch.setattr("aws_mobile_cli.sdk.generator._PACKAGE", "no_such_package")
    assert _run(folder) == 2
    assert capsys.readouterr().err == (
        "aws-mobile: the client generator is not installed; pip install 'pulumi-aws-mobile[sandbox,sdk]'\n"
    )


def test_a_generator_that_fails_leaves_nothing(
    project: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(_program())

    def failed(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, "", "out of memory")

    monkeypatch.setattr("aws_mobile_cli.sdk.generator.subprocess.run", failed)
    assert _run(folder) == 3
    assert capsys.readouterr().err == ("aws-mobile: the client generator failed with exit code 1:\nout of memory\n")
    assert not (folder / "out").exists()


def test_a_generator_that_cannot_start_is_a_failure(tmp_path: Path) -> None:
    asked = {"typescript": LANGUAGES["typescript"].generator}
    with pytest.raises(GenerationError) as raised:
        generate([str(tmp_path / "java")], {}, asked, tmp_path)
    assert str(raised.value) == (
        f"the client generator could not run: [Errno 2] No such file or directory: '{tmp_path}/java'"
    )


def test_a_name_that_the_generator_changes_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "src/api/apis").mkdir(parents=True)
    (tmp_path / "src/api/models").mkdir()
    (tmp_path / "src/api/apis/BackendApi.ts").write_text("async getNote_() {}")
    document: Any = {
        "paths": {"/note": {"get": {"operationId": "getNote"}}},
        "components": {"schemas": {"Note": {"properties": {}}, "Title": {"type": "string"}}},
    }
    language = LANGUAGES["typescript"]
    assert [*language._lost_operations(tmp_path, document), *language._lost_schemas(tmp_path, document)] == [
        "getNote",
        "Note",
    ]


def test_the_command_line_knows_every_language() -> None:
    assert set(arguments.languages("all")) == set(LANGUAGES)
