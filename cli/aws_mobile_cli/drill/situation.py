"""What was deployed, as the recovery model and the sandbox's clock need to know it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aws_mobile_cli.exits import UsageError
from pulumi_aws_mobile.dr_pair.choices import FailoverMode, RecoveryStrategy
from pulumi_aws_mobile.dr_pair.model import Objectives, Phase, Situation, objectives, timeline
from pulumi_aws_mobile.testing import Recorded, Recording

_PAIR = "aws-mobile:index:DRPair"
_FUNCTION = "aws:lambda/function:Function"
_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
_STEP_OF = {"promote": "promote", "scale": "scale"}
_STACK_SECONDS = 15
"""What CloudFormation adds to its slowest resource; the rest of the step is that resource's."""


@dataclass(frozen=True, slots=True)
class Deployed:
    """A pair that was deployed."""

    plan: Mapping[str, Any]
    """What the functions are told of the pair."""
    function_name: str
    strategy: RecoveryStrategy
    situation: Situation
    domain: str

    def phases(self, event: str) -> tuple[Phase, ...]:
        """Return the steps of a change of Regions by the model."""
        return timeline(self.strategy, self.situation, event)

    def objectives(self) -> Objectives:
        """Return what the model says of it."""
        return objectives(self.strategy, self.situation)

    def site(self, name: str) -> Mapping[str, Any]:
        """Return a site of the plan."""
        return self.plan["sites"][name]


def read_deployed(recording: Recording) -> Deployed:
    """Return the stack's pair; raise `UsageError` where there is none."""
    pair = next(iter(recording.of_type(_PAIR)), None)
    if pair is None:
        message = "the stack has no DRPair, so nothing takes over when a Region is lost"
        raise UsageError(message)
    told = recording.component_outputs[pair.urn]
    function = next(each for each in recording.of_type(_FUNCTION) if each.outputs.get("name") == told["function_name"])
    plan = json.loads(_plain(function.inputs["environment"]["variables"])["PLAN"])
    return Deployed(
        plan=plan,
        function_name=str(told["function_name"]),
        strategy=RecoveryStrategy(told["strategy"]),
        situation=_situation(recording, plan),
        domain=str(told["record_fqdn"] or ""),
    )


def durations_of(deployed: Deployed) -> dict[str, float]:
    """Return how long what AWS does takes in the sandbox, so that its minutes are the model's."""
    failover = {phase.step: phase.seconds for phase in deployed.phases("failover")}
    switchover = {phase.step: phase.seconds for phase in deployed.phases("switchover")}
    found = {name: failover[step] for name, step in _STEP_OF.items() if step in failover}
    if "promote" not in found:
        found["promote"] = {phase.step: phase.seconds for phase in deployed.phases("failback")}["promote"]
    if "create" in failover:
        slowest = max(failover["create"] - _STACK_SECONDS, 0)
        found["restore" if deployed.strategy is RecoveryStrategy.BACKUP_RESTORE else "nat_gateway"] = slowest
    found["reboot"] = switchover["fence"]
    return found


def _situation(recording: Recording, plan: Mapping[str, Any]) -> Situation:
    guards, servers = plan["guards"], plan["sites"]["recovery"]["web_tier"]
    told: dict[str, Any] = {
        "mode": FailoverMode(plan["mode"]),
        "approval_minutes": guards["approval_minutes"],
        "confirmations": guards["confirmations"],
        "lag_limit_seconds": guards["lag_seconds"],
        **_database(recording, plan),
    }
    alarm = next((each for each in recording.of_type(_ALARM) if _is_named(each, plan["alarms"]["unreachable"])), None)
    if alarm is not None:
        told["datapoints"] = int(alarm.inputs.get("datapointsToAlarm") or alarm.inputs["evaluationPeriods"])
        told["probe_seconds"] = int(alarm.inputs["period"])
    if servers is not None:
        told["full_instances"] = max(int(servers["min"]), 1)
        told["standby_instances"] = min(max(int(servers["standby_min"]), 1), told["full_instances"])
    return Situation(**told)


def _database(recording: Recording, plan: Mapping[str, Any]) -> dict[str, Any]:
    identifier = plan["sites"]["primary"]["database"]["identifier"]
    for each in recording.of_type("aws:rds/instance:Instance"):
        if each.outputs.get("identifier") == identifier:
            engine = str(each.inputs.get("engine", "mysql"))
            return {
                "engine": engine,
                "database_gib": float(each.inputs.get("allocatedStorage", 20)),
                "instance_class": str(each.inputs["instanceClass"]),
                "multi_az": bool(each.inputs.get("multiAz")),
            }
    return {}


def _is_named(alarm: Recorded, name: str) -> bool:
    return name in {alarm.outputs.get("name"), alarm.inputs.get("name"), alarm.id}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any input
    """Return a value of the recording out of its secret."""
    return getattr(value, "value", value)
