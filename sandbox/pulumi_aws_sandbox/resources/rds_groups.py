"""Relational Database Service: subnet groups and parameter groups."""

from collections.abc import Iterator
from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Handler, Properties
from pulumi_aws_sandbox.resources._make import found, from_aws, handler, tags_from, to_aws
from pulumi_aws_sandbox.resources._rds import AT_ONCE, rds_of, retag, tag_request

_NO_SUBNETS = ("DBSubnetGroupNotFoundFault", "DBSubnetGroupNotFound")
_NO_PARAMETERS = ("DBParameterGroupNotFound", "DBParameterGroupNotFoundFault", "DBClusterParameterGroupNotFound")


def _make_subnets(clients: Clients, inputs: Properties) -> str:
    rds_of(clients, inputs).create_db_subnet_group(
        DBSubnetGroupName=inputs["name"],
        DBSubnetGroupDescription=inputs["description"],
        SubnetIds=inputs["subnetIds"],
        **tag_request(inputs),
    )
    return inputs["name"]


def _describe_subnets(clients: Clients, name: str, known: Properties) -> Properties | None:
    rds = rds_of(clients, known)
    groups = found(lambda: rds.describe_db_subnet_groups(DBSubnetGroupName=name)["DBSubnetGroups"], *_NO_SUBNETS)
    if not groups:
        return None
    group = groups[0]
    return {
        "name": group["DBSubnetGroupName"],
        "description": group["DBSubnetGroupDescription"],
        "arn": group["DBSubnetGroupArn"],
        "vpcId": group["VpcId"],
        "subnetIds": sorted(each["SubnetIdentifier"] for each in group["Subnets"]),
        "supportedNetworkTypes": group.get("SupportedNetworkTypes", ["IPV4"]),
        **tags_from(rds.list_tags_for_resource(ResourceName=group["DBSubnetGroupArn"])["TagList"], known),
    }


def _change_subnets(clients: Clients, name: str, outputs: Properties, old: Properties, new: Properties) -> None:
    rds = rds_of(clients, new)
    if sorted(new["subnetIds"]) != sorted(old["subnetIds"]) or new["description"] != old.get("description"):
        rds.modify_db_subnet_group(
            DBSubnetGroupName=name, DBSubnetGroupDescription=new["description"], SubnetIds=new["subnetIds"]
        )
    retag(rds, outputs["arn"], old, new)


def _remove_subnets(clients: Clients, name: str, outputs: Properties) -> None:
    found(lambda: rds_of(clients, outputs).delete_db_subnet_group(DBSubnetGroupName=name), *_NO_SUBNETS)


def _batches(parameters: list[Properties]) -> Iterator[list[dict[str, Any]]]:
    names = {"name": "ParameterName", "value": "ParameterValue", "applyMethod": "ApplyMethod"}
    listed = [{"ApplyMethod": "immediate", **to_aws(each, names)} for each in parameters]
    for start in range(0, len(listed), AT_ONCE):
        yield listed[start : start + AT_ONCE]


def _parameter_group(kind: str, token: str) -> Handler:
    """Return the handler of DB or DB cluster parameter groups, which differ in the names of their calls only."""
    words = {"DB": "db_parameter_group", "DBCluster": "db_cluster_parameter_group"}
    word, key = words[kind], f"{kind}ParameterGroupName"

    def make(clients: Clients, inputs: Properties) -> str:
        rds = rds_of(clients, inputs)
        getattr(rds, f"create_{word}")(
            **{key: inputs["name"]},
            DBParameterGroupFamily=inputs["family"],
            Description=inputs["description"],
            **tag_request(inputs),
        )
        for batch in _batches(inputs.get("parameters", [])):
            getattr(rds, f"modify_{word}")(**{key: inputs["name"]}, Parameters=batch)
        return inputs["name"]

    def describe(clients: Clients, name: str, known: Properties) -> Properties | None:
        rds = rds_of(clients, known)
        groups = found(
            lambda: getattr(rds, f"describe_{word}s")(**{key: name})[f"{kind}ParameterGroups"], *_NO_PARAMETERS
        )
        if not groups:
            return None
        group, arn = groups[0], groups[0][f"{kind}ParameterGroupArn"]
        listing = getattr(rds, f"describe_{word.removesuffix('_group')}s")(**{key: name}, Source="user")
        names = {"name": "ParameterName", "value": "ParameterValue", "applyMethod": "ApplyMethod"}
        order = [each["name"] for each in known.get("parameters", [])]
        parameters = [from_aws(each, names) for each in listing["Parameters"] if "ParameterValue" in each]
        parameters.sort(
            key=lambda each: (order.index(each["name"]) if each["name"] in order else len(order), each["name"])
        )
        return {
            "name": group[key],
            "family": group["DBParameterGroupFamily"],
            "description": group["Description"],
            "arn": arn,
            "parameters": parameters,
            **tags_from(rds.list_tags_for_resource(ResourceName=arn)["TagList"], known),
        }

    def change(clients: Clients, name: str, outputs: Properties, old: Properties, new: Properties) -> None:
        rds = rds_of(clients, new)
        before, after = old.get("parameters", []), new.get("parameters", [])
        kept = {each["name"] for each in after}
        for batch in _batches([each for each in before if each["name"] not in kept]):
            getattr(rds, f"reset_{word}")(**{key: name}, Parameters=batch)
        for batch in _batches([each for each in after if each not in before]):
            getattr(rds, f"modify_{word}")(**{key: name}, Parameters=batch)
        retag(rds, outputs["arn"], old, new)

    def remove(clients: Clients, name: str, outputs: Properties) -> None:
        if not outputs.get("skipDestroy"):
            found(lambda: getattr(rds_of(clients, outputs), f"delete_{word}")(**{key: name}), *_NO_PARAMETERS)

    return handler(
        token,
        make=make,
        describe=describe,
        change=change,
        remove=remove,
        required=frozenset({"family"}),
        defaults={"description": "Managed by Pulumi"},
        replace_on=frozenset({"name", "namePrefix", "family", "description"}),
        auto_name=AutoName("name", 255, lowercase=True),
        unordered=frozenset({"parameters"}),
    )


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:rds/subnetGroup:SubnetGroup",
            make=_make_subnets,
            describe=_describe_subnets,
            change=_change_subnets,
            remove=_remove_subnets,
            required=frozenset({"subnetIds"}),
            defaults={"description": "Managed by Pulumi"},
            replace_on=frozenset({"name", "namePrefix"}),
            auto_name=AutoName("name", 255, lowercase=True),
            unordered=frozenset({"subnetIds"}),
        ),
        _parameter_group("DB", "aws:rds/parameterGroup:ParameterGroup"),
        _parameter_group("DBCluster", "aws:rds/clusterParameterGroup:ClusterParameterGroup"),
    )
}
