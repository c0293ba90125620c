"""Every way to break an RDS rule, with the whole message."""

from policy.breaks import Break
from policy.guard_stack import AWAY, HOME, Ref, Spec, Specs, add, both, drop, put, remove

INSTANCE = "aws:rds/instance:Instance"
AURORA = {
    "engine": "aurora-mysql",
    "kmsKeyId": Ref("key", "arn"),
    "storageEncrypted": True,
    "backupRetentionPeriod": 14,
    "deletionProtection": True,
    "finalSnapshotIdentifier": "last",
    "masterPasswordWo": "canary",
    "iamDatabaseAuthenticationEnabled": True,
    "copyTagsToSnapshot": True,
    "masterUsername": "keeper",
    "port": 3307,
    "enabledCloudwatchLogsExports": ["audit", "error", "slowquery"],
    "dbClusterParameterGroupName": Ref("aurora-parameters", "name"),
}


def with_aurora(specs: Specs) -> None:
    """Add an Aurora cluster, with what it needs."""
    copy = {**specs["replica"].properties, "replicateSourceDb": Ref("aurora", "arn")}
    parameters = {"parameters": [{"name": "require_secure_transport", "value": "1"}]}
    specs["aurora"] = Spec("aws:rds/cluster:Cluster", dict(AURORA), protect=True)
    specs["aurora-replica"] = Spec(INSTANCE, copy, protect=True)
    specs["aurora-parameters"] = Spec("aws:rds/clusterParameterGroup:ClusterParameterGroup", parameters)
    specs["aurora-events"] = Spec("aws:rds/eventSubscription:EventSubscription", {"sourceType": "db-cluster"})


BREAKS = [
    Break(
        "rds-multi-az",
        "off",
        put("db", multiAz=False),
        "db",
        "multiAz: got false; allowed: true; set multiAz, so that a standby in another zone takes over",
    ),
    Break(
        "rds-multi-az",
        "absent",
        drop("db", "multiAz"),
        "db",
        "multiAz: got nothing; allowed: true; set multiAz, so that a standby in another zone takes over",
    ),
    Break(
        "rds-multi-az",
        "text",
        put("db", multiAz="false"),
        "db",
        "multiAz: got false; allowed: true; set multiAz, so that a standby in another zone takes over",
    ),
    Break(
        "rds-multi-az",
        "wrong type",
        put("db", multiAz="on"),
        "db",
        "multiAz: got text; allowed: true or false; correct the value",
    ),
    Break(
        "rds-multi-az",
        "two zones for a cluster",
        put("cluster", availabilityZones=["a", "b"]),
        "cluster",
        "availabilityZones: got 2 zones; allowed: 3 zones; name three zones, or leave the choice to AWS",
    ),
    Break(
        "rds-encrypted",
        "off",
        put("db", storageEncrypted=False),
        "db",
        (
            "storageEncrypted: got false; allowed: true; set storageEncrypted; a database that exists is "
            "encrypted through a copy of its snapshot"
        ),
    ),
    Break(
        "rds-encrypted",
        "absent",
        drop("cluster", "storageEncrypted"),
        "cluster",
        (
            "storageEncrypted: got nothing; allowed: true; set storageEncrypted; a database that exists is "
            "encrypted through a copy of its snapshot"
        ),
    ),
    Break(
        "rds-encrypted",
        "replica without a key",
        both(
            drop("replica", "storageEncrypted", "kmsKeyId"),
            put("replica", region=HOME, replicateSourceDb="db-id"),
            add(
                "backups",
                "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
                sourceDbInstanceArn=Ref("db", "arn"),
                region=AWAY,
            ),
        ),
        "replica",
        (
            "storageEncrypted: got nothing; allowed: true; set storageEncrypted, or kmsKeyId for a replica in "
            "another Region"
        ),
    ),
    Break(
        "rds-private",
        "instance",
        put("db", publiclyAccessible=True),
        "db",
        (
            "publiclyAccessible: got true; allowed: false; leave publiclyAccessible out and reach the database "
            "through the network that it stands in"
        ),
    ),
    Break(
        "rds-private",
        "cluster",
        put("cluster", publiclyAccessible="true"),
        "cluster",
        (
            "publiclyAccessible: got true; allowed: false; leave publiclyAccessible out and reach the database "
            "through the network that it stands in"
        ),
    ),
    Break(
        "rds-private",
        "cluster's instance",
        add(
            "node",
            "aws:rds/clusterInstance:ClusterInstance",
            publiclyAccessible=True,
            monitoringInterval=60,
            performanceInsightsEnabled=True,
        ),
        "node",
        (
            "publiclyAccessible: got true; allowed: false; leave publiclyAccessible out and reach the database "
            "through the network that it stands in"
        ),
    ),
    Break(
        "rds-backups",
        "short",
        put("db", backupRetentionPeriod=7.0),
        "db",
        (
            "backupRetentionPeriod: got 7; allowed: 14 days or more; raise it; without it a bad write or a lost "
            "database cannot be undone"
        ),
    ),
    Break(
        "rds-backups",
        "none",
        put("db", backupRetentionPeriod=0),
        "db",
        (
            "backupRetentionPeriod: got 0; allowed: 14 days or more; raise it; without it a bad write or a lost "
            "database cannot be undone"
        ),
    ),
    Break(
        "rds-backups",
        "absent",
        drop("cluster", "backupRetentionPeriod"),
        "cluster",
        (
            "backupRetentionPeriod: got nothing; allowed: 14 days or more; raise it; without it a bad write or a "
            "lost database cannot be undone"
        ),
    ),
    Break(
        "rds-backups",
        "short, as text",
        put("db", backupRetentionPeriod="1"),
        "db",
        (
            "backupRetentionPeriod: got 1; allowed: 14 days or more; raise it; without it a bad write or a lost "
            "database cannot be undone"
        ),
    ),
    Break(
        "rds-delete-protect",
        "off",
        put("db", deletionProtection=False),
        "db",
        (
            "deletionProtection: got false; allowed: true; set deletionProtection, so that AWS refuses to delete "
            "the database"
        ),
    ),
    Break(
        "rds-delete-protect",
        "absent",
        drop("cluster", "deletionProtection"),
        "cluster",
        (
            "deletionProtection: got nothing; allowed: true; set deletionProtection, so that AWS refuses to "
            "delete the database"
        ),
    ),
    Break(
        "rds-final-snapshot",
        "skipped",
        put("db", skipFinalSnapshot=True),
        "db",
        (
            "skipFinalSnapshot: got true; allowed: false; leave skipFinalSnapshot out and name the snapshot in "
            "finalSnapshotIdentifier"
        ),
    ),
    Break(
        "rds-final-snapshot",
        "without a name",
        drop("db", "finalSnapshotIdentifier"),
        "db",
        (
            "finalSnapshotIdentifier: got nothing; allowed: the name of a snapshot; name the snapshot, with a "
            "part that differs each time; AWS asks for it only when deleting"
        ),
    ),
    Break(
        "rds-final-snapshot",
        "cluster",
        put("cluster", skipFinalSnapshot=True),
        "cluster",
        (
            "skipFinalSnapshot: got true; allowed: false; leave skipFinalSnapshot out and name the snapshot in "
            "finalSnapshotIdentifier"
        ),
    ),
    Break(
        "rds-managed-password",
        "plain",
        put("db", password="canary"),
        "db",
        (
            "password: got a password (not shown); allowed: nothing; set manageMasterUserPassword or passwordWo; "
            "what password holds is kept in the state"
        ),
    ),
    Break(
        "rds-managed-password",
        "plain, cluster",
        put("cluster", masterPassword="canary"),
        "cluster",
        (
            "masterPassword: got a password (not shown); allowed: nothing; set manageMasterUserPassword or "
            "masterPasswordWo; what masterPassword holds is kept in the state"
        ),
    ),
    Break(
        "rds-managed-password",
        "neither",
        drop("db", "manageMasterUserPassword"),
        "db",
        (
            "manageMasterUserPassword: got nothing; allowed: true; set it, or passwordWo where replicas rule a "
            "managed password out"
        ),
    ),
    Break(
        "rds-managed-password",
        "neither, cluster",
        drop("cluster", "manageMasterUserPassword"),
        "cluster",
        (
            "manageMasterUserPassword: got nothing; allowed: true; set it, or masterPasswordWo where replicas "
            "rule a managed password out"
        ),
    ),
]

KEEPS = {
    "a restored database keeps the port of its backup": both(
        drop("db", "port"), put("db", restoreToPointInTime={"x": 1})
    ),
    "a replica is not asked for a standby": put("replica", multiAz=False),
    "a managed password may give way to one that is not kept": both(
        drop("db", "manageMasterUserPassword"), put("db", passwordWo="canary")
    ),
    "a restored database keeps the password of its backup": both(
        drop("db", "manageMasterUserPassword"), put("db", snapshotIdentifier="snap")
    ),
    "a restored database keeps the key of its backup": both(
        drop("db", "kmsKeyId"), put("db", restoreToPointInTime={"x": 1})
    ),
    "three zones are enough for a cluster": put("cluster", availabilityZones=["a", "b", "c"]),
    "more logs than asked for": put("db", enabledCloudwatchLogsExports=["slowquery", "error", "audit"]),
    "ON is on": put("parameters", parameters=[{"name": "require_secure_transport", "value": "ON"}]),
    "numbers as text": put("db", backupRetentionPeriod="14", multiAz="true"),
    "numbers as floats": put("db", backupRetentionPeriod=14.0, monitoringInterval=60.0),
    "a subscription to all events": drop("instance-events", "eventCategories"),
    "an unlisted engine has no TLS switch": put(
        "db", engine="oracle-ee", enabledCloudwatchLogsExports=["alert", "audit", "listener"]
    ),
    "Oracle has no IAM authentication": both(
        put("db", engine="oracle-ee", enabledCloudwatchLogsExports=["alert", "audit", "listener"]),
        drop("db", "iamDatabaseAuthenticationEnabled"),
    ),
    "replicated backups are a copy": both(
        remove("replica"),
        add(
            "backups",
            "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
            sourceDbInstanceArn=Ref("db", "arn"),
            region=AWAY,
        ),
    ),
    "an Aurora cluster is watched through its instances": with_aurora,
}
