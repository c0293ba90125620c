"""What a Multi-AZ cluster refuses, each message in full."""

from typing import Any

import pytest
from components.ha_database.account import AWAY, HOME, problems_of

CLUSTER = {"topology": "multi_az_cluster"}
REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    (
        {**CLUSTER, "engine": "mariadb"},
        [
            (
                'topology: got "multi_az_cluster"; allowed: multi_az_instance | single_zone, for mariadb; choose '
                "multi_az_instance, or the engine mysql or postgres"
            )
        ],
    ),
    (
        {**CLUSTER, "instance_class": "db.t4g.medium"},
        [
            (
                'instance_class: got "db.t4g.medium"; allowed: for a Multi-AZ cluster, a class of c6gd, m5d, m6gd, '
                'm6id, m6idn, m8gd, r5d, r6gd, r6id, r6idn, r8gd, x2iedn; choose one, for example "db.m6gd.large"'
            )
        ],
    ),
    (
        {
            **CLUSTER,
            "region": HOME,
            "replicas": {"a": {}},
            "cross_region_backups": {"region": AWAY},
            "blue_green_updates": True,
        },
        [
            (
                "replicas: got a value; allowed: nothing, for a Multi-AZ cluster, of which the provider makes no "
                "read replicas; its two standbys can be read; remove it, or choose multi_az_instance"
            ),
            (
                "cross_region_backups: got a value; allowed: nothing, for a Multi-AZ cluster, whose backups RDS "
                "does not copy to another Region; remove it, or choose multi_az_instance"
            ),
            (
                "blue_green_updates: got a value; allowed: nothing, for a Multi-AZ cluster, which the provider "
                "does not update in this way; remove it, or choose multi_az_instance"
            ),
        ],
    ),
    (
        {**CLUSTER, "log_exports": ["audit"]},
        [
            (
                'log_exports: got "audit"; allowed: logs without audit, for a Multi-AZ cluster, which has no '
                "option groups; remove it"
            )
        ],
    ),
    (
        {**CLUSTER, "network": {"zones": ["eu-west-1a", "eu-west-1b"]}},
        [
            (
                'network.zones: got "eu-west-1a, eu-west-1b"; allowed: exactly 3 zones, for a Multi-AZ cluster; '
                "name three, or choose the topology multi_az_instance"
            )
        ],
    ),
    (
        {**CLUSTER, "network": {"vpc_id": "vpc-1", "subnet_ids": ["subnet-1", "subnet-2"]}},
        [
            (
                "network.subnet_ids: got 2 of them; allowed: subnets in at least 3 zones, for a Multi-AZ cluster; "
                "add the missing ones"
            )
        ],
    ),
    (
        {**CLUSTER, "max_storage_gib": 500},
        [
            (
                "max_storage_gib: got 500; allowed: nothing, for a Multi-AZ cluster, whose storage cannot grow by "
                "itself; remove it and give the storage_gib that it will need"
            )
        ],
    ),
    (
        {**CLUSTER, "storage_gib": 400, "throughput_mibps": 500},
        ["throughput_mibps: got 500; allowed: nothing, for a Multi-AZ cluster; remove it"],
    ),
    (
        {**CLUSTER, "username": "app_owner"},
        [
            (
                'username: got "app_owner"; allowed: letters and digits only, for a Multi-AZ cluster; remove the '
                "underscores"
            )
        ],
    ),
    (
        {**CLUSTER, "restore": {"source_backups_arn": "arn:aws:rds:eu-west-1:123456789012:auto-backup:ab-1"}},
        [
            (
                "restore.source_backups_arn: got a value; allowed: nothing, for a Multi-AZ cluster, whose backups are "
                "neither copied nor kept as such; restore from a snapshot, or from source_identifier"
            )
        ],
    ),
    (
        {**CLUSTER, "storage_type": "io1"},
        ["iops: got nothing; allowed: a number of operations per second, with io1; give it, or choose gp3"],
    ),
]


@pytest.mark.parametrize(("args", "problems"), REFUSED)
def test_the_message_says_where_what_and_how_to_go_on(args: dict[str, Any], problems: list[str]) -> None:
    assert problems_of(args) == problems
