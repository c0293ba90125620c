"""The checks of sign-in follow the app's user through whatever the stack asks of them, and see what is wrong.

What they do not prove: that AWS behaves as the sandbox does.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import Answer

Run = Callable[..., Answer]
Write = Callable[..., Path]
SENDER = {"from_address": "us@example.com", "identity_arn": "arn:aws:ses:eu-west-1:123456789012:identity/example.com"}


def _backend(identity: dict[str, Any], files: dict[str, Any] | None = None) -> str:
    args = {"identity": identity, "user_files": files or {}}
    return f'from pulumi_aws_mobile import MobileBackend\nMobileBackend("app", {args!r})\n'


def _checks(answer: Answer) -> dict[str, bool]:
    return {f"{check['subject']} {check['claim']}": check["passed"] for check in answer.document["checks"]}


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        pytest.param(
            {"sign_in": ["username"], "standard_attributes": {"name": {}, "birthdate": {}}},
            "app-identity-pool confirms the user by the code that came",
            id="by a username, with more to tell",
        ),
        pytest.param(
            {"sign_in": ["phone"], "verification": ["sms"]},
            "app-identity-pool confirms the user by the code that came",
            id="by phone",
        ),
        pytest.param({"self_sign_up": False}, "app-identity-pool invites a user", id="by invitation"),
        pytest.param(
            {"mfa": {"mode": "required", "factors": ["totp"]}},
            "app-identity-pool signs the user in by SRP",
            id="with a second factor from the start",
        ),
        pytest.param(
            {"email": SENDER, "challenge": {"steps": ["email_code"]}},
            "app-identity-pool asks the app's own challenge",
            id="only by the app's own challenge",
        ),
        pytest.param(
            {"tier": "lite"},
            "app-identity-pool refreshes the tokens, and not once they are revoked",
            id="in the tier without rotating tokens",
        ),
    ],
)
def test_the_user_gets_through(aws_mobile: Run, project: Write, identity: dict[str, Any], expected: str) -> None:
    answer = aws_mobile("run", "--stack", "dev", "--json", folder=project(_backend(identity)))
    checks = _checks(answer)
    assert [claim for claim, passed in checks.items() if not passed] == []
    assert checks[expected]
    assert checks["app-identity-identity-pool turns the ID token into temporary credentials"]


def test_a_role_that_reaches_somebody_elses_files_is_seen(aws_mobile: Run, project: Write) -> None:
    name = "a-bucket-of-everybody"
    wide = {
        "actions": ["s3:PutObject", "s3:GetObject"],
        "resources": [f"arn:aws:s3:::{name}/private/*"],
    }
    program = _backend({"federation": {"signed_in_statements": [wide]}}, {"bucket_name": name})
    answer = aws_mobile("run", "--stack", "dev", "--json", folder=project(program))
    assert answer.code == 1
    checks = _checks(answer)
    assert not checks["app-files-bucket takes nothing for somebody else"]
    assert checks["app-files-bucket keeps a user's own file"]


def test_guests_who_are_let_in_are_told_from_those_who_are_not(aws_mobile: Run, project: Write) -> None:
    seen = []
    for guests in (False, True):
        folder = project(_backend({"federation": {"guests": guests}}))
        answer = aws_mobile("run", "--stack", "dev", "--json", folder=folder)
        (found,) = [check for check in answer.document["checks"] if check["claim"].startswith("treats guests")]
        assert found["passed"]
        seen.append(found["seen"])
    assert seen[0] == "AWS answers NotAuthorizedException"
    assert seen[1].startswith("guests allowed: eu-west-1:")
