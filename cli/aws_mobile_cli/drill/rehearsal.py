"""What is rehearsed: the stack as its file says, but for the strategy that is asked for and a domain if it has none."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.project import Project
from pulumi_aws_mobile.dr_pair.choices import RecoveryStrategy

DOMAIN = {"name": "api.example.com", "hosted_zone_id": "Z00000000EXAMPLE"}
"""What a stack without a domain gets, for clients find the Region that answers by a name."""
_DOES_NOT_FIT: Mapping[str, frozenset[RecoveryStrategy]] = {
    "instance_class": frozenset({RecoveryStrategy.BACKUP_RESTORE}),
    "traffic": frozenset(RecoveryStrategy) - {RecoveryStrategy.MULTI_SITE},
}
"""The options of `recovery` that say nothing under some strategies, and are refused then."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A stack to rehearse with."""

    project: Project
    primary: str
    recovery: str
    lost: str
    strategy: RecoveryStrategy | None
    """The one that was asked for; `None` where the stack file's own holds."""
    changes: tuple[str, ...]
    """What is otherwise than in the stack file."""

    @property
    def primary_is_lost(self) -> bool:
        """Whether it is the primary Region that is lost."""
        return self.lost == self.primary

    @property
    def domain(self) -> Mapping[str, str]:
        """The API's domain: its name and the id of its hosted zone."""
        return _object(self.project, "backend")["api"]["domain"]

    def after(self, takeovers: int, *, successor: bool, restored: Mapping[str, str] | None = None) -> Project:
        """Return the project as an operator writes it down after a role change."""
        written = {**_object(self.project, "recovery"), "takeovers": takeovers, "successor": successor}
        if restored is not None:
            written["restored"] = dict(restored)
        return _with(self.project, recovery=written)


def rehearse(project: Project, lost: str, strategy: str | None = None) -> Rehearsal:
    """Return what is rehearsed; raise `UsageError` where there is nothing to rehearse."""
    recovery = _object(project, "recovery")
    if "region" not in recovery:
        message = (
            f"Pulumi.{project.stack}.yaml has no recovery object, so nothing stands ready for the loss of {lost}; "
            "add recovery.region and recovery.strategy"
        )
        raise UsageError(message)
    primary, second = project.region, str(recovery["region"])
    if lost not in {primary, second}:
        message = f"--lose {lost}: the stack {project.stack} stands in {primary} and {second}; name one of them"
        raise UsageError(message)
    if recovery.get("takeovers", 0):
        message = (
            f"Pulumi.{project.stack}.yaml has recovery.takeovers: {recovery['takeovers']}; a drill begins where "
            "nothing has been taken over yet"
        )
        raise UsageError(message)
    backend = _object(project, "backend")
    if "api" not in backend or "web_tier" not in backend:
        message = (
            f"Pulumi.{project.stack}.yaml has no backend.api or no backend.web_tier, so clients have nothing to call"
        )
        raise UsageError(message)
    changes: list[str] = []
    chosen = None if strategy is None else RecoveryStrategy(strategy)
    if chosen is not None:
        recovery, changes = _by(recovery, chosen)
    if "domain" not in backend["api"]:
        backend = {**backend, "api": {**backend["api"], "domain": DOMAIN}}
        changes.append(f"the API has the domain {DOMAIN['name']}")
    return Rehearsal(_with(project, recovery=recovery, backend=backend), primary, second, lost, chosen, tuple(changes))


def _by(recovery: Mapping[str, Any], strategy: RecoveryStrategy) -> tuple[dict[str, Any], list[str]]:
    """Return the recovery object by another strategy, without what does not fit to it."""
    kept = {name: value for name, value in recovery.items() if name not in {"strategy", "need"}}
    dropped = [name for name in sorted(kept) if strategy in _DOES_NOT_FIT.get(name, ())]
    changes = [] if recovery.get("strategy") == strategy.value else [f"the strategy is {strategy.value}"]
    if recovery.get("strategy") != strategy.value:
        # What the file says of the servers and the network there was said for its own strategy.
        dropped += [name for name in ("servers",) if set(kept.get(name, ())) - {"certificate_arn"}]
        if "instances" in kept.get("servers", {}):
            kept["servers"] = {name: value for name, value in kept["servers"].items() if name != "instances"}
        if "nat" in kept.get("network", {}):
            dropped.append("network.nat")
            kept["network"] = {name: value for name, value in kept["network"].items() if name != "nat"}
    whole = {name: value for name, value in kept.items() if name not in dropped or name == "servers"}
    changes += [f"recovery.{'servers.instances' if name == 'servers' else name} is left out" for name in dropped]
    return {**whole, "strategy": strategy.value}, changes


def _object(project: Project, key: str) -> dict[str, Any]:
    text = project.config.get(f"{project.name}:{key}")
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def _with(project: Project, **objects: Mapping[str, Any]) -> Project:
    changed = {f"{project.name}:{key}": json.dumps(value) for key, value in objects.items()}
    return replace(project, config={**project.config, **changed})
