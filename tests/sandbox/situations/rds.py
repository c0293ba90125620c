"""Situations of rds."""

from collections.abc import Callable

from .world import DATABASE, OTHER_TAGS, TAGS, Inputs, Situation, World


def _instance(world: World) -> tuple[Inputs, Inputs]:
    first = {**DATABASE, "multiAz": True, "tags": TAGS, "skipFinalSnapshot": True, "maxAllocatedStorage": 100}
    group = world.make("aws:rds/parameterGroup:ParameterGroup", {"family": "mysql8.4"})["name"]
    return first, {
        **first,
        "instanceClass": "db.m7g.large",
        "parameterGroupName": group,
        "allocatedStorage": 40,
        "backupRetentionPeriod": 14,
        "monitoringInterval": 60,
        "monitoringRoleArn": world.role_arn(),
        "performanceInsightsEnabled": True,
        "enabledCloudwatchLogsExports": ["error"],
        "port": 3307,
        "tags": OTHER_TAGS,
    }


def _cluster(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "engine": "mysql",
        "dbClusterInstanceClass": "db.m6gd.large",
        "allocatedStorage": 100,
        "storageType": "io1",
        "iops": 1000,
        "masterUsername": "owner",
        "masterPassword": "not-a-real-one",
        "dbSubnetGroupName": world.subnet_group(),
        "skipFinalSnapshot": True,
        "tags": TAGS,
    }
    return first, {
        **first,
        "backupRetentionPeriod": 9,
        "performanceInsightsEnabled": True,
        "enabledCloudwatchLogsExports": ["error"],
        "tags": OTHER_TAGS,
    }


def _subnet_group(world: World) -> tuple[Inputs, Inputs]:
    one, two, three = world.subnets()
    return {"subnetIds": [two, one], "tags": TAGS}, {"subnetIds": [one, two, three], "tags": OTHER_TAGS}


def _parameters(family: str) -> Callable[[World], tuple[Inputs, Inputs]]:
    def build(_: World) -> tuple[Inputs, Inputs]:
        tls = {"name": "require_secure_transport", "value": "1", "applyMethod": "immediate"}
        slow = {"name": "slow_query_log", "value": "1", "applyMethod": "pending-reboot"}
        first = {"family": family, "parameters": [tls, slow], "tags": TAGS}
        return first, {"family": family, "parameters": [{**tls, "value": "0"}], "tags": OTHER_TAGS}

    return build


def _events(world: World) -> tuple[Inputs, Inputs]:
    first = {"snsTopic": world.topic(), "sourceType": "db-instance", "eventCategories": ["failover"], "tags": TAGS}
    return first, {
        **first,
        "eventCategories": ["availability", "failure"],
        "enabled": False,
        "sourceIds": [world.database()["identifier"]],
        "tags": OTHER_TAGS,
    }


def _backups(world: World) -> tuple[Inputs, None]:
    source = world.database(storageEncrypted=True, kmsKeyId=world.key())["arn"]
    return {
        "sourceDbInstanceArn": source,
        "kmsKeyId": world.key("eu-central-1"),
        "retentionPeriod": 9,
        "region": "eu-central-1",
    }, None


SITUATIONS: dict[str, Situation] = {
    "aws:rds/cluster:Cluster": _cluster,
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": _parameters("mysql8.0"),
    "aws:rds/eventSubscription:EventSubscription": _events,
    "aws:rds/instance:Instance": _instance,
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": _backups,
    "aws:rds/parameterGroup:ParameterGroup": _parameters("mysql8.4"),
    "aws:rds/subnetGroup:SubnetGroup": _subnet_group,
}
