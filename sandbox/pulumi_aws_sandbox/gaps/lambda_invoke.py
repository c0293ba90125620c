"""Lambda's Invoke: the deployed code runs, where moto would start a container."""

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from pulumi_aws_sandbox.gaps.lambda_refusals import refuse
from pulumi_aws_sandbox.gaps.patching import replace

# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
SYNCHRONOUS_BYTES = 6 * 1024 * 1024
"""The largest event and the largest answer of an invocation that waits."""
ASYNCHRONOUS_BYTES = 256 * 1024
"""The largest event of an invocation that does not wait."""

Response = tuple[int, dict[str, str], bytes]


def fill() -> None:
    """Answer Invoke with what the function's own code answers."""
    from moto.awslambda.models import LambdaFunction  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.awslambda.responses import LambdaResponse  # noqa: PLC0415 - as above

    replace(LambdaResponse, "invoke", lambda _: _invoke)
    replace(LambdaResponse, "invoke_async", lambda _: _invoke_async)
    replace(LambdaFunction, "_invoke_lambda", lambda _: _run)


def _invoke(self: Any) -> Response:  # noqa: ANN401 - moto's own types
    name = unquote(self.path.rsplit("/", 2)[-2])
    function = self.backend.get_function(name, self._get_param("Qualifier"))
    kind = self.headers.get("X-Amz-Invocation-Type", "RequestResponse")
    if kind == "DryRun":
        return 204, {"status": "204"}, b""
    event = _event(self.body, ASYNCHRONOUS_BYTES if kind == "Event" else SYNCHRONOUS_BYTES)
    return _ANSWERS[kind](self, function, event)


def _answer_later(self: Any, function: Any, event: str) -> Response:  # noqa: ANN401 - moto's own types
    from pulumi_aws_sandbox.runtime import functions  # noqa: PLC0415 - it needs what this package offers

    functions.start(function, event, _client_context(self))
    return 202, {"status": "202"}, b""


def _answer(self: Any, function: Any, event: str) -> Response:  # noqa: ANN401 - moto's own types
    from pulumi_aws_sandbox.runtime import functions  # noqa: PLC0415 - it needs what this package offers

    outcome = functions.run(function, event, _client_context(self))
    headers = {"content-type": "application/json", "x-amz-executed-version": str(function.version)}
    if outcome.failed:
        headers["x-amz-function-error"] = "Unhandled"
    if self.headers.get("X-Amz-Log-Type") == "Tail":
        headers["x-amz-log-result"] = base64.b64encode(outcome.log_tail).decode()
    return 200, headers, outcome.payload


_ANSWERS: dict[str, Callable[[Any, Any, str], Response]] = {"Event": _answer_later, "RequestResponse": _answer}


def _invoke_async(self: Any) -> Response:  # noqa: ANN401 - moto's own types
    """Answer InvokeAsync, which is older than Invoke and does what its type Event does."""
    name = unquote(self.path.rstrip("/").rsplit("/", 2)[-2])
    return _answer_later(self, self.backend.get_function(name, None), _event(self.body, ASYNCHRONOUS_BYTES))


def _run(self: Any, event: Any = None) -> tuple[str, bool, str]:  # noqa: ANN401 - moto's own types
    """Run a function for another service of moto, which takes (answer, whether it failed, log)."""
    from pulumi_aws_sandbox.runtime import functions  # noqa: PLC0415 - it needs what this package offers

    outcome = functions.run(self, event if isinstance(event, str) else json.dumps(event))
    return outcome.payload.decode(), outcome.failed, outcome.log_tail.decode(errors="replace")


def _client_context(self: Any) -> str | None:  # noqa: ANN401 - moto's own types
    text = self.headers.get("X-Amz-Client-Context")
    return base64.b64decode(text).decode() if text else None


def _event(body: str | bytes, longest: int) -> str:
    """Return the event as JSON; refuse what is none or too long, as Lambda does."""
    raw = body.encode() if isinstance(body, str) else body
    if len(raw) > longest:
        message = f"{len(raw)} byte payload is too large for the function's invocation (limit {longest} bytes)"
        refuse("RequestTooLargeException", message, 413)
    try:
        text = raw.decode() or "{}"
        json.loads(text)
    except ValueError as error:
        message = f"Could not parse request body into json: {error}"
        refuse("InvalidRequestContentException", message)
    return text
