"""AWS as the runbook sees it and acts on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from . import databases, environments, health, signals, stacks
from .effects import CreateStack, DeleteStack, Effect, Promote, PutTraffic, Reboot, Scale, SetSecurityGroups
from .plan import PRIMARY, Plan
from .sights import (
    AlarmLook,
    BackupsLook,
    DatabaseLook,
    EnvironmentLook,
    HealthLook,
    LagLook,
    Look,
    Seen,
    StackLook,
)


class World(Protocol):
    """What a runbook needs around it. All of it raises `NotNowError` and `FailedError`."""

    def see(self, look: Look, now: int) -> Seen:
        """Look at something."""

    def do(self, effect: Effect) -> None:
        """Do something; doing it again changes nothing more."""

    def publish(self, subject: str, text: str) -> None:
        """Tell people."""

    def count(self, counts: Mapping[tuple[str, str], int], own_milliseconds: int) -> None:
        """Count what steps came to."""


@dataclass(frozen=True, slots=True)
class Aws:
    """The real one."""

    plan: Plan

    def see(self, look: Look, now: int) -> Seen:  # noqa: PLR0911 - one for each look
        """Look at something."""
        match look:
            case AlarmLook():
                return signals.alarm_state(self.plan, look.name)
            case HealthLook():
                return health.answers(self.plan.sites[look.site].health_url, look.times)
            case DatabaseLook():
                return databases.describe(self._region(look.site), look.identifier, is_far=_is_far(look.site))
            case LagLook():
                return databases.lag(self._region(look.site), look.identifier, now, is_far=_is_far(look.site))
            case BackupsLook():
                return databases.backups_until(self._region(look.site), look.source_identifier)
            case StackLook():
                return stacks.describe(self._region(look.site), look.create.stack_name)
            case EnvironmentLook():
                return environments.describe(self._region(look.site), look.name, is_far=_is_far(look.site))

    def do(self, effect: Effect) -> None:
        """Do something; doing it again changes nothing more."""
        match effect:
            case SetSecurityGroups(site, identifier, group_ids):
                databases.set_security_groups(self._region(site), identifier, group_ids, is_far=_is_far(site))
            case Reboot(site, identifier):
                databases.reboot(self._region(site), identifier, is_far=_is_far(site))
            case Promote(site, identifier):
                databases.promote(self._region(site), identifier, is_far=_is_far(site))
            case CreateStack(site, create, run, token):
                stacks.create(self._region(site), create, run, token)
            case DeleteStack(site, create):
                stacks.delete(self._region(site), create)
            case Scale(site=site):
                environments.update(self._region(site), effect, is_far=_is_far(site))
            case PutTraffic(to):
                signals.put_traffic(self.plan, to)

    def publish(self, subject: str, text: str) -> None:
        """Tell the topic."""
        signals.publish(self.plan, subject, text)

    def count(self, counts: Mapping[tuple[str, str], int], own_milliseconds: int) -> None:
        """Count what steps came to."""
        signals.put_counts(self.plan, counts, own_milliseconds)

    def _region(self, site: str) -> str:
        return self.plan.sites[site].region


def _is_far(site: str) -> bool:
    """Tell whether a site's Region may be lost while the runbook runs: the one in which it does not live."""
    return site == PRIMARY
