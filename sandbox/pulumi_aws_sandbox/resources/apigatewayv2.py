"""VPC links of API Gateway, by which it reaches load balancers in a VPC."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._apigateway import GONE, arn, tags_of
from pulumi_aws_sandbox.resources._make import client_of, found, handler, tag_changes


def _client(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "apigatewayv2", properties)


def _make_link(clients: Clients, inputs: Properties) -> str:
    answer = _client(clients, inputs).create_vpc_link(
        Name=inputs["name"],
        SecurityGroupIds=inputs["securityGroupIds"],
        SubnetIds=inputs["subnetIds"],
        Tags=inputs.get("tags") or {},
    )
    return answer["VpcLinkId"]


def _describe_link(clients: Clients, link_id: str, known: Properties) -> Properties | None:
    answer = found(lambda: _client(clients, known).get_vpc_link(VpcLinkId=link_id), GONE)
    if answer is None:
        return None
    return {
        "arn": arn(clients, known, f"/vpclinks/{link_id}"),
        "name": answer["Name"],
        "securityGroupIds": answer["SecurityGroupIds"],
        "subnetIds": answer["SubnetIds"],
        **tags_of({"tags": answer.get("Tags")}, known),
    }


def _change_link(clients: Clients, link_id: str, outputs: Properties, old: Properties, new: Properties) -> None:
    client = _client(clients, new)
    gone, put = tag_changes(old, new)
    if gone:
        client.untag_resource(ResourceArn=outputs["arn"], TagKeys=gone)
    if put:
        client.tag_resource(ResourceArn=outputs["arn"], Tags=put)
    if old.get("name") != new.get("name"):
        client.update_vpc_link(VpcLinkId=link_id, Name=new["name"])


def _remove_link(clients: Clients, link_id: str, outputs: Properties) -> None:
    found(lambda: _client(clients, outputs).delete_vpc_link(VpcLinkId=link_id), GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:apigatewayv2/vpcLink:VpcLink",
            make=_make_link,
            describe=_describe_link,
            change=_change_link,
            remove=_remove_link,
            required=frozenset({"securityGroupIds", "subnetIds"}),
            replace_on=frozenset({"securityGroupIds", "subnetIds"}),
            auto_name=AutoName("name", 128),
            unordered=frozenset({"securityGroupIds", "subnetIds"}),
        ),
    )
}
