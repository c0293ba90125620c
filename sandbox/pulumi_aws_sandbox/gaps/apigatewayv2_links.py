"""VPC links of the second version: made of subnets and groups that exist, and kept while an API needs them."""

import json
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.apigateway_refusals import refuse, require
from pulumi_aws_sandbox.gaps.patching import replace


def fill() -> None:
    """Teach moto's VPC links."""
    from moto.apigatewayv2.models import ApiGatewayV2Backend  # noqa: PLC0415 - moto loads only when deploying

    replace(ApiGatewayV2Backend, "create_vpc_link", _creating)
    replace(ApiGatewayV2Backend, "delete_vpc_link", _deleting)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, name: str, sg_ids: list[str], subnet_ids: list[str], tags: dict[str, str]) -> Any:  # noqa: ANN401 - moto's own types
        from moto.ec2.models import ec2_backends  # noqa: PLC0415 - moto loads only when deploying

        require(name, "Name is a required parameter")
        require(subnet_ids, "SubnetIds is a required parameter")
        ec2 = ec2_backends[ACCOUNT][self.region_name]
        subnets = {each.id: each for each in ec2.describe_subnets()}
        for each in subnet_ids:
            require(each in subnets, f"The subnet ID '{each}' does not exist")
        vpcs = {subnets[each].vpc_id for each in subnet_ids}
        require(len(vpcs) == 1, "Subnets must be in the same VPC")
        for each in sg_ids or []:
            group = ec2.get_security_group_from_id(each)
            if group is None or group.vpc_id not in vpcs:
                refuse(f"The security group '{each}' does not exist in the VPC '{vpcs.pop()}'")
        return original(self, name, sg_ids or [], subnet_ids, tags or {})

    return create


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, vpc_link_id: str) -> None:  # noqa: ANN401 - moto's own types
        from moto.apigateway.models import apigateway_backends  # noqa: PLC0415 - moto loads only when deploying

        self.get_vpc_link(vpc_link_id)
        for api in apigateway_backends[ACCOUNT][self.region_name].apis.values():
            document = json.dumps(vars(api).get("sandbox_document") or {}, default=str)
            used = f'"connectionId": "{vpc_link_id}"' in document
            require(not used, f"Cannot delete VPC link {vpc_link_id}: it is referenced in the API {api.id}")
        original(self, vpc_link_id)

    return delete
