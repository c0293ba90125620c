"""Checks of databases: the instance, its standby, replicas, secret, parameters and alarms."""

import json
from collections.abc import Iterator
from typing import Any

from pulumi_aws_mobile.testing import Recorded, Recording

from .check import Check, Clients, checks_of, refused
from .system import System

check, alarms = checks_of(System.DATABASES), checks_of(System.HEALING)

_TLS = {"require_secure_transport": ("1", "ON"), "rds.force_ssl": ("1",)}


def check_databases(recording: Recording, clients: Clients) -> Iterator[Check]:
    """Check each DB instance and each Multi-AZ DB cluster."""
    instances = recording.of_type("aws:rds/instance:Instance")
    for instance in instances:
        rds = clients("rds", instance.outputs.get("region"))
        if instance.inputs.get("replicateSourceDb"):
            yield check(instance.name, "replicates its source", lambda r=rds, i=instance: _replica(r, i))
        else:
            yield from _source(instance, rds, recording, clients)
        if instance.inputs.get("deletionProtection"):
            yield check(instance.name, "cannot be deleted by mistake", lambda r=rds, i=instance: _kept(r, i))
    for cluster in recording.of_type("aws:rds/cluster:Cluster"):
        rds = clients("rds", cluster.outputs.get("region"))
        yield check(cluster.name, "is available over three zones", lambda r=rds, c=cluster: _cluster(r, c))


def _source(instance: Recorded, rds: Any, recording: Recording, clients: Clients) -> Iterator[Check]:  # noqa: ANN401 - a boto3 client
    name = instance.name
    yield check(name, "is available and encrypted", lambda: _available(rds, instance))
    if instance.inputs.get("multiAz"):
        yield check(name, "has a standby in another zone", lambda: _standby(rds, instance))
        yield check(name, "survives a failover to it", lambda: _failover(rds, instance))
    yield check(name, "refuses connections without TLS", lambda: _tls(rds, instance))
    yield check(name, "keeps automated backups", lambda: _backups(rds, instance))
    yield check(name, "has its password in Secrets Manager alone", lambda: _secret(rds, instance, recording, clients))
    yield alarms(name, "has alarms that tell somebody", lambda: _alarms(instance, clients))


def _describe(rds: Any, instance: Recorded) -> dict[str, Any]:  # noqa: ANN401 - a boto3 client
    identifier = instance.outputs["identifier"]
    return rds.describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"][0]


def _available(rds: Any, instance: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    found = _describe(rds, instance)
    ready = found["DBInstanceStatus"] == "available" and found["StorageEncrypted"]
    return (
        ready,
        f"{found['Engine']} {found['EngineVersion']} on {found['DBInstanceClass']}, {found['DBInstanceStatus']}",
    )


def _standby(rds: Any, instance: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    found = _describe(rds, instance)
    here, there = found["AvailabilityZone"], found.get("SecondaryAvailabilityZone")
    return bool(found["MultiAZ"] and there and there != here), f"{here}, standby in {there}"


def _failover(rds: Any, instance: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    before = _describe(rds, instance)
    rds.reboot_db_instance(DBInstanceIdentifier=instance.outputs["identifier"], ForceFailover=True)
    after = _describe(rds, instance)
    moved = after["AvailabilityZone"] == before.get("SecondaryAvailabilityZone")
    same = after["Endpoint"]["Address"] == before["Endpoint"]["Address"]
    return moved and same, f"{before['AvailabilityZone']} to {after['AvailabilityZone']}, same endpoint: {same}"


def _tls(rds: Any, instance: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    group = _describe(rds, instance)["DBParameterGroups"][0]["DBParameterGroupName"]
    pages = rds.get_paginator("describe_db_parameters").paginate(DBParameterGroupName=group)
    parameters = {p["ParameterName"]: p.get("ParameterValue") for page in pages for p in page["Parameters"]}
    forced = [f"{name}={parameters[name]}" for name, on in _TLS.items() if parameters.get(name) in on]
    return bool(forced), f"{group}: {', '.join(forced) or 'TLS is not forced'}"


def _backups(rds: Any, instance: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    days = _describe(rds, instance)["BackupRetentionPeriod"]
    return days > 0, f"{days} days"


def _secret(rds: Any, instance: Recorded, recording: Recording, clients: Clients) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    found = _describe(rds, instance)
    managed = found.get("MasterUserSecret", {}).get("SecretArn")
    own = [
        secret.outputs["arn"]
        for secret in recording.of_type("aws:secretsmanager/secret:Secret")
        if secret.parent == instance.parent
    ]
    arn = managed or (own[0] if own else None)
    if arn is None:
        return False, "there is no secret"
    secrets = clients("secretsmanager", instance.outputs.get("region"))
    value = json.loads(secrets.get_secret_value(SecretId=arn)["SecretString"])
    usable = value.get("username") == found["MasterUsername"] and bool(value.get("password"))
    where = "managed by RDS" if managed else f"own secret with {', '.join(sorted(value))}"
    return usable and "password" not in instance.inputs, where


def _alarms(instance: Recorded, clients: Clients) -> tuple[bool, str]:
    cloudwatch = clients("cloudwatch", instance.outputs.get("region"))
    identifier = instance.outputs["identifier"]
    alarms = [
        alarm
        for page in cloudwatch.get_paginator("describe_alarms").paginate()
        for alarm in page["MetricAlarms"]
        if {"Name": "DBInstanceIdentifier", "Value": identifier} in alarm["Dimensions"]
    ]
    pages = cloudwatch.get_paginator("describe_alarms").paginate(AlarmTypes=["CompositeAlarm"])
    # What only feeds a composite alarm is told by that one.
    rules = " ".join(alarm["AlarmRule"] for page in pages for alarm in page["CompositeAlarms"])
    silent = [
        alarm["AlarmName"]
        for alarm in alarms
        if not (alarm["ActionsEnabled"] and alarm["AlarmActions"]) and alarm["AlarmName"] not in rules
    ]
    return bool(alarms) and not silent, ", ".join(sorted({alarm["MetricName"] for alarm in alarms})) or "no alarms"


def _replica(rds: Any, replica: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    found = _describe(rds, replica)
    source = found.get("ReadReplicaSourceDBInstanceIdentifier", "")
    wanted = replica.inputs["replicateSourceDb"]
    zone = found.get("AvailabilityZone", "")
    same = source.rsplit(":", 1)[-1] == wanted.rsplit(":", 1)[-1]
    return same and found["StorageEncrypted"], f"{found['DBInstanceStatus']} in {zone}, encrypted, source {source}"


def _kept(rds: Any, instance: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    identifier = instance.outputs["identifier"]
    return refused(
        lambda: rds.delete_db_instance(DBInstanceIdentifier=identifier, SkipFinalSnapshot=True),
        "InvalidParameterCombination",
    )


def _cluster(rds: Any, cluster: Recorded) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    found = rds.describe_db_clusters(DBClusterIdentifier=cluster.id)["DBClusters"][0]
    zones = sorted(found["AvailabilityZones"])
    enough = 3
    return found["Status"] == "available" and len(zones) == enough, f"{found['Status']} in {', '.join(zones)}"
