"""What a function may be asked for, and what it is when nothing is said."""

from pathlib import Path
from typing import Any

import pytest
from components.function.building import Args, folder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.function import archive
from pulumi_aws_mobile.function.settings import resolve


def refusal(args: Args, name: str = "mail") -> str:
    with pytest.raises(ArgsError) as raised:
        resolve(name, args)
    return str(raised.value)


def test_defaults_are_filled_in(tmp_path: Path) -> None:
    found = resolve("mail", {"source": folder(tmp_path)})
    assert found.handler == "index.handle"
    assert (found.timeout_seconds, found.memory_mib, found.log_retention_days) == (10, 256, 90)
    assert found.reserved_concurrency is None
    assert found.alarm_topic_arn is None


def test_the_folder_must_be_given() -> None:
    assert (
        refusal({}) == 'Function "mail": 1 problem\n  source: got nothing; allowed: a text; give it; it has no default'
    )


def test_a_missing_folder_is_refused() -> None:
    assert refusal({"source": "nowhere"}) == (
        'Function "mail": 1 problem\n'
        '  source: got "nowhere"; allowed: a folder that exists; name the folder that holds the function\'s files'
    )


def test_an_empty_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "code").mkdir()
    monkeypatch.chdir(tmp_path)
    assert refusal({"source": "code"}) == (
        'Function "mail": 1 problem\n'
        '  source: got "code"; allowed: a folder with files; put the function\'s files there'
    )


def test_a_folder_that_lambda_would_not_take_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_MIB", 1)
    source = folder(tmp_path, {"index.py": f"def handle(event, context): ...\n#{'x' * 1024**2 * 2}"})
    assert refusal({"source": source}) == (
        'Function "mail": 1 problem\n'
        '  source: got "2 MiB"; allowed: files of at most 1 MiB together; leave out what the function does not need'
    )


def test_a_handler_without_its_file_is_refused(tmp_path: Path) -> None:
    assert refusal({"source": folder(tmp_path), "handler": "app.main.run"}) == (
        'Function "mail": 1 problem\n'
        '  handler: got "app.main.run"; allowed: a module in source; '
        "add app/main.py to the folder, or name another module"
    )


def test_a_handler_that_its_file_does_not_define_is_refused(tmp_path: Path) -> None:
    assert refusal({"source": folder(tmp_path), "handler": "index.handel"}) == (
        'Function "mail": 1 problem\n'
        '  handler: got "index.handel"; allowed: a function in index.py; define handel there, or name another one'
    )


def test_a_file_that_is_not_python_is_refused(tmp_path: Path) -> None:
    assert refusal({"source": folder(tmp_path, {"index.py": "def handle(event:\n"})}) == (
        'Function "mail": 1 problem\n'
        '  handler: got "index.handle"; allowed: a module that is Python; '
        "correct index.py: '(' was never closed (index.py, line 1)"
    )


@pytest.mark.parametrize(
    "text",
    [
        "handle = print\n",
        "handle: object = print\n",
        "from json import dumps as handle\n",
        "from json import *\n",
        "if True:\n    def handle(event, context): ...\n",
        "try:\n    x = 1\nexcept ValueError:\n    def handle(event, context): ...\n",
        "class handle: ...\n",
    ],
)
def test_a_handler_may_be_defined_in_any_way(tmp_path: Path, text: str) -> None:
    assert resolve("mail", {"source": folder(tmp_path, {"index.py": text})}).handler == "index.handle"


@pytest.mark.parametrize(
    ("handler", "file"),
    [
        ("app.handle", "app.py"),
        ("app.handle", "app/__init__.py"),
        ("app.mail.handle", "app/mail.py"),
        ("app/mail.handle", "app/mail.py"),
    ],
)
def test_a_handlers_module_may_lie_deeper(tmp_path: Path, handler: str, file: str) -> None:
    source = folder(tmp_path, {file: "def handle(event, context): ...\n"})
    assert resolve("mail", {"source": source, "handler": handler}).handler == handler


def test_figures_out_of_range_are_all_listed(tmp_path: Path) -> None:
    args = {
        "source": folder(tmp_path),
        "timeout_seconds": 901,
        "memory_mib": 64,
        "log_retention_days": 8,
        "reserved_concurrency": -1,
        "description": "x" * 257,
        "handler": "handle",
        "alarm_topic_arn": "alarms",
        "dead_letter_arn": "failed",
    }
    assert refusal(args) == (
        'Function "mail": 8 problems\n'
        "  timeout_seconds: got 901; allowed: 1 to 900 seconds; choose an allowed value\n"
        "  memory_mib: got 64; allowed: 128 to 10240 MiB; choose an allowed value\n"
        "  log_retention_days: got 8; allowed: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365 | 400 | 545 "
        "| 731 | 1096 | 1827 | 2192 | 2557 | 2922 | 3288 | 3653; choose an allowed value\n"
        "  reserved_concurrency: got -1; allowed: 0 to 10000 events; choose an allowed value\n"
        f'  description: got "{"x" * 78}…; allowed: at most 256 characters; choose an allowed value\n'
        '  handler: got "handle"; allowed: a module and a function, such as index.handle; choose an allowed value\n'
        '  alarm_topic_arn: got "alarms"; allowed: the ARN of an SNS topic; choose an allowed value\n'
        '  dead_letter_arn: got "failed"; allowed: the ARN of an SQS queue; choose an allowed value'
    )


def test_names_that_lambda_sets_itself_are_refused(tmp_path: Path) -> None:
    environment = {"AWS_REGION": "eu-west-1", "1st": "x", "TABLE_NAME": "users"}
    assert refusal({"source": folder(tmp_path), "environment": environment}) == (
        'Function "mail": 2 problems\n'
        '  environment.AWS_REGION: got "AWS_REGION"; allowed: names that Lambda does not set itself; '
        "choose another name\n"
        '  environment.1st: got "1st"; allowed: at least two letters, digits and underscores, a letter first; '
        "choose another name"
    )


def test_an_environment_that_is_too_large_is_refused(tmp_path: Path) -> None:
    assert refusal({"source": folder(tmp_path), "environment": {"TEXT": "x" * 4093}}) == (
        'Function "mail": 1 problem\n'
        '  environment: got "4097 bytes"; allowed: at most 4096 bytes; '
        "keep large values in a parameter or a file of the function"
    )


def test_permissions_for_everything_are_refused(tmp_path: Path) -> None:
    statements = [{"actions": ["dynamodb:PutItem"], "resources": ["*"]}, {"actions": ["s3:*"], "resources": []}]
    assert refusal({"source": folder(tmp_path), "statements": statements[:1]}) == (
        'Function "mail": 1 problem\n'
        '  statements[0].resources[0]: got "*"; allowed: ARNs, since dynamodb:PutItem knows resources; '
        "name the resources"
    )
    assert refusal({"source": folder(tmp_path), "statements": statements[1:]}) == (
        'Function "mail": 1 problem\n'
        '  statements[0].actions[0]: got "s3:*"; allowed: an IAM action without wildcards, for example s3:GetObject; '
        "choose an allowed value"
    )


def test_a_name_of_which_no_function_name_can_be_made_is_refused(tmp_path: Path) -> None:
    assert refusal({"source": folder(tmp_path)}, name="mail.sender") == (
        'Function "mail.sender": 1 problem\n'
        '  name: got "mail.sender"; allowed: 1 to 47 letters, digits, hyphens and underscores; '
        "rename the component: its function is named after it"
    )


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    timeout=st.integers(1, 900),
    memory=st.integers(128, 10240),
    reserved=st.none() | st.integers(0, 10_000),
    name=st.from_regex(r"[A-Za-z0-9_-]{1,47}", fullmatch=True),
)
def test_every_figure_in_range_is_kept(
    tmp_path: Path, timeout: int, memory: int, reserved: int | None, name: str
) -> None:
    args: Any = {
        "source": folder(tmp_path),
        "timeout_seconds": timeout,
        "memory_mib": float(memory),
        "reserved_concurrency": reserved,
    }
    found = resolve(name, args)
    assert (found.timeout_seconds, found.memory_mib, found.reserved_concurrency) == (timeout, memory, reserved)
