"""What a single option of a `DRPair` may hold."""

from pulumi_aws_mobile.limits import KEY_ARN, REGION, TOPIC_ARN, Between, Limits, Matching

from .args import DRDomainArgs, DRPairArgs
from .nested_args import (
    DRDatabaseArgs,
    DRGuardArgs,
    DRIdentityArgs,
    DRNeedArgs,
    DRNetworkArgs,
    DRRestoreArgs,
    DRSiteArgs,
    DRSituationArgs,
    DRTrafficArgs,
    DRWebTierArgs,
    DRWeightsArgs,
)

_WEEK_MINUTES = 10_080
_ARN = r"arn:aws[a-z-]*"
_HOST = r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST_NAME = Matching(_HOST, "a host name, for example api.example.com")
_ZONE_ID = Matching(r"[A-Z0-9]{1,32}", "the id of a hosted zone, for example Z2FDTNDATAQYW2")
_ROLE_ARN = Matching(rf"{_ARN}:iam::\d{{12}}:role/[\w+=,.@/-]+", "the ARN of an IAM role")
_DATABASE_CLASS = Matching(r"db\.[a-z0-9-]+\.[a-z0-9-]+", "an instance class, for example db.t4g.medium")
_INSTANCES = Between(1, 1000, "instances")
_WAITING_INSTANCES = Between(0, 1000, "instances")


def _id(prefix: str, what: str) -> Matching:
    return Matching(rf"{prefix}-[0-9a-f]{{8,17}}", f"the id of {what}, for example {prefix}-0123456789abcdef0")


_VPC, _SUBNET = _id("vpc", "a VPC"), _id("subnet", "a subnet")
_ROUTE_TABLE, _SECURITY_GROUP = _id("rtb", "a route table"), _id("sg", "a security group")

LIMITS: Limits = {
    DRPairArgs: {
        "tables": Matching(
            rf"{_ARN}:dynamodb:[a-z0-9-]+:\d{{12}}:table/[A-Za-z0-9_.-]{{3,255}}", "the ARN of a DynamoDB table"
        ),
        "tables_kms_key_arn": KEY_ARN,
        "takeovers": Between(0, 99, "takeovers"),
        "alarm_topic_arn": TOPIC_ARN,
        "alarm_topic_kms_key_arn": KEY_ARN,
    },
    DRNeedArgs: {
        "rto_minutes": Between(1, _WEEK_MINUTES, "minutes"),
        "rpo_minutes": Between(0, _WEEK_MINUTES, "minutes"),
        "monthly_budget": Between(0, 1_000_000_000),
    },
    DRSituationArgs: {
        "database_gib": Between(1, 65_536, "GiB"),
        "instance_class": _DATABASE_CLASS,
        "server_type": Matching(r"[a-z0-9-]+\.[a-z0-9-]+", "an instance type, for example t4g.small"),
        "nat_gateways": Between(0, 16, "gateways"),
        "primary_monthly_cost": Between(1, 1_000_000_000),
    },
    DRGuardArgs: {
        "datapoints": Between(1, 60, "minutes"),
        "confirmations": Between(1, 10, "times"),
        "cooldown_minutes": Between(0, _WEEK_MINUTES, "minutes"),
        "approval_minutes": Between(1, _WEEK_MINUTES, "minutes"),
        "lag_seconds": Between(0, 86_400, "seconds"),
    },
    DRTrafficArgs: {"ttl_seconds": Between(1, 60, "seconds")},
    DRWeightsArgs: {"primary": Between(1, 255), "recovery": Between(1, 255)},
    DRDomainArgs: {"name": _HOST_NAME, "hosted_zone_id": _ZONE_ID},
    DRSiteArgs: {
        "region": REGION,
        "health_url": Matching(
            r"https://[A-Za-z0-9.-]+(:\d{1,5})?(/[^\s#]{0,254})?", "an https URL, its path at most 255 characters"
        ),
        "api_domain_name": _HOST_NAME,
        "api_domain_zone_id": _ZONE_ID,
        "target_host": _HOST_NAME,
        "backups_arn": Matching(
            rf"{_ARN}:rds:[a-z0-9-]+:\d{{12}}:auto-backup:ab-[a-z0-9]+", "the ARN of copied automated backups"
        ),
        "kms_key_arn": KEY_ARN,
        "instance_security_group_id": _SECURITY_GROUP,
    },
    DRDatabaseArgs: {
        "identifier": Matching(
            r"[a-z](-?[a-z0-9]){0,62}", "a DB instance identifier: at most 63 letters, digits and single hyphens"
        ),
        "arn": Matching(rf"{_ARN}:rds:[a-z0-9-]+:\d{{12}}:db:[a-z0-9-]+", "the ARN of a DB instance"),
        "vpc_id": _VPC,
        "security_group_ids": _SECURITY_GROUP,
        "port": Between(1150, 65_535),
    },
    DRRestoreArgs: {
        "instance_class": _DATABASE_CLASS,
        "retention_days": Between(1, 35, "days"),
    },
    DRWebTierArgs: {
        "application_name": Matching(r"[^/]{1,100}", "1 to 100 characters without slashes"),
        "environment_name": Matching(
            r"[A-Za-z0-9]([A-Za-z0-9-]{2,38})[A-Za-z0-9]", "4 to 40 letters, digits and inner hyphens"
        ),
        "environment_id": Matching(r"e-[a-z0-9]{10}", "the id of an environment, for example e-abcdefghij"),
        "min": _INSTANCES,
        "max": _INSTANCES,
        "standby_min": _WAITING_INSTANCES,
        "standby_max": _WAITING_INSTANCES,
        "instance_role_arn": _ROLE_ARN,
        "service_role_arn": _ROLE_ARN,
    },
    DRNetworkArgs: {
        "vpc_id": _VPC,
        "cidr": Matching(r"\d{1,3}(\.\d{1,3}){3}/\d{1,2}", "IPv4 addresses, for example 10.0.0.0/16"),
        "subnet_ids": _SUBNET,
        "public_subnet_ids": _SUBNET,
        "application_route_table_ids": _ROUTE_TABLE,
        "data_route_table_ids": _ROUTE_TABLE,
    },
    DRIdentityArgs: {
        "user_pool_id": Matching(
            r"[a-z]{2,4}(-[a-z]+)+-\d_[A-Za-z0-9]{1,45}", "the id of a user pool, for example eu-west-1_a1B2c3D4e"
        ),
    },
}
"""What each option by itself may hold."""
