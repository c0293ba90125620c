"""The roles of this project's own stack hold what they make use of or have a reason for, and nothing else.

What it does not prove: that AWS asks for what the sandbox asks for; where it is known not to, the reason says so.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from aws_mobile_cli.privileges.command import measure
from aws_mobile_cli.privileges.journeys import play
from aws_mobile_cli.privileges.ledger import Ledger, Line
from aws_mobile_cli.privileges.reasons import OWN, read_reasons
from aws_mobile_cli.privileges.report import Report
from aws_mobile_cli.project import open_project
from aws_mobile_clients.data_sync.errors import UnavailableError
from pulumi_aws_mobile.data_sync import component
from pulumi_aws_mobile.statements import StatementArgs
from pulumi_aws_sandbox.runtime.access import uses

_ROOT = Path(__file__).parents[3]
_SYNC = "backend-data-api-role"
_TABLE = "table/backend-data-table"
Statements = Callable[[object], list[StatementArgs]]


@pytest.fixture(scope="module")
def report() -> Report:
    """Measure the local stack: its checks, and the loss of its Region."""
    return measure(_ROOT, "local", "eu-west-1", read_reasons(OWN))


def test_no_role_holds_what_nobody_uses_or_explains(report: Report) -> None:
    assert report.unexplained == []


def test_no_role_asks_for_what_it_does_not_hold(report: Report) -> None:
    assert report.unexpected == []


def test_every_reason_explains_something(report: Report) -> None:
    assert report.reasons.idle(report.ledger) == []


def test_a_stack_without_another_region_or_a_platform_is_explained_too() -> None:
    small = measure(_ROOT, "dev", None, read_reasons(OWN))
    assert small.journeys == ("the checks",)
    assert (small.unexplained, small.unexpected) == ([], [])


def test_functions_servers_recovery_and_users_were_all_measured(report: Report) -> None:
    using = {line.role for line in report.ledger.granted & report.ledger.used}
    assert using >= {
        _SYNC,
        "backend-identity-guests",
        "backend-identity-signed-in",
        "backend-web-instance-role",
        "healing-healer-role",
        "pair-recovery-role",
        "recovery-web-instance-role",
    }


def test_a_grant_too_many_and_one_too_few_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The role of the data's function gets a scan that it has no use for, and loses a query that it needs."""
    original: Statements = component.api_statements

    def changed(stored: object) -> list[StatementArgs]:
        first, *rest = original(stored)
        actions = [action for action in first["actions"] if action != "dynamodb:GetItem"]
        return [{**first, "actions": [*actions, "dynamodb:Scan"]}, *rest]

    monkeypatch.setattr(component, "api_statements", changed)
    ledger = Ledger(stacks=("local",))
    # The client of the check gives up where its function fails.
    with uses.recording() as kept, suppress(UnavailableError):
        play(open_project(_ROOT, "local"))
    ledger.add(kept)
    found = Report("", "local", (), ledger, read_reasons(OWN))
    assert Line(_SYNC, "dynamodb:Scan", _TABLE) in found.unexplained
    assert Line(_SYNC, "dynamodb:GetItem", _TABLE) in found.unexpected
    assert {line.role for line in found.unexpected} == {_SYNC}
