"""Rules that EventBridge would accept, that know since when they wait, and whose events reach functions and topics."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock

_OWN = ("lambda", "sns", "sqs")
_MOST_TARGETS = 5


def fill() -> None:
    """Teach moto's rules."""
    from moto.events.models import EventsBackend, Rule  # noqa: PLC0415 - moto loads only when something is deployed

    replace(EventsBackend, "put_rule", _putting)
    replace(EventsBackend, "put_targets", _targeting)
    replace(Rule, "send_to_targets", _sending)


def _putting(original: Callable[..., Any]) -> Callable[..., Any]:
    def put(self: Any, name: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - moto's own types
        from moto.events.exceptions import ValidationException  # noqa: PLC0415 - loaded by now

        from pulumi_aws_sandbox.runtime.signals import cron  # noqa: PLC0415 - needs what this package offers

        expression = kwargs.get("scheduled_expression")
        if expression:
            try:
                cron.parse(expression)
            except ValueError as error:
                message = "Parameter ScheduleExpression is not valid."
                raise ValidationException(message) from error
        bus = self.event_buses.get(self._normalize_event_bus_arn(kwargs.get("event_bus_arn")))
        before = bus.rules.get(name) if bus is not None else None
        rule = original(self, name, *args, **kwargs)
        same = before is not None and before.scheduled_expression == expression
        rule.sandbox_since = vars(before).get("sandbox_since", clock.now()) if same else clock.now()
        return rule

    return put


def _targeting(original: Callable[..., Any]) -> Callable[..., Any]:
    def put(self: Any, name: str, event_bus_arn: str | None, targets: list[dict[str, Any]]) -> None:  # noqa: ANN401 - moto's own types
        from moto.core.exceptions import JsonRESTError  # noqa: PLC0415 - loaded by now

        bus = self.event_buses.get(self._normalize_event_bus_arn(event_bus_arn))
        rule = bus.rules.get(name) if bus is not None else None
        if rule is not None:
            ids = {each["Id"] for each in [*rule.targets, *targets]}
            if len(ids) > _MOST_TARGETS:
                code = "LimitExceededException"
                raise JsonRESTError(code, f"a rule has at most {_MOST_TARGETS} targets")
        original(self, name, event_bus_arn, targets)

    return put


def _sending(original: Callable[..., Any]) -> Callable[..., Any]:
    """Let events reach what moto's own rules do not call, or call without asking for permission."""

    def send(self: Any, original_event: Any, transform_input: bool = True) -> None:  # noqa: ANN401, FBT002 - moto's own types
        from pulumi_aws_sandbox.runtime.signals import schedules  # noqa: PLC0415 - needs what this package offers

        # To moto, a rule that has only a schedule fits every event.
        has_pattern = self.event_pattern.dump() is not None
        if self.state == "DISABLED" or not has_pattern or not self.event_pattern.matches_event(original_event):
            return
        every = self.targets
        own = [each for each in every if each["Arn"].split(":")[2] in _OWN]
        event = {name: value for name, value in original_event.items() if name != "ingestion-time"}
        if not isinstance(event["time"], str):
            event["time"] = f"{datetime.fromtimestamp(float(event['time']), UTC):%Y-%m-%dT%H:%M:%SZ}"
        for each in own:
            schedules.call(self.region_name, self, each, event, clock.now())
        self.targets = [each for each in every if each not in own]
        try:
            original(self, original_event, transform_input)
        finally:
            self.targets = every

    return send
