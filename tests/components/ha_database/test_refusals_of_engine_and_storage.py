"""What a database refuses about engine, size, names and password, each message in full."""

from typing import Any

import pytest
from components.ha_database.account import AWAY, HOME, problems_of

REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"engine": "postgresql"},
        ['engine: got "postgresql"; allowed: mysql | postgres | mariadb; did you mean "postgres"?'],
    ),
    (
        {"engine_version": "9"},
        ['engine_version: got "9"; allowed: a major version of mysql: 8.4 | 8.0 | 5.7; choose one of these'],
    ),
    (
        {"engine_version": "8.4.7"},
        [
            (
                'engine_version: got "8.4.7"; allowed: the major version alone, 8.4, while minor upgrades are '
                'automatic; write "8.4", or set auto_minor_version_upgrade to false'
            )
        ],
    ),
    (
        {"engine": "postgres", "engine_version": "17.6"},
        [
            (
                'engine_version: got "17.6"; allowed: the major version alone, 17, while minor upgrades are '
                'automatic; write "17", or set auto_minor_version_upgrade to false'
            )
        ],
    ),
    (
        {"engine_version": "8.0"},
        [
            (
                'engine_version: got "8.0"; allowed: a major version in standard support; that of mysql 8.0 ended '
                'on 2026-07-31 and RDS refuses to create it; choose "8.4", or set extended_support to true, which '
                "is billed per vCPU and hour"
            )
        ],
    ),
    (
        {"engine": "mariadb", "extended_support": True},
        ["extended_support: got true; allowed: false, for mariadb; remove it; RDS has none"],
    ),
    (
        {"zone": "eu-west-1a"},
        [
            (
                'zone: got "eu-west-1a"; allowed: nothing, with topology multi_az_instance, where RDS chooses the '
                'zones among the subnets\'; remove it, or choose the topology "single_zone"'
            )
        ],
    ),
    (
        {"region": HOME, "topology": "single_zone", "zone": "eu-central-1a"},
        [
            (
                'zone: got "eu-central-1a"; allowed: a zone of eu-west-1, for example eu-west-1a; name a zone of '
                "that Region"
            )
        ],
    ),
    (
        {"instance_class": "t4g.medium"},
        [
            (
                'instance_class: got "t4g.medium"; allowed: an instance class, for example db.t4g.medium; choose '
                "an allowed value"
            )
        ],
    ),
    (
        {"storage_type": "io1", "storage_gib": 50, "iops": 1000},
        [
            (
                "storage_gib: got 50; allowed: 100 to 65536 GiB with provisioned IOPS; raise it to 100, or choose "
                'storage_type "gp3"'
            )
        ],
    ),
    (
        {"storage_type": "io1"},
        ["iops: got nothing; allowed: a number of operations per second, with io1; give it, or choose gp3"],
    ),
    (
        {"storage_type": "io2", "storage_gib": 100, "iops": 6000},
        ["iops: got 6000; allowed: 0.5 to 50 per GiB, 1000 to 5000 for 100 GiB; change iops or storage_gib"],
    ),
    (
        {"iops": 3000},
        [
            (
                "iops: got 3000; allowed: nothing, for gp3 storage under 400 GiB, which has 3000; remove it, or "
                "raise storage_gib to 400"
            )
        ],
    ),
    ({"storage_gib": 400, "iops": 3000}, ["iops: got 3000; allowed: 12000 to 64000 for gp3; choose an allowed value"]),
    (
        {"throughput_mibps": 500},
        [
            (
                "throughput_mibps: got 500; allowed: nothing, for gp3 storage under 400 GiB, which has 125; remove "
                "it, or raise storage_gib to 400"
            )
        ],
    ),
    (
        {"storage_type": "io1", "iops": 3000, "throughput_mibps": 500},
        ["throughput_mibps: got 500; allowed: nothing, with provisioned IOPS; remove it"],
    ),
    (
        {"storage_gib": 100, "max_storage_gib": 105},
        ["max_storage_gib: got 105; allowed: 0, or 110 to 65536 GiB; raise it, or 0 for no growth"],
    ),
    ({"storage_gib": 10}, ["storage_gib: got 10; allowed: 20 to 65536 GiB; choose an allowed value"]),
    (
        {"database_name": "mysql"},
        ['database_name: got "mysql"; allowed: a name that mysql does not reserve; choose another name'],
    ),
    (
        {"engine": "postgres", "username": "admin"},
        [
            (
                'username: got "admin"; allowed: a name that is neither guessed first nor reserved: not admin, '
                "administrator, mariadb, mysql, postgres, rds_superuser, rdsadmin, root, template0, template1, "
                "test and user; choose another name"
            )
        ],
    ),
    (
        {"username": "app-owner"},
        [
            (
                'username: got "app-owner"; allowed: a letter, then up to 15 letters, digits or underscores; '
                "choose an allowed value"
            )
        ],
    ),
    (
        {"credentials": "managed", "replicas": {"a": {}}},
        [
            (
                'credentials: got "managed"; allowed: own, with replicas: RDS makes no read replicas of an '
                "instance with a managed password; remove credentials, or choose own"
            )
        ],
    ),
    (
        {
            "region": HOME,
            "credentials": "managed",
            "replicas": {"a": {}},
            "cross_region_backups": {"region": AWAY},
            "blue_green_updates": True,
        },
        [
            (
                'credentials: got "managed"; allowed: own, with replicas, cross_region_backups and '
                "blue_green_updates: RDS makes no read replicas of an instance with a managed password; a managed "
                "password does not exist in the Region of the copy; RDS makes no blue/green deployments of an "
                "instance with a managed password; remove credentials, or choose own"
            )
        ],
    ),
    (
        {"password_version": 2},
        [
            (
                "password_version: got 2; allowed: nothing, with a managed password, which RDS rotates; remove it, "
                'or set credentials to "own"'
            )
        ],
    ),
]


@pytest.mark.parametrize(("args", "problems"), REFUSED)
def test_the_message_says_where_what_and_how_to_go_on(args: dict[str, Any], problems: list[str]) -> None:
    assert problems_of(args) == problems
