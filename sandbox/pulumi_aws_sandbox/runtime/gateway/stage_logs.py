"""What a stage writes: its access log in the format it was given, and errors of executions if it logs them."""

import logging
import threading
import time
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime.gateway.incoming import Passage
from pulumi_aws_sandbox.runtime.gateway.stages import Target
from pulumi_aws_sandbox.runtime.gateway.templates import TemplateError, log_format

_LOGGER = logging.getLogger(__name__)
_STREAM = "gateway"
# moto's streams are not made for several threads.
_LOCK = threading.Lock()


def write_access(target: Target, passage: Passage) -> None:
    """Write the line of one request to the stage's log group."""
    settings = target.stage.access_log_settings or {}
    group = _group_of(settings.get("destinationArn"))
    if not group or not settings.get("format"):
        return
    try:
        line = log_format(settings["format"]).render(passage)
    except TemplateError as error:
        _LOGGER.warning("access log of %s: %s", target.arn, error)
        return
    _write(target.region, group, line, create=False)


def write_error(target: Target, passage: Passage, why: str, *, callers: bool) -> None:
    """Say why a request failed: to whoever runs the sandbox, and in the execution log of a stage that has one.

    A failure of the `callers` is no concern of whoever runs the sandbox, unless they ask for it.
    """
    request_id = passage.context.get("requestId", "")
    _LOGGER.log(logging.INFO if callers else logging.WARNING, "%s %s: %s", target.arn, request_id, why)
    level = (target.stage.method_settings.get("*/*") or {}).get("loggingLevel", "OFF")
    if level in {"ERROR", "INFO"}:
        group = f"API-Gateway-Execution-Logs_{target.api_id}/{target.stage_name}"
        _write(target.region, group, f"({request_id}) Execution failed: {why}", create=True)


def _write(region: str, group: str, line: str, *, create: bool) -> None:
    backend = _logs(region)
    with _LOCK:
        if create:
            backend.ensure_log_group(group)
        found = backend.groups.get(group)
        if found is None:
            return
        if _STREAM not in found.streams:
            found.create_log_stream(_STREAM)
        # CloudWatch Logs takes no events of the future, however far a test has moved the sandbox's time.
        found.put_log_events(_STREAM, [{"timestamp": int(time.time() * 1000), "message": line}])


def _group_of(arn: str | None) -> str | None:
    """Return the log group of an ARN; a delivery stream is not written to."""
    if not arn or ":log-group:" not in arn:
        return None
    return arn.split(":log-group:", 1)[1].removesuffix(":*")


def _logs(region: str) -> Any:  # noqa: ANN401 - moto's own types
    from moto.logs.models import logs_backends  # noqa: PLC0415 - moto loads only when deploying

    return logs_backends[ACCOUNT][region]
