"""A Pulumi project in a directory of its own, and the real engine to run it with."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

from pulumi_aws_sandbox.plugin import shell

_LONGEST_RUN_SECONDS = 300


@dataclass(frozen=True)
class Run:
    """What one command of the engine did."""

    code: int
    """The exit code; 255 for a failure that the engine reports."""
    output: str = field(repr=False)
    """Standard output and standard error."""
    events: list[dict[str, Any]] = field(repr=False)
    """The engine's own account."""

    @property
    def steps(self) -> dict[str, str]:
        """What was done, or would be, to each resource by its logical name: `same`, `create`, `update`, …"""
        return {_name(step["urn"]): step["op"] for step in self._metadata("resourcePreEvent")}

    @property
    def changes(self) -> dict[str, str]:
        """The steps that change something."""
        return {name: step for name, step in self.steps.items() if step not in {"same", "read", "refresh"}}

    @property
    def done(self) -> dict[str, str]:
        """The steps that were finished."""
        return {_name(step["urn"]): step["op"] for step in self._metadata("resOutputsEvent")}

    @property
    def errors(self) -> list[str]:
        """The errors that were reported."""
        found = (event["diagnosticEvent"] for event in self.events if "diagnosticEvent" in event)
        return [entry["message"].strip() for entry in found if entry["severity"] == "error"]

    @property
    def violations(self) -> list[dict[str, Any]]:
        """The policy violations that were reported."""
        return [event["policyEvent"] for event in self.events if "policyEvent" in event]

    def changed_properties(self, name: str) -> set[str]:
        """Return the paths that the engine found different in a resource."""
        entries = (step for step in self._metadata("resourcePreEvent") if _name(step["urn"]) == name)
        return {path for step in entries for path in step.get("detailedDiff") or {}}

    def _metadata(self, kind: str) -> Iterator[dict[str, Any]]:
        return (event[kind]["metadata"] for event in self.events if kind in event)


class Workspace:
    """One project and one stack, with their own state; the AWS behind it is shared."""

    def __init__(
        self,
        directory: Path,
        environment: Mapping[str, str],
        *,
        files: Iterable[Path] = (),
        stack: str = "stack",
        more: Mapping[str, str] | None = None,
    ) -> None:
        """Make a project of copies of `files`, folders among them, or an empty one, and its stack, in `directory`.

        `more` is what the engine's environment has besides.
        """
        self.directory = directory / "project"
        self._events = directory / "events.json"
        self._states = directory / "states"
        self.directory.mkdir(parents=True)
        self._states.mkdir()
        self._environment = {
            **environment,
            **(more or {}),
            "PULUMI_BACKEND_URL": self._states.as_uri(),
            "PULUMI_HOME": str(directory / "home"),
        }
        for file in files:
            if file.is_dir():
                shutil.copytree(file, self.directory / file.name)
            else:
                shutil.copy(file, self.directory)
        if files:
            (self.directory / ".venv").symlink_to(sys.prefix)
        else:
            (self.directory / "Pulumi.yaml").write_text("name: project\nruntime: python\n", encoding="utf-8")
            self.write("")
        self.command("stack", "init", stack)
        if not files:
            self.command("config", "set", "aws:region", "eu-west-1")

    def write(self, program: str) -> None:
        """Make `program` the project's program."""
        (self.directory / "__main__.py").write_text(dedent(program), encoding="utf-8")

    def preview(self, *options: str) -> Run:
        """Run `pulumi preview`."""
        return self._run("preview", *options)

    def up(self, *options: str) -> Run:
        """Run `pulumi up` without its own preview."""
        return self._run("up", "--yes", "--skip-preview", *options)

    def up_after_preview(self) -> Run:
        """Run `pulumi up` as a person does, with the preview that it begins with."""
        return self._run("up", "--yes")

    def refresh(self, *options: str) -> Run:
        """Run `pulumi refresh`."""
        return self._run("refresh", "--yes", "--skip-preview", *options)

    def drift(self) -> Run:
        """Compare the state with AWS and change neither; the exit code tells."""
        return self._run("refresh", "--preview-only", "--expect-no-changes")

    def destroy(self, *options: str) -> Run:
        """Run `pulumi destroy`, with its preview, which is what keeps protected resources from harm."""
        return self._run("destroy", "--yes", *options)

    def command(self, *arguments: str) -> str:
        """Run any other command, which must succeed; return what it printed."""
        answer = self._pulumi(*arguments)
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout

    def outputs(self) -> dict[str, Any]:
        """Return the stack's outputs, secrets in plain."""
        return json.loads(self.command("stack", "output", "--json", "--show-secrets"))

    def state(self) -> list[dict[str, Any]]:
        """Return the resources in the state."""
        return json.loads(self.command("stack", "export"))["deployment"].get("resources", [])

    def in_state(self) -> dict[str, str]:
        """Return the physical ids in the state by logical name."""
        return {_name(resource["urn"]): resource["id"] for resource in self.state() if resource.get("id")}

    def protected(self) -> set[str]:
        """Return the logical names of what the engine refuses to delete or replace."""
        return {_name(resource["urn"]) for resource in self.state() if resource.get("protect")}

    def kept_texts(self) -> str:
        """Return everything that the engine has written to disk: states, their backups and history."""
        files = (path for path in self._states.rglob("*") if path.is_file())
        return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)

    def _run(self, *arguments: str) -> Run:
        self._events.unlink(missing_ok=True)
        answer = self._pulumi(*arguments, "--color", "never", "--diff", "--event-log", str(self._events))
        lines = self._events.read_text(encoding="utf-8").splitlines() if self._events.exists() else []
        return Run(answer.returncode, answer.stdout + answer.stderr, [json.loads(line) for line in lines])

    def _pulumi(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["pulumi", "--non-interactive", *arguments],  # noqa: S607 - the one that the environment puts first on PATH
            cwd=self.directory,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=_LONGEST_RUN_SECONDS,
            check=False,
        )


def environment(engine: Path, folder: Path, url: str) -> dict[str, str]:
    """Return the environment in which the engine finds itself, the plugins in `folder` and the sandbox's AWS."""
    outside = {**os.environ, "PATH": f"{engine}{os.pathsep}{os.environ['PATH']}"}
    # The setting makes the engine offer --event-log.
    return {**shell.environment(folder, url, outside), "PULUMI_DEBUG_COMMANDS": "true"}


def _name(urn: str) -> str:
    return urn.split("::", 3)[3]
