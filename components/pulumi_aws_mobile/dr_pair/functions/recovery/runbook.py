"""One invocation of the runbook: takes the lease, hears what is asked, and goes as far as it can."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from . import machine, report, requests
from .clients import Stopwatch
from .effects import Effect, FailedError, NotNowError, UnreachableError
from .held import Held, noting
from .journal import Journal, detail_of, result_of
from .moves import Ask, Do, Fail, Move, View, Wait
from .plan import DRY_RUN, PRIMARY, Plan
from .rehearsal import rehearse
from .repairs import repair
from .sights import ALARM, AlarmLook, HealthLook, Look, Seen, Unreachable
from .state import ENDING, FAILOVER, TO_RECOVERY, Pair, Run, pair_to_item, run_to_item
from .steps import ORDER
from .store import Lease, Store
from .world import World

_LEASE_TRIES = 4
_LEASE_PAUSE_SECONDS = 0.5
_MOST_MOVES = 80

Answer = dict[str, Any]


class Runbook:
    """What one invocation holds; it is made anew for each."""

    def __init__(  # noqa: PLR0913 - what differs between the function and its tests
        self,
        plan: Plan,
        store: Store,
        world: World,
        *,
        clock: Callable[[], float],
        new_id: Callable[[], str],
        has_time: Callable[[], bool] = lambda: True,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Work by this plan on this store and this world."""
        self._plan = plan
        self._store = store
        self._world = world
        self._clock = clock
        self._new_id = new_id
        self._has_time = has_time
        self._pause = pause
        self._journal = Journal(plan.name)
        self._began = time.perf_counter() - Stopwatch.seconds
        self._counted_milliseconds = 0

    def handle(self, event: Mapping[str, Any]) -> Answer:
        """Hear an event, and go on with what is open."""
        request = requests.read_request(event)
        if request.name == requests.STATUS and not request.problem:
            pair = self._store.pair()
            return _answer(pair, self._store.run(request.run or pair.open_run or pair.last_run))
        lease = self._take_lease(patient=request.name != requests.TICK)
        if lease is None:
            self._journal.write("lease", "busy", "another invocation is at work")
            if request.name == requests.TICK:
                return _answer(self._store.pair(), None, busy="another invocation is at work")
            return _answer(self._store.pair(), None, refused="another invocation is at work; send it again in a minute")
        held = Held(self._store, lease)
        try:
            return self._work(held, request)
        finally:
            self._store.release(held.lease)
            self._count()

    def _now(self) -> int:
        return int(self._clock())

    def _take_lease(self, *, patient: bool) -> Lease | None:
        owner = self._new_id()
        for left in reversed(range(_LEASE_TRIES if patient else 1)):
            lease = self._store.lease(owner, self._now())
            if lease is not None:
                return lease
            if left:
                self._pause(_LEASE_PAUSE_SECONDS)
        return None

    def _work(self, held: Held, request: requests.Request) -> Answer:
        held.run = self._store.run(held.pair.open_run)
        self._publish(held)
        refused = self._hear(held, request)
        about = held.run
        if held.run is None and request.name == requests.TICK:
            self._open_by_alarm(held)
        if held.run is not None:
            self._advance(held)
            about = held.run
        repair(self._plan, held, self._journal, self._see, self._world.do)
        self._publish(held)
        if about is None and request.run:
            about = self._store.run(request.run)
        return _answer(held.pair, about, **({"refused": refused} if refused else {}))

    def _hear(self, held: Held, request: requests.Request) -> str:
        """Do what a person asks for; return why not where it is refused."""
        if request.name == requests.TICK:
            return ""
        named = held.run if held.run and held.run.id == request.run else self._store.run(request.run)
        try:
            if request.problem:
                raise requests.RefusedError(request.problem)  # noqa: TRY301 - refused in one place
            if request.name in requests.OPENING:
                run_id = self._new_id()
                self._open(held, requests.opened(self._plan, held.pair, request, run_id, self._now()))
            elif request.name in requests.DECIDING:
                run = requests.decided(request, named, held.pair.open_run, self._now())
                held.run = noting(run, requests.noted(request, self._now()))
                held.save()
        except requests.RefusedError as refusal:
            self._refuse(held, request, named, str(refusal))
            return str(refusal)
        self._journal.write("request", "accepted", request.name, by=request.by, run=request.run)
        return ""

    def _refuse(self, held: Held, request: requests.Request, named: Run | None, why: str) -> None:
        """Keep a refused request with the pair, and with the run that it names."""
        self._journal.write("request", "refused", why, request=request.name, by=request.by, run=request.run)
        note = requests.noted(request, self._now(), why)
        held.pair = held.pair.with_refusal(note)
        noted = None if named is None else noting(named, note)
        if held.run is not None and noted is not None and noted.id == held.run.id:
            held.run = noted
        held.save(noted)

    def _open(self, held: Held, run: Run) -> None:
        """Open a run; a dry one is over at once."""
        self._journal.write("run", "opened", run.kind, run=run.id, direction=run.direction, by=run.by, dry=run.dry)
        if run.dry:
            held.run = rehearse(self._plan, held.pair, run, self._now(), self._see)
            held.pair = replace(held.pair, last_run=run.id)
            if run.trigger == "alarm":
                until = self._now() + self._plan.guards.cooldown_minutes * 60
                held.pair = replace(held.pair, cooldown_until=until)
        else:
            held.run, held.pair = run, replace(held.pair, open_run=run.id)
        held.save()

    def _open_by_alarm(self, held: Held) -> None:
        """Open a run if the alarm says so, and the primary does not answer now either."""
        pair, now = held.pair, self._now()
        if pair.active != PRIMARY or pair.fence_is_pending or now < pair.cooldown_until:
            return
        if self._see(AlarmLook(self._plan.unreachable_alarm)) != ALARM:
            return
        if self._see(HealthLook(PRIMARY)) is not False:
            self._journal.write("alarm", "ignored", "the primary site answers")
            return
        run = Run(
            id=self._new_id(),
            kind=FAILOVER,
            direction=TO_RECOVERY,
            trigger="alarm",
            started_at=now,
            step=ORDER[0],
            dry=self._plan.mode == DRY_RUN,
        )
        self._open(held, run)

    def _advance(self, held: Held) -> None:
        """Go on with the open run until it waits, needs somebody, or is over."""
        done: list[Effect] = []
        for _ in range(_MOST_MOVES):
            run = held.run
            if run is None or machine.rests(run, self._now()) or not self._has_time():
                return
            view = View(self._plan, held.pair, run, self._now())
            move = machine.decide(view, {name: self._see(look) for name, look in machine.looks(view).items()})
            if isinstance(move, Do):
                if move.effect not in done:
                    done.append(move.effect)
                    trouble = self._carry_out(held, view, move)
                    if trouble is None:
                        continue
                    view, move = View(self._plan, held.pair, held.open_run, self._now()), trouble
                else:
                    move = Wait(f"asked AWS to {move.effect}")
            self._settle(held, view, move)
            # What ends goes on at once with taking back what it changed.
            if isinstance(move, Wait | Ask | Fail) and not (run.status != ENDING and held.open_run.status == ENDING):
                return

    def _settle(self, held: Held, view: View, move: Move) -> None:
        pair, run = machine.settle(view, move)
        self._journal.write(machine.step_name(view.run), result_of(move), detail_of(move), run=run.id)
        if (pair, run) == (held.pair, held.run):
            return
        held.pair, held.run = pair, replace(run, own_milliseconds=run.own_milliseconds + self._own_milliseconds())
        held.save()
        if run.status != view.run.status:
            self._journal.write("run", run.status, detail_of(move), run=run.id)

    def _carry_out(self, held: Held, view: View, move: Do) -> Move | None:
        """Keep what is about to be done, do it, and keep that it is done; return the trouble, if there is any."""
        held.pair, held.run = machine.begin(view, move)
        held.save()
        step = machine.step_name(view.run)
        try:
            self._world.do(move.effect)
        except NotNowError as busy:
            self._journal.write(step, "busy", str(busy), effect=str(move.effect), run=view.run.id)
            return Wait(f"{move.detail}: {busy}")
        except FailedError as error:
            self._journal.write(step, "refused", str(error), effect=str(move.effect), run=view.run.id)
            return Fail(f"{move.detail}: {error}")
        self._journal.write(step, "did", str(move.effect), run=view.run.id)
        held.pair, held.run = machine.finish(View(self._plan, held.pair, held.open_run, view.now), move)
        held.save()
        return None

    def _see(self, look: Look) -> Seen:
        try:
            return self._world.see(look, self._now())
        except (FailedError, NotNowError) as error:
            if not isinstance(error, UnreachableError):
                self._journal.write("look", "refused", str(error))
            return Unreachable(str(error))

    def _publish(self, held: Held) -> None:
        """Publish what waits; what nobody takes waits for the next time."""
        left = list(held.pair.outbox)
        while left and self._has_time():
            try:
                self._world.publish(left[0]["subject"], left[0]["text"])
            except (FailedError, NotNowError) as error:
                self._journal.write("publish", "refused", str(error))
                break
            left.pop(0)
        if len(left) != len(held.pair.outbox):
            held.pair = replace(held.pair, outbox=tuple(left))
            held.save()

    def _own_milliseconds(self) -> int:
        """Return the milliseconds since the last time this was asked, without those spent waiting for others."""
        total = int((time.perf_counter() - Stopwatch.seconds - self._began) * 1000)
        new, self._counted_milliseconds = total - self._counted_milliseconds, total
        return new

    def _count(self) -> None:
        if not self._journal.counts:
            return
        total = int((time.perf_counter() - Stopwatch.seconds - self._began) * 1000)
        try:
            self._world.count(self._journal.counts, total)
        except (FailedError, NotNowError) as error:
            self._journal.write("count", "refused", str(error))


def _answer(pair: Pair, run: Run | None, **more: str) -> Answer:
    return {
        "state": pair_to_item(pair),
        "run": None if run is None else run_to_item(run),
        "advice": report.advice(pair),
        **more,
    }
