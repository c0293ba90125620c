"""How a drill goes on: time passes in ticks, clients call at each, and everything that is seen is written down."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .clients import Device
from .records import Act, Call, Diary, Look, Moment, Span, StepSeen, Write
from .timeline import missing
from .world import UnansweredError, World

FINISHED = frozenset({"done", "aborted", "rejected"})
_PASSED = frozenset({"done", "skipped"})


@dataclass(slots=True)
class Operator:
    """Whoever approves: some time after being asked."""

    delay_seconds: float
    name: str = "the operator"
    _asked: dict[tuple[str, str], float] = field(default_factory=dict)

    def answers(self, run: Mapping[str, Any] | None, now: float) -> bool:
        """Tell whether it is time to approve what a run asks for."""
        if run is None or run["status"] != "awaiting_approval":
            return False
        asked = self._asked.setdefault((run["id"], run["ask"]["about"]), now)
        return now - asked >= self.delay_seconds


@dataclass(slots=True)
class Course:
    """A drill on its way."""

    world: World
    devices: Sequence[Device]
    operator: Operator
    tick_seconds: float
    say: Callable[[Moment], None] = lambda _: None
    diary: Diary = field(default_factory=Diary)
    state: Mapping[str, Any] = field(default_factory=dict)
    """The pair as the recovery function told it last."""
    run: Mapping[str, Any] | None = None
    """The run that is open, or was last."""
    known_runs: set[str] = field(default_factory=set)
    began: float = 0.0
    is_settling: bool = False
    """Whether the drill has not begun yet."""
    _led: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin now."""
        self.began = self.world.now()

    def begin(self) -> None:
        """Begin anew: what was before is forgotten, but for what was written, which is still there."""
        passed = self.now
        self.began = self.world.now()
        self.diary.restart([Write(write.at - passed, write.title, write.region) for write in self.diary.writes])
        self.forget_run()

    @property
    def now(self) -> float:
        """How long the drill has gone on."""
        return self.world.now() - self.began

    @contextmanager
    def act(self, act: Act) -> Iterator[None]:
        """Write down when an act began and ended."""
        began = self.now
        try:
            yield
        finally:
            self.diary.spans.append(Span(act, began, self.now))

    def happened(self, what: str, text: str) -> None:
        """Write down that something happened now."""
        moment = Moment(self.now, what, text)
        self.diary.moments.append(moment)
        if not self.is_settling:
            self.say(moment)

    def cut(self, region: str) -> None:
        """Lose a Region."""
        self.world.cut(region)
        self.happened("cut", f"{region} is lost")

    def restore(self, region: str) -> None:
        """Get a Region back."""
        self.world.restore(region)
        self.happened("restored", f"{region} answers again")

    def ask(self, **request: str) -> Mapping[str, Any]:
        """Ask the recovery function for something, and write down what it makes of it."""
        try:
            answer = self.world.ask(**request)
        except UnansweredError as error:
            self.happened("refused", f"{request['request']}: {error}")
            return {}
        if "refused" in answer:
            self.happened("refused", f"{request['request']}: {answer['refused']}")
        else:
            self.happened("request", f"{request['request']} by {request.get('by', 'nobody')}")
        self._read(answer)
        return answer

    def run_for(self, seconds: float) -> None:
        """Let time pass."""
        until = self.now + seconds
        while self.now < until:
            self.tick()

    def run_until(self, condition: Callable[[], bool], limit_seconds: float) -> bool:
        """Let time pass until something holds; tell whether it does."""
        until = self.now + limit_seconds
        while not condition():
            if self.now >= until:
                return False
            self.tick()
        return True

    def tick(self) -> None:
        """Let one tick pass."""
        for change in self.world.advance(self.tick_seconds):
            # A first look at what is well tells nothing.
            if "ALARM" in {change.before, change.after}:
                self.happened("alarm", f"{change.name} in {change.region}: {change.before} to {change.after}")
        self._watch()
        if self.operator.answers(self.run, self.world.now()) and self.run is not None:
            self.ask(request="approve", run=str(self.run["id"]), by=self.operator.name)
        for device in self.devices:
            for seen in device.turn(self.world, self.began):
                self._keep(seen)
        self._look()

    def is_over(self) -> bool:
        """Tell whether a run has been opened in this drill and none is open."""
        return self.run is not None and self.run["status"] in FINISHED and not self.state.get("open_run")

    def is_helpless(self) -> bool:
        """Tell whether a run waits for somebody's help."""
        return self.run is not None and self.run["status"] == "needs_help"

    def serves(self) -> bool:
        """Tell whether each device's last write was taken."""
        last = {call.device: call.good for call in self.diary.calls[-4 * len(self.devices) :]}
        return len(last) == len(self.devices) and all(last.values())

    def is_watched(self) -> bool:
        """Tell whether the primary Region is seen to be well, and no run is open."""
        return self.world.is_watched() and self.state.get("active") == "primary" and not self.state.get("open_run")

    def fence_holds(self) -> bool:
        """Tell whether the old writer is fenced."""
        fence = self.state.get("fence")
        return fence is not None and bool(fence.get("confirmed"))

    def note_lost(self, act: Act) -> list[Write]:
        """Compare what was acknowledged with what the writer has, and write down what it lacks."""
        kept = self.devices[0].titles(self.world)
        gone = {write.title for writes in self.diary.lost.values() for write in writes}
        lost = [write for write in missing(self.diary.writes, kept) if write.title not in gone]
        self.diary.lost[act] = lost
        if lost:
            self.happened("lost", f"{len(lost)} acknowledged writes are not there any more")
        return lost

    def forget_run(self) -> None:
        """Look at the next run only."""
        if self.run is not None:
            self.known_runs.add(str(self.run["id"]))
        self.run = None

    def _keep(self, seen: Call | Write) -> None:
        if isinstance(seen, Write):
            self.diary.writes.append(seen)
        else:
            self.diary.calls.append(seen)

    def _watch(self) -> None:
        try:
            self._read(self.world.ask(request="status"))
        except UnansweredError:
            # The recovery Region is lost: nobody can be asked.
            return

    def _read(self, answer: Mapping[str, Any]) -> None:
        before, self.state = self.state, answer.get("state", self.state)
        fence = self.fence_holds()
        if fence and not (before.get("fence") or {}).get("confirmed"):
            self.happened("fenced", f"{self.state['fence']['identifier']} is fenced")
        run = answer.get("run")
        if run is None or run["id"] in self.known_runs or run.get("dry"):
            return
        if self.run is None or run["id"] != self.run["id"]:
            self.happened("run", f"{run['kind']} {run['id']} begins")
        elif run["status"] != self.run["status"]:
            self.happened("run", f"{run['id']} is {run['status'].replace('_', ' ')}{_why(run)}")
        self.run = run
        self.diary.own_seconds[run["id"]] = int(run.get("own_milliseconds", 0)) / 1000
        for name, step in run.get("steps", {}).items():
            self._read_step(run, name, step)

    def _read_step(self, run: Mapping[str, Any], name: str, step: Mapping[str, Any]) -> None:
        key, now = (str(run["id"]), name), self.now
        known = self.diary.steps.get(key)
        if known is not None and known.status in _PASSED:
            return
        began = known.began if known else now
        seen = StepSeen(key[0], str(run["kind"]), name, str(step["status"]), began, now, str(step["detail"]))
        self.diary.steps[key] = seen
        if seen.status in _PASSED and (known is None or known.status not in _PASSED):
            self.happened("step", f"{name}: {seen.detail}" if seen.detail else name)

    def _look(self) -> None:
        led = tuple(self.world.resolve(device.near) for device in self.devices)
        for device, region in zip(self.devices, led, strict=True):
            if device.name in self._led and self._led[device.name] != region:
                self.happened("dns", f"the name leads {device.name} to {region or 'nowhere'}")
            self._led[device.name] = region
        self.diary.looks.append(Look(self.now, led, self.world.writers(), self.world.healthy()))


def _why(run: Mapping[str, Any]) -> str:
    ending = run.get("ending")
    return f": {ending['reason']}" if ending else ""
