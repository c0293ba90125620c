"""Figures of what was written down. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pulumi_aws_mobile.dr_pair.model import Phase

from .records import Act, Call, Diary, Kind, Look, Span, StepSeen, Write


@dataclass(frozen=True, slots=True)
class Outage:
    """What clients saw of a disturbance."""

    total: int
    failed: int
    first_failed: float | None
    last_failed: float | None
    seconds: float
    """From the last good answer before it to the first good write after it, the worst of the devices."""
    over: bool
    """Whether every device wrote again."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """The requests of a slice of time."""

    began: float
    ended: float
    good: int
    failed: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A step as the drill saw it, beside what the model says of it."""

    step: str
    began: float | None
    ended: float | None
    seen_seconds: float | None
    low_seconds: float | None
    seconds: float | None
    high_seconds: float | None
    detail: str


def outage(calls: Iterable[Call], span: Span) -> Outage:
    """Return what clients saw during an act, and until they wrote again after it."""
    every = list(calls)
    within = [call for call in every if span.began <= call.at <= span.ended]
    failed = [call for call in within if not call.good]
    lengths = [_length(every, span, device) for device in sorted({call.device for call in within})]
    known = [each for each in lengths if each is not None]
    return Outage(
        total=len(within),
        failed=len(failed),
        first_failed=failed[0].at if failed else None,
        last_failed=failed[-1].at if failed else None,
        seconds=max(known, default=0.0),
        over=len(known) == len(lengths),
    )


def _length(calls: Sequence[Call], span: Span, device: str) -> float | None:
    """Return how long a device was without service: 0 if nothing failed, `None` if it never wrote again."""
    own = [call for call in calls if call.device == device]
    first = next((call for call in own if span.began <= call.at <= span.ended and not call.good), None)
    if first is None:
        return 0.0
    before = [call.at for call in own if call.good and call.at <= first.at]
    last = max(call.at for call in own if not call.good and call.at <= span.ended)
    after = next((call.at for call in own if call.good and call.kind is Kind.WRITE and call.at >= last), None)
    return None if after is None else after - max(before, default=span.began)


def lost_seconds(lost: Iterable[Write], at: float) -> float:
    """Return how far back the loss reaches: the age of the oldest lost write when the Region was lost; 0 without."""
    return max((at - write.at for write in lost if write.at <= at), default=0.0)


def missing(writes: Iterable[Write], kept: Iterable[str]) -> list[Write]:
    """Return the acknowledged writes that the writer lacks."""
    known = frozenset(kept)
    return [write for write in writes if write.title not in known]


def buckets(calls: Iterable[Call], began: float, ended: float, count: int) -> list[Bucket]:
    """Return the requests in slices of the same length; each request is in exactly one."""
    width = max(ended - began, 1e-9) / count
    good, failed = [0] * count, [0] * count
    for call in calls:
        if began <= call.at <= ended:
            index = min(int((call.at - began) / width), count - 1)
            (good if call.good else failed)[index] += 1
    return [
        Bucket(began + index * width, began + (index + 1) * width, good[index], failed[index]) for index in range(count)
    ]


def two_writers(looks: Iterable[Look]) -> list[Look]:
    """Return the looks at which the name led clients to two open writers."""
    return [
        look
        for look in looks
        if len({region for region, _ in look.writers}) > 1
        and len({region for region in look.led_to if region} & {region for region, _ in look.writers}) > 1
    ]


def old_writer_open_seconds(looks: Sequence[Look]) -> float:
    """Return how long two writers were open at once, even though the name led to one of them only."""
    return sum(
        following.at - look.at
        for look, following in pairwise(looks)
        if len({identifier for _, identifier in look.writers}) > 1
    )


def unanswered(looks: Iterable[Look]) -> list[Look]:
    """Return the looks at which the name led some client nowhere although a Region was healthy."""
    return [look for look in looks if look.healthy and None in look.led_to]


def beside(steps: Iterable[StepSeen], phases: Iterable[Phase], began: float, recovered: float | None) -> list[Beside]:
    """Return the steps of a run beside the model's, in the model's order.

    What the model calls `ticks` is in the drill a part of the steps that wait. Detection is what went before the first
    step, `dns` what came after the last one until clients wrote again.
    """
    seen = {step.name: step for step in steps}
    rows = [_row(phase, seen.get(phase.step)) for phase in phases]
    known = [phase.step for phase in phases]
    start = min((step.began for step in seen.values()), default=None)
    end = max((step.ended for step in seen.values()), default=None)
    for index, row in enumerate(rows):
        if row.step == "detection" and start is not None:
            rows[index] = _at(row, began, start)
        if row.step == "dns" and end is not None and recovered is not None:
            rows[index] = _at(row, min(end, recovered), recovered)
    more = [
        Beside(name, step.began, step.ended, step.seconds, None, None, None, step.detail)
        for name, step in seen.items()
        if name not in known and step.status != "skipped"
    ]
    return rows + more


def recovered_at(calls: Iterable[Call], span: Span) -> float | None:
    """Return when the last device that had failed wrote again."""
    every = list(calls)
    failed = [call for call in every if span.began <= call.at <= span.ended and not call.good]
    ends = []
    for device in {call.device for call in failed}:
        last = max(call.at for call in failed if call.device == device)
        ends.append(
            next(
                (
                    call.at
                    for call in every
                    if call.device == device and call.good and call.kind is Kind.WRITE and call.at >= last
                ),
                None,
            )
        )
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def acts(diary: Diary) -> list[tuple[Span, Outage]]:
    """Return each act with what clients saw of it."""
    return [(span, outage(diary.calls, span)) for span in diary.spans]


def lost_in(diary: Diary, act: Act) -> list[Write]:
    """Return what was lost in an act."""
    return diary.lost.get(act, [])


def _row(phase: Phase, step: StepSeen | None) -> Beside:
    figures = (phase.low_seconds, phase.seconds, phase.high_seconds)
    if step is None:
        return Beside(phase.step, None, None, None, *figures, "")
    return Beside(phase.step, step.began, step.ended, step.seconds, *figures, step.detail)


def _at(row: Beside, began: float, ended: float) -> Beside:
    return Beside(
        row.step, began, ended, max(ended - began, 0.0), row.low_seconds, row.seconds, row.high_seconds, row.detail
    )
