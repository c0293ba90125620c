"""`aws-mobile run`: deploy a stack to the sandbox, then look at what stands there."""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pulumi_aws_mobile.testing import Recorded, Recording
from pulumi_aws_sandbox.aging import age_bucket
from pulumi_aws_sandbox.aws import Connection, in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks, PreviewMocks

from .checks import Days, run_checks
from .checks.environments import check_environment
from .exits import Exit, UsageError
from .failures import answered
from .keep import CLIENT_FILES, addresses, answering, client_files, page_served, refuse_folder, until_stopped
from .owner import hold_what_is_named, verify_senders
from .pages import refuse_unwritable, write_page
from .plan import plain
from .policies import policy_config
from .progress import Checking, Progress, show_end, show_kept, show_outputs, show_report, show_story
from .project import Project, open_project
from .report import Notes, page
from .story import untold


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a run besides."""

    html: Path | None = None
    """Where to write the report."""
    keep: bool = False
    """Whether it stands until it is stopped."""
    port: int = 0
    """Where AWS answers meanwhile; 0 picks a free port."""
    client_files: Path | None = None
    """Where to write the files that apps load, while it stands."""
    verbose: bool = False
    """Whether every check is shown."""


@answered
def run(folder: Path, stack: str, wish: Wish, *, as_json: bool) -> Exit:
    """Deploy the stack to an AWS inside this process, check it through AWS's API and print the outputs.

    Nothing is left of it afterwards, however it ends, but the report if a file is named for it.
    """
    _check(wish)
    project = open_project(folder, stack)
    started = time.monotonic()
    planned = project.run(PreviewMocks(project.region), preview=True)
    config = policy_config(project, None)
    with in_process(project.region) as clients, _listening(wish) as aws:
        hold_what_is_named(planned)
        notes = Notes()
        recording = _deploy(project, planned, Sandbox(clients), notes, quiet=as_json)
        verify_senders(recording, clients)
        deployed = time.monotonic()
        notes.start()
        checks = run_checks(recording, clients, _calendar(clients))
        with Checking(verbose=wish.verbose, quiet=as_json) as checking:
            for check in chain(check_environment(project, recording, config), checks):
                checking.made(notes.checked(check))
        checked = time.monotonic()
        if wish.html is not None:
            write_page(page(notes.report(project, recording)), wish.html)
        with _kept(project, recording, notes, aws, wish.client_files) as where:
            if as_json:
                _print(project, recording, notes, where)
            else:
                _show(recording, notes, (deployed - started, checked - deployed), wish.html, where)
            if where:
                until_stopped()
    return Exit.OK if all(check.passed for check, _ in notes.timed) else Exit.FOUND


def _check(wish: Wish) -> None:
    """Refuse what cannot be, before anything long has begun."""
    if wish.html is not None:
        refuse_unwritable(wish.html)
    if wish.port and not wish.keep:
        message = "--port is where AWS answers while a run is kept; give --keep as well"
        raise UsageError(message)
    if wish.client_files is not None:
        if not wish.keep:
            message = "--client-files leads apps to a run while it is kept; give --keep as well"
            raise UsageError(message)
        refuse_folder(wish.client_files)


@contextmanager
def _listening(wish: Wish) -> Iterator[str]:
    """Give the URL at which AWS answers; an empty one if nobody is to reach it."""
    if not wish.keep:
        yield ""
        return
    with answering(wish.port) as url:
        yield url


@contextmanager
def _kept(
    project: Project, recording: Recording, notes: Notes, aws: str, files: Path | None
) -> Iterator[Mapping[str, str]]:
    """Give the addresses of what is kept; none if nothing is."""
    if not aws:
        yield {}
        return
    where = addresses(recording, aws)
    with (
        client_files(recording, project.stack, files) as folder,
        page_served(lambda: page(notes.report(project, recording, where)), folder) as url,
    ):
        where["page"] = url
        if folder is not None:
            where["client files"] = str(folder) if files else f"{url}{CLIENT_FILES}"
        yield where


def _print(project: Project, recording: Recording, notes: Notes, where: Mapping[str, str]) -> None:
    json.dump(_document(project, recording, notes) | ({"addresses": where} if where else {}), sys.stdout)
    sys.stdout.write("\n")
    sys.stdout.flush()


def _show(
    recording: Recording,
    notes: Notes,
    seconds: tuple[float, float],
    html: Path | None,
    where: Mapping[str, str],
) -> None:
    show_outputs(plain(recording.stack_outputs))
    show_story(recording, notes.chapters)
    failed = sum(not check.passed for check, _ in notes.timed)
    show_end(len(notes.timed), failed, *seconds, kept=bool(where))
    if html is not None:
        show_report(html)
    if where:
        show_kept(where)


def _deploy(project: Project, planned: Recording, sandbox: Sandbox, notes: Notes, *, quiet: bool) -> Recording:
    """Run the program against the sandbox; if AWS refuses, say what stood by then and raise what it said."""
    with Progress(planned, quiet=quiet) as progress:

        def created(resource: Recorded) -> None:
            notes.created(resource)
            progress.created(resource)

        try:
            return project.run(DeployMocks(sandbox), preview=False, on_resource=created)
        except Exception as error:
            error.add_note(progress.so_far())
            raise


def _calendar(clients: Connection) -> Days:
    """Return what lets days go by for a bucket."""
    ages: dict[str, int] = {}

    def reach(bucket: str, age_days: int) -> None:
        age_bucket(clients, bucket, age_days - ages.get(bucket, 0))
        ages[bucket] = age_days

    return reach


def _document(project: Project, recording: Recording, notes: Notes) -> dict[str, Any]:
    unchecked, absent = untold(recording, notes.chapters)
    return {
        "project": project.name,
        "stack": project.stack,
        "resources": [
            {"urn": resource.urn, "type": resource.type, "name": resource.name, "id": resource.id}
            for resource in recording
            if resource.custom
        ],
        "outputs": plain(recording.stack_outputs),
        "systems": [chapter.document() for chapter in notes.chapters],
        "unchecked": [system.number for system in unchecked],
        "absent": [system.number for system in absent],
        "checks": [
            {
                "system": check.system.number,
                "subject": check.subject,
                "claim": check.claim,
                "passed": check.passed,
                "seen": check.seen,
            }
            for check, _ in notes.timed
        ],
    }
