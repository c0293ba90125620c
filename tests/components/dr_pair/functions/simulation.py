"""Two Regions without AWS: databases, environments, a stack, alarms and records, and clients who write all the time.

What it leaves out: DNS caches beyond the switch's own alarm, connections that outlive a fence, partial writes.
"""

from collections.abc import Callable, Mapping
from typing import Any

from components.dr_pair.functions.memory import CrashError, Memory, Process
from components.dr_pair.functions.plans import plan as made_plan
from components.dr_pair.functions.simulated_aws import SimulatedAws
from components.dr_pair.functions.simulated_parts import SimulatedDatabase, SimulatedEnvironment, SimulatedStack

from pulumi_aws_mobile.dr_pair.functions.recovery.effects import Effect, FailedError, NotNowError
from pulumi_aws_mobile.dr_pair.functions.recovery.plan import Plan, other
from pulumi_aws_mobile.dr_pair.functions.recovery.runbook import Runbook
from pulumi_aws_mobile.dr_pair.functions.recovery.sights import LagPoint
from pulumi_aws_mobile.dr_pair.functions.recovery.store import LostLeaseError

START = 1_800_000_000
SITES = ("primary", "recovery")
DATAPOINTS = 3
TICK = {"tick": True}


class Simulation:
    """The world, and the invocations in it."""

    def __init__(self, strategy: str = "warm_standby", mode: str = "automatic", **guards: Any) -> None:  # noqa: ANN401 - any guard
        self.strategy, self.mode, self.guards = strategy, mode, guards
        self.plan: Plan = made_plan(strategy, mode, **guards)
        self.now = START
        self.memory = Memory()
        self.is_up = dict.fromkeys(SITES, True)
        self.app_is_well = dict.fromkeys(SITES, True)
        self.seconds = 0
        """How long AWS takes for everything that takes time."""
        self.lag: int | None = 0
        """How far replicas are behind; `None` if RDS does not say."""
        self.refusals: list[type[FailedError | NotNowError]] = []
        """What the next effects fail with."""
        self.stack_failures = 0
        self.reachable: list[bool] = []
        self.flapping = 0
        self.traffic_metric = 0
        self.alarms = {"shop-unreachable": "OK", "shop-traffic": "OK"}
        self.lags: dict[str, list[LagPoint]] = {}
        self.backups: list[tuple[int, list[int]]] = []
        self.stack: SimulatedStack | None = None
        self.databases: dict[tuple[str, str], SimulatedDatabase] = {}
        self.messages: list[tuple[str, str]] = []
        self.done: list[Effect] = []
        self.moments = 0
        self.trail: list[str] = []
        self.watch: Callable[[], None] = lambda: None
        """What is checked at every moment of every invocation."""
        self._ids = 0
        self._writes = 0
        writer = self._make_database("primary", "shop-primary", None)
        if self.plan.sites["recovery"].database:
            self._make_database("recovery", "shop-recovery", writer)
        standby = self.plan.sites["recovery"].web_tier
        size = standby.standby_min if standby else 0
        self.environments = {
            "primary": SimulatedEnvironment(writer.endpoint, 2, 4),
            "recovery": SimulatedEnvironment(writer.endpoint, size, size),
        }
        for _ in range(DATAPOINTS + 1):
            self.minute(tick=False)

    # What happens by itself

    def minute(self, *, tick: bool = True, process: Process | None = None) -> dict[str, Any] | None:
        """Let a minute pass, and give the functions their tick."""
        self.now += 60
        self.settle()
        self._write()
        self._replicate()
        if not self.is_up["recovery"]:
            return None
        self._probe()
        return self.invoke(TICK, process) if tick else None

    def invoke(self, event: Mapping[str, Any], process: Process | None = None) -> dict[str, Any] | None:
        """Invoke the recovery function; a process that dies answers nothing."""
        self.settle()
        process = process or Process()
        process.watch = self.watch
        outer, self.memory.process = self.memory.process, process
        runbook = Runbook(
            self.plan,
            self.memory,
            SimulatedAws(self, process),
            clock=lambda: float(self.now),
            new_id=self._new_id,
            pause=lambda _: None,
        )
        try:
            return runbook.handle(event)
        except (CrashError, LostLeaseError):
            return None
        finally:
            self.moments += process.moments
            self.trail += process.trail
            self.memory.process = outer

    # What clients see

    def records(self) -> tuple[str, ...]:
        """Return the sites that DNS leads to."""
        switched = self.alarms["shop-traffic"] == "ALARM"
        if self.strategy != "multi_site":
            return ("recovery",) if switched else ("primary",)
        healthy = [site for site in SITES if self.answers(site) and not (site == "primary" and switched)]
        # With nothing healthy Route 53 answers as if everything were.
        return tuple(healthy) or SITES

    def answers(self, site: str) -> bool:
        """Tell whether a site answers its health URL."""
        return self.is_up[site] and self.app_is_well[site] and self.environments[site].min > 0

    def writer_of(self, site: str) -> SimulatedDatabase | None:
        """Return the database that a site's servers can write to, if they can."""
        if not self.answers(site):
            return None
        for each in self.databases.values():
            if each.endpoint == self.environments[site].hostname and self.takes_writes(each):
                return each
        return None

    def takes_writes(self, database: SimulatedDatabase) -> bool:
        """Tell whether a database takes writes from servers."""
        return (
            self.is_up[database.site]
            and database.source is None
            and not database.is_fenced
            and database.status != "creating"
        )

    def reachable_writers(self) -> set[str]:
        """Return the writers that clients can reach through the records."""
        found = (self.writer_of(site) for site in self.records())
        return {each.identifier for each in found if each is not None}

    # What operators do

    def deploy(self) -> None:
        """Do what `pulumi up` does after the takeovers were put into the stack file, and make the next replica."""
        pair = self.memory.pair()
        site = other(pair.active)
        writer = next(each for each in self.databases.values() if self._is_writer(each))
        name = f"shop-{pair.takeovers + 1}"
        if (site, name) not in self.databases:
            self._make_database(site, name, writer)
            self._replicate()
        names = {pair.active: writer.identifier, site: name}
        self.plan = made_plan(
            self.strategy,
            self.mode,
            primary=names["primary"],
            recovery=names["recovery"],
            takeovers=pair.takeovers,
            **self.guards,
        )
        if site == "recovery":
            standby = self.plan.sites["recovery"].web_tier
            size = standby.standby_min if standby else 0
            self.environments["recovery"] = SimulatedEnvironment(writer.endpoint, size, size)
        elif self.strategy == "multi_site":
            self.environments["primary"].hostname = writer.endpoint

    def _is_writer(self, database: SimulatedDatabase) -> bool:
        pair = self.memory.pair()
        known = pair.writer["identifier"] if pair.writer else "shop-primary"
        return database.site == pair.active and database.identifier == known

    # How the world works

    def _make_database(self, site: str, name: str, source: SimulatedDatabase | None) -> SimulatedDatabase:
        of = source.identifier if source else None
        made = SimulatedDatabase(site, name, of, (f"sg-{site}",), was_replica_of=of)
        if source is not None:
            made.writes = list(source.writes)
        self.databases[site, name] = made
        return made

    def _new_id(self) -> str:
        self._ids += 1
        return f"r{self._ids}"

    def settle(self) -> None:
        """Finish what AWS was at."""
        for each in self.databases.values():
            if each.status != "available" and each.busy_until <= self.now and self.is_up[each.site]:
                each.status = "available"
                if each.promoting:
                    each.promoting, each.source = False, None
        for site, environment in self.environments.items():
            if environment.wanted and environment.busy_until <= self.now and self.is_up[site]:
                environment.min, environment.max, environment.hostname = environment.wanted
                environment.status, environment.wanted = "Ready", None
        stack = self.stack
        if stack is not None and stack.busy_until <= self.now and stack.status.endswith("_IN_PROGRESS"):
            self._finish_stack(stack)

    def _finish_stack(self, stack: SimulatedStack) -> None:
        if stack.status == "DELETE_IN_PROGRESS":
            self.stack = None
            return
        if self.stack_failures:
            self.stack_failures -= 1
            stack.status = "ROLLBACK_COMPLETE"
            return
        stack.status = "CREATE_COMPLETE"
        if self.plan.sites["recovery"].database is None:
            restored = self._make_database("recovery", f"restored-{stack.token}", None)
            restored.writes = list(self.backups[-1][1])
            stack.database = restored.identifier

    def _write(self) -> None:
        """Let a client write through every record."""
        for site in self.records():
            database = self.writer_of(site)
            if database is not None:
                self._writes += 1
                database.writes.append(self._writes)

    def _replicate(self) -> None:
        for each in self.databases.values():
            if each.source is None or not self.is_up[each.site]:
                continue
            source = next(known for known in self.databases.values() if known.identifier == each.source)
            seconds = -1
            if self.is_up[source.site] and self.lag is not None:
                seconds = self.lag
                behind = -(-self.lag // 60)
                each.writes = source.writes[: max(len(source.writes) - behind, len(each.writes))]
            self.lags.setdefault(each.identifier, []).append(LagPoint(self.now - 60, seconds))
        writer = self.databases["primary", "shop-primary"]
        if all(self.is_up.values()) and self.lag == 0:
            self.backups.append((self.now, list(writer.writes)))

    def _probe(self) -> None:
        """Do what the prober does, and evaluate the alarms."""
        self.reachable.append(self.answers("primary"))
        self.traffic_metric = int(self.memory.pair().traffic == "recovery")
        self.alarms["shop-traffic"] = "ALARM" if self.traffic_metric else "OK"
        down = not any(self.reachable[-DATAPOINTS:]) or self.flapping > 0
        self.flapping = max(self.flapping - 1, 0)
        self.alarms["shop-unreachable"] = "ALARM" if down else "OK"
