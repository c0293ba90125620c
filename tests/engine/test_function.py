"""A function under the real engine: its archive goes to the plugin, runs, and shows no difference that is none.

The story is played once, in order; each test looks at one moment of it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

PROGRAM = """
    import json
    from pathlib import Path

    import pulumi
    from pulumi_aws_mobile import Function

    greeter = Function("greeter", json.loads(Path("args.json").read_text()))
    pulumi.export("name", greeter.function_name)
"""
CODE = "import texts\ndef handle(event, context):\n    return texts.GREETING + event\n"


@dataclass(frozen=True)
class Story:
    """What was seen at each moment."""

    first_up: Run
    first_answer: Any
    second_up: Run
    refresh: Run
    moved: Run
    changed: Run
    second_answer: Any
    destroy: Run
    functions_left: list[str]


@pytest.fixture(scope="module")
def story(make_workspace: Callable[..., Workspace], operator: aws.Connection) -> Story:
    seen: dict[str, Any] = {}
    workspace = make_workspace()
    workspace.write(PROGRAM)
    _write_code(workspace, "code", "hello ")
    _write_args(workspace, "code")
    seen["first_up"] = workspace.up()
    seen["first_answer"] = _answer(workspace, operator)
    seen["second_up"] = workspace.up("--expect-no-changes")
    seen["refresh"] = workspace.drift()
    _write_code(workspace, "elsewhere", "hello ")
    (workspace.directory / "elsewhere" / "__pycache__").mkdir()
    (workspace.directory / "elsewhere" / "__pycache__" / "index.cpython-313.pyc").write_bytes(b"compiled")
    _write_args(workspace, str(workspace.directory / "elsewhere"))
    seen["moved"] = workspace.up("--expect-no-changes")
    _write_code(workspace, "elsewhere", "good day ")
    seen["changed"] = workspace.up()
    seen["second_answer"] = _answer(workspace, operator)
    seen["destroy"] = workspace.destroy()
    listed = operator("lambda").list_functions()["Functions"]
    seen["functions_left"] = [each["FunctionName"] for each in listed if each["FunctionName"].startswith("greeter")]
    return Story(**seen)


def _write_code(workspace: Workspace, name: str, greeting: str) -> None:
    folder = workspace.directory / name
    folder.mkdir(exist_ok=True)
    (folder / "index.py").write_text(CODE, encoding="utf-8")
    (folder / "texts.py").write_text(f"GREETING = {greeting!r}\n", encoding="utf-8")


def _write_args(workspace: Workspace, source: str) -> None:
    args = {"source": source, "timeout_seconds": 60}
    (workspace.directory / "args.json").write_text(json.dumps(args), encoding="utf-8")


def _answer(workspace: Workspace, operator: aws.Connection) -> Any:  # noqa: ANN401 - any JSON
    answer = operator("lambda").invoke(FunctionName=workspace.outputs()["name"], Payload=b'"you"')
    return json.load(answer["Payload"])


def test_a_deployed_function_runs(story: Story) -> None:
    assert story.first_up.code == 0, story.first_up.output
    assert story.first_answer == "hello you"


def test_a_second_update_changes_nothing(story: Story) -> None:
    assert story.second_up.code == 0, story.second_up.output
    assert story.second_up.changes == {}


def test_a_refresh_finds_the_function_as_it_is(story: Story) -> None:
    assert story.refresh.code == 0, story.refresh.output


def test_the_same_files_in_another_folder_change_nothing(story: Story) -> None:
    assert story.moved.code == 0, story.moved.output
    assert story.moved.changes == {}


def test_new_code_updates_the_function_in_place(story: Story) -> None:
    assert story.changed.code == 0, story.changed.output
    assert story.changed.changes == {"greeter-function": "update"}
    assert story.changed.changed_properties("greeter-function") == {"code"}
    assert story.second_answer == "good day you"


def test_nothing_is_left_of_it(story: Story) -> None:
    assert story.destroy.code == 0, story.destroy.output
    assert story.functions_left == []
