"""The result as people and machines read it."""

import pytest

from aws_mobile_cli.privileges.ledger import Ledger, Line
from aws_mobile_cli.privileges.reasons import Reason, Reasons
from aws_mobile_cli.privileges.report import Report, show

_USED = Line("app", "s3:PutObject", "box/*")
_SELDOM = Line("app", "s3:GetObject", "box/*")
_NEVER = Line("app", "s3:DeleteObject", "box/*")
_VAIN = Line("guest", "s3:PutObject", "box/a")


def _report(*, granted: set[Line], refused: dict[Line, str] | None = None) -> Report:
    reasons = Reasons(
        unused=(Reason(("app",), ("s3:GetObject",), "Only now and then."),),
        refused=(Reason(("guest",), ("s3:GetObject",), "Tried."),),
    )
    ledger = Ledger(granted=granted, used={_USED}, refused=refused or {})
    return Report("shop", "dev", ("the checks",), ledger, reasons)


def test_grants_that_are_used_or_explained_pass() -> None:
    assert _report(granted={_USED, _SELDOM}).passed


def test_a_grant_without_use_and_reason_does_not_pass() -> None:
    report = _report(granted={_USED, _NEVER})
    assert not report.passed
    assert report.unexplained == [_NEVER]


def test_a_refusal_that_nobody_expects_does_not_pass() -> None:
    report = _report(granted={_USED}, refused={_VAIN: "because", Line("guest", "s3:GetObject", "box/a"): "because"})
    assert not report.passed
    assert report.unexpected == [_VAIN]


def test_machines_read_every_grant_with_its_reason() -> None:
    report = _report(granted={_USED, _SELDOM, _NEVER}, refused={_VAIN: "because"})
    assert report.document() == {
        "project": "shop",
        "stack": "dev",
        "journeys": ["the checks"],
        "roles": [
            {
                "role": "app",
                "grants": [
                    {"action": "s3:DeleteObject", "resource": "box/*", "used": False, "reason": None},
                    {"action": "s3:GetObject", "resource": "box/*", "used": False, "reason": "Only now and then."},
                    {"action": "s3:PutObject", "resource": "box/*", "used": True, "reason": None},
                ],
            }
        ],
        "refused": [
            {"role": "guest", "action": "s3:PutObject", "resource": "box/a", "message": "because", "reason": None}
        ],
        "unexplained": 1,
        "unexpected": 1,
    }


def test_people_see_a_row_for_each_role_and_what_has_no_reason(capsys: pytest.CaptureFixture[str]) -> None:
    show(_report(granted={_USED, _SELDOM, _NEVER}, refused={_VAIN: "because"}), every=False)
    head, row, *rest = capsys.readouterr().out.splitlines()
    assert head.split("  ")[0].strip() == "role"
    assert row.split() == ["app", "3", "1", "1", "1"]
    assert rest == [
        "",
        "Granted, never used, and no reason is documented:",
        "  app: s3:DeleteObject on box/*",
        "",
        "Asked for and refused, which is not expected:",
        "  guest: s3:PutObject on box/a",
        "",
        "1 role with 3 grants; the checks made use of 1; 1 has a reason, 1 has none",
    ]


def test_people_see_every_reason_if_they_ask(capsys: pytest.CaptureFixture[str]) -> None:
    show(_report(granted={_USED, _SELDOM}), every=True)
    assert capsys.readouterr().out.splitlines()[2:] == [
        "",
        "Unused, with a reason:",
        "  Only now and then.",
        "    app: s3:GetObject on box/*",
        "",
        "1 role with 2 grants; the checks made use of 1; 1 has a reason, 0 have none",
    ]
