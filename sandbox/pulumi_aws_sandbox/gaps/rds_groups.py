"""RDS parameter groups that give parameters back to the engine, and subnet groups that survive a change."""

from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace


def fill() -> None:
    """Add the calls that reset parameters, and keep a subnet group that changes: moto loses it."""
    from moto.rds.models import RDSBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.rds.responses import RDSResponse  # noqa: PLC0415 - moto loads only when something is deployed

    RDSResponse.reset_db_parameter_group = _reset("DBParameterGroupName", "db_parameter_groups")
    RDSResponse.reset_db_cluster_parameter_group = _reset("DBClusterParameterGroupName", "db_cluster_parameter_groups")
    replace(RDSBackend, "modify_db_subnet_group", _kept)


def _kept(original: Callable[..., Any]) -> Callable[..., Any]:
    def modify(self: Any, subnet_name: str, description: str, subnets: list[Any]) -> Any:  # noqa: ANN401 - moto's own types
        self.describe_db_subnet_groups(subnet_name)
        group = original(self, subnet_name, description, subnets)
        self.subnet_groups[subnet_name] = group
        return group

    return modify


def _reset(name_key: str, groups: str) -> Callable[[Any], Any]:
    def reset(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        from moto.core.responses import ActionResult  # noqa: PLC0415 - moto loads only when something is deployed
        from moto.rds.exceptions import DBParameterGroupNotFoundError  # noqa: PLC0415 - as above

        name = self.params[name_key]
        group = getattr(self.backend, groups).get(name)
        if group is None:
            raise DBParameterGroupNotFoundError(name)
        if self.params.get("ResetAllParameters"):
            group.parameters.clear()
        for parameter in self.params.get("Parameters", []):
            group.parameters.pop(parameter["ParameterName"], None)
        return ActionResult({name_key: name})

    return reset
