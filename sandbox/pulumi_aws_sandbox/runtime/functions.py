"""Runs what was deployed as Lambda functions, with the rights of their own roles.

Functions run while `running` lasts: in a sandbox of this process and behind a server alike. Their environment is
their own and nothing of this process's; AWS is this sandbox's AWS; nothing else is within their reach but this machine.
"""

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT, Connection
from pulumi_aws_sandbox.runtime import endpoint, function_logs, given_up
from pulumi_aws_sandbox.runtime.access.policies import Principal, Question, evaluate
from pulumi_aws_sandbox.runtime.current import Current
from pulumi_aws_sandbox.runtime.function_environment import plan_of, session_of, variables_of
from pulumi_aws_sandbox.runtime.function_logs import LogStream
from pulumi_aws_sandbox.runtime.plan import Plan
from pulumi_aws_sandbox.runtime.worker_pool import Key, ThrottledError, WorkerPool
from pulumi_aws_sandbox.runtime.worker_process import Worker

ANSWER_BYTES = 6_291_556
"""The largest answer of a function, by Lambda's own message."""

_LAST_SECONDS = 30
_DENIED = "AccessDeniedException"
_INVOKE = "lambda:InvokeFunction"


class FunctionFailedError(Exception):
    """A function failed, or could not be invoked."""

    def __init__(self, error_type: str, message: str) -> None:
        """Say which kind of error and what was wrong."""
        self.error_type = error_type
        self.message = message
        super().__init__(f"{error_type}: {message}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an invocation gives back."""

    payload: bytes
    failed: bool
    log_tail: bytes


@contextmanager
def running(server_url: str | None = None) -> Iterator[None]:
    """Let functions run until the block ends, against `server_url` or else the AWS in this process."""
    runtime = _Runtime(server_url)
    with closing(runtime), _current.holding(runtime):
        yield


def invoke(
    region: str,
    function: str,
    event: Any,  # noqa: ANN401 - any JSON
    *,
    as_service: str | None = None,
    source_arn: str | None = None,
) -> Any:  # noqa: ANN401 - any JSON
    """Return what a function, by its name or ARN, makes of an event; raise `FunctionFailedError` if it fails.

    As an AWS service, it is refused unless the function's own policy lets that service invoke it for that source.
    """
    with _told_as_failures():
        return _answer(run(_admitting(region, function, as_service, source_arn), json.dumps(event)))


def hand_over(region: str, function: str, event: Any, *, as_service: str, source_arn: str) -> Any:  # noqa: ANN401 - any JSON
    """Do as `invoke` for a service that waits for no answer: an event that fails goes where the function wants it."""
    with _told_as_failures():
        return _answer(_run_unawaited(_admitting(region, function, as_service, source_arn), json.dumps(event)))


def run(function: Any, event: str, client_context: str | None = None) -> Outcome:  # noqa: ANN401 - moto's own type
    """Run a function of moto's for an event given as JSON, and write its log."""
    return _current.require().run(function, event, client_context)


def start(function: Any, event: str, client_context: str | None = None) -> None:  # noqa: ANN401 - moto's own type
    """Run a function for an event whose answer nobody waits for."""
    _current.require().start(function, event, client_context)


def warm(region: str, function: str) -> None:
    """Start an environment for the first event of a function, by its name or ARN, and wait until its code is loaded.

    Lambda itself may do so at any time. What is wrong with the code is told to whoever invokes it first.
    https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
    """
    _current.require().warm(_function(region, function))


def forget(function: Any) -> None:  # noqa: ANN401 - moto's own type
    """End what still waits for events of a function that is gone."""
    if _current.held is not None:
        _current.held.pool.forget(_unversioned(function))


class _Runtime:
    """The functions that run in one sandbox."""

    def __init__(self, server_url: str | None) -> None:
        self._url = server_url
        self._stack = ExitStack()
        self._lock = threading.Lock()
        self._finished = threading.Condition()
        self._under_way = 0
        self.pool = WorkerPool(self._begin)

    def run(self, function: Any, event: str, client_context: str | None) -> Outcome:  # noqa: ANN401 - moto's own type
        """Run a function for one event."""
        from pulumi_aws_sandbox.gaps.lambda_refusals import refuse  # noqa: PLC0415 - moto loads only when deploying

        plan = plan_of(function)
        request_id = str(uuid.uuid4())
        reserved = function.reserved_concurrency
        key: Key = (_unversioned(function), plan.version)
        try:
            with self._counted(), self.pool.lent(key, plan, None if reserved is None else int(reserved)) as worker:
                answer = worker.ask(request_id, event, plan.arn, client_context)
                log = function_logs.lines(plan, request_id, answer)
                worker.log.write(log)
        except ThrottledError:
            refuse("TooManyRequestsException", "Rate Exceeded.", 429)
        if len(answer.payload) > ANSWER_BYTES:
            text = f"Response payload size exceeded maximum allowed payload size ({ANSWER_BYTES} bytes)."
            error = {"errorMessage": text, "errorType": "Function.ResponseSizeTooLarge"}
            return Outcome(json.dumps(error).encode(), failed=True, log_tail=function_logs.tail(log))
        return Outcome(answer.payload, answer.failed, function_logs.tail(log))

    def start(self, function: Any, event: str, client_context: str | None) -> None:  # noqa: ANN401 - moto's own type
        """Run a function in the background."""
        threading.Thread(target=self._unattended_run, args=(function, event, client_context), daemon=True).start()

    def warm(self, function: Any) -> None:  # noqa: ANN401 - moto's own type
        """Start an environment unless there is one, and wait until its code is loaded."""
        plan = plan_of(function)
        worker = self.pool.warm((_unversioned(function), plan.version), plan)
        if worker is not None:
            worker.wait(_LAST_SECONDS)

    def close(self) -> None:
        """End all that runs; whoever waits for it is told before AWS is gone."""
        self.pool.close()
        with self._finished:
            self._finished.wait_for(lambda: self._under_way == 0, _LAST_SECONDS)
        self._stack.close()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Count what is under way."""
        with self._finished:
            self._under_way += 1
        try:
            yield
        finally:
            with self._finished:
                self._under_way -= 1
                self._finished.notify_all()

    def _unattended_run(self, *invocation: Any) -> None:  # noqa: ANN401 - the arguments of `run`
        try:
            _run_unawaited(*invocation)
        except Exception:  # noqa: BLE001 - nobody waits for it; its log says what was wrong
            return

    def _begin(self, plan: Plan) -> Worker:
        """Start an execution environment with credentials of the function's role."""
        url = self._reachable_url()
        session = session_of(plan)
        credentials = session.access_key_id, session.secret_access_key, session.session_token
        own = "" if plan.log_group == f"/aws/lambda/{plan.name}" else plan.name
        stream = f"{datetime.now(UTC):%Y/%m/%d}/{own}[{plan.version}]{uuid.uuid4().hex}"
        logs = Connection(plan.region, url, credentials)
        variables = variables_of(plan, url, credentials, stream)
        return Worker(plan, LogStream(logs, plan.log_group, stream), variables, session.expires_at.timestamp())

    def _reachable_url(self) -> str:
        """Return where functions find AWS; an AWS in this process gets an address when the first function runs."""
        with self._lock:
            if self._url is None:
                self._url = self._stack.enter_context(endpoint.listening())
            return self._url


_current: Current[_Runtime] = Current()
"""The runtime of the sandbox that was started last."""


def _function(region: str, name_or_arn: str) -> Any:  # noqa: ANN401 - moto's own type
    from moto.awslambda.models import lambda_backends  # noqa: PLC0415 - moto loads only when deploying

    if name_or_arn.startswith("arn:"):
        region = name_or_arn.split(":")[3]
    return lambda_backends[ACCOUNT][region].get_function(name_or_arn)


@contextmanager
def _told_as_failures() -> Iterator[None]:
    """Raise what moto refuses as `FunctionFailedError`."""
    from moto.awslambda.exceptions import LambdaClientError  # noqa: PLC0415 - moto loads only when deploying

    try:
        yield
    except LambdaClientError as error:
        raise FunctionFailedError(error.error_type, error.message) from error


def _admitting(region: str, invoked: str, service: str | None, source_arn: str | None) -> Any:  # noqa: ANN401 - moto's own type
    """Return a function of moto's that lets `service`, where there is one, invoke it."""
    function = _function(region, invoked)
    if service is not None:
        _require_permission(function, invoked, service, source_arn)
    return function


def _run_unawaited(function: Any, event: str, client_context: str | None = None) -> Outcome:  # noqa: ANN401 - moto's own type
    """Run a function whose answer nobody waits for.

    It is tried once. Lambda tries three times, some minutes apart, and here no time passes by itself.
    """
    outcome = run(function, event, client_context)
    if outcome.failed:
        given_up.put_aside(function, event, outcome.payload)
    return outcome


def _answer(outcome: Outcome) -> Any:  # noqa: ANN401 - any JSON
    result = json.loads(outcome.payload)
    if outcome.failed:
        raise FunctionFailedError(result["errorType"], result["errorMessage"])
    return result


def _unversioned(function: Any) -> str:  # noqa: ANN401 - moto's own type
    return ":".join(function.function_arn.split(":")[:7])


def _require_permission(function: Any, invoked: str, service: str, source_arn: str | None) -> None:  # noqa: ANN401 - moto's own type
    """Refuse a service that the function's policy does not name, or does not for this source."""
    arn = invoked if invoked.startswith("arn:") else function.function_arn
    context = {"aws:sourceaccount": ACCOUNT} | ({"aws:sourcearn": source_arn} if source_arn else {})
    document = {"Version": "2012-10-17", "Statement": function.policy.statements}
    question = Question(_INVOKE, arn, context, Principal(service=service))
    if evaluate([document], question, resource_based=True).effect == "Allow":
        return
    message = (
        f"User: {service} is not authorized to perform: {_INVOKE} on resource: {arn} because no resource-based policy "
        f"allows the {_INVOKE} action"
    )
    raise FunctionFailedError(_DENIED, message)
