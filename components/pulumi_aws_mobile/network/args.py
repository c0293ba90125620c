"""What a `Network` can be asked for."""

from enum import Enum
from typing import NotRequired, TypedDict

import pulumi


class NatMode(str, Enum):
    """How the application tier reaches the internet."""

    PER_ZONE = "per_zone"
    """A NAT gateway in every zone: the loss of a zone takes nothing from the others."""
    SINGLE = "single"
    """One NAT gateway for all zones: cheaper, and the loss of its zone cuts every zone off the internet."""
    NONE = "none"
    """No NAT gateway: the application tier has no route to the internet."""


class FlowLogTraffic(str, Enum):
    """Which connections the flow logs record."""

    ALL = "ALL"
    """Accepted and refused ones."""
    ACCEPT = "ACCEPT"
    """Those that security groups and network ACLs let through."""
    REJECT = "REJECT"
    """Those that security groups or network ACLs refused."""


class FlowLogArgs(TypedDict):
    """The record of the connections in the VPC, in CloudWatch Logs."""

    enabled: NotRequired[bool]
    """Whether connections are recorded. Defaults to true."""

    retention_days: NotRequired[int]
    """How many days records are kept; one of the periods that CloudWatch Logs knows. Defaults to 365.
    See https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html."""

    traffic: NotRequired[FlowLogTraffic]
    """Which connections are recorded. Defaults to all, accepted and refused."""

    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The ARN of a KMS key in the network's Region that encrypts the records; its policy must let CloudWatch Logs use
    it. Defaults to the encryption that CloudWatch Logs does by itself.
    See https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html."""


class NetworkArgs(TypedDict):
    """The options of a `Network`; every one has a default."""

    region: NotRequired[str]
    """The Region of the network. Defaults to the provider's."""

    cidr: NotRequired[str]
    """The VPC's addresses: a private IPv4 network (RFC 1918 or RFC 6598) from /16 to /21. Choose one that no network
    overlaps to which this one will ever be connected; changing it replaces everything. Defaults to 10.0.0.0/16.
    See https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html."""

    zones: NotRequired[list[str]]
    """The Availability Zones by name, two or three of one Region; their order does not matter. Name them in anything
    long-lived. Defaults to the first three by name that are available to the account, asked from AWS at each run."""

    nat: NotRequired[NatMode]
    """How the application tier reaches the internet. Defaults to a NAT gateway in every zone."""

    nat_zone: NotRequired[str]
    """The zone of the one NAT gateway; only with `nat` single. Defaults to the first zone by name."""

    gateway_endpoints: NotRequired[list[str]]
    """The services, of s3 and dynamodb, that all tiers reach inside AWS's network, free of charge. Defaults to both.
    See https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html."""

    interface_endpoints: NotRequired[list[str]]
    """The short names of services that get a private address in every zone, for example secretsmanager or ecr.api;
    each is billed per zone and hour. Defaults to none.
    See https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html."""

    flow_logs: NotRequired[FlowLogArgs]
    """The record of the connections in the VPC. Defaults to all connections, kept for a year."""

    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags, besides a `Name` of its own. Defaults to the names alone."""
