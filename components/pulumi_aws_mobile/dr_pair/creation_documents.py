"""What CloudFormation may do when a failover creates its stack: what is in the template, no more. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from pulumi_aws_mobile.statements import StatementArgs

from .regions import service_principal
from .template import STACK_TAG

_READ_NETWORK = (
    "ec2:DescribeAccountAttributes",
    "ec2:DescribeAddresses",
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeInternetGateways",
    "ec2:DescribeNatGateways",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeVpcs",
)
"""EC2 takes no resource for these."""


@dataclass(frozen=True, slots=True)
class StackFacts:
    """What the statements name."""

    partition: str
    region: str
    account: str
    stack: str
    """The name of the stack, of its database, and of its subnet and parameter group."""
    public_subnet_id: str
    route_table_ids: Sequence[str]
    vpc_id: str
    backups_arn: str | None
    """`None` where no database is restored."""
    kms_key_arn: str | None

    def ec2(self, rest: str) -> str:
        """Return the ARN of something of EC2's."""
        return f"arn:{self.partition}:ec2:{self.region}:{self.account}:{rest}"

    def rds(self, rest: str) -> str:
        """Return the ARN of something of RDS's."""
        return f"arn:{self.partition}:rds:{self.region}:{self.account}:{rest}"


def stack_statements(facts: StackFacts) -> list[StatementArgs]:
    """Return what the stack's role may do, as CloudFormation's handlers of the template's types need it.

    Those that make a thing name the kind of thing, since its id comes with it; those that change or delete one hold
    only for what carries the stack's tag. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
    """
    statements = _way_out(facts)
    return [*statements, *_database(facts)] if facts.backups_arn is not None else statements


def _way_out(facts: StackFacts) -> list[StatementArgs]:
    kinds = [facts.ec2("elastic-ip/*"), facts.ec2("natgateway/*")]
    own = _own(facts)
    return [
        {"actions": [*_READ_NETWORK], "resources": ["*"]},
        {"actions": ["ec2:AllocateAddress"], "resources": [facts.ec2("elastic-ip/*")]},
        {
            "actions": ["ec2:CreateNatGateway"],
            "resources": [*kinds, facts.ec2(f"subnet/{facts.public_subnet_id}")],
        },
        {
            "actions": ["ec2:CreateTags"],
            "resources": [*kinds, facts.ec2("security-group/*")],
            "conditions": {"StringEquals": {f"aws:RequestTag/{STACK_TAG}": [facts.stack]}},
        },
        {
            "actions": ["ec2:DeleteNatGateway", "ec2:DeleteTags", "ec2:DisassociateAddress", "ec2:ReleaseAddress"],
            "resources": [*kinds],
            "conditions": own,
        },
        {
            "actions": ["ec2:CreateRoute", "ec2:DeleteRoute", "ec2:ReplaceRoute"],
            "resources": [facts.ec2(f"route-table/{table}") for table in facts.route_table_ids],
        },
    ]


def _database(facts: StackFacts) -> list[StatementArgs]:
    assert facts.backups_arn is not None  # noqa: S101 - asked for only with backups
    groups = facts.ec2("security-group/*")
    around = [facts.rds(f"subgrp:{facts.stack}"), facts.rds(f"pg:{facts.stack}")]
    instance = facts.rds(f"db:{facts.stack}")
    statements: list[StatementArgs] = [
        {"actions": ["ec2:CreateSecurityGroup"], "resources": [groups, facts.ec2(f"vpc/{facts.vpc_id}")]},
        {
            "actions": [
                "ec2:AuthorizeSecurityGroupEgress",
                "ec2:AuthorizeSecurityGroupIngress",
                "ec2:DeleteSecurityGroup",
                "ec2:RevokeSecurityGroupEgress",
                "ec2:RevokeSecurityGroupIngress",
            ],
            "resources": [groups],
            "conditions": _own(facts),
        },
        {
            "actions": [
                "rds:AddTagsToResource",
                "rds:CreateDBParameterGroup",
                "rds:CreateDBSubnetGroup",
                "rds:DeleteDBParameterGroup",
                "rds:DeleteDBSubnetGroup",
                "rds:DescribeDBParameterGroups",
                "rds:DescribeDBParameters",
                "rds:DescribeDBSubnetGroups",
                "rds:ListTagsForResource",
                "rds:ModifyDBParameterGroup",
                "rds:RemoveTagsFromResource",
                "rds:ResetDBParameterGroup",
            ],
            "resources": [*around, instance],
        },
        {
            "actions": ["rds:RestoreDBInstanceToPointInTime"],
            "resources": [instance, facts.backups_arn, *around, facts.rds("og:default:*")],
        },
        {
            "actions": ["rds:CreateDBSnapshot", "rds:DeleteDBInstance", "rds:ModifyDBInstance", "rds:RebootDBInstance"],
            "resources": [instance, *around],
        },
        # What they ask about is a list, of which these are the entries that it may see.
        {
            "actions": ["rds:DescribeDBInstanceAutomatedBackups", "rds:DescribeDBInstances"],
            "resources": [facts.rds("auto-backup:*"), facts.rds("db:*")],
        },
        {"actions": ["rds:DescribeEngineDefaultParameters", "rds:DescribeEvents"], "resources": ["*"]},
    ]
    if facts.kms_key_arn is not None:
        through = service_principal("rds", facts.region)
        statements.append(
            {
                "actions": ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
                "resources": [facts.kms_key_arn],
                "conditions": {"StringEquals": {"kms:ViaService": [through]}},
            }
        )
    return statements


def _own(facts: StackFacts) -> dict[str, dict[str, list[pulumi.Input[str]]]]:
    return {"StringEquals": {f"aws:ResourceTag/{STACK_TAG}": [facts.stack]}}
