"""What the table keeps: the pair, and each run. Whole seconds, so that DynamoDB holds them as they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

FAILOVER = "failover"
SWITCHOVER = "switchover"
TO_RECOVERY = "to_recovery"
TO_PRIMARY = "to_primary"

RUNNING = "running"
AWAITING = "awaiting_approval"
ENDING = "ending"
"""What the run changed is taken back; then it is aborted or rejected."""
NEEDS_HELP = "needs_help"
DONE = "done"
ABORTED = "aborted"
REJECTED = "rejected"
FINISHED = frozenset({DONE, ABORTED, REJECTED})

WAITING = "waiting"
FAILED = "failed"

Record = Mapping[str, Any]

_REFUSALS_KEPT = 20
_MESSAGES_KEPT = 50


@dataclass(frozen=True, slots=True)
class Fence:
    """The fence around an old writer."""

    site: str
    identifier: str
    fence_security_group_id: str
    security_group_ids: tuple[str, ...]
    """What the database gets back if the run is aborted."""
    run: str
    since: int
    touched: bool = False
    """Whether a call that puts it up may have been made."""
    rebooted: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """What is true of the pair now."""

    active: str
    """The site whose database is the writer."""
    traffic: str
    """The site that clients are led to."""
    takeovers: int
    """Completed role changes."""
    open_run: str = ""
    last_run: str = ""
    cooldown_until: int = 0
    """Until when no alarm starts a run."""
    fence: Fence | None = None
    opening: Fence | None = None
    """The fence around the writer itself, left by a run that was aborted while its Region did not answer."""
    writer: Record | None = None
    """The writer as the last run left it: site, identifier, endpoint."""
    refusals: tuple[Record, ...] = ()
    """The last requests that were refused."""
    outbox: tuple[Record, ...] = ()
    """Messages that are still to be published, the oldest first."""

    @property
    def fence_is_pending(self) -> bool:
        """Whether an old writer is still to be fenced."""
        return self.fence is not None and not self.fence.confirmed

    def with_refusal(self, refusal: Record) -> "Pair":
        """Keep a refused request; the oldest ones are forgotten."""
        return replace(self, refusals=(*self.refusals, refusal)[-_REFUSALS_KEPT:])

    def with_messages(self, messages: Iterable[Record]) -> "Pair":
        """Keep messages to publish; if nobody takes them for long, the oldest ones are forgotten."""
        return replace(self, outbox=(*self.outbox, *messages)[-_MESSAGES_KEPT:])


@dataclass(frozen=True, slots=True)
class StepRecord:
    """How far a step is."""

    status: str
    """`waiting`, `failed` (it is tried again), `done` or `skipped`."""
    since: int
    at: int
    detail: str
    attempts: int = 0
    retry_at: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One failover, switchover or dry run."""

    id: str
    kind: str
    direction: str
    trigger: str
    """`alarm` or `operator`."""
    started_at: int
    step: str
    dry: bool = False
    by: str = ""
    reason: str = ""
    status: str = RUNNING
    steps: Mapping[str, StepRecord] = field(default_factory=dict)
    facts: Record = field(default_factory=dict)
    """What later steps need to know of earlier ones."""
    approvals: tuple[Record, ...] = ()
    """What was asked of the run by people, accepted or not."""
    ask: Record | None = None
    """What waits for an approval: about, text, expires."""
    ending: Record | None = None
    """How it will end once everything is taken back: as, reason."""
    outbox: tuple[Record, ...] = ()
    """Messages that are new; the pair keeps them until they are published."""
    ended_at: int = 0
    own_milliseconds: int = 0
    """The runbook's own time, without what it waited for AWS."""

    @property
    def is_open(self) -> bool:
        """Whether it can still change something."""
        return self.status not in FINISHED

    @property
    def cannot_go_back(self) -> bool:
        """Whether the new writer is being made, after which there is only forward."""
        return bool(self.facts.get("no_return"))

    def approved(self, about: str) -> bool:
        """Tell whether somebody approved this."""
        return about in self.facts.get("approved", ())

    def knowing(self, **facts: Any) -> "Run":  # noqa: ANN401 - facts are any JSON
        """Return it with more facts."""
        return replace(self, facts={**self.facts, **facts})

    def saying(self, subject: str, text: str) -> "Run":
        """Return it with a message to publish."""
        return replace(self, outbox=(*self.outbox, {"subject": subject, "text": text}))


def new_pair(takeovers: int) -> Pair:
    """Return the state of a pair of which nothing is known but the count of role changes in the stack file."""
    active = "recovery" if takeovers % 2 else "primary"
    return Pair(active=active, traffic=active, takeovers=takeovers)


def pair_to_item(pair: Pair) -> dict[str, Any]:
    """Return the pair as plain data."""
    return _plain(pair)


def pair_from_item(item: Record) -> Pair:
    """Read the pair from plain data."""
    told: dict[str, Any] = {key: item[key] for key in Pair.__slots__ if key in item}
    lists = {key: tuple(told.get(key, ())) for key in ("refusals", "outbox")}
    told.update(lists, fence=_fence(told.get("fence")), opening=_fence(told.get("opening")))
    return Pair(**told)


def run_to_item(run: Run) -> dict[str, Any]:
    """Return a run as plain data."""
    return _plain(run)


def run_from_item(item: Record) -> Run:
    """Read a run from plain data."""
    told: dict[str, Any] = {key: item[key] for key in Run.__slots__ if key in item}
    steps = {name: StepRecord(**record) for name, record in told.get("steps", {}).items()}
    lists = {key: tuple(told.get(key, ())) for key in ("approvals", "outbox")}
    told.update(lists, steps=steps)
    return Run(**told)


def _fence(told: Record | None) -> Fence | None:
    if told is None:
        return None
    known: dict[str, Any] = dict(told)
    known["security_group_ids"] = tuple(known["security_group_ids"])
    return Fence(**known)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value
