"""What RDS rules have in common: which engine a database runs, and where it comes from."""

import pytest
from policy.test_stack import resource

from aws_mobile_guard.aws_types import DB_CLUSTER, DB_INSTANCE
from aws_mobile_guard.databases import engine_family, is_replica, is_restored
from aws_mobile_guard.view import UNKNOWN, UNKNOWN_TEXT


@pytest.mark.parametrize(
    ("engine", "family"),
    [
        ("mysql", "mysql"),
        ("aurora", "mysql"),
        ("aurora-mysql", "mysql"),
        ("mariadb", "mariadb"),
        ("postgres", "postgres"),
        ("aurora-postgresql", "postgres"),
        ("custom-oracle-ee", "oracle"),
        ("sqlserver-web", "sqlserver"),
        ("db2-se", "db2"),
        ("neptune", "neptune"),
        (None, None),
        (UNKNOWN_TEXT, UNKNOWN),
    ],
)
def test_the_family_of_an_engine(engine: str | None, family: object) -> None:
    assert engine_family(resource("db", DB_INSTANCE, {"engine": engine})) == family


@pytest.mark.parametrize(
    ("type_", "name"),
    [
        (DB_INSTANCE, "replicateSourceDb"),
        (DB_CLUSTER, "replicationSourceIdentifier"),
        (DB_CLUSTER, "globalClusterIdentifier"),
    ],
)
@pytest.mark.parametrize("value", ["other", UNKNOWN_TEXT])
def test_a_replica_is_known_by_its_source(type_: str, name: str, value: str) -> None:
    assert is_replica(resource("db", type_, {name: value}))


@pytest.mark.parametrize(("type_", "name"), [(DB_INSTANCE, "globalClusterIdentifier"), (DB_CLUSTER, "engine")])
def test_others_are_no_replicas(type_: str, name: str) -> None:
    assert not is_replica(resource("db", type_, {name: "other"}))


@pytest.mark.parametrize("name", ["snapshotIdentifier", "restoreToPointInTime", "s3Import"])
def test_a_restored_database_is_known_by_its_backup(name: str) -> None:
    assert is_restored(resource("db", DB_INSTANCE, {name: "backup"}))
    assert not is_restored(resource("db", DB_INSTANCE, {"engine": "mysql"}))
