"""Where a value that is only known after deployment leaves the rules of `breaks_more` undecided, and where not."""

from policy.breaks_finer import called
from policy.breaks_more import PROVISIONED, TARGET, metadata, unwatched
from policy.breaks_recovery import standby
from policy.breaks_s3 import replication, rule
from policy.guard_stack import Change, Ref, add, both, drop, put

from aws_mobile_guard.view import UNKNOWN_TEXT as LATER

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"

UNDECIDED: list[tuple[str, Change, str, str]] = [
    ("appsync-no-api-key", put("graph", authenticationType=LATER), "graph", "authenticationType"),
    (
        "appsync-no-api-key",
        put("graph", additionalAuthenticationProviders=[LATER]),
        "graph",
        "additionalAuthenticationProviders",
    ),
    ("appsync-logs", put("graph", logConfig={"fieldLogLevel": LATER}), "graph", "logConfig.fieldLogLevel"),
    ("appsync-logs", put("graph", logConfig=LATER), "graph", "logConfig.fieldLogLevel"),
    ("asg-spread", put("group", vpcZoneIdentifiers=LATER), "group", "vpcZoneIdentifiers"),
    ("asg-spread", put("group", healthCheckType=LATER), "group", "healthCheckType"),
    (
        "lambda-failure-dest",
        both(called("rate(1 minute)"), put("tick-permission", sourceArn=LATER)),
        "function",
        "deadLetterConfig.targetArn",
    ),
    ("lambda-failure-dest", called(LATER), "function", "deadLetterConfig.targetArn"),
    ("lambda-failure-dest", called("rate(1 minute)", eventPattern=LATER), "function", "deadLetterConfig.targetArn"),
    ("rds-force-tls", put("db", engine=LATER), "db", "engine"),
    ("dr-region-split", put("table-replica", globalTableArn=LATER), "table-replica", "globalTableArn"),
    ("rds-ca", put("db", caCertIdentifier=LATER), "db", "caCertIdentifier"),
    ("rds-port", put("db", port=LATER), "db", "port"),
    ("rds-port", both(drop("db", "port"), put("db", engine=LATER)), "db", "engine"),
    ("rds-private-subnets", put("data-table", routes=LATER), "subnets", "subnetIds"),
    (
        "rds-private-subnets",
        put("data-table", routes=[{"cidrBlock": "0.0.0.0/0", "gatewayId": LATER}]),
        "subnets",
        "subnetIds",
    ),
    (
        "s3-no-public-acl",
        add("acl", "aws:s3/bucketAcl:BucketAcl", accessControlPolicy={"grants": [LATER]}),
        "acl",
        "accessControlPolicy.grants",
    ),
    ("rds-username", put("db", username=LATER), "db", "username"),
    ("dr-empty-standby", both(standby("0"), put("secondary-record", aliases=LATER)), "secondary-record", "aliases"),
    ("rds-log-exports", put("db", engine=LATER), "db", "engine"),
    ("s3-archive-lifecycle", rule(transitions=LATER), "archive-lifecycle", "rules[0].transitions"),
    ("s3-replication", put("archive-replication", rules=LATER), "archive-replication", "rules"),
    ("s3-replication", put("archive-replication", rules=[LATER]), "archive-replication", "rules"),
    ("s3-replication", replication("status", LATER), "archive-replication", "rules[0].status"),
    (
        "s3-replication",
        replication("sourceSelectionCriteria.sseKmsEncryptedObjects.status", LATER),
        "archive-replication",
        "rules[0].sourceSelectionCriteria.sseKmsEncryptedObjects.status",
    ),
    ("secret-rotation", put("rotation", rotationRules=LATER), "rotation", "rotationRules"),
    ("sg-db-source", put("db-group", ingress=LATER), "db-group", "ingress"),
    (
        "sg-db-source",
        add(
            "rule",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            securityGroupId=LATER,
            cidrIpv4="10.0.0.0/8",
        ),
        "rule",
        "securityGroupId",
    ),
    ("s3-kms", put("archive-encryption", rules=LATER), "archive-encryption", "rules"),
    (
        "s3-kms",
        put("archive-encryption", rules=[{"applyServerSideEncryptionByDefault": LATER}]),
        "archive-encryption",
        "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm",
    ),
    ("backup-vault", put("vault", forceDestroy=LATER), "vault", "forceDestroy"),
    ("ddb-capacity", put("table", billingMode=LATER), "table", "billingMode"),
    ("ddb-capacity", both(PROVISIONED, add("target", TARGET, resourceId=LATER)), "table", "billingMode"),
    (
        "secret-rotation",
        put("rotation", rotationRules={"automaticallyAfterDays": LATER}),
        "rotation",
        "rotationRules.automaticallyAfterDays",
    ),
    ("secret-rotation", put("rotation", secretId=LATER), "secret", "SecretRotation"),
    ("lt-imdsv2", metadata(httpTokens=LATER), "template", "metadataOptions.httpTokens"),
    ("lt-imdsv2", metadata(httpPutResponseHopLimit=LATER), "template", "metadataOptions.httpPutResponseHopLimit"),
    (
        "alarm-coverage",
        both(unwatched("queue"), add("named", ALARM, dimensions={"QueueName": "jobs"}, alarmActions=["topic"])),
        "queue",
        "MetricAlarm",
    ),
    ("guard-region", put("queue", region=LATER), "queue", "region"),
    ("guard-region", put("secret", replicas=[{"region": LATER}]), "secret", "replicas[0].region"),
    ("guard-region", put("secret", replicas=LATER), "secret", "replicas"),
    ("guard-tags", put("queue", tags=LATER), "queue", "tags"),
    ("guard-tags", put("queue", tags={"app": LATER}), "queue", "tags.app"),
]

NO_MATTER: dict[str, Change] = {
    "a log's key that is made here": put("log-group", kmsKeyId=LATER),
    "a vault's key that is made here": put("vault", kmsKeyArn=LATER),
    "subnets that are made here are two": put("group", vpcZoneIdentifiers=[LATER, LATER]),
    "a bucket's name that is not known yet is none that stands in the way": put("archive", bucket=LATER),
    "a rotation of a secret that is made here": put("rotation", secretId=Ref("secret", "arn")),
    "a table that scales and whose name is made here": both(
        drop("table", "billingMode"), add("target", TARGET, resourceId=Ref("table", "name", before="table/"))
    ),
}
