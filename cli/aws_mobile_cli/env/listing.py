"""`aws-mobile env list`: the environments of a project."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.project import ProgramError, Project, open_project
from aws_mobile_cli.strategies import pair_strategies
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import Recording
from pulumi_aws_sandbox.errors import SandboxError, UnsupportedError
from pulumi_aws_sandbox.in_process import PreviewMocks, RefusedInputsError

from .deployed import deployed, standing
from .harm import kept
from .stacks import home_of, stack_names


@dataclass(frozen=True, slots=True)
class Environment:
    """One environment, as its stack file and a preview of it tell."""

    stack: str
    deployed: str
    regions: tuple[str, ...] = ()
    strategy: str = "none"
    """The recovery strategy."""
    policies: str = "default"
    """The configuration of the policies that the file names."""
    resources: int = 0
    protected: int = 0
    error: str | None = None
    """Why it does not build."""

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        if self.error is not None:
            return {"stack": self.stack, "deployed": self.deployed, "error": self.error}
        return {
            "stack": self.stack,
            "deployed": self.deployed,
            "regions": list(self.regions),
            "recovery": self.strategy,
            "policies": self.policies,
            "resources": self.resources,
            "protected": self.protected,
        }


def environments(folder: Path) -> Iterator[Environment]:
    """Yield the environments, each once its preview is done."""
    home = home_of(folder)
    known = deployed(home)
    for stack in stack_names(home):
        yield _read(home, stack, known)


def _read(home: Path, stack: str, known: Mapping[str, int] | None) -> Environment:
    try:
        project = open_project(home, stack)
        recording = project.run(PreviewMocks(project.region), preview=True)
    except (ArgsError, UsageError, ProgramError, UnsupportedError, RefusedInputsError, SandboxError) as error:
        return Environment(stack, standing(stack, known), error=str(error))
    return Environment(
        stack,
        standing(stack, known),
        regions=_regions(project, recording),
        strategy=", ".join(pair.chosen for pair in pair_strategies(recording)) or _named_strategy(recording),
        policies=project.config.get(f"{project.name}:policies", "default"),
        resources=sum(resource.custom for resource in recording),
        protected=sum(len(part.resources) for part in kept(recording)),
    )


def _regions(project: Project, recording: Recording) -> tuple[str, ...]:
    """Return the Regions of the resources, the provider's first."""
    named = {resource.inputs.get("region") for resource in recording if resource.custom}
    others = sorted(region for region in named if isinstance(region, str) and region != project.region)
    return (project.region, *others)


def _named_strategy(recording: Recording) -> str:
    """Return the strategy that the program exports, where no pair was made for it."""
    exported = recording.stack_outputs.get("recovery")
    return str(exported["strategy"]) if isinstance(exported, dict) and "strategy" in exported else "none"
