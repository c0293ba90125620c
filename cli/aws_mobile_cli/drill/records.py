"""What is written down during a drill; times are seconds of the sandbox's clock since the drill began."""

from dataclasses import dataclass, field
from enum import Enum


class Act(str, Enum):
    """A part of a drill."""

    CALM = "calm"
    """Before anything happens."""
    LOSS = "loss"
    """From the loss of the Region until the service is well again without it."""
    RETURN = "return"
    """The Region answers again; the old writer is fenced, and the stack file is brought up to date."""
    WAY_BACK = "way back"
    """The planned change back to the primary Region."""
    END = "end"
    """Everything is as it was before."""


class Kind(str, Enum):
    """What a client asked for."""

    WRITE = "write"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a client."""

    at: float
    device: str
    kind: Kind
    region: str | None
    """Where the name led; `None` where it led nowhere."""
    good: bool
    said: str
    """The status and the kind of error."""


@dataclass(frozen=True, slots=True)
class Write:
    """A write that was acknowledged."""

    at: float
    title: str
    region: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened."""

    at: float
    what: str
    """One word: cut, alarm, run, approval, step, dns, restored, fenced, update, end."""
    text: str


@dataclass(frozen=True, slots=True)
class StepSeen:
    """A step of the runbook as it was seen from outside."""

    run: str
    kind: str
    name: str
    status: str
    began: float
    ended: float
    detail: str

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.ended - self.began


@dataclass(frozen=True, slots=True)
class Look:
    """What was true at one moment."""

    at: float
    led_to: tuple[str | None, ...]
    """Where the name leads, for each device."""
    writers: tuple[tuple[str, str], ...]
    """The databases that take writes and are open to servers: Region and identifier."""
    healthy: tuple[str, ...]
    """The Regions whose API answers."""


@dataclass(frozen=True, slots=True)
class Span:
    """When an act took place."""

    act: Act
    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that has to hold, and what was seen."""

    claim: str
    passed: bool
    seen: str


@dataclass(slots=True)
class Diary:
    """Everything that was written down."""

    calls: list[Call] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    steps: dict[tuple[str, str], StepSeen] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    lost: dict[Act, list[Write]] = field(default_factory=dict)
    """The acknowledged writes that the writer lacks after an act."""
    own_seconds: dict[str, float] = field(default_factory=dict)
    """The runbook's own seconds by run, on this machine's clock."""
    expectations: list[Expectation] = field(default_factory=list)

    def expect(self, claim: str, seen: str, *, passed: bool) -> None:
        """Write down whether something held."""
        self.expectations.append(Expectation(claim, passed, seen))

    def restart(self, writes: list[Write]) -> None:
        """Forget everything but what was written."""
        for each in (self.calls, self.moments, self.steps, self.looks, self.spans, self.lost, self.own_seconds):
            each.clear()
        self.writes[:] = writes

    def span(self, act: Act) -> Span | None:
        """Return when an act took place."""
        return next((span for span in self.spans if span.act is act), None)
