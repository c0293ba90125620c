"""A run says whether a stack keeps the policies, and whether another environment could stand beside it."""

from collections.abc import Callable
from pathlib import Path

from cli.conftest import Answer

Run = Callable[..., Answer]
Write = Callable[..., Path]

CLAIM = "can be cloned into an environment that shares no name and no address with it"
NAMED = 'import pulumi_aws as aws\naws.sns.Topic("topic", name="orders"{})\n'


def _said(aws_mobile: Run, folder: Path) -> dict[str, tuple[bool, str]]:
    document = aws_mobile("run", "--stack", "dev", "--json", folder=folder).document
    return {check["claim"]: (check["passed"], check["seen"]) for check in document["checks"]}


def _another(folder: Path) -> Path:
    (folder / "Pulumi.prod.yaml").write_text((folder / "Pulumi.dev.yaml").read_text())
    return folder


def test_a_name_that_is_there_once_stands_in_the_way_of_another_environment(aws_mobile: Run, project: Write) -> None:
    said = _said(aws_mobile, _another(project(NAMED.format(""))))
    assert said[CLAIM] == (False, "shared: aws:sns/topic:Topic orders in eu-west-1")


def test_a_name_of_the_stack_does_not(aws_mobile: Run, project: Write) -> None:
    program = "import pulumi\n" + NAMED.replace('"orders"', 'f"orders-{{pulumi.get_stack()}}"').format("")
    assert _said(aws_mobile, _another(project(program)))[CLAIM] == (True, "dev-clone: 1 resources")


def test_a_program_with_one_environment_is_not_asked(aws_mobile: Run, project: Write) -> None:
    assert CLAIM not in _said(aws_mobile, project(NAMED.format("")))


def test_a_broken_mandatory_rule_is_said_with_the_resource(aws_mobile: Run, project: Write) -> None:
    program = 'import pulumi_aws as aws\naws.kms.Key("key")\n'
    passed, seen = _said(aws_mobile, project(program))["keeps every mandatory policy"]
    assert not passed
    assert "kms-rotation key: enableKeyRotation: got nothing" in seen


def test_no_stack_file_is_written(aws_mobile: Run, project: Write) -> None:
    folder = _another(project(NAMED.format("")))
    before = sorted(path.name for path in folder.iterdir())
    _said(aws_mobile, folder)
    assert sorted(path.name for path in folder.iterdir() if path.name != "__pycache__") == before
