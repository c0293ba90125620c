"""A pair of Regions in a few lines, by which a drill's story is tested without AWS."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aws_mobile_cli.checks.api_caller import Reply
from aws_mobile_cli.drill.clients import Device, Session
from aws_mobile_cli.drill.course import Course, Operator
from aws_mobile_cli.drill.situation import Deployed
from aws_mobile_cli.drill.story import Stage
from aws_mobile_cli.drill.world import AlarmChange, UnansweredError
from pulumi_aws_mobile.dr_pair.choices import RecoveryStrategy
from pulumi_aws_mobile.dr_pair.model import Situation

PRIMARY, RECOVERY = "eu-west-1", "eu-central-1"
SITES = {"primary": PRIMARY, "recovery": RECOVERY}
FAILING_PROBES = 3
PROMOTION_SECONDS = 300
RECORDS_UNTIL = 600


@dataclass
class FakeWorld:
    """Two Regions with a database each, one of which writes; the flags break it."""

    lag_seconds: float = 10
    fences: bool = True
    has_records: bool = True
    keeps_planned_writes: bool = True
    refuses_approvals: bool = True
    finishes: bool = True
    time: float = 0
    active: str = "primary"
    takeovers: int = 0
    run: dict[str, Any] | None = None
    fence: dict[str, Any] | None = None
    cut_regions: set[str] = field(default_factory=set)
    notes: dict[str, float] = field(default_factory=dict)
    failing: int = 0
    updates: list[int] = field(default_factory=list)
    taking: Mapping[str, float] = field(default_factory=dict)
    _ready_at: float = 0
    _minute: int = 0
    _runs: int = 0
    _old_writer_open: bool = False

    def now(self) -> float:
        """Return the time."""
        return self.time

    def cut(self, region: str) -> None:
        """Lose a Region."""
        self.cut_regions.add(region)

    def restore(self, region: str) -> None:
        """Get it back."""
        self.cut_regions.discard(region)

    def advance(self, seconds: float) -> list[AlarmChange]:
        """Tick once a minute."""
        self.time += seconds
        if self.time // 60 == self._minute:
            return []
        self._minute = int(self.time // 60)
        return self._tick() if RECOVERY not in self.cut_regions else []

    def resolve(self, resolver_region: str) -> str | None:
        """Lead to the active site."""
        del resolver_region
        return SITES[self.active] if self.has_records or self.time < RECORDS_UNTIL else None

    def call(
        self, region: str, credentials: Mapping[str, Any] | None, method: str, path: str, body: object = None
    ) -> Reply:
        """Keep notes in the writer."""
        del credentials
        if region in self.cut_regions:
            raise ConnectionResetError
        if region != SITES[self.active] or self._is_closed():
            return Reply(503, {}, b"{}")
        if method == "POST" and isinstance(body, dict):
            self.notes[body["title"]] = self.time
            return _reply(201, {"id": body["title"], "title": body["title"]})
        if path.startswith("/notes/"):
            return _reply(200, {"title": path.removeprefix("/notes/")})
        return _reply(200, {"notes": [{"title": title} for title in self.notes]})

    def ask(self, **request: str) -> Mapping[str, Any]:
        """Answer as the recovery function does."""
        if RECOVERY in self.cut_regions:
            message = "nothing answers"
            raise UnansweredError(message)
        refused = self._hear(request)
        return {"state": self._state(), "run": self.run, **({"refused": refused} if refused else {})}

    def writers(self) -> tuple[tuple[str, str], ...]:
        """Return the open writers."""
        open_ones = [] if self._is_closed() else [SITES[self.active]]
        if self._old_writer_open:
            open_ones.append(PRIMARY)
        return tuple((region, f"in {region}") for region in open_ones if region not in self.cut_regions)

    def is_watched(self) -> bool:
        """Tell whether the probes are good."""
        return self.failing == 0

    def healthy(self) -> tuple[str, ...]:
        """Return the Regions that answer."""
        return tuple(region for region in SITES.values() if region not in self.cut_regions)

    def let_take(self, seconds: Mapping[str, float]) -> None:
        """Remember it."""
        self.taking = seconds

    def _is_closed(self) -> bool:
        return self.run is not None and self.run["kind"] == "switchover" and self.run["status"] == "running"

    def _state(self) -> dict[str, Any]:
        is_open = self.run is not None and self.run["status"] != "done"
        return {
            "active": self.active,
            "traffic": self.active,
            "takeovers": self.takeovers,
            "open_run": self.run["id"] if self.run is not None and is_open else "",
            "fence": self.fence,
        }

    def _hear(self, request: Mapping[str, str]) -> str:
        if request["request"] == "approve":
            if self.run is None or request.get("run") != self.run["id"] or not request.get("by"):
                return "there is no such run" if self.refuses_approvals else ""
            if self.run["status"] != "awaiting_approval":
                return "nothing waits for an approval"
            self._step("approval", "approved")
            self._promote()
        if request["request"] == "switchover":
            self._open("switchover", "running")
            self._promote()
        return ""

    def _open(self, kind: str, status: str) -> None:
        self._runs += 1
        self.run = {"id": f"r{self._runs}", "kind": kind, "status": status, "steps": {}, "own_milliseconds": 700}
        self.run["ask"] = {"about": "start"}
        self._step("guard", "looked")

    def _promote(self) -> None:
        assert self.run is not None
        self.run["status"] = "running"
        self.run["steps"]["promote"] = {"status": "waiting", "detail": "until the replica is promoted"}
        self._ready_at = self.time + PROMOTION_SECONDS

    def _step(self, name: str, detail: str) -> None:
        assert self.run is not None
        self.run["steps"][name] = {"status": "done", "detail": detail}

    def _tick(self) -> list[AlarmChange]:
        lost = PRIMARY in self.cut_regions
        self.failing = self.failing + 1 if lost else 0
        changes = []
        if self.failing == FAILING_PROBES and self.active == "primary" and self.run is None:
            changes.append(AlarmChange(RECOVERY, "unreachable", "OK", "ALARM"))
            self._open("failover", "awaiting_approval")
        if self.run is not None and self.run["status"] == "running" and self.time >= self._ready_at and self.finishes:
            self._take_over()
        if self._old_writer_open and not lost and self.fences:
            self._old_writer_open, self.fence = False, {"identifier": "in eu-west-1", "confirmed": True}
        return changes

    def _take_over(self) -> None:
        assert self.run is not None
        if self.run["kind"] == "failover":
            cut_at = self.time if PRIMARY not in self.cut_regions else max(self.notes.values(), default=0)
            self.notes = {title: at for title, at in self.notes.items() if at <= cut_at - self.lag_seconds}
            self._old_writer_open = True
        elif not self.keeps_planned_writes:
            self.notes.popitem()
        self._step("promote", "available")
        self._step("flip", "turned")
        self.run["status"] = "done"
        self.active = "recovery" if self.active == "primary" else "primary"
        self.takeovers += 1


def stage(world: FakeWorld, strategy: RecoveryStrategy = RecoveryStrategy.PILOT_LIGHT) -> Stage:
    """Return where a drill with this world takes place."""
    site = {"database": None, "web_tier": None}
    plan = {"sites": {name: {**site, "region": region} for name, region in SITES.items()}}
    deployed = Deployed(plan, "function", strategy, Situation(), "api.example.com")
    never = {"Expiration": datetime.fromtimestamp(10**9, UTC)}
    device = Device("client", PRIMARY, Session(lambda: never, never))
    course = Course(world, [device], Operator(delay_seconds=120), tick_seconds=5)
    return Stage(course, deployed, PRIMARY, RECOVERY, world.updates.append)


def _reply(status: int, said: object) -> Reply:
    return Reply(status, {}, json.dumps(said).encode())
