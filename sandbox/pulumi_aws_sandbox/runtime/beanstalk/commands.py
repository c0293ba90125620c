"""Commands that a bundle brings: container_commands, and the hooks of .platform.

https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/customize-containers-ec2.html#linux-container-commands
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pulumi_aws_sandbox.runtime.beanstalk import bundle
from pulumi_aws_sandbox.runtime.beanstalk.bundle import Command
from pulumi_aws_sandbox.runtime.child_processes import Children

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# Where a platform keeps the application: what names these means the instance's own folder here.
_PLACES = ("/var/app/staging", "/var/app/current")
_SHOWN = 500

Say = Callable[[str], None]


class CommandFailedError(Exception):
    """A command of the bundle failed."""


def base(values: Mapping[str, str]) -> dict[str, str]:
    """Return what a process of an instance gets: its own environment, and nothing of this process's."""
    return {"PATH": _PATH, "LANG": "C.UTF-8", "HOME": "/tmp", **values}  # noqa: S108 - a home that every machine has


class Runner:
    """Runs the commands of one instance."""

    def __init__(self, children: Children, folder: Path, values: Mapping[str, str], seconds: float, say: Say) -> None:
        """Run in a folder with an environment, each command for `seconds` at most."""
        self._children = children
        self._folder = folder
        self._values = values
        self._seconds = seconds
        self._say = say

    def run_all(self, commands: Sequence[Command], *, leader: bool) -> None:
        """Run container_commands in their order; raise `CommandFailedError` at the first that fails and may not."""
        for each in commands:
            if each.leader_only and not leader:
                continue
            values = {**self._values, **each.environment}
            if leader:
                values["EB_IS_COMMAND_LEADER"] = "true"
            folder = self._folder / self._here(each.folder) if each.folder else self._folder
            if each.test is not None and self._run(each.test, folder, values)[0] != 0:
                continue
            code, said = self._run(each.command, folder, values)
            if code == 0:
                self._say(f"container_commands {each.name} succeeded: {said}")
            elif each.ignore_errors:
                self._say(f"container_commands {each.name} failed with {code}, which it may: {said}")
            else:
                message = f"container_commands {each.name} failed with {code}: {said}"
                raise CommandFailedError(message)

    def run_hooks(self, stage: str) -> None:
        """Run the hooks of a stage; raise `CommandFailedError` at the first that fails."""
        for each in bundle.hooks(self._folder, stage):
            code, said = self._run((str(each),), self._folder, self._values)
            if code != 0:
                message = f".platform/hooks/{stage}/{each.name} failed with {code}: {said}"
                raise CommandFailedError(message)
            self._say(f".platform/hooks/{stage}/{each.name} succeeded: {said}")

    def _run(self, command: str | tuple[str, ...], folder: Path, values: Mapping[str, str]) -> tuple[int | str, str]:
        """Return how a command ended, and the end of what it said."""
        script = isinstance(command, str)
        line = ["/bin/sh", "-c", self._here(command)] if script else [self._here(part) for part in command]
        with tempfile.NamedTemporaryFile(dir=self._children.folder) as output:
            try:
                child = self._children.start(line, env=base(values), cwd=folder, output=Path(output.name))
            except OSError as error:
                return "an error", str(error)
            code = child.wait(self._seconds)
            child.kill()
            said = output.read().decode(errors="replace").strip()[-_SHOWN:] or "(it said nothing)"
        return (f"a timeout after {self._seconds:g} s" if code is None else code), said

    def _here(self, text: str) -> str:
        for place in _PLACES:
            text = text.replace(place, str(self._folder))
        return text
