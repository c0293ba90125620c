"""Checks of networks: where the subnets lie and where their traffic goes."""

from collections.abc import Iterator
from typing import Any

from pulumi_aws_mobile.testing import Recorded, Recording

from .check import Check, Clients, checks_of
from .system import System

check = checks_of(System.ENVIRONMENTS)

_INTERNET = "0.0.0.0/0"


def check_networks(recording: Recording, clients: Clients) -> Iterator[Check]:
    """Check each VPC."""
    for vpc in recording.of_type("aws:ec2/vpc:Vpc"):
        ec2 = clients("ec2", vpc.outputs.get("region"))
        only = [{"Name": "vpc-id", "Values": [vpc.id]}]
        component = vpc.parent.rsplit("::", 1)[-1] or vpc.name
        yield check(component, "subnets lie in at least two zones", lambda ec2=ec2, only=only: _zones(ec2, only))
        yield check(component, "the data tier has no way out", lambda ec2=ec2, vpc=vpc: _data_tier(recording, ec2, vpc))
        yield check(component, "the default security group lets nothing through", lambda e=ec2, o=only: _default(e, o))
        yield check(component, "flow logs are kept", lambda ec2=ec2, vpc=vpc: _flow_logs(ec2, vpc))


def _zones(ec2: Any, only: list[dict[str, Any]]) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    subnets = ec2.describe_subnets(Filters=only)["Subnets"]
    zones = sorted({subnet["AvailabilityZone"] for subnet in subnets})
    return len(zones) > 1, f"{len(subnets)} subnets in {', '.join(zones)}"


def _data_tier(recording: Recording, ec2: Any, vpc: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    subnets = {
        subnet.id: subnet.name
        for subnet in recording.of_type("aws:ec2/subnet:Subnet")
        if subnet.parent == vpc.parent and "-data-" in subnet.name
    }
    open_to = []
    for subnet_id, name in subnets.items():
        tables = ec2.describe_route_tables(Filters=[{"Name": "association.subnet-id", "Values": [subnet_id]}])
        routes = [route for table in tables["RouteTables"] for route in table["Routes"]]
        if not tables["RouteTables"] or any(route.get("DestinationCidrBlock") == _INTERNET for route in routes):
            open_to.append(name)
    return not open_to, f"{len(subnets)} data subnets without a default route" if not open_to else ", ".join(open_to)


def _default(ec2: Any, only: list[dict[str, Any]]) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    named_default = [*only, {"Name": "group-name", "Values": ["default"]}]
    (group,) = ec2.describe_security_groups(Filters=named_default)["SecurityGroups"]
    rules = len(group["IpPermissions"]) + len(group["IpPermissionsEgress"])
    return rules == 0, f"{group['GroupId']} has {rules} rules"


def _flow_logs(ec2: Any, vpc: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    logs = ec2.describe_flow_logs(Filters=[{"Name": "resource-id", "Values": [vpc.id]}])["FlowLogs"]
    return bool(logs), ", ".join(f"{log['TrafficType']} traffic to {log['LogGroupName']}" for log in logs) or "none"
