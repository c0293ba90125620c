"""What a database refuses about backups, restores, parameters and monitoring, each message in full."""

from typing import Any

import pytest
from components.ha_database.account import problems_of

REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"allow_major_version_upgrade": True, "apply_immediately": True, "replicas": {"a": {}}},
        [
            (
                "allow_major_version_upgrade: got true; allowed: false, with replicas: RDS upgrades each of them by "
                "itself, before its source or not at all; remove the replicas for the upgrade, and add them again "
                "afterwards"
            )
        ],
    ),
    (
        {"backups": {"retention_days": 0}},
        [
            (
                "backups.retention_days: got 0; allowed: 1 to 35 days: without backups there is no restore and no "
                "replica; remove it, or raise it"
            )
        ],
    ),
    (
        {"backups": {"retention_days": 36}},
        ["backups.retention_days: got 36; allowed: 0 to 35 days; choose an allowed value"],
    ),
    (
        {"backups": {"window": "3-4"}},
        [('backups.window: got "3-4"; allowed: HH:MM-HH:MM in UTC, for example 03:00-04:00; choose an allowed value')],
    ),
    (
        {"backups": {"window": "03:00-03:10"}},
        ['backups.window: got "03:00-03:10"; allowed: at least 30 minutes; make the window longer'],
    ),
    (
        {"maintenance_window": "sun:05:00-sun:05:10"},
        ['maintenance_window: got "sun:05:00-sun:05:10"; allowed: at least 30 minutes; make the window longer'],
    ),
    (
        {"maintenance_window": "sun:05:00-mon:06:00"},
        ['maintenance_window: got "sun:05:00-mon:06:00"; allowed: at most 24 hours; make the window shorter'],
    ),
    (
        {"maintenance_window": "sun:03:30-sun:04:30"},
        [
            (
                'maintenance_window: got "sun:03:30-sun:04:30"; allowed: a time that does not overlap the daily '
                "backups at 03:00-04:00; move one of the two windows"
            )
        ],
    ),
    (
        {"restore": {}},
        [
            (
                "restore: got nothing; allowed: exactly one of snapshot_identifier, source_identifier, "
                "source_backups_arn; give one, or remove restore"
            )
        ],
    ),
    (
        {"restore": {"snapshot_identifier": "a", "source_identifier": "b"}},
        [
            (
                'restore: got "snapshot_identifier and source_identifier"; allowed: exactly one of '
                "snapshot_identifier, source_identifier, source_backups_arn; keep one of them"
            )
        ],
    ),
    (
        {"restore": {"snapshot_identifier": "a", "restore_time": "2026-11-22T09:30:00Z"}},
        [
            (
                'restore.restore_time: got "2026-11-22T09:30:00Z"; allowed: nothing, for a snapshot, which holds '
                "one moment; remove it, or restore from source_identifier"
            )
        ],
    ),
    (
        {"restore": {"source_identifier": "a", "restore_time": "yesterday"}},
        [
            (
                'restore.restore_time: got "yesterday"; allowed: a moment in UTC, for example '
                "2026-11-22T09:30:00Z; choose an allowed value"
            )
        ],
    ),
    (
        {"restore": {"snapshot_identifier": "a"}, "database_name": "shop", "username": "shop"},
        [
            'database_name: got "shop"; allowed: nothing, with restore: the backup has it; remove it',
            'username: got "shop"; allowed: nothing, with restore: the backup has it; remove it',
        ],
    ),
    (
        {"parameters": {"require_secure_transport": "0"}},
        [
            (
                'parameters.require_secure_transport: got "0"; allowed: 1: every connection uses TLS; remove it; '
                "clients need the CA bundle of RDS, not an exception"
            )
        ],
    ),
    (
        {"engine": "postgres", "parameters": {"rds.force_ssl": "0"}},
        [
            (
                'parameters.rds.force_ssl: got "0"; allowed: 1: every connection uses TLS; remove it; clients need '
                "the CA bundle of RDS, not an exception"
            )
        ],
    ),
    ({"parameters": {"max_connections": 100}}, ["parameters.max_connections: got 100; allowed: a text; write a text"]),
    (
        {"engine": "postgres", "log_exports": ["slowquery"]},
        [
            (
                'log_exports[0]: got "slowquery"; allowed: postgresql | upgrade | iam-db-auth-error, for postgres; '
                "choose among these"
            )
        ],
    ),
    (
        {"log_retention_days": 100},
        [
            (
                "log_retention_days: got 100; allowed: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365 | "
                "400 | 545 | 731 | 1096 | 1827 | 2192 | 2557 | 2922 | 3288 | 3653; choose an allowed value"
            )
        ],
    ),
    (
        {"instance_class": "db.t4g.micro", "monitoring": {"insights": "standard"}},
        [
            (
                'monitoring.insights: got "standard"; allowed: off, for db.t4g.micro with mysql, which has no '
                "Performance Insights; remove it, or choose a class of size medium or larger"
            )
        ],
    ),
    (
        {"monitoring": {"insights": "advanced", "insights_retention_days": 31}},
        [
            (
                "monitoring.insights_retention_days: got 31; allowed: at least 465 days, with advanced insights; "
                "remove it, or choose 465"
            )
        ],
    ),
    (
        {"monitoring": {"interval_seconds": 20}},
        [("monitoring.interval_seconds: got 20; allowed: 0 | 1 | 5 | 10 | 15 | 30 | 60; choose an allowed value")],
    ),
    (
        {"allow_major_version_upgrade": True},
        [
            (
                "allow_major_version_upgrade: got true; allowed: true only with apply_immediately: an upgrade that "
                "waits for its window keeps the old parameter group in use, which can then not be deleted; set "
                "apply_immediately to true for that update"
            )
        ],
    ),
    (
        {"ca_certificate": "rds-ca-2019"},
        [
            (
                'ca_certificate: got "rds-ca-2019"; allowed: rds-ca-rsa2048-g1 | rds-ca-rsa4096-g1 | '
                "rds-ca-ecc384-g1; choose an allowed value"
            )
        ],
    ),
]


@pytest.mark.parametrize(("args", "problems"), REFUSED)
def test_the_message_says_where_what_and_how_to_go_on(args: dict[str, Any], problems: list[str]) -> None:
    assert problems_of(args) == problems
