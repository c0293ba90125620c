"""What an RDS instance is busy with, for as long as `runtime.durations` says; moto's are ready at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.gaps.refusals import refuse
from pulumi_aws_sandbox.runtime import clock, durations

_AVAILABLE = "available"
_ASKS_FOR_AVAILABLE = {
    "create_db_instance_read_replica": "SourceDBInstanceIdentifier",
    "create_db_snapshot": "DBInstanceIdentifier",
    "modify_db_instance": "DBInstanceIdentifier",
    "promote_read_replica": "DBInstanceIdentifier",
    "reboot_db_instance": "DBInstanceIdentifier",
}
"""What RDS refuses of an instance that is busy, and how each names it."""


@dataclass(frozen=True, slots=True)
class _Busy:
    status: str
    until: float
    finish: Callable[[], None]


def fill() -> None:
    """Let instances be busy."""
    from moto.rds.models import DBInstance, RDSBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.rds.responses import RDSResponse  # noqa: PLC0415 - as above

    instances: Any = DBInstance
    instances.status = property(_status, _set_status)
    instances.settle = _settle
    replace(RDSBackend, "describe_db_instances", _settling)
    replace(RDSResponse, "create_db_instance", _creating)
    replace(RDSResponse, "modify_db_instance", _modifying)
    for operation, name in _ASKS_FOR_AVAILABLE.items():
        replace(RDSResponse, operation, _refusing(name))


def begin(instance: Any, status: str, duration: str, finish: Callable[[], None] = lambda: None) -> None:  # noqa: ANN401 - moto's own type
    """Have an instance busy for the time that the named duration takes, and `finish` when that is over."""
    seconds = durations.of(duration)
    if seconds <= 0:
        finish()
    else:
        instance.busy = _Busy(status, clock.now() + seconds, finish)


def _settle(self: Any) -> None:  # noqa: ANN401 - moto's own type
    busy: _Busy | None = getattr(self, "busy", None)
    if busy is not None and clock.now() >= busy.until:
        self.busy = None
        busy.finish()


def _status(self: Any) -> str:  # noqa: ANN401 - moto's own type
    _settle(self)
    busy: _Busy | None = getattr(self, "busy", None)
    return busy.status if busy is not None else self.own_status


def _set_status(self: Any, status: str) -> None:  # noqa: ANN401 - moto's own type
    self.own_status = status


def _settling(original: Callable[..., Any]) -> Callable[..., Any]:
    def describe(self: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - moto's own types
        found = original(self, *args, **kwargs)
        for each in found:
            _settle(each)
        return found

    return describe


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        answer = original(self)
        begin(_named(self, "DBInstanceIdentifier"), "creating", "create")
        return answer

    return create


def _modifying(original: Callable[..., Any]) -> Callable[..., Any]:
    def modify(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        instance = _named(self, "DBInstanceIdentifier")
        answer = original(self)
        begin(instance, "modifying", "modify")
        return answer

    return modify


def _refusing(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def refusing(original: Callable[..., Any]) -> Callable[..., Any]:
        def operation(self: Any) -> Any:  # noqa: ANN401 - moto's own types
            if durations.any_set():
                instance = _named(self, name)
                if instance.status != _AVAILABLE:
                    reason = f"Instance {instance.db_instance_identifier} is not in available state."
                    refuse("InvalidDBInstanceState", reason)
            return original(self)

        return operation

    return refusing


def _named(self: Any, name: str) -> Any:  # noqa: ANN401 - moto's own types
    return self.backend.find_db_from_id(self.params[name])
