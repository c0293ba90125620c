"""What the EC2 handlers share: the client, tags by resource id, ARNs and looking up one object."""

from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, region_of, tag_changes, tag_list


def ec2_of(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    """Return the EC2 client of the resource's Region."""
    return client_of(clients, "ec2", properties)


def tag_specification(kind: str, inputs: Properties) -> dict[str, Any]:
    """Return the tags as an EC2 create call takes them; nothing if there are none."""
    tags = tag_list(inputs)
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags}]} if tags else {}


def retag(ec2: Any, resource_id: str, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    """Bring an EC2 resource's tags from the old inputs to the new ones."""
    gone, put = tag_changes(old, new)
    if gone:
        ec2.delete_tags(Resources=[resource_id], Tags=[{"Key": key} for key in gone])
    if put:
        ec2.create_tags(Resources=[resource_id], Tags=tag_list({"tags": put}))


def only_tags_change(clients: Clients, resource_id: str, _: Properties, old: Properties, new: Properties) -> None:
    """Change a resource of which only the tags can change."""
    retag(ec2_of(clients, new), resource_id, old, new)


def arn(clients: Clients, properties: Properties, kind: str, resource_id: str) -> str:
    """Return the ARN of an EC2 resource."""
    return f"arn:{clients.partition}:ec2:{region_of(clients, properties)}:{clients.account}:{kind}/{resource_id}"


def one(call: Callable[[], list[dict[str, Any]]], *gone: str) -> dict[str, Any] | None:
    """Return the only item that `call` lists; `None` if there is none, or AWS says so with a code of `gone`."""
    items = found(call, *gone)
    return items[0] if items else None
