"""The journeys that are measured: a deployment with every check, and the loss of a Region."""

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from aws_mobile_cli.checks import Days, run_checks
from aws_mobile_cli.exits import Exit, UsageError
from aws_mobile_cli.owner import hold_what_is_named, verify_senders
from aws_mobile_cli.project import Project
from pulumi_aws_sandbox.aging import age_bucket
from pulumi_aws_sandbox.aws import Connection, in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks, PreviewMocks
from pulumi_aws_sandbox.runtime.access import uses
from pulumi_aws_sandbox.runtime.access.uses import Uses

_PAIR = "aws-mobile:index:DRPair"


def deploy(project: Project) -> Uses:
    """Deploy a stack, check it, and return what its roles made use of."""
    with uses.recording() as found:
        play(project)
    return found


def play(project: Project) -> None:
    """Deploy a stack to a sandbox of its own and make every check of `aws-mobile run`, whatever it finds."""
    planned = project.run(PreviewMocks(project.region), preview=True)
    with in_process(project.region) as clients:
        hold_what_is_named(planned)
        recording = project.run(DeployMocks(Sandbox(clients)), preview=False)
        verify_senders(recording, clients)
        for _ in run_checks(recording, clients, _calendar(clients)):
            pass


def losable(project: Project) -> str | None:
    """Return the Region of a stack, if it has another to recover in."""
    planned = project.run(PreviewMocks(project.region), preview=True)
    return project.region if planned.of_type(_PAIR) else None


def lose(folder: Path, stack: str, region: str) -> Uses:
    """Lose a Region as `aws-mobile drill` does, and return what the roles made use of."""
    from aws_mobile_cli.drill.command import Options, drill  # noqa: PLC0415 - loads much that only a drill needs

    with uses.recording() as found, _silence():
        ended = drill(folder, stack, Options(region, tick_seconds=15.0), as_json=True)
    if ended == Exit.USAGE:
        message = f"--lose {region}: there is no drill of it, so nothing was measured"
        raise UsageError(message)
    return found


@contextmanager
def _silence() -> Iterator[None]:
    with redirect_stdout(io.StringIO()):
        yield


def _calendar(clients: Connection) -> Days:
    """Return what lets days go by for a bucket."""
    ages: dict[str, int] = {}

    def reach(bucket: str, age_days: int) -> None:
        age_bucket(clients, bucket, age_days - ages.get(bucket, 0))
        ages[bucket] = age_days

    return reach
