"""EC2: security groups and the VPC's default one, with their inline rules."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._ec2 import arn, ec2_of, one, retag, tag_specification
from pulumi_aws_sandbox.resources._make import found, from_aws, handler, tags_from, to_aws

_GONE_GROUP = ("InvalidGroup.NotFound",)
_DIRECTIONS = ("ingress", "egress")
_ANY = "-1"


def _group(clients: Clients, group_id: str, known: Properties) -> dict[str, Any] | None:
    ec2 = ec2_of(clients, known)
    return one(lambda: ec2.describe_security_groups(GroupIds=[group_id])["SecurityGroups"], *_GONE_GROUP)


def _permissions(rules: list[Properties], group_id: str) -> list[dict[str, Any]]:
    """Return inline rules as EC2's permissions."""
    permissions = []
    for rule in rules:
        about = {"Description": rule["description"]} if rule.get("description") else {}
        groups = [*rule.get("securityGroups", []), *([group_id] if rule.get("self") else [])]
        ports = {} if rule["protocol"] == _ANY else {"FromPort": rule["fromPort"], "ToPort": rule["toPort"]}
        permissions.append(
            {
                "IpProtocol": rule["protocol"],
                **ports,
                "IpRanges": [{"CidrIp": cidr, **about} for cidr in rule.get("cidrBlocks", [])],
                "Ipv6Ranges": [{"CidrIpv6": cidr, **about} for cidr in rule.get("ipv6CidrBlocks", [])],
                "PrefixListIds": [{"PrefixListId": each, **about} for each in rule.get("prefixListIds", [])],
                "UserIdGroupPairs": [{"GroupId": each, **about} for each in groups],
            }
        )
    return permissions


def _rules(permissions: list[dict[str, Any]], group_id: str) -> list[Properties]:
    """Return EC2's permissions as inline rules, one per protocol, ports and description."""
    kinds = {
        "cidrBlocks": ("IpRanges", "CidrIp"),
        "ipv6CidrBlocks": ("Ipv6Ranges", "CidrIpv6"),
        "prefixListIds": ("PrefixListIds", "PrefixListId"),
        "securityGroups": ("UserIdGroupPairs", "GroupId"),
    }
    rules: dict[tuple[str, int, int, str], Properties] = {}
    for permission in permissions:
        for name, (aws, inner) in kinds.items():
            for source in permission.get(aws, []):
                ports = permission.get("FromPort", 0), permission.get("ToPort", 0)
                key = (permission["IpProtocol"], *ports, source.get("Description", ""))
                rule = rules.setdefault(
                    key,
                    {"protocol": key[0], "fromPort": key[1], "toPort": key[2], "description": key[3], "self": False},
                )
                if source[inner] == group_id:
                    rule["self"] = True
                else:
                    rule.setdefault(name, []).append(source[inner])
    return list(rules.values())


def _write_rules(ec2: Any, group: dict[str, Any], inputs: Properties) -> None:  # noqa: ANN401 - a boto3 client
    """Make the group's rules those of the inputs, for each direction that the inputs mention."""
    group_id = group["GroupId"]
    calls = {
        "ingress": (ec2.revoke_security_group_ingress, ec2.authorize_security_group_ingress, "IpPermissions"),
        "egress": (ec2.revoke_security_group_egress, ec2.authorize_security_group_egress, "IpPermissionsEgress"),
    }
    for direction, (revoke, authorize, answer) in calls.items():
        if direction in inputs:
            if group.get(answer):
                revoke(GroupId=group_id, IpPermissions=group[answer])
            if inputs[direction]:
                authorize(GroupId=group_id, IpPermissions=_permissions(inputs[direction], group_id))


def _make_group(clients: Clients, inputs: Properties) -> str:
    names = {"name": "GroupName", "description": "Description", "vpcId": "VpcId"}
    ec2 = ec2_of(clients, inputs)
    answer = ec2.create_security_group(**to_aws(inputs, names), **tag_specification("security-group", inputs))
    group = _group(clients, answer["GroupId"], inputs)
    if group is not None:
        # The provider removes the rule that EC2 gives a new group: everything out.
        _write_rules(ec2, group, {"egress": []} | inputs)
    return answer["GroupId"]


def _describe_group(clients: Clients, group_id: str, known: Properties) -> Properties | None:
    group = _group(clients, group_id, known)
    if group is None:
        return None
    names = {"name": "GroupName", "description": "Description", "vpcId": "VpcId", "ownerId": "OwnerId"}
    return {
        **from_aws(group, names),
        "arn": arn(clients, known, "security-group", group_id),
        "ingress": _rules(group.get("IpPermissions", []), group_id),
        "egress": _rules(group.get("IpPermissionsEgress", []), group_id),
        "revokeRulesOnDelete": known.get("revokeRulesOnDelete", False),
        **tags_from(group.get("Tags"), known),
    }


def _change_group(clients: Clients, group_id: str, _: Properties, old: Properties, new: Properties) -> None:
    ec2, group = ec2_of(clients, new), _group(clients, group_id, new)
    if group is not None:
        changed = {name: new.get(name, []) for name in _DIRECTIONS if new.get(name) != old.get(name)}
        _write_rules(ec2, group, changed)
    retag(ec2, group_id, old, new)


def _remove_group(clients: Clients, group_id: str, outputs: Properties) -> None:
    ec2 = ec2_of(clients, outputs)
    if outputs.get("revokeRulesOnDelete"):
        group = _group(clients, group_id, outputs)
        _write_rules(ec2, group, {name: [] for name in _DIRECTIONS}) if group else None
    found(lambda: ec2.delete_security_group(GroupId=group_id), *_GONE_GROUP)


def _adopt_default(clients: Clients, inputs: Properties) -> str:
    ec2 = ec2_of(clients, inputs)
    vpc_id = inputs.get("vpcId")
    if vpc_id is None:
        vpc_id = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    by_vpc = [{"Name": "vpc-id", "Values": [vpc_id]}, {"Name": "group-name", "Values": ["default"]}]
    group = ec2.describe_security_groups(Filters=by_vpc)["SecurityGroups"][0]
    _write_rules(ec2, group, {"ingress": [], "egress": []} | inputs)
    retag(ec2, group["GroupId"], {"tags": tags_from(group.get("Tags"), {})["tagsAll"]}, inputs)
    return group["GroupId"]


def _change_default(clients: Clients, group_id: str, outputs: Properties, old: Properties, new: Properties) -> None:
    empty = {"ingress": [], "egress": []}
    _change_group(clients, group_id, outputs, empty | old, empty | new)


def _keep(_: Clients, _id: str, _outputs: Properties) -> None:
    """Leave the VPC's own group alone: it goes with the VPC."""


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:ec2/securityGroup:SecurityGroup",
            make=_make_group,
            describe=_describe_group,
            change=_change_group,
            remove=_remove_group,
            replace_on=frozenset({"name", "namePrefix", "description", "vpcId"}),
            defaults={"description": "Managed by Pulumi"},
            auto_name=AutoName("name", 255),
            unordered=frozenset(_DIRECTIONS),
        ),
        handler(
            "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            make=_adopt_default,
            describe=_describe_group,
            change=_change_default,
            remove=_keep,
            replace_on=frozenset({"vpcId"}),
            unordered=frozenset(_DIRECTIONS),
        ),
    )
}
