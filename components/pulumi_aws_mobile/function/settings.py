"""Decides what a function is made of: defaults filled in, every problem found, nothing registered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.limits import QUEUE_ARN, REGION, TOPIC_ARN, Between, Limits, Matching, OneOf
from pulumi_aws_mobile.network.settings import RETENTION_DAYS
from pulumi_aws_mobile.statements import LIMITS as STATEMENT_LIMITS
from pulumi_aws_mobile.statements import StatementArgs, check_statements

from . import archive
from .args import FunctionArgs

LONGEST_NAME = 47
"""What is left of the 64 characters of a function's name besides `-function` and what makes it unique."""
RESERVED_VARIABLES = frozenset(
    {
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_DEFAULT_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "LAMBDA_RUNTIME_DIR",
        "LAMBDA_TASK_ROOT",
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
    }
)
"""The environment variables that Lambda sets itself.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"""
_ENVIRONMENT_BYTES = 4096

LIMITS: Limits = {
    **STATEMENT_LIMITS,
    FunctionArgs: {
        "handler": Matching(
            r"[A-Za-z0-9_/-]+(\.[A-Za-z0-9_]+)*\.[A-Za-z_][A-Za-z0-9_]*",
            "a module and a function, such as index.handle",
        ),
        "description": Matching(r"[^\x00]{0,256}", "at most 256 characters"),
        "timeout_seconds": Between(1, 900, "seconds"),
        "memory_mib": Between(128, 10240, "MiB"),
        "log_retention_days": OneOf(RETENTION_DAYS),
        "reserved_concurrency": Between(0, 10_000, "events"),
        "alarm_topic_arn": TOPIC_ARN,
        "dead_letter_arn": QUEUE_ARN,
        "region": REGION,
    },
}


@dataclass(frozen=True, slots=True)
class FunctionSettings:
    """What a function is made of."""

    files: Mapping[str, Path]
    handler: str
    description: str | None
    environment: Mapping[str, pulumi.Input[str]]
    statements: tuple[StatementArgs, ...]
    timeout_seconds: int
    memory_mib: int
    log_retention_days: int
    reserved_concurrency: int | None
    alarm_topic_arn: pulumi.Input[str] | None
    dead_letter_arn: pulumi.Input[str] | None
    region: str | None
    tags: Mapping[str, pulumi.Input[str]]


def resolve(name: str, args: FunctionArgs) -> FunctionSettings:
    """Return the settings of the function `name`; raise an `ArgsError` with every problem of `args`."""
    problems = Problems()
    given = read_args(FunctionArgs, args, LIMITS, problems)
    handler = given.get("handler", "index.handle")
    check_name(name, LONGEST_NAME, problems)
    files = _files(given.get("source"), problems)
    if files and not problems.touches("handler"):
        _check_handler(handler, files, problems)
    _check_environment(given.get("environment", {}), problems)
    if not problems.touches("statements"):
        check_statements(given.get("statements", ()), "statements", problems)
    problems.raise_for(f'Function "{name}"')
    return FunctionSettings(
        files=files,
        handler=handler,
        description=given.get("description"),
        environment=given.get("environment", {}),
        statements=tuple(given.get("statements", ())),
        timeout_seconds=given.get("timeout_seconds", 10),
        memory_mib=given.get("memory_mib", 256),
        log_retention_days=given.get("log_retention_days", 90),
        reserved_concurrency=given.get("reserved_concurrency"),
        alarm_topic_arn=given.get("alarm_topic_arn"),
        dead_letter_arn=given.get("dead_letter_arn"),
        region=given.get("region"),
        tags=given.get("tags", {}),
    )


def check_name(name: str, longest: int, problems: Problems) -> None:
    """Note a name that a function, or what is named after its component, cannot have."""
    if len(name) > longest or not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        problems.add(
            "name",
            name,
            f"1 to {longest} letters, digits, hyphens and underscores",
            "rename the component: its function is named after it",
        )


def _files(source: str | None, problems: Problems) -> dict[str, Path]:
    """Return the files of the function; note what is wrong with the folder."""
    if source is None:
        return {}
    folder = Path(source)
    if not folder.is_dir():
        problems.add("source", source, "a folder that exists", "name the folder that holds the function's files")
        return {}
    files = archive.list_files(folder)
    if not files:
        problems.add("source", source, "a folder with files", "put the function's files there")
    size = archive.size_bytes(files)
    if size > archive.LARGEST_MIB * 1024**2:
        allowed = f"files of at most {archive.LARGEST_MIB} MiB together"
        problems.add("source", f"{size // 1024**2} MiB", allowed, "leave out what the function does not need")
    return files


def _check_handler(handler: str, files: Mapping[str, Path], problems: Problems) -> None:
    """Note a handler whose file or function is not there: Lambda would say so only when the function is called."""
    candidates = archive.module_files(handler)
    file = next((files[each] for each in candidates if each in files), None)
    function = handler.rpartition(".")[2]
    if file is None:
        fix = f"add {candidates[0]} to the folder, or name another module"
        problems.add("handler", handler, "a module in source", fix)
        return
    try:
        defined = archive.defines(file, function)
    except (SyntaxError, ValueError) as error:
        problems.add("handler", handler, "a module that is Python", f"correct {file.name}: {error}")
        return
    if not defined:
        problems.add("handler", handler, f"a function in {file.name}", f"define {function} there, or name another one")


def _check_environment(environment: Mapping[str, Any], problems: Problems) -> None:
    for name in environment:
        where = f"environment.{name}"
        if name in RESERVED_VARIABLES:
            problems.add(where, name, "names that Lambda does not set itself", "choose another name")
        elif not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]+", name):
            allowed = "at least two letters, digits and underscores, a letter first"
            problems.add(where, name, allowed, "choose another name")
    known = {name: value for name, value in environment.items() if isinstance(value, str)}
    size = sum(len(name.encode()) + len(value.encode()) for name, value in known.items())
    if size > _ENVIRONMENT_BYTES:
        fix = "keep large values in a parameter or a file of the function"
        problems.add("environment", f"{size} bytes", f"at most {_ENVIRONMENT_BYTES} bytes", fix)
