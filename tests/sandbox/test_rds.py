"""Databases in the sandbox behave as in RDS, in the ways that a failover and a restore depend on.

What this does not prove: how long any of it takes, and what a real engine does with its data.
"""

import json

import pytest
from sandbox.situations import DATABASE, World

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.errors import SandboxError

INSTANCE = "aws:rds/instance:Instance"
ELSEWHERE = "eu-central-1"


def _described(sandbox: Sandbox, identifier: str, region: str | None = None) -> dict:
    return sandbox.clients("rds", region).describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"][0]


def _source(world: World, **more: object) -> dict:
    return world.make(INSTANCE, {**DATABASE, "skipFinalSnapshot": True, **more}, "source")


def _replica(world: World, source: str, **more: object) -> dict:
    inputs = {"instanceClass": "db.t4g.large", "replicateSourceDb": source, "skipFinalSnapshot": True, **more}
    return world.make(INSTANCE, inputs, "replica")


def _refusal(world: World, **inputs: object) -> str:
    with pytest.raises(SandboxError) as raised:
        world.make(INSTANCE, inputs, "db")
    return str(raised.value)


def test_a_multi_az_instance_has_its_standby_in_another_zone_of_its_subnets(sandbox: Sandbox) -> None:
    world = World(sandbox)
    made = _source(world, multiAz=True, dbSubnetGroupName=world.subnet_group())
    described = _described(sandbox, made["identifier"])
    assert (described["AvailabilityZone"], described["SecondaryAvailabilityZone"]) == ("eu-west-1a", "eu-west-1b")


def test_a_single_zone_instance_has_no_standby(sandbox: Sandbox) -> None:
    made = _source(World(sandbox))
    assert "SecondaryAvailabilityZone" not in _described(sandbox, made["identifier"])


def test_the_id_is_the_resource_id_and_a_new_identifier_renames_in_place(sandbox: Sandbox) -> None:
    inputs = {**DATABASE, "identifier": "before", "skipFinalSnapshot": True}
    resource_id, outputs = sandbox.create(INSTANCE, inputs)
    assert resource_id == outputs["resourceId"]
    after = {**inputs, "identifier": "after", "applyImmediately": True}
    assert sandbox.diff(INSTANCE, inputs, outputs, after).replaces == []
    sandbox.update(INSTANCE, resource_id, outputs, inputs, after)
    assert _described(sandbox, "after")["DbiResourceId"] == resource_id


def test_two_instances_have_different_resource_ids(sandbox: Sandbox) -> None:
    world = World(sandbox)
    assert world.database()["resourceId"] != world.database()["resourceId"]


def test_a_major_version_stands_for_its_newest_minor(sandbox: Sandbox) -> None:
    made = _source(World(sandbox))
    assert (made["engineVersion"], made["engineVersionActual"]) == ("8.4", "8.4.11")


def test_a_replica_in_the_region_follows_its_source(sandbox: Sandbox) -> None:
    world = World(sandbox)
    source = _source(world, multiAz=True, deletionProtection=False)
    replica = _replica(world, source["identifier"])
    described = _described(sandbox, replica["identifier"])
    assert described["ReadReplicaSourceDBInstanceIdentifier"] == source["identifier"]
    assert (described["MultiAZ"], described["BackupRetentionPeriod"]) == (False, 0)
    assert _described(sandbox, source["identifier"])["ReadReplicaDBInstanceIdentifiers"] == [replica["identifier"]]


def test_a_replica_in_another_region_lives_there_under_that_regions_key(sandbox: Sandbox) -> None:
    world = World(sandbox)
    source = _source(world, storageEncrypted=True, kmsKeyId=world.key())
    key, group = world.key(ELSEWHERE), world.subnet_group(ELSEWHERE)
    replica = _replica(
        world, source["arn"], region=ELSEWHERE, kmsKeyId=key, dbSubnetGroupName=group, backupRetentionPeriod=3
    )
    described = _described(sandbox, replica["identifier"], ELSEWHERE)
    assert described["DBInstanceArn"].split(":")[3] == ELSEWHERE
    assert described["AvailabilityZone"] == "eu-central-1a"
    assert (described["KmsKeyId"], described["BackupRetentionPeriod"]) == (key, 3)
    assert _described(sandbox, source["identifier"])["ReadReplicaDBInstanceIdentifiers"] == [replica["arn"]]


def test_leaving_the_source_out_promotes_the_replica_in_place(sandbox: Sandbox) -> None:
    world = World(sandbox)
    source = _source(world)
    replica = _replica(world, source["identifier"])
    old = {"instanceClass": "db.t4g.large", "replicateSourceDb": source["identifier"]}
    new = {"instanceClass": "db.t4g.large", "backupRetentionPeriod": 7}
    assert sandbox.diff(INSTANCE, old, replica, new).replaces == []
    sandbox.update(INSTANCE, replica["id"], replica, old, new)
    described = _described(sandbox, replica["identifier"])
    assert "ReadReplicaSourceDBInstanceIdentifier" not in described
    assert described["BackupRetentionPeriod"] == 7
    assert _described(sandbox, source["identifier"])["ReadReplicaDBInstanceIdentifiers"] == []


def test_a_promotion_made_by_hand_shows_as_drift(sandbox: Sandbox) -> None:
    world = World(sandbox)
    replica = _replica(world, _source(world)["identifier"])
    sandbox.clients("rds").promote_read_replica(DBInstanceIdentifier=replica["identifier"])
    found = sandbox.read(INSTANCE, replica["id"], replica)
    assert found is not None
    assert "replicateSourceDb" not in found


def test_another_source_replaces_the_replica(sandbox: Sandbox) -> None:
    diff = sandbox.diff(
        INSTANCE, {"replicateSourceDb": "one"}, {"replicateSourceDb": "one"}, {"replicateSourceDb": "two"}
    )
    assert diff.replaces == ["replicateSourceDb"]


def test_an_instance_without_backups_has_no_replicas(sandbox: Sandbox) -> None:
    world = World(sandbox)
    source = _source(world, backupRetentionPeriod=0)["identifier"]
    assert _refusal(world, instanceClass="db.t4g.large", replicateSourceDb=source) == (
        'aws:rds/instance:Instance "db": AWS refused CreateDBInstanceReadReplica: InvalidDBInstanceState: Automated '
        "backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set "
        "the backup retention period to a non-zero value."
    )


def test_an_instance_with_a_managed_password_has_no_replicas(sandbox: Sandbox) -> None:
    world = World(sandbox)
    inputs = {key: value for key, value in DATABASE.items() if key != "password"}
    source = world.make(INSTANCE, {**inputs, "manageMasterUserPassword": True})["identifier"]
    assert _refusal(world, instanceClass="db.t4g.large", replicateSourceDb=source) == (
        'aws:rds/instance:Instance "db": AWS refused CreateDBInstanceReadReplica: InvalidParameterCombination: '
        "Creating read replicas for source instance with engine mysql where ManageMasterUserPassword is enabled is not "
        "supported."
    )


def test_an_encrypted_source_needs_a_key_in_the_other_region(sandbox: Sandbox) -> None:
    world = World(sandbox)
    source = _source(world, storageEncrypted=True, kmsKeyId=world.key())["arn"]
    assert _refusal(world, instanceClass="db.t4g.large", replicateSourceDb=source, region=ELSEWHERE) == (
        'aws:rds/instance:Instance "db": AWS refused CreateDBInstanceReadReplica: InvalidParameterCombination: Cannot '
        "create a cross region read replica of an encrypted instance without a KMS key of this Region."
    )


def test_a_managed_password_is_a_secret_that_goes_with_the_instance(sandbox: Sandbox) -> None:
    inputs = {key: value for key, value in DATABASE.items() if key != "password"}
    made = World(sandbox).make(INSTANCE, {**inputs, "manageMasterUserPassword": True, "skipFinalSnapshot": True})
    arn = made["masterUserSecrets"][0]["secretArn"]
    value = sandbox.clients("secretsmanager").get_secret_value(SecretId=arn)["SecretString"]
    assert set(json.loads(value)) == {"username", "password"}
    sandbox.delete(INSTANCE, made["id"], made)
    assert sandbox.clients("secretsmanager").list_secrets()["SecretList"] == []


def test_a_write_only_password_is_in_no_output_and_changes_with_its_version_only(sandbox: Sandbox) -> None:
    inputs = {key: value for key, value in DATABASE.items() if key != "password"}
    inputs = {**inputs, "identifier": "db", "passwordWo": "canary", "passwordWoVersion": 1}
    _, outputs = sandbox.create(INSTANCE, inputs)
    assert "canary" not in json.dumps(outputs)
    assert sandbox.diff(INSTANCE, inputs, outputs, {**inputs, "passwordWo": "other"}).changed == []
    rotated = {**inputs, "passwordWo": "other", "passwordWoVersion": 2}
    assert sandbox.diff(INSTANCE, inputs, outputs, rotated).changed == ["passwordWoVersion"]


def test_a_protected_instance_is_not_deleted(sandbox: Sandbox) -> None:
    made = _source(World(sandbox), deletionProtection=True)
    with pytest.raises(SandboxError) as raised:
        sandbox.delete(INSTANCE, made["id"], made, "source")
    assert str(raised.value) == (
        'aws:rds/instance:Instance "source": AWS refused DeleteDBInstance: InvalidParameterCombination: Cannot delete '
        "protected DB Instance, please disable deletion protection and try again."
    )


def test_a_deletion_without_the_name_of_a_final_snapshot_is_refused(sandbox: Sandbox) -> None:
    made = _source(World(sandbox), skipFinalSnapshot=False)
    with pytest.raises(SandboxError) as raised:
        sandbox.delete(INSTANCE, made["id"], made, "source")
    assert str(raised.value) == (
        'aws:rds/instance:Instance "source": AWS refused DeleteDBInstance: InvalidParameterCombination: '
        "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."
    )


def test_a_replica_takes_no_final_snapshot(sandbox: Sandbox) -> None:
    world = World(sandbox)
    replica = _replica(world, _source(world)["identifier"], skipFinalSnapshot=False, finalSnapshotIdentifier="last")
    with pytest.raises(SandboxError, match="FinalDBSnapshotIdentifier can not be specified when deleting a replica"):
        sandbox.delete(INSTANCE, replica["id"], replica)


def test_a_second_final_snapshot_of_the_same_name_is_refused(sandbox: Sandbox) -> None:
    world = World(sandbox)
    named = {"skipFinalSnapshot": False, "finalSnapshotIdentifier": "last"}
    first, second = world.database(**named), world.database(**named)
    sandbox.delete(INSTANCE, first["id"], first)
    with pytest.raises(SandboxError) as raised:
        sandbox.delete(INSTANCE, second["id"], second, "db")
    assert raised.value.code == "DBSnapshotAlreadyExists"


def test_replicas_outlive_their_source(sandbox: Sandbox) -> None:
    world = World(sandbox)
    source = _source(world)
    replica = _replica(world, source["identifier"])
    sandbox.delete(INSTANCE, source["id"], source)
    assert "ReadReplicaSourceDBInstanceIdentifier" not in _described(sandbox, replica["identifier"])
    sandbox.delete(INSTANCE, replica["id"], replica)


def test_a_snapshot_restores_with_the_settings_of_the_program(sandbox: Sandbox) -> None:
    world = World(sandbox)
    source = _source(world, dbName="app", skipFinalSnapshot=False, finalSnapshotIdentifier="last", multiAz=True)
    sandbox.delete(INSTANCE, source["id"], source)
    restored = world.make(
        INSTANCE,
        {"instanceClass": "db.m7g.large", "snapshotIdentifier": "last", "backupRetentionPeriod": 20, "password": "new"},
    )
    described = _described(sandbox, restored["identifier"])
    assert (described["DBName"], described["MasterUsername"], described["Engine"]) == ("app", "owner", "mysql")
    assert (described["BackupRetentionPeriod"], described["MultiAZ"]) == (20, False)


def test_a_point_in_time_restores_from_an_instance(sandbox: Sandbox) -> None:
    world = World(sandbox)
    source = _source(world, dbName="app")
    point = {"sourceDbInstanceIdentifier": source["identifier"], "useLatestRestorableTime": True}
    inputs = {"instanceClass": "db.m7g.large", "identifier": "restored", "restoreToPointInTime": point}
    assert world.make(INSTANCE, inputs)["dbName"] == "app"


def test_backups_in_another_region_restore_there(sandbox: Sandbox) -> None:
    world = World(sandbox)
    source = _source(world, dbName="app", storageEncrypted=True, kmsKeyId=world.key())
    key = world.key(ELSEWHERE)
    copy = world.make(
        "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
        {"sourceDbInstanceArn": source["arn"], "kmsKeyId": key, "region": ELSEWHERE},
    )
    noted = _described(sandbox, source["identifier"])["DBInstanceAutomatedBackupsReplications"]
    assert noted == [{"DBInstanceAutomatedBackupsArn": copy["id"]}]
    point = {"sourceDbInstanceAutomatedBackupsArn": copy["id"], "useLatestRestorableTime": True}
    inputs = {
        "instanceClass": "db.m7g.large",
        "identifier": "restored",
        "restoreToPointInTime": point,
        "region": ELSEWHERE,
        "kmsKeyId": key,
    }
    restored = world.make(INSTANCE, inputs)
    assert restored["arn"] == f"arn:aws:rds:{ELSEWHERE}:123456789012:db:restored"
    assert (restored["dbName"], restored["kmsKeyId"]) == ("app", key)


def test_a_multi_az_cluster_has_a_writer_and_two_readers_one_per_zone(sandbox: Sandbox) -> None:
    world = World(sandbox)
    cluster = world.make(
        "aws:rds/cluster:Cluster",
        {
            "engine": "mysql",
            "dbClusterInstanceClass": "db.m6gd.large",
            "allocatedStorage": 100,
            "masterUsername": "owner",
            "manageMasterUserPassword": True,
            "iamDatabaseAuthenticationEnabled": True,
            "dbSubnetGroupName": world.subnet_group(),
            "skipFinalSnapshot": True,
        },
    )
    members = sandbox.clients("rds").describe_db_clusters()["DBClusters"][0]["DBClusterMembers"]
    assert sorted(each["IsClusterWriter"] for each in members) == [False, False, True]
    zones = {_described(sandbox, each["DBInstanceIdentifier"])["AvailabilityZone"] for each in members}
    assert zones == {"eu-west-1a", "eu-west-1b", "eu-west-1c"}
    assert cluster["iamDatabaseAuthenticationEnabled"] is True
    assert cluster["clusterMembers"] == sorted(each["DBInstanceIdentifier"] for each in members)


def test_a_multi_az_cluster_needs_three_zones(sandbox: Sandbox) -> None:
    world = World(sandbox)
    group = world.make("aws:rds/subnetGroup:SubnetGroup", {"subnetIds": world.subnets(2)})["name"]
    inputs = {
        "engine": "mysql",
        "dbClusterInstanceClass": "db.m6gd.large",
        "masterUsername": "owner",
        "dbSubnetGroupName": group,
    }
    with pytest.raises(SandboxError) as raised:
        world.make("aws:rds/cluster:Cluster", inputs, "db")
    assert str(raised.value) == (
        'aws:rds/cluster:Cluster "db": AWS refused CreateDBCluster: InvalidSubnet: A Multi-AZ DB cluster needs a DB '
        "subnet group in exactly 3 Availability Zones: got 2."
    )


def test_a_parameter_that_leaves_the_group_goes_back_to_the_default(sandbox: Sandbox) -> None:
    token, slow = "aws:rds/parameterGroup:ParameterGroup", {"name": "slow_query_log", "value": "1"}
    old = {"family": "mysql8.4", "description": "x", "name": "group", "parameters": [slow]}
    resource_id, outputs = sandbox.create(token, old)
    sandbox.update(token, resource_id, outputs, old, {**old, "parameters": []})
    assert sandbox.clients("rds").describe_db_parameters(DBParameterGroupName="group")["Parameters"] == []


@pytest.mark.parametrize(
    ("change", "replaced"),
    [
        ({"username": "other"}, ["username"]),
        ({"kmsKeyId": "other"}, ["kmsKeyId"]),
        ({"dbName": "other"}, ["dbName"]),
        ({"instanceClass": "db.m7g.large"}, []),
        ({"allocatedStorage": 50}, []),
        ({"tags": {"a": "b"}}, []),
    ],
    ids=str,
)
def test_only_what_rds_cannot_change_replaces_the_instance(
    sandbox: Sandbox, change: dict[str, object], replaced: list[str]
) -> None:
    old = {**DATABASE, "kmsKeyId": "one", "dbName": "app"}
    assert sandbox.diff(INSTANCE, old, {}, {**old, **change}).replaces == replaced
