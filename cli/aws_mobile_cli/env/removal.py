"""`aws-mobile env remove`: takes a stack file away once nothing depends on it any more. AWS is never touched."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.project import Project
from pulumi_aws_mobile.errors import ArgsError, show
from pulumi_aws_sandbox.in_process import PreviewMocks

from .deployed import deployed
from .harm import Kept, kept
from .stacks import existing, stack_file


@dataclass(frozen=True, slots=True)
class Removal:
    """Whether an environment's stack file may be removed, and why not."""

    file: Path
    stack: str
    namespace: str
    protected: Sequence[Kept]
    deployed: int | None
    """How many resources it has in Pulumi's backend; None where that is not known, perhaps because it has another."""

    @property
    def allowed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.protected and not self.deployed

    @property
    def ways_out(self) -> list[str]:
        """Say what has to be done before."""
        stack = shlex.quote(self.stack)
        steps = [
            f"pulumi config set --stack {stack} --path {self.namespace}:{part.part}.{option} {show(value)}"
            for part in self.protected
            for option, value in part.options.items()
        ]
        if self.deployed or self.protected:
            steps += [f"pulumi up --stack {stack}"] if self.protected else []
            steps += [f"pulumi destroy --stack {stack}"]
        return steps

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "stack": self.stack,
            "file": self.file.name,
            "protected": {part.part: [resource.name for resource in part.resources] for part in self.protected},
            "deployed": self.deployed,
            "ways_out": self.ways_out,
        }


def look(folder: Path, stack: str) -> Removal:
    """Return what speaks against removing the stack file of an environment."""
    project = existing(folder, stack)
    file = stack_file(project.folder, stack)
    count = (deployed(project.folder) or {}).get(stack)
    # Of a stack that has no resources nothing can be protected, whatever its file says.
    protected = [] if count == 0 else _protected(project, file)
    return Removal(file, stack, project.name, protected, count)


def _protected(project: Project, file: Path) -> Sequence[Kept]:
    try:
        return kept(project.run(PreviewMocks(project.region), preview=True))
    except ArgsError as error:
        message = (
            f"{file.name} does not build, so that what it protects cannot be told; mend it, or delete the file "
            f"yourself if nothing of it is deployed\n{error}"
        )
        raise UsageError(message) from error
