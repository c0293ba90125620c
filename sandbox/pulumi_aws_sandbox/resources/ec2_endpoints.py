"""EC2: VPC endpoints and flow logs."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._ec2 import arn, ec2_of, one, only_tags_change, retag, tag_specification
from pulumi_aws_sandbox.resources._make import (
    client_of,
    found,
    from_aws,
    handler,
    policy_from,
    tags_from,
    to_aws,
)

_GONE_ENDPOINT = ("InvalidVpcEndpointId.NotFound",)
_GONE_LOG = ("InvalidFlowLogId.NotFound",)
_LISTS = {"routeTableIds": "RouteTableIds", "subnetIds": "SubnetIds", "securityGroupIds": "SecurityGroupIds"}
_WATCHED = {
    "vpcId": "VPC",
    "subnetId": "Subnet",
    "eniId": "NetworkInterface",
    "transitGatewayId": "TransitGateway",
    "transitGatewayAttachmentId": "TransitGatewayAttachment",
}


def _make_endpoint(clients: Clients, inputs: Properties) -> str:
    names = {
        "vpcId": "VpcId",
        "serviceName": "ServiceName",
        "vpcEndpointType": "VpcEndpointType",
        "policy": "PolicyDocument",
        "privateDnsEnabled": "PrivateDnsEnabled",
        "ipAddressType": "IpAddressType",
    }
    ec2 = ec2_of(clients, inputs)
    kind = {"VpcEndpointType": "Gateway", "PrivateDnsEnabled": False}
    answer = ec2.create_vpc_endpoint(
        **(kind | to_aws(inputs, names | _LISTS)), **tag_specification("vpc-endpoint", inputs)
    )
    return answer["VpcEndpoint"]["VpcEndpointId"]


def _describe_endpoint(clients: Clients, endpoint_id: str, known: Properties) -> Properties | None:
    ec2 = ec2_of(clients, known)
    endpoint = one(lambda: ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint_id])["VpcEndpoints"], *_GONE_ENDPOINT)
    if endpoint is None or endpoint.get("State") == "deleted":
        return None
    groups = [group["GroupId"] for group in endpoint.get("Groups", [])] or known.get("securityGroupIds", [])
    names = {
        "vpcId": "VpcId",
        "serviceName": "ServiceName",
        "vpcEndpointType": "VpcEndpointType",
        "privateDnsEnabled": "PrivateDnsEnabled",
        "networkInterfaceIds": "NetworkInterfaceIds",
        "ownerId": "OwnerId",
        "state": "State",
    }
    policy = endpoint.get("PolicyDocument")
    return {
        "ipAddressType": known.get("ipAddressType", "ipv4"),
        "requesterManaged": endpoint.get("RequesterManaged", False),
        "ownerId": clients.account,
        **from_aws(endpoint, names),
        "arn": arn(clients, known, "vpc-endpoint", endpoint_id),
        "routeTableIds": sorted(endpoint.get("RouteTableIds", [])),
        "subnetIds": sorted(endpoint.get("SubnetIds", [])),
        "securityGroupIds": sorted(groups),
        "policy": policy_from(policy, known) if policy else None,
        "dnsEntries": [
            {"dnsName": entry["DnsName"], "hostedZoneId": entry["HostedZoneId"]}
            for entry in endpoint.get("DnsEntries", [])
            if "DnsName" in entry
        ],
        **_prefix_list(ec2, endpoint),
        **tags_from(endpoint.get("Tags"), known),
    }


def _prefix_list(ec2: Any, endpoint: dict[str, Any]) -> Properties:  # noqa: ANN401 - a boto3 client
    if endpoint.get("VpcEndpointType") != "Gateway":
        return {}
    by_name = [{"Name": "prefix-list-name", "Values": [endpoint["ServiceName"]]}]
    lists = ec2.describe_managed_prefix_lists(Filters=by_name)["PrefixLists"]
    if not lists:
        return {}
    entries = ec2.get_managed_prefix_list_entries(PrefixListId=lists[0]["PrefixListId"])["Entries"]
    return {"prefixListId": lists[0]["PrefixListId"], "cidrBlocks": [entry["Cidr"] for entry in entries]}


def _change_endpoint(clients: Clients, endpoint_id: str, _: Properties, old: Properties, new: Properties) -> None:
    changes: dict[str, Any] = {}
    for name, aws in _LISTS.items():
        before, after = old.get(name, []), new.get(name, [])
        added, removed = [item for item in after if item not in before], [item for item in before if item not in after]
        changes |= ({f"Add{aws}": added} if added else {}) | ({f"Remove{aws}": removed} if removed else {})
    names = {"policy": "PolicyDocument", "privateDnsEnabled": "PrivateDnsEnabled", "ipAddressType": "IpAddressType"}
    changes |= to_aws({name: new[name] for name in names if name in new and new[name] != old.get(name)}, names)
    ec2 = ec2_of(clients, new)
    if changes:
        ec2.modify_vpc_endpoint(VpcEndpointId=endpoint_id, **changes)
    retag(ec2, endpoint_id, old, new)


def _remove_endpoint(clients: Clients, endpoint_id: str, outputs: Properties) -> None:
    ec2 = ec2_of(clients, outputs)
    if _describe_endpoint(clients, endpoint_id, outputs) is not None:
        found(lambda: ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint_id]), *_GONE_ENDPOINT)


def _make_log(clients: Clients, inputs: Properties) -> str:
    names = {
        "trafficType": "TrafficType",
        "iamRoleArn": "DeliverLogsPermissionArn",
        "logDestination": "LogDestination",
        "logDestinationType": "LogDestinationType",
        "logFormat": "LogFormat",
        "maxAggregationInterval": "MaxAggregationInterval",
        "deliverCrossAccountRole": "DeliverCrossAccountRole",
    }
    watched = next(name for name in _WATCHED if name in inputs)
    answer = ec2_of(clients, inputs).create_flow_logs(
        ResourceIds=[inputs[watched]],
        ResourceType=_WATCHED[watched],
        **to_aws(inputs, names),
        **tag_specification("vpc-flow-log", inputs),
    )
    if answer.get("Unsuccessful"):
        error = answer["Unsuccessful"][0]["Error"]
        client = client_of(clients, "ec2", inputs)
        raise client.exceptions.ClientError({"Error": error}, "CreateFlowLogs")
    return answer["FlowLogIds"][0]


def _describe_log(clients: Clients, log_id: str, known: Properties) -> Properties | None:
    ec2 = ec2_of(clients, known)
    log = one(lambda: ec2.describe_flow_logs(FlowLogIds=[log_id])["FlowLogs"], *_GONE_LOG)
    if log is None:
        return None
    names = {
        "trafficType": "TrafficType",
        "iamRoleArn": "DeliverLogsPermissionArn",
        "logDestination": "LogDestination",
        "logDestinationType": "LogDestinationType",
        "logFormat": "LogFormat",
        "maxAggregationInterval": "MaxAggregationInterval",
    }
    return {
        **from_aws(log, names),
        "arn": arn(clients, known, "vpc-flow-log", log_id),
        **tags_from(log.get("Tags"), known),
    }


def _remove_log(clients: Clients, log_id: str, outputs: Properties) -> None:
    found(lambda: ec2_of(clients, outputs).delete_flow_logs(FlowLogIds=[log_id]), *_GONE_LOG)


def _one_watched(inputs: Properties) -> list[tuple[str, str]]:
    given = [name for name in _WATCHED if name in inputs]
    if len(given) == 1:
        return []
    return [("vpcId", f"exactly one of {', '.join(_WATCHED)} is needed: got {', '.join(given) or 'none'}")]


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:ec2/vpcEndpoint:VpcEndpoint",
            make=_make_endpoint,
            describe=_describe_endpoint,
            change=_change_endpoint,
            remove=_remove_endpoint,
            required=frozenset({"vpcId"}),
            replace_on=frozenset(
                {"vpcId", "serviceName", "vpcEndpointType", "serviceRegion", "resourceConfigurationArn"}
            ),
            unordered=frozenset(_LISTS),
        ),
        handler(
            "aws:ec2/flowLog:FlowLog",
            make=_make_log,
            describe=_describe_log,
            change=only_tags_change,
            remove=_remove_log,
            replace_on=frozenset(
                {
                    *_WATCHED,
                    "trafficType",
                    "iamRoleArn",
                    "logDestination",
                    "logDestinationType",
                    "logFormat",
                    "maxAggregationInterval",
                    "deliverCrossAccountRole",
                    "destinationOptions",
                }
            ),
            validate=_one_watched,
        ),
    )
}
