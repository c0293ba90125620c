"""Every way to break the rules about recovery, tables and queues: the change and the whole message."""

from typing import Any

from policy.breaks import Break
from policy.compliant_recovery import QUEUE, RECORD, alias
from policy.guard_stack import (
    ACCOUNT,
    AWAY,
    HOME,
    Change,
    Json,
    Ref,
    add,
    allow,
    both,
    deny_plain_http,
    drop,
    put,
    remove,
)

REPLICA_KEY = "aws:kms/replicaKey:ReplicaKey"
TLS = deny_plain_http("sqs:*", "*")


def queue_policy(*statements: dict) -> Change:
    """Set the queue's policy."""
    return put("queue-policy", policy=Json(statements))


def evaluated(record: str, region: str) -> Change:
    """Let a record ask for its target's health."""
    return put(record, aliases=[alias(region, evaluated=True)])


def standby(servers: str) -> Change:
    """Lead the standby's record to an environment with so many servers at least, and ask for its health."""
    target: dict[str, Any] = {"name": Ref("standby", "cname"), "zoneId": "Z2", "evaluateTargetHealth": True}

    def change(specs: dict) -> None:
        settings = [
            one for one in specs["environment"].properties["settings"] if one["name"] not in {"MinSize", "MaxSize"}
        ]
        size = [
            {"namespace": "aws:autoscaling:asg", "name": name, "value": value}
            for name, value in (("MinSize", servers), ("MaxSize", servers))
        ]
        properties = {**specs["environment"].properties, "settings": [*settings, *size], "region": AWAY}
        add("standby", specs["environment"].type, **properties)(specs)
        put("secondary-record", aliases=[target])(specs)

    return change


NO_CHECK = (
    "healthCheckId: got nothing; allowed: a health check; name one; without it Route 53 takes the PRIMARY for "
    "healthy, whatever happens"
)
PITR = "got nothing; allowed: true; set it; each replica has a setting of its own"
COPIED = {
    "regionName": AWAY,
    "pointInTimeRecovery": True,
    "deletionProtectionEnabled": True,
    "kmsKeyArn": Ref("away-key", "arn"),
}
PROTECTED = (
    "deletionProtectionEnabled: got false; allowed: true; set deletionProtectionEnabled, so that AWS refuses to "
    "delete the table"
)

BREAKS = [
    Break(
        "dr-failover-pair",
        "no secondary",
        remove("secondary-record"),
        "primary-record",
        (
            'failoverRoutingPolicies: got "PRIMARY"; allowed: PRIMARY and SECONDARY; add the SECONDARY record of the '
            "same name and type"
        ),
    ),
    Break(
        "dr-failover-pair",
        "no primary",
        remove("primary-record"),
        "secondary-record",
        (
            'failoverRoutingPolicies: got "SECONDARY"; allowed: PRIMARY and SECONDARY; add the PRIMARY record of the '
            "same name and type"
        ),
    ),
    Break("dr-failover-pair", "no health check", drop("primary-record", "healthCheckId"), "primary-record", NO_CHECK),
    Break(
        "dr-failover-pair",
        "no health check, with an address of one's own",
        both(drop("primary-record", "healthCheckId", "aliases"), put("primary-record", records=["192.0.2.1"], ttl=60)),
        "primary-record",
        NO_CHECK,
    ),
    Break(
        "dr-health-check",
        "in the clear",
        put("endpoint-check", type="HTTP"),
        "endpoint-check",
        (
            'type: got "HTTP"; allowed: HTTPS or HTTPS_STR_MATCH; ask by HTTPS, as clients do; a port that is open '
            "says little"
        ),
    ),
    Break(
        "dr-health-check",
        "a port",
        put("endpoint-check", type="TCP"),
        "endpoint-check",
        (
            'type: got "TCP"; allowed: HTTPS or HTTPS_STR_MATCH; ask by HTTPS, as clients do; a port that is open '
            "says little"
        ),
    ),
    Break(
        "dr-health-check",
        "seldom",
        put("endpoint-check", requestInterval=60),
        "endpoint-check",
        "requestInterval: got 60; allowed: 30 seconds or less; lower it, or leave it out for that",
    ),
    Break(
        "dr-health-check",
        "patient",
        put("endpoint-check", failureThreshold=4.0),
        "endpoint-check",
        "failureThreshold: got 4; allowed: 3 failures or less; lower it, or leave it out for that",
    ),
    Break(
        "dr-health-check",
        "nobody's decision",
        drop("switch", "insufficientDataHealthStatus"),
        "switch",
        (
            "insufficientDataHealthStatus: got nothing; allowed: Healthy, Unhealthy or LastKnownStatus; choose it; "
            "left out, what holds without data is nobody's decision"
        ),
    ),
    Break(
        "dr-record-ttl",
        "five minutes",
        put("weighted-record", ttl=300),
        "weighted-record",
        "ttl: got 300; allowed: 60 seconds or less; lower it; resolvers keep the lost answer that long",
    ),
    Break(
        "dr-record-ttl",
        "of a failover record",
        both(drop("secondary-record", "aliases"), put("secondary-record", records=["192.0.2.2"], ttl=61)),
        "secondary-record",
        "ttl: got 61; allowed: 60 seconds or less; lower it; resolvers keep the lost answer that long",
    ),
    Break(
        "dr-empty-standby",
        "no servers",
        standby("0"),
        "secondary-record",
        (
            "aliases[0].evaluateTargetHealth: got true; allowed: false; turn it off: a target group without targets "
            "counts as ill, so nothing would answer"
        ),
    ),
    Break(
        "dr-region-split",
        "records",
        put("secondary-record", aliases=[alias(HOME)]),
        "secondary-record",
        (
            'aliases: got "eu-west-1"; allowed: another Region than that of primary-record; lead it to the recovery '
            "Region"
        ),
    ),
    Break(
        "dr-region-split",
        "a table's replica",
        put("table-replica", region=HOME),
        "table-replica",
        'region: got "eu-west-1"; allowed: another Region than that of table; choose another one',
    ),
    Break(
        "dr-region-split",
        "a key's replica",
        add("key-replica", REPLICA_KEY, primaryKeyArn=Ref("key", "arn")),
        "key-replica",
        'region: got "eu-west-1"; allowed: another Region than that of key; choose another one',
    ),
    Break(
        "dr-region-split",
        "backups",
        add(
            "copies",
            "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
            sourceDbInstanceArn=Ref("db", "arn"),
        ),
        "copies",
        'region: got "eu-west-1"; allowed: another Region than that of db; choose another one',
    ),
    Break(
        "r53-query-log",
        "none",
        remove("queries"),
        "zone",
        (
            "QueryLog: got nothing; allowed: one for the hosted zone; add one, with a log group in us-east-1 to which "
            "Route 53 may write"
        ),
    ),
    Break("ddb-pitr", "table", drop("table", "pointInTimeRecovery"), "table", f"pointInTimeRecovery.enabled: {PITR}"),
    Break(
        "ddb-pitr",
        "replica",
        drop("table-replica", "pointInTimeRecovery"),
        "table-replica",
        f"pointInTimeRecovery: {PITR}",
    ),
    Break(
        "ddb-pitr",
        "replica within the table",
        put("table", replicas=[{**COPIED, "pointInTimeRecovery": False}]),
        "table",
        f"replicas[0].pointInTimeRecovery: {PITR.replace('nothing', 'false')}",
    ),
    Break(
        "ddb-delete-protect",
        "replica within the table",
        put("table", replicas=[{**COPIED, "deletionProtectionEnabled": False}]),
        "table",
        f"replicas[0].{PROTECTED}",
    ),
    Break(
        "ddb-cmk",
        "replica within the table",
        put("table", replicas=[{name: value for name, value in COPIED.items() if name != "kmsKeyArn"}]),
        "table",
        "replicas[0].kmsKeyArn: got nothing; allowed: a key of your own; name a key of the replica's Region",
    ),
    Break("ddb-delete-protect", "table", put("table", deletionProtectionEnabled=False), "table", PROTECTED),
    Break(
        "ddb-delete-protect",
        "replica",
        put("table-replica", deletionProtectionEnabled=False),
        "table-replica",
        PROTECTED,
    ),
    Break(
        "ddb-cmk",
        "AWS's own",
        put("table", serverSideEncryption={"enabled": False, "kmsKeyArn": Ref("key", "arn")}),
        "table",
        "serverSideEncryption.enabled: got false; allowed: true; set it; without it the key is AWS's own",
    ),
    Break(
        "ddb-cmk",
        "AWS's for the account",
        put("table", serverSideEncryption={"enabled": True}),
        "table",
        "serverSideEncryption.kmsKeyArn: got nothing; allowed: a key of your own; make a key and name it",
    ),
    Break(
        "ddb-cmk",
        "replica",
        drop("table-replica", "kmsKeyArn"),
        "table-replica",
        "kmsKeyArn: got nothing; allowed: a key of your own; name a key of the replica's Region",
    ),
    Break(
        "sqs-encrypted",
        "off",
        put("queue", sqsManagedSseEnabled=False),
        "queue",
        "sqsManagedSseEnabled: got false; allowed: true; leave it out, or name a key in kmsMasterKeyId",
    ),
    Break(
        "sqs-policy",
        "everyone",
        queue_policy(TLS, allow("sqs:SendMessage", "*", Principal="*")),
        "queue-policy",
        (
            'policy: got Statement[1] that allows principal "*"; allowed: named principals; name the senders, or add '
            "aws:SourceAccount"
        ),
    ),
    Break(
        "sqs-policy",
        "plain HTTP",
        queue_policy(allow("sqs:SendMessage", "*", Principal={"AWS": ACCOUNT})),
        "queue-policy",
        (
            "policy: got a policy that allows plain HTTP; allowed: a policy that denies plain HTTP; deny sqs:* to "
            "everyone where aws:SecureTransport is false"
        ),
    ),
    Break(
        "sqs-policy",
        "the queue's own",
        put("queue", policy=Json((allow("sqs:*", "*", Principal={"AWS": ACCOUNT}),))),
        "queue",
        (
            "policy: got a policy that allows plain HTTP; allowed: a policy that denies plain HTTP; deny sqs:* to "
            "everyone where aws:SecureTransport is false"
        ),
    ),
    Break(
        "sqs-dlq",
        "none",
        add("jobs", QUEUE),
        "jobs",
        (
            "redrivePolicy: got nothing; allowed: a dead-letter queue; name a queue for what was received too often, "
            "or say with redriveAllowPolicy that this is one"
        ),
    ),
]

KEEPS: dict[str, Change] = {
    "a PRIMARY record whose target's health is asked for": both(
        drop("primary-record", "healthCheckId"), evaluated("primary-record", HOME)
    ),
    "pairs of several types of one name": both(
        add(
            "primary-6",
            RECORD,
            zoneId=Ref("zone"),
            name="API.example.com.",
            type="AAAA",
            failoverRoutingPolicies=[{"type": "PRIMARY"}],
            healthCheckId=Ref("switch"),
            aliases=[alias(HOME)],
        ),
        add(
            "secondary-6",
            RECORD,
            zoneId=Ref("zone"),
            name="api.example.com",
            type="AAAA",
            failoverRoutingPolicies=[{"type": "SECONDARY"}],
            aliases=[alias(AWAY)],
        ),
    ),
    "a simple record without a health check may be kept for a day": add(
        "mail", RECORD, zoneId=Ref("zone"), name="mail.example.com", type="CNAME", ttl=86_400, records=["example.org"]
    ),
    "a standby with servers whose health is asked for": standby("2"),
    "a standby outside AWS": both(
        drop("secondary-record", "aliases"), put("secondary-record", records=["status.example.org"], ttl=60)
    ),
    "a check of other checks": add(
        "all-checks", "aws:route53/healthCheck:HealthCheck", type="CALCULATED", childHealthchecks=[Ref("switch")]
    ),
    "a check with Route 53's own times": drop("endpoint-check", "requestInterval", "failureThreshold"),
    "a private zone": both(
        remove("queries"),
        put("zone", vpcs=[{"vpcId": Ref("vpc")}]),
    ),
    "a key's replica in another Region": add("key-replica", REPLICA_KEY, primaryKeyArn=Ref("key", "arn"), region=AWAY),
    "a queue that SQS encrypts by itself": put("queue", sqsManagedSseEnabled=True),
    "a queue that says that it takes others' dead letters": add(
        "elsewhere", QUEUE, redriveAllowPolicy='{"redrivePermission": "allowAll"}'
    ),
    "a queue for what a stream's function could not handle": both(
        add("undelivered", QUEUE),
        put("stream-source", destinationConfig={"onFailure": {"destinationArn": Ref("undelivered", "arn")}}),
    ),
    "an environment that is switched off, in one Region of two": both(
        standby("0"), put("secondary-record", aliases=[alias(AWAY)])
    ),
}
