"""What a step decides, and what it decides by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .effects import Effect
from .plan import PRIMARY, RECOVERY, Database, Plan, Site, other
from .sights import Look
from .state import FAILOVER, TO_RECOVERY, Pair, Record, Run


@dataclass(frozen=True, slots=True)
class View:
    """All that is known before AWS is looked at."""

    plan: Plan
    pair: Pair
    run: Run
    now: int

    @property
    def is_failover(self) -> bool:
        """Whether the writer's Region is taken for lost."""
        return self.run.kind == FAILOVER

    @property
    def target(self) -> Site:
        """The site that takes over."""
        return self.plan.sites[RECOVERY if self.run.direction == TO_RECOVERY else PRIMARY]

    @property
    def source(self) -> Site:
        """The site that has the writer."""
        return self.plan.sites[other(self.target.name)]

    @property
    def creates_database(self) -> bool:
        """Whether the new writer is restored from backups by the stack."""
        return self.target.database is None and self.target.create is not None

    @property
    def writer(self) -> Database | None:
        """The database that is the writer before the run."""
        return self.source.database

    @property
    def own_fence(self) -> bool:
        """Whether the fence is this run's."""
        return self.pair.fence is not None and self.pair.fence.run == self.run.id

    @property
    def fence_is_confirmed(self) -> bool:
        """Whether this run's fence stands."""
        return self.own_fence and not self.pair.fence_is_pending

    def waited_seconds(self, step: str) -> int:
        """Return how long a step has been under way."""
        record = self.run.steps.get(step)
        return self.now - record.since if record else 0


@dataclass(frozen=True, slots=True)
class Done:
    """The step is over."""

    detail: str
    facts: Record = field(default_factory=dict)
    pair: Record = field(default_factory=dict)
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class Do:
    """Something is to be done; afterwards the step looks again."""

    effect: Effect
    detail: str
    facts: Record = field(default_factory=dict)
    """Known before it is done, so that a crash does not forget it."""
    pair: Record = field(default_factory=dict)
    then_facts: Record = field(default_factory=dict)
    """Known once it is done."""
    then_pair: Record = field(default_factory=dict)
    """True of the pair once it is done."""
    page: str | None = None
    """What people are told, if this is more than routine."""


@dataclass(frozen=True, slots=True)
class Wait:
    """AWS is at work, or something else has to happen first."""

    detail: str
    facts: Record = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fail:
    """The step cannot go on; it is tried again, and at last people are called."""

    detail: str
    is_final: bool = False
    """Whether trying again is of no use."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody has to approve."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class End:
    """The run must not go on; what it changed is taken back."""

    status: str
    reason: str
    cools_down: bool = True
    """Whether no alarm starts another run for a while."""


Move = Done | Do | Wait | Fail | Ask | End
Sights = Mapping[str, Any]
Looks = Mapping[str, Look]


class Step(NamedTuple):
    """A step: what it looks at, and what it decides by that. Both are pure."""

    looks: Callable[[View], Looks]
    decide: Callable[[View, Sights], Move]
    patience_minutes: int
    """After how long people are called."""
