"""Where a value that is only known after deployment leaves a rule undecided, and where it does not matter."""

from policy.breaks_s3 import moves, rule
from policy.guard_stack import Change, Ref, add, both, drop, put

from aws_mobile_guard.view import UNKNOWN_TEXT as LATER

SWITCH = "require_secure_transport"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"

UNDECIDED: list[tuple[str, Change, str, str]] = [
    ("rds-multi-az", put("db", multiAz=LATER), "db", "multiAz"),
    ("rds-multi-az", put("cluster", availabilityZones=["a", LATER]), "cluster", "availabilityZones"),
    ("rds-encrypted", put("db", storageEncrypted=LATER), "db", "storageEncrypted"),
    ("rds-private", put("db", publiclyAccessible=LATER), "db", "publiclyAccessible"),
    ("rds-backups", put("db", backupRetentionPeriod=LATER), "db", "backupRetentionPeriod"),
    ("rds-delete-protect", put("db", deletionProtection=LATER), "db", "deletionProtection"),
    ("rds-final-snapshot", put("db", skipFinalSnapshot=LATER), "db", "skipFinalSnapshot"),
    ("rds-managed-password", put("db", manageMasterUserPassword=LATER), "db", "manageMasterUserPassword"),
    ("rds-iam-auth", put("db", iamDatabaseAuthenticationEnabled=LATER), "db", "iamDatabaseAuthenticationEnabled"),
    ("rds-minor-upgrades", put("db", autoMinorVersionUpgrade=LATER), "db", "autoMinorVersionUpgrade"),
    ("rds-log-exports", put("db", enabledCloudwatchLogsExports=LATER), "db", "enabledCloudwatchLogsExports"),
    (
        "rds-log-exports",
        put("db", enabledCloudwatchLogsExports=["error", LATER]),
        "db",
        "enabledCloudwatchLogsExports",
    ),
    ("rds-force-tls", put("parameters", parameters=LATER), "parameters", "parameters"),
    ("rds-force-tls", put("parameters", parameters=[LATER]), "parameters", "parameters"),
    (
        "rds-force-tls",
        put("parameters", parameters=[{"name": SWITCH, "value": LATER}]),
        "parameters",
        f"parameters.{SWITCH}",
    ),
    ("rds-force-tls", put("db", parameterGroupName="made-elsewhere"), "db", "parameterGroupName"),
    ("rds-monitoring", put("db", monitoringInterval=LATER), "db", "monitoringInterval"),
    ("rds-copy-tags", put("db", copyTagsToSnapshot=LATER), "db", "copyTagsToSnapshot"),
    ("rds-cmk", drop("replica", "kmsKeyId"), "replica", "replicateSourceDb"),
    ("rds-events", put("cluster-events", enabled=LATER), "cluster", "EventSubscription"),
    ("rds-events", put("instance-events", eventCategories=LATER), "db", "EventSubscription"),
    ("rds-dr-copy", put("replica", region=LATER), "db", "replicateSourceDb"),
    ("rds-private-subnets", put("subnets", subnetIds=["subnet-elsewhere"]), "subnets", "subnetIds"),
    ("rds-private-subnets", put("data-b", availabilityZone=LATER), "subnets", "subnetIds"),
    ("s3-block-public", put("copy-block", blockPublicAcls=LATER), "copy-block", "blockPublicAcls"),
    ("s3-block-public", put("copy-block", bucket=LATER), "copy", "BucketPublicAccessBlock"),
    ("s3-no-public-acl", put("archive", acl=LATER), "archive", "acl"),
    ("s3-no-public-acl", put("archive", grants=LATER), "archive", "grants"),
    ("s3-kms", put("copy-encryption", rules=[LATER]), "copy-encryption", "rules"),
    ("s3-kms", put("copy-encryption", bucket=LATER), "copy", "BucketServerSideEncryptionConfiguration"),
    (
        "s3-versioning",
        put("copy-versioning", versioningConfiguration={"status": LATER}),
        "copy-versioning",
        "versioningConfiguration.status",
    ),
    (
        "s3-versioning",
        put("copy-versioning", versioningConfiguration=LATER),
        "copy-versioning",
        "versioningConfiguration.status",
    ),
    ("s3-versioning", put("copy-versioning", bucket=LATER), "copy", "BucketVersioning"),
    ("s3-archive-lifecycle", moves((LATER, "GLACIER")), "archive-lifecycle", "rules[0].transitions"),
    ("s3-archive-lifecycle", put("archive-lifecycle", rules=LATER), "archive-lifecycle", "rules"),
    (
        "s3-abort-mpu",
        rule(abortIncompleteMultipartUpload={"daysAfterInitiation": LATER}),
        "archive-lifecycle",
        "rules[0].abortIncompleteMultipartUpload.daysAfterInitiation",
    ),
    ("s3-abort-mpu", put("archive-lifecycle", rules=[LATER]), "archive-lifecycle", "rules"),
    ("s3-ownership", put("copy-ownership", rule={"objectOwnership": LATER}), "copy-ownership", "rule.objectOwnership"),
    ("s3-ownership", put("copy-ownership", bucket=LATER), "copy", "BucketOwnershipControls"),
    ("s3-access-logs", put("copy-logging", bucket=LATER), "copy", "BucketLogging"),
    ("s3-no-force-destroy", put("archive", forceDestroy=LATER), "archive", "forceDestroy"),
    ("s3-object-lock", put("archive-lock", rule={"defaultRetention": LATER}), "archive-lock", "rule.defaultRetention"),
    ("s3-tls-only", put("logs-policy", bucket=LATER), "logs", "policy"),
    ("kms-rotation", put("key", enableKeyRotation=LATER), "key", "enableKeyRotation"),
    ("kms-policy", put("key", deletionWindowInDays=LATER), "key", "deletionWindowInDays"),
    ("kms-policy", put("key", policy=LATER), "key", "policy"),
    ("kms-policy", put("key", policy={"Statement": [LATER]}), "key", "policy"),
    ("secret-recovery", put("secret", recoveryWindowInDays=LATER), "secret", "recoveryWindowInDays"),
    ("log-retention", put("log-group", retentionInDays=LATER), "log-group", "retentionInDays"),
    ("alarm-actions", put("alarm", actionsEnabled=LATER), "alarm", "actionsEnabled"),
    ("iam-no-admin", put("role", inlinePolicies=LATER), "role", "inlinePolicies"),
    ("iam-no-admin", put("role", inlinePolicies=[{"policy": LATER}]), "role", "inlinePolicies[0].policy"),
    ("iam-trust", put("role", assumeRolePolicy=LATER), "role", "assumeRolePolicy"),
    ("sg-open-ingress", put("web-ingress", fromPort=LATER), "web-ingress", "fromPort"),
    ("sg-open-ingress", put("web-ingress", cidrIpv4=LATER, toPort=9000), "web-ingress", "cidrIpv4"),
    ("sg-open-ingress", put("web-group", ingress=LATER), "web-group", "ingress"),
    ("subnet-public-ip", put("data-a", mapPublicIpOnLaunch=LATER), "data-a", "mapPublicIpOnLaunch"),
    ("vpc-flow-logs", put("flow-log", vpcId=LATER), "vpc", "FlowLog"),
    ("vpc-default-sg", put("default-group", vpcId=LATER), "vpc", "DefaultSecurityGroup"),
]

NO_MATTER: dict[str, Change] = {
    "a key that is made here is a key": put("db", kmsKeyId=LATER),
    "an action that is made here is an action": put("alarm", alarmActions=[LATER]),
    "a snapshot's name with a random part is a name": put("db", finalSnapshotIdentifier=LATER),
    "a source that is not known yet is a source": both(
        put("replica", multiAz=LATER), drop("replica", "storageEncrypted")
    ),
    "a user's name that is not known yet is not a usual one": put("db", username=LATER, port=LATER),
    "an open rule on web ports": put("web-rule", cidrBlocks=LATER),
    "a password that is not kept": both(drop("db", "manageMasterUserPassword"), put("db", passwordWo=LATER)),
    "an encrypted topic": put("topic", kmsMasterKeyId=LATER),
    "an attached policy that is made here": put("attachment", policyArn=LATER),
    "a rule that admits a group that is not known yet": add(
        "more", INGRESS, securityGroupId=Ref("db-group"), ipProtocol="-1", referencedSecurityGroupId=LATER
    ),
}
