"""RDS failover by hand: a reboot with failover moves the database to its standby's zone; moto only reboots."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.gaps.rds_states import begin
from pulumi_aws_sandbox.gaps.refusals import refuse
from pulumi_aws_sandbox.runtime import databases


def fill() -> None:
    """Let a reboot fail over."""
    from moto.rds.responses import RDSResponse  # noqa: PLC0415 - moto loads only when something is deployed

    replace(RDSResponse, "reboot_db_instance", _rebooting)


def _rebooting(original: Callable[..., Any]) -> Callable[..., Any]:
    def reboot(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        if self.params.get("ForceFailover"):
            (instance,) = self.backend.describe_db_instances(self.params.get("DBInstanceIdentifier"))
            standby = instance.secondary_availability_zone
            if standby is None:
                reason = f"DB Instance {instance.db_instance_identifier} is not a Multi-AZ deployment to fail over."
                refuse("InvalidParameterCombination", reason)
            instance.availability_zone = standby
        answer = original(self)
        (rebooted,) = self.backend.describe_db_instances(self.params.get("DBInstanceIdentifier"))
        begin(rebooted, "rebooting", "reboot")
        with suppress(LookupError, RuntimeError):  # no server runs for it, or none runs at all
            databases.reboot(rebooted.address)
        return answer

    return reboot
