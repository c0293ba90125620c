"""The user's own functions: asked with the events that Cognito would have sent them."""

import json
from collections.abc import Mapping
from typing import Any

from .clients import client_for


class OwnFunctionError(Exception):
    """The function refused or failed, in its own words."""


def invoke(function_arn: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """Return the event as the function returned it; raise `OwnFunctionError` if it did not return it."""
    reply = client_for("lambda", function_arn).invoke(FunctionName=function_arn, Payload=json.dumps(event).encode())
    returned = json.loads(reply["Payload"].read() or b"null")
    if reply.get("FunctionError"):
        raise OwnFunctionError(_message(returned))
    if not isinstance(returned, dict) or not isinstance(returned.get("response"), dict):
        message = "The function did not return the event"
        raise OwnFunctionError(message)
    return returned


def _message(returned: object) -> str:
    told = returned.get("errorMessage") if isinstance(returned, dict) else None
    return str(told) if told else "The function failed"
