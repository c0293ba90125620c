"""Databases that are fenced, cut off, behind, promoted and restored; what a client sees of it, and the data."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sandbox.beanstalk.stage import until_true
from sandbox.databases.test_databases import _create, _host, _query

from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.runtime import clock, databases, durations, regions
from pulumi_aws_sandbox.runtime.databases import LocalDatabase
from pulumi_aws_sandbox.runtime.databases.history import History

_REFUSED = ["SQLSTATE[HY000] [2002] Connection refused"]
_MADE = ("CREATE TABLE t (i INT)", "INSERT INTO t VALUES (7)")
_READ = "SELECT GROUP_CONCAT(i ORDER BY i) FROM t"
HOME, AWAY = "eu-west-1", "eu-central-1"


def _group(clients: Connection, name: str, region: str = HOME, *, admits: bool = False) -> str:
    ec2 = clients("ec2", region)
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    group = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
    if admits:
        rule = {"IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    return group


def _source(clients: Connection, **about: Any) -> LocalDatabase:  # noqa: ANN401 - any parameters of RDS's
    local = databases.local(_create(clients, **about))
    assert _query(local, *_MADE) == []
    return local


def _replica(clients: Connection, name: str = "copy") -> LocalDatabase:
    rds = clients("rds", AWAY)
    source = f"arn:aws:rds:{HOME}:123456789012:db:notes"
    rds.create_db_instance_read_replica(DBInstanceIdentifier=name, SourceDBInstanceIdentifier=source)
    return databases.local(_endpoint(clients, name))


def _endpoint(clients: Connection, name: str, region: str = AWAY) -> str:
    return _shown(clients, name, region)["Endpoint"]["Address"]


def _shown(clients: Connection, name: str, region: str = AWAY) -> dict[str, Any]:
    return clients("rds", region).describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]


def test_a_group_without_a_rule_for_the_port_fences_a_database_and_its_replica_still_follows(
    clients: Connection,
) -> None:
    web, fence = _group(clients, "web", admits=True), _group(clients, "fence")
    source, rds = _source(clients, VpcSecurityGroupIds=[web]), clients("rds")
    replica = _replica(clients)
    rds.modify_db_instance(DBInstanceIdentifier="notes", VpcSecurityGroupIds=[fence], ApplyImmediately=True)
    databases.follow()
    assert _query(source, "SELECT 1") == _REFUSED
    until_true(lambda: _query(replica, _READ) == ["7"])
    rds.modify_db_instance(DBInstanceIdentifier="notes", VpcSecurityGroupIds=[web], ApplyImmediately=True)
    assert databases.local(_host(clients, "notes")) == source
    assert _query(source, _READ) == ["7"]


def test_a_rule_that_goes_closes_the_door_too(clients: Connection) -> None:
    web = _group(clients, "web", admits=True)
    source = _source(clients, VpcSecurityGroupIds=[web])
    rule = {"IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    clients("ec2").revoke_security_group_ingress(GroupId=web, IpPermissions=[rule])
    until_true(lambda: _query(source, "SELECT 1") == _REFUSED)


def test_a_cut_region_s_database_answers_nobody_and_has_its_data_afterwards(clients: Connection) -> None:
    source = _source(clients)
    with regions.lost(HOME):
        assert _query(source, "SELECT 1") == _REFUSED
    assert _query(source, _READ) == ["7"]


def test_a_replica_keeps_what_it_had_at_the_cut_and_follows_again_afterwards(clients: Connection) -> None:
    source = _source(clients)
    replica = _replica(clients)
    until_true(lambda: _query(replica, _READ) == ["7"])
    with regions.lost(AWAY):
        assert _query(source, "INSERT INTO t VALUES (8)") == []
        assert _query(replica, _READ) == _REFUSED
    until_true(lambda: _query(replica, _READ) == ["7,8"])


def test_a_replica_of_a_cut_region_is_promoted_and_the_old_writer_is_on_its_own(clients: Connection) -> None:
    source = _source(clients)
    replica = _replica(clients)
    until_true(lambda: _query(replica, _READ) == ["7"])
    with regions.lost(HOME):
        clients("rds", AWAY).promote_read_replica(DBInstanceIdentifier="copy")
        databases.follow()
        assert _query(replica, "INSERT INTO t VALUES (9)") == []
    assert _query(source, "INSERT INTO t VALUES (8)") == []
    assert (_query(source, _READ), _query(replica, _READ)) == (["7,8"], ["7,9"])
    assert "ReadReplicaSourceDBInstanceIdentifier" not in _shown(clients, "copy")
    assert _shown(clients, "notes", HOME)["ReadReplicaDBInstanceIdentifiers"] == []


def test_a_chain_of_databases_goes_there_and_back(clients: Connection) -> None:
    _source(clients)
    replica = _replica(clients)
    until_true(lambda: _query(replica, _READ) == ["7"])
    clients("rds", AWAY).promote_read_replica(DBInstanceIdentifier="copy")
    databases.follow()
    assert _query(replica, "INSERT INTO t VALUES (8)") == []
    writer = f"arn:aws:rds:{AWAY}:123456789012:db:copy"
    clients("rds").create_db_instance_read_replica(DBInstanceIdentifier="home", SourceDBInstanceIdentifier=writer)
    home = databases.local(_host(clients, "home"))
    until_true(lambda: _query(home, _READ) == ["7,8"])
    clients("rds").promote_read_replica(DBInstanceIdentifier="home")
    databases.follow()
    assert _query(home, "INSERT INTO t VALUES (9)") == []


def test_a_promotion_takes_its_time_and_the_replica_takes_no_writes_until_then(clients: Connection) -> None:
    _source(clients)
    replica = _replica(clients)
    until_true(lambda: _query(replica, _READ) == ["7"])
    rds = clients("rds", AWAY)
    with durations.lasting(promote=300):
        rds.promote_read_replica(DBInstanceIdentifier="copy")
        clock.move(290)
        shown = _shown(clients, "copy")
        assert shown["DBInstanceStatus"] == "modifying"
        assert shown["ReadReplicaSourceDBInstanceIdentifier"].endswith(":db:notes")
        assert "read-only" in _query(replica, "INSERT INTO t VALUES (8)")[0]
        with pytest.raises(rds.exceptions.InvalidDBInstanceStateFault) as refused:
            rds.reboot_db_instance(DBInstanceIdentifier="copy")
        assert refused.value.response["Error"]["Message"] == "Instance copy is not in available state."
        clock.move(11)
        assert _shown(clients, "copy")["DBInstanceStatus"] == "available"
    databases.follow()
    assert _query(replica, "INSERT INTO t VALUES (8)") == []


def test_a_database_that_reboots_answers_nobody_meanwhile(clients: Connection) -> None:
    source = _source(clients)
    with durations.lasting(reboot=60):
        clients("rds").reboot_db_instance(DBInstanceIdentifier="notes")
        assert _query(source, "SELECT 1") == _REFUSED
        clock.move(61)
        databases.follow()
    assert _query(source, _READ) == ["7"]


def test_a_replica_that_is_held_back_loses_what_it_had_not_when_it_is_promoted(clients: Connection) -> None:
    source = _source(clients)
    replica = _replica(clients)
    until_true(lambda: _query(replica, _READ) == ["7"])
    databases.delay("copy", 120)
    assert _query(source, "INSERT INTO t VALUES (8)") == []
    databases.follow()
    clock.move(60)
    databases.follow()
    assert _query(source, "INSERT INTO t VALUES (9)") == []
    clock.move(70)
    databases.follow()
    until_true(lambda: _query(replica, _READ) == ["7,8"])
    clients("rds", AWAY).promote_read_replica(DBInstanceIdentifier="copy")
    databases.follow()
    assert _query(replica, _READ) == ["7,8"]


def test_a_replica_that_is_held_back_no_more_catches_up(clients: Connection) -> None:
    source = _source(clients)
    replica = _replica(clients)
    databases.delay("copy", 3600)
    assert _query(source, "INSERT INTO t VALUES (8)") == []
    databases.delay("copy", 0)
    until_true(lambda: _query(replica, _READ) == ["7,8"])


def test_only_a_replica_can_be_held_back(clients: Connection) -> None:
    _create(clients)
    with pytest.raises(ValueError, match=r'^"notes" is no replica: nothing can be behind$'):
        databases.delay("notes", 5)


def test_copied_backups_restore_what_was_uploaded_before_the_cut(clients: Connection) -> None:
    source, away = _source(clients), clients("rds", AWAY)
    arn = f"arn:aws:rds:{HOME}:123456789012:db:notes"
    backups = away.start_db_instance_automated_backups_replication(SourceDBInstanceArn=arn)
    backups_arn = backups["DBInstanceAutomatedBackup"]["DBInstanceAutomatedBackupsArn"]
    clock.move(301)
    databases.follow()
    uploaded = clock.now()
    assert _query(source, "INSERT INTO t VALUES (8)") == []
    clock.move(200)
    with regions.lost(HOME):
        clock.move(900)
        (copy,) = away.describe_db_instance_automated_backups(DBInstanceAutomatedBackupsArn=backups_arn)[
            "DBInstanceAutomatedBackups"
        ]
        assert abs(copy["RestoreWindow"]["LatestTime"].timestamp() - uploaded) <= 2
        with durations.lasting(restore=1200):
            away.restore_db_instance_to_point_in_time(
                SourceDBInstanceAutomatedBackupsArn=backups_arn,
                TargetDBInstanceIdentifier="again",
                UseLatestRestorableTime=True,
            )
            assert _shown(clients, "again")["DBInstanceStatus"] == "creating"
            assert "Endpoint" not in _shown(clients, "again")
            clock.move(1201)
            assert _shown(clients, "again")["DBInstanceStatus"] == "available"
        again = databases.local(_endpoint(clients, "again"))
        assert _query(again, _READ, "INSERT INTO t VALUES (9)") == ["7"]
        assert _query(again, _READ) == ["7,9"]
    assert _query(source, _READ) == ["7,8"]


def test_copied_backups_outlive_their_source(clients: Connection) -> None:
    _source(clients)
    away, arn = clients("rds", AWAY), f"arn:aws:rds:{HOME}:123456789012:db:notes"
    backups = away.start_db_instance_automated_backups_replication(SourceDBInstanceArn=arn)
    clock.move(301)
    databases.follow()
    clients("rds").delete_db_instance(DBInstanceIdentifier="notes", SkipFinalSnapshot=True)
    away.restore_db_instance_to_point_in_time(
        SourceDBInstanceAutomatedBackupsArn=backups["DBInstanceAutomatedBackup"]["DBInstanceAutomatedBackupsArn"],
        TargetDBInstanceIdentifier="again",
        UseLatestRestorableTime=True,
    )
    assert _query(databases.local(_endpoint(clients, "again")), _READ) == ["7"]


def test_a_snapshot_and_its_copy_restore_the_data_of_their_time(clients: Connection) -> None:
    source, rds = _source(clients), clients("rds")
    rds.create_db_snapshot(DBSnapshotIdentifier="kept", DBInstanceIdentifier="notes")
    assert _query(source, "INSERT INTO t VALUES (8)") == []
    rds.copy_db_snapshot(SourceDBSnapshotIdentifier="kept", TargetDBSnapshotIdentifier="copied")
    rds.restore_db_instance_from_db_snapshot(DBInstanceIdentifier="again", DBSnapshotIdentifier="copied")
    assert _query(databases.local(_host(clients, "again")), _READ) == ["7"]


def test_a_restore_to_a_time_has_the_last_backup_before_it(clients: Connection) -> None:
    source, rds = _source(clients), clients("rds")
    clock.move(301)
    databases.follow()
    wanted = clock.now() + 10
    assert _query(source, "INSERT INTO t VALUES (8)") == []
    clock.move(301)
    databases.follow()
    rds.restore_db_instance_to_point_in_time(
        SourceDBInstanceIdentifier="notes",
        TargetDBInstanceIdentifier="again",
        RestoreTime=datetime.fromtimestamp(wanted, UTC),
    )
    assert _query(databases.local(_host(clients, "again")), _READ) == ["7"]


def test_a_history_answers_by_time_and_forgets_what_a_clock_took_back() -> None:
    history = History()
    assert history.at(10) is None
    for at, position in ((10, "a"), (20, "b"), (30, "c")):
        history.note(at, position)
    assert [history.at(each) for each in (9, 10, 19, 25, 99)] == [None, "a", "a", "b", "c"]
    history.note(15, "d")
    assert [history.at(each) for each in (14, 99)] == ["a", "d"]
    history.forget_before(16)
    assert [history.at(each) for each in (14, 16)] == [None, "d"]


def _lag(clients: Connection) -> list[float]:
    now = clock.today()
    points = clients("cloudwatch", AWAY).get_metric_statistics(
        Namespace="AWS/RDS",
        MetricName="ReplicaLag",
        Dimensions=[{"Name": "DBInstanceIdentifier", "Value": "copy"}],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(minutes=1),
        Period=60,
        Statistics=["Maximum"],
    )["Datapoints"]
    return [each["Maximum"] for each in sorted(points, key=lambda point: point["Timestamp"])]


def test_the_lag_is_told_for_each_minute_and_is_unknown_while_the_source_is_cut(clients: Connection) -> None:
    _create(clients)
    source = f"arn:aws:rds:{HOME}:123456789012:db:notes"
    rds = clients("rds", AWAY)
    rds.create_db_instance_read_replica(DBInstanceIdentifier="copy", SourceDBInstanceIdentifier=source)
    assert _lag(clients) == []
    clock.move(120)
    assert _lag(clients) == [0, 0]
    databases.delay("copy", 90)
    clock.move(60)
    assert _lag(clients) == [0, 0, 90]
    with regions.lost(HOME):
        clock.move(60)
        assert _lag(clients) == [0, 0, 90, -1]
    rds.promote_read_replica(DBInstanceIdentifier="copy")
    clock.move(60)
    assert _lag(clients) == [0, 0, 90, -1]


def test_a_replica_that_nobody_has_asked_for_has_the_data_all_the_same(clients: Connection) -> None:
    _source(clients)
    rds, arn = clients("rds", AWAY), f"arn:aws:rds:{HOME}:123456789012:db:notes"
    rds.create_db_instance_read_replica(DBInstanceIdentifier="copy", SourceDBInstanceIdentifier=arn)
    clients("rds").create_db_instance_read_replica(DBInstanceIdentifier="near", SourceDBInstanceIdentifier="notes")
    databases.follow()
    with regions.lost(HOME):
        rds.promote_read_replica(DBInstanceIdentifier="copy")
        assert _query(databases.local(_endpoint(clients, "copy")), _READ, "INSERT INTO t VALUES (8)") == ["7"]
    clients("rds").promote_read_replica(DBInstanceIdentifier="near")
    assert _query(databases.local(_endpoint(clients, "near", HOME)), _READ) == ["7"]
