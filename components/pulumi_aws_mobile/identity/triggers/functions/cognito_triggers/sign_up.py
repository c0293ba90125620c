"""Asks for a solved CAPTCHA of whoever registers, then asks the user's own function.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
"""

import os
from typing import Any

from .captcha import solved
from .own_functions import invoke

TOKEN = "captcha"  # noqa: S105 - the name under which the token comes
_BY_ITSELF = "PreSignUp_SignUp"
"""An administrator, and an identity provider's user, see no CAPTCHA."""


class SignUpRefusedError(Exception):
    """Whoever registers did not solve the CAPTCHA."""


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer Cognito's event PreSignUp; raise to refuse the registration."""
    if event.get("triggerSource") == _BY_ITSELF:
        request = event["request"]
        given = {**(request.get("clientMetadata") or {}), **(request.get("validationData") or {})}
        if not solved(str(given.get(TOKEN) or "")):
            message = "The CAPTCHA was not solved"
            raise SignUpRefusedError(message)
    hook = os.environ.get("HOOK_ARN")
    return invoke(hook, event) if hook else event
