"""Gateway endpoints whose route tables change: the routes go with them."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace


def fill() -> None:
    """Keep the routes of gateway endpoints, and the private DNS of interface endpoints, as they are asked for."""
    from moto.ec2.models.vpcs import VPCBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.ec2.responses.vpcs import VPCs  # noqa: PLC0415 - as above

    replace(VPCBackend, "modify_vpc_endpoint", _modified)
    replace(VPCs, "modify_vpc_endpoint", _with_private_dns)


def _modified(original: Callable[..., None]) -> Callable[..., None]:
    def modify(self: Any, vpc_id: str, **changes: Any) -> None:  # noqa: ANN401 - moto's own types
        from moto.ec2.exceptions import InvalidRouteError  # noqa: PLC0415 - moto loads only when deploying

        endpoint = self.describe_vpc_endpoints(vpc_end_point_ids=[vpc_id])[0]
        prefix_list = endpoint.destination_prefix_list_id
        original(self, vpc_id, **changes)
        if not prefix_list:
            return
        for table in changes.get("add_route_tables") or []:
            self.create_route(table, None, gateway_id=vpc_id, destination_prefix_list_id=prefix_list)
        for table in changes.get("remove_route_tables") or []:
            with suppress(InvalidRouteError):
                self.delete_route(table, prefix_list)

    return modify


def _with_private_dns(original: Callable[..., Any]) -> Callable[..., Any]:
    def modify(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        answer = original(self)
        wanted = self._get_bool_param("PrivateDnsEnabled")
        if wanted is not None:
            endpoint = self.ec2_backend.describe_vpc_endpoints([self._get_param("VpcEndpointId")])[0]
            endpoint.private_dns_enabled = wanted
        return answer

    return modify
