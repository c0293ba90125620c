"""What a report tells: gathered while the run goes on, and from the sandbox before nothing is left of it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from aws_mobile_cli.checks import Check, System
from aws_mobile_cli.plan import plain
from aws_mobile_cli.project import Project
from aws_mobile_cli.render import short_type
from aws_mobile_cli.story import Chapter, chapters, untold
from pulumi_aws_mobile.testing import Recorded, Recording

from .sent import Sent, all_sent, harmless

_GRAPH_SECONDS = 15 * 60
"""What graphs show that name no span of their own: all of a run is in it, and its points can be told apart."""
_DASHBOARD = "aws:cloudwatch/dashboard:Dashboard"


@dataclass(frozen=True, slots=True)
class Timed:
    """Something that was done, and how long it took."""

    kind: str
    what: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Report:
    """A run that is over."""

    project: str
    stack: str
    regions: Sequence[str]
    began: datetime
    resources: int
    deploy_seconds: float
    check_seconds: float
    chapters: Sequence[Chapter]
    unchecked: Sequence[System]
    """Those that stand and that no check looked at."""
    outputs: Mapping[str, Any]
    dashboards: Sequence[str]
    """Rendered."""
    sent: Sequence[Sent]
    steps: Sequence[Timed]
    """The slowest first."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Where it answers, if it is kept."""

    @property
    def checks(self) -> list[Check]:
        """All checks."""
        return [check for chapter in self.chapters for check in chapter.checks]

    @property
    def failed(self) -> list[Check]:
        """The checks that failed."""
        return [check for check in self.checks if not check.passed]


@dataclass(slots=True)
class Notes:
    """What is noted while a run goes on."""

    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    steps: list[Timed] = field(default_factory=list)
    timed: list[tuple[Check, float]] = field(default_factory=list)
    """The checks, and what each of them took in seconds."""
    deploy_seconds: float = 0.0
    check_seconds: float = 0.0
    _last: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        """Let the next step begin now."""
        self._last = time.monotonic()

    def created(self, resource: Recorded) -> None:
        """Note that a resource stands; what passed since the one before was its own time."""
        seconds = self._passed()
        if resource.custom:
            self.deploy_seconds += seconds
            self.steps.append(Timed("create", f"{short_type(resource.type)} {resource.name}", seconds))

    def checked(self, check: Check) -> Check:
        """Note a check, and return it without what only its user may know."""
        check = replace(check, seen=harmless(check.seen))
        seconds = self._passed()
        self.check_seconds += seconds
        self.timed.append((check, seconds))
        self.steps.append(Timed("check", f"{check.subject} {check.claim}", seconds))
        return check

    @property
    def chapters(self) -> list[Chapter]:
        """The checks by the systems that they are of."""
        return chapters(self.timed)

    def report(self, project: Project, recording: Recording, addresses: Mapping[str, str] | None = None) -> Report:
        """Return the report; the sandbox must still be there, and answers at the addresses if it is kept."""
        return Report(
            project=project.name,
            stack=project.stack,
            regions=_regions(project, recording),
            began=self.began,
            resources=sum(resource.custom for resource in recording),
            deploy_seconds=self.deploy_seconds,
            check_seconds=self.check_seconds,
            chapters=self.chapters,
            unchecked=untold(recording, self.chapters)[0],
            outputs=plain(recording.stack_outputs),
            dashboards=_dashboards(project, recording),
            sent=all_sent(),
            steps=sorted(self.steps, key=lambda step: step.seconds, reverse=True),
            addresses=addresses or {},
        )

    def _passed(self) -> float:
        now = time.monotonic()
        seconds, self._last = now - self._last, now
        return seconds


def _regions(project: Project, recording: Recording) -> list[str]:
    """Return the provider's Region and every other that a resource names."""
    named = {resource.inputs.get("region") for resource in recording if resource.custom}
    others = sorted(each for each in named if isinstance(each, str) and each != project.region)
    return [project.region, *others]


def _dashboards(project: Project, recording: Recording) -> list[str]:
    """Return every deployed dashboard as it would be looked at now."""
    from pulumi_aws_sandbox.runtime import clock, dashboards  # noqa: PLC0415 - only a run with a report needs them

    end = clock.now() + 1
    return [
        dashboards.render(
            str(resource.inputs.get("region") or project.region),
            resource.id,
            start=end - _GRAPH_SECONDS,
            end=end,
            heading=3,
        )
        for resource in recording.of_type(_DASHBOARD)
    ]
