"""AWS as one invocation sees it in the simulation."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from components.dr_pair.functions.memory import Process
from components.dr_pair.functions.simulated_parts import SimulatedDatabase, SimulatedStack

from pulumi_aws_mobile.dr_pair.functions.recovery.effects import (
    CreateStack,
    DeleteStack,
    Effect,
    FailedError,
    NotNowError,
    Promote,
    PutTraffic,
    Reboot,
    Scale,
    SetSecurityGroups,
    UnreachableError,
)
from pulumi_aws_mobile.dr_pair.functions.recovery.sights import (
    AlarmLook,
    BackupsLook,
    DatabaseLook,
    DatabaseSeen,
    EnvironmentLook,
    EnvironmentSeen,
    HealthLook,
    LagLook,
    Look,
    Seen,
    StackLook,
    StackSeen,
)

if TYPE_CHECKING:
    from components.dr_pair.functions.simulation import Simulation


class SimulatedAws:
    """The world as one invocation sees it."""

    def __init__(self, world: "Simulation", process: Process) -> None:
        self._world = world
        self._process = process

    def see(self, look: Look, _now: int) -> Seen:  # noqa: PLR0911 - one for each look
        world = self._world
        world.settle()
        match look:
            case AlarmLook(name):
                return world.alarms[name]
            case HealthLook(site):
                return world.answers(site)
            case DatabaseLook(site, identifier):
                return self._database(site, identifier)
            case LagLook(_, identifier):
                return tuple(world.lags.get(identifier, ())[-60:])
            case BackupsLook():
                return world.backups[-1][0] if world.backups else None
            case StackLook():
                return self._stack()
            case EnvironmentLook(site):
                self._reach(site)
                it = world.environments[site]
                health = "Green" if world.answers(site) else "Grey"
                return EnvironmentSeen(it.status, health, it.min, it.max, it.hostname, it.min)

    def do(self, effect: Effect) -> None:
        self._process.around(type(effect).__name__, lambda: self._do(effect))

    def publish(self, subject: str, text: str) -> None:
        self._process.around("publish", lambda: self._world.messages.append((subject, text)))

    def count(self, _counts: Mapping[tuple[str, str], int], _own: int) -> None:
        return None

    def _do(self, effect: Effect) -> None:
        world = self._world
        world.settle()
        if not isinstance(effect, PutTraffic):
            self._reach(effect.site)
        if world.refusals:
            refusal = world.refusals.pop(0)
            message = "AWS says no"
            raise refusal(message)
        match effect:
            case SetSecurityGroups() | Reboot() | Promote():
                self._change_database(effect)
            case CreateStack() | DeleteStack():
                self._change_stack(effect)
            case Scale():
                self._scale(effect)
            case PutTraffic(to):
                world.traffic_metric = int(to == "recovery")
        world.done.append(effect)

    def _change_database(self, effect: SetSecurityGroups | Reboot | Promote) -> None:
        database = self._world.databases[effect.site, effect.identifier]
        match effect:
            case SetSecurityGroups(_, _, groups):
                self._set_groups(database, groups)
            case Reboot():
                self._begin(database, "rebooting")
            case Promote():
                if database.source is None:
                    message = "not a replica"
                    raise FailedError(message)
                self._begin(database, "modifying")
                database.promoting = True

    def _change_stack(self, effect: CreateStack | DeleteStack) -> None:
        world, until = self._world, self._world.now + self._world.seconds
        if isinstance(effect, CreateStack):
            if world.stack is not None:
                message = "AlreadyExistsException"
                raise NotNowError(message)
            world.stack = SimulatedStack(effect.run, effect.token, busy_until=until)
        elif world.stack is not None:
            world.stack.status, world.stack.busy_until = "DELETE_IN_PROGRESS", until

    def _scale(self, effect: Scale) -> None:
        environment = self._world.environments[effect.site]
        if environment.status != "Ready":
            message = "invalid state"
            raise NotNowError(message)
        environment.wanted = (effect.min, effect.max, effect.hostname or environment.hostname)
        environment.status, environment.busy_until = "Updating", self._world.now + self._world.seconds

    def _begin(self, database: SimulatedDatabase, status: str) -> None:
        if database.status != "available":
            message = "InvalidDBInstanceState"
            raise NotNowError(message)
        database.status, database.busy_until = status, self._world.now + self._world.seconds

    def _set_groups(self, database: SimulatedDatabase, groups: tuple[str, ...]) -> None:
        opens = not any(group.startswith("sg-fence") for group in groups)
        heirs = [each for each in self._world.databases.values() if each.is_heir_of(database)]
        assert not (opens and heirs), "the old writer was opened after a promotion"
        self._begin(database, "modifying")
        database.groups = tuple(sorted(groups))

    def _database(self, site: str, identifier: str) -> DatabaseSeen | None:
        self._reach(site)
        found = self._world.databases.get((site, identifier))
        if found is None:
            return None
        return DatabaseSeen(
            identifier=found.identifier,
            status=found.status,
            source=found.source,
            endpoint=found.endpoint,
            security_group_ids=found.groups,
            is_settled=True,
            backup_retention_days=found.retention,
        )

    def _stack(self) -> StackSeen | None:
        stack = self._world.stack
        if stack is None:
            return None
        endpoint = f"{stack.database}.recovery.example.com" if stack.database else None
        return StackSeen(stack.status, "it failed", stack.run, stack.database, endpoint)

    def _reach(self, site: str) -> None:
        if not self._world.is_up[site]:
            message = f"{site}: EndpointConnectionError"
            raise UnreachableError(message)
