"""Reasons are read from files, explain lines of a ledger, and are refused where they say nothing."""

from pathlib import Path

import pytest

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.privileges.ledger import Ledger, Line
from aws_mobile_cli.privileges.reasons import OWN, read_reasons

_FILE = """
unused:
  - roles: "*-worker"
    actions: [s3:GetObject, s3:PutObject]
    resources: box/*
    reason: Only now
      and then.
refused:
  - roles: guest
    actions: s3:GetObject
    reason: Tried, to see it refused.
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "reasons.yaml"
    path.write_text(text)
    return path


def test_a_reason_explains_lines_of_its_roles_actions_and_resources(tmp_path: Path) -> None:
    reasons = read_reasons(_write(tmp_path, _FILE))
    assert reasons.why_unused(Line("app-worker", "s3:GetObject", "box/a")) == "Only now and then."
    assert reasons.why_unused(Line("app", "s3:GetObject", "box/a")) is None
    assert reasons.why_unused(Line("app-worker", "s3:DeleteObject", "box/a")) is None
    assert reasons.why_unused(Line("app-worker", "s3:GetObject", "chest/a")) is None
    assert reasons.why_refused(Line("guest", "s3:GetObject", "anything")) == "Tried, to see it refused."
    assert reasons.why_refused(Line("app-worker", "s3:GetObject", "box/a")) is None


def test_a_reason_that_explains_nothing_is_idle(tmp_path: Path) -> None:
    reasons = read_reasons(_write(tmp_path, _FILE))
    used = Line("app-worker", "s3:GetObject", "box/a")
    assert reasons.idle(Ledger(granted={used}, used={used})) == [*reasons.unused, *reasons.refused]
    ledger = Ledger(granted={used}, refused={Line("guest", "s3:GetObject", "box/a"): ""})
    assert reasons.idle(ledger) == []


def test_two_files_hold_together(tmp_path: Path) -> None:
    reasons = read_reasons(_write(tmp_path, _FILE))
    both = reasons + reasons
    assert (len(both.unused), len(both.refused)) == (2, 2)


def test_actions_of_the_librarys_own_reasons_are_spelled_out() -> None:
    wild = {
        action
        for reason in read_reasons(OWN).unused
        for action in reason.actions
        if "*" in action and not all(each.startswith("policy/") for each in reason.resources)
    }
    assert wild == set()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[]", "got []; allowed: a mapping of unused and refused to lists"),
        ("other: []", "got {'other': []}; allowed: a mapping of unused and refused to lists"),
        ("unused: 1", "unused: got 1; allowed: a list"),
        ("unused: [1]", "unused[0]: got 1; allowed: roles, actions, reason and, if wanted, resources"),
        (
            "unused: [{roles: a, why: c}]",
            "unused[0]: got {'roles': 'a', 'why': 'c'}; allowed: roles, actions, reason and, if wanted, resources",
        ),
        ("unused: [{actions: b, reason: c}]", "unused[0].roles: got None; allowed: a pattern or a list of them"),
        ("refused: [{roles: a, actions: []}]", "refused[0].actions: got []; allowed: a pattern or a list of them"),
        ("refused: [{roles: a, actions: b}]", "refused[0].reason: got None; allowed: a sentence that says why"),
    ],
)
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = _write(tmp_path, text)
    with pytest.raises(UsageError) as raised:
        read_reasons(path)
    assert str(raised.value) == f"{path}: {problem}"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        read_reasons(tmp_path / "none.yaml")
    assert str(raised.value).startswith(f"{tmp_path / 'none.yaml'}: cannot be read as YAML: ")
