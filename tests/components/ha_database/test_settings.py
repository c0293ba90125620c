"""Defaults and rules, without a resource."""

from typing import Any

import pytest
from components.ha_database.account import AWAY, HOME, THERE
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.ha_database.backups import Window, _overlap
from pulumi_aws_mobile.ha_database.choices import DatabaseCredentials, DatabaseEngine, DatabaseStorage
from pulumi_aws_mobile.ha_database.engines import ENGINES
from pulumi_aws_mobile.ha_database.identifiers import identifier_base
from pulumi_aws_mobile.ha_database.instance_classes import is_cluster_class, memory_gib, most_connections
from pulumi_aws_mobile.ha_database.settings import HAdatabaseSettings, resolve
from pulumi_aws_mobile.ha_database.storage import StorageSettings


def settled(**args: Any) -> HAdatabaseSettings:  # noqa: ANN401 - options of any type
    everything: Any = args
    return resolve("db", everything)


@pytest.mark.parametrize(
    ("engine", "version", "family", "port"),
    [
        ("mysql", "8.4", "mysql8.4", 3306),
        ("postgres", "17", "postgres17", 5432),
        ("mariadb", "11.8", "mariadb11.8", 3306),
    ],
)
def test_each_engine_has_a_default_version(engine: str, version: str, family: str, port: int) -> None:
    found = settled(engine=engine)
    assert (found.version.version, found.version.family, found.port) == (version, family, port)


@pytest.mark.parametrize(
    ("engine", "version", "family"),
    [("mysql", "8.4.7", "mysql8.4"), ("postgres", "16.9", "postgres16"), ("mariadb", "10.11.16", "mariadb10.11")],
)
def test_an_exact_version_is_kept_when_minor_upgrades_are_by_hand(engine: str, version: str, family: str) -> None:
    found = settled(engine=engine, engine_version=version, auto_minor_version_upgrade=False)
    assert (found.version.version, found.version.family) == (version, family)


def test_the_default_versions_are_in_standard_support() -> None:
    for facts in ENGINES.values():
        default = next(major for major in facts.majors if major.version == facts.default_version)
        assert default.standard_support_ended is None


@pytest.mark.parametrize(
    ("args", "storage"),
    [
        ({}, (DatabaseStorage.GP3, 20, 200, None, None)),
        ({"storage_gib": 400}, (DatabaseStorage.GP3, 400, 4000, None, None)),
        ({"storage_gib": 60_000}, (DatabaseStorage.GP3, 60_000, None, None, None)),
        ({"max_storage_gib": 0}, (DatabaseStorage.GP3, 20, None, None, None)),
        ({"storage_type": "io2", "iops": 3000}, (DatabaseStorage.IO2, 100, 1000, 3000, None)),
        (
            {"storage_gib": 400, "iops": 12_000, "throughput_mibps": 500},
            (DatabaseStorage.GP3, 400, 4000, 12_000, 500),
        ),
        ({"topology": "multi_az_cluster"}, (DatabaseStorage.GP3, 100, None, 3000, None)),
        ({"topology": "multi_az_cluster", "storage_gib": 400}, (DatabaseStorage.GP3, 400, None, 12_000, None)),
        ({"restore": {"snapshot_identifier": "s"}}, (None, None, None, None, None)),
        ({"restore": {"snapshot_identifier": "s"}, "max_storage_gib": 500}, (None, None, 500, None, None)),
        (
            {"restore": {"snapshot_identifier": "s"}, "topology": "multi_az_cluster"},
            (DatabaseStorage.GP3, 100, None, 3000, None),
        ),
    ],
)
def test_storage_is_what_rds_takes(args: dict[str, Any], storage: tuple[Any, ...]) -> None:
    assert settled(**args).storage == StorageSettings(*storage)


@pytest.mark.parametrize(
    ("instance_class", "gib"),
    [
        ("db.t4g.micro", 1),
        ("db.t4g.medium", 4),
        ("db.m7g.large", 8),
        ("db.r6gd.4xlarge", 128),
        ("db.c6gd.medium", 2),
        ("db.x2g.16xlarge", 1024),
        ("db.x2iedn.xlarge", None),
        ("db.z1d.large", None),
    ],
)
def test_the_memory_of_a_class_is_in_its_name(instance_class: str, gib: float | None) -> None:
    assert memory_gib(instance_class) == gib


@pytest.mark.parametrize(
    ("engine", "most"),
    [(DatabaseEngine.MYSQL, 2457), (DatabaseEngine.POSTGRES, 3244), (DatabaseEngine.MARIADB, 1228)],
)
def test_connections_follow_rdss_formula(engine: DatabaseEngine, most: int) -> None:
    assert most_connections("db.m7g.2xlarge", engine) == most


def test_connections_end_where_the_engine_ends_them() -> None:
    assert most_connections("db.r7g.16xlarge", DatabaseEngine.POSTGRES) == 5000


@pytest.mark.parametrize(
    ("instance_class", "possible"),
    [("db.m6gd.large", True), ("db.c6gd.medium", True), ("db.m6gd.medium", False), ("db.m6g.large", False)],
)
def test_a_cluster_runs_on_classes_with_local_disks(instance_class: str, possible: bool) -> None:
    assert is_cluster_class(instance_class) is possible


@pytest.mark.parametrize(
    "args",
    [
        {"replicas": {"a": {}}},
        {"region": HOME, "cross_region_backups": {"region": AWAY}},
        {"blue_green_updates": True},
        {"credentials": "own"},
    ],
)
def test_the_password_is_an_own_one_where_a_managed_one_cannot_be(args: dict[str, Any]) -> None:
    assert settled(**args).credentials is DatabaseCredentials.OWN


@pytest.mark.parametrize("args", [{}, {"replicas": {}}, {"blue_green_updates": False}])
def test_the_password_is_managed_where_it_can_be(args: dict[str, Any]) -> None:
    assert settled(**args).credentials is DatabaseCredentials.MANAGED


def test_numbers_may_come_as_floats() -> None:
    found = settled(storage_gib=40.0, backups={"retention_days": 7.0}, alarms={"cpu_percent": 70.0})
    assert (found.storage.allocated_gib, found.backups.retention_days) == (40, 7)
    assert found.alarms is not None
    assert found.alarms.cpu_percent == 70


def test_replicas_are_sorted_by_where_they_stand() -> None:
    found = settled(
        region=HOME,
        replicas={"far": {"region": AWAY, "network": THERE}, "near": {}, "further": {"region": AWAY}},
        cross_region_backups={"region": "us-east-1"},
    )
    assert set(found.replicas) == {"near"}
    assert {region: set(recovery.replicas) for region, recovery in found.recovery.items()} == {
        AWAY: {"far", "further"},
        "us-east-1": set(),
    }


minutes = st.integers(0, 7 * 24 * 60 - 1)


@given(minutes, st.integers(30, 1440), minutes, st.integers(30, 1440))
def test_windows_overlap_where_a_minute_lies_in_both(a: int, a_length: int, b: int, b_length: int) -> None:
    week = 7 * 24 * 60
    both = {(a + i) % week for i in range(a_length)} & {(b + i) % week for i in range(b_length)}
    assert _overlap(Window(a, a_length), Window(b, b_length)) == bool(both)


@pytest.mark.parametrize(
    ("window", "maintenance"),
    [
        ("23:30-00:30", "sat:23:00-sun:00:00"),
        ("23:30-00:30", "sun:00:00-sun:00:40"),
        ("00:00-00:30", "sun:23:50-mon:00:20"),
    ],
)
def test_windows_that_cross_midnight_are_understood(window: str, maintenance: str) -> None:
    with pytest.raises(ArgsError):
        settled(backups={"window": window}, maintenance_window=maintenance)


def test_windows_that_only_touch_do_not_overlap() -> None:
    found = settled(backups={"window": "04:00-05:00"}, maintenance_window="sun:05:00-sun:06:00")
    assert found.backups.window == "04:00-05:00"


@given(st.text(min_size=1).filter(lambda name: name[0].isascii() and name[0].isalpha()))
def test_every_name_becomes_an_identifier_that_rds_takes(name: str) -> None:
    base = identifier_base(name)
    assert base[0].isalpha()
    assert set(base) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in f"{base}-0a1b2c3d"
    assert len(f"{base}-0a1b2c3d-instance-1") <= 63
