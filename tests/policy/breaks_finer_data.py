"""Finer ways to break the rules of what holds data: rarer engines and forms, and what stands behind the right."""

from policy.breaks import Break
from policy.breaks_recovery import standby
from policy.breaks_s3 import replication, rule
from policy.compliant_recovery import alias
from policy.guard_stack import AWAY, HOME, Change, both, drop, put, remove

UPLOADS = (
    "abortIncompleteMultipartUpload.daysAfterInitiation: got nothing; allowed: 7 days or fewer; add "
    "abortIncompleteMultipartUpload to a rule without a filter"
)
SAFELY = put(
    "parameters", parameters=[{"name": name, "value": "1"} for name in ("require_secure_transport", "rds.force_ssl")]
)
ENGINES = {"mariadb": 3306, "oracle-ee": 1521, "sqlserver-se": 1433, "db2-ae": 50000}
LOGS_OF = {
    "mariadb": ["error", "slowquery"],
    "oracle-ee": ["alert", "audit", "listener"],
    "sqlserver-se": ["error"],
    "db2-ae": ["diag.log"],
}


def behind(name: str) -> Change:
    """Register a resource after all others."""
    return lambda specs: specs.update({name: specs.pop(name)})


def engine(name: str, **properties: object) -> Change:
    """Run the database on another engine, with the logs that it writes."""
    return put("db", engine=name, enabledCloudwatchLogsExports=LOGS_OF[name], **properties)


BREAKS = [
    Break(
        "dr-empty-standby",
        "behind an alias that does not ask",
        both(standby("0"), lambda specs: specs["secondary-record"].properties["aliases"].insert(0, alias(AWAY))),
        "secondary-record",
        (
            "aliases[1].evaluateTargetHealth: got true; allowed: false; turn it off: a target group without "
            "targets counts as ill, so nothing would answer"
        ),
    ),
    Break(
        "dr-health-check",
        "a text in the clear",
        put("endpoint-check", type="HTTP_STR_MATCH"),
        "endpoint-check",
        (
            'type: got "HTTP_STR_MATCH"; allowed: HTTPS or HTTPS_STR_MATCH; ask by HTTPS, as clients do; a port '
            "that is open says little"
        ),
    ),
    Break(
        "dr-region-split",
        "the standby told first",
        both(put("secondary-record", aliases=[alias(HOME)]), behind("primary-record")),
        "secondary-record",
        (
            'aliases: got "eu-west-1"; allowed: another Region than that of primary-record; lead it to the '
            "recovery Region"
        ),
    ),
    Break(
        "kms-rotation",
        "off, of a key that says what it is for",
        put("key", enableKeyRotation=False, keyUsage="ENCRYPT_DECRYPT"),
        "key",
        (
            "enableKeyRotation: got false; allowed: true; set enableKeyRotation; data that was encrypted before "
            "stays readable"
        ),
    ),
    Break(
        "kms-rotation",
        "off, of a key that says what it is",
        put("key", enableKeyRotation=False, customerMasterKeySpec="SYMMETRIC_DEFAULT"),
        "key",
        (
            "enableKeyRotation: got false; allowed: true; set enableKeyRotation; data that was encrypted before "
            "stays readable"
        ),
    ),
    Break(
        "rds-ca",
        "of a cluster",
        put("cluster", caCertificateIdentifier="rds-ca-2019"),
        "cluster",
        (
            'caCertificateIdentifier: got "rds-ca-2019"; allowed: rds-ca-rsa2048-g1, rds-ca-rsa4096-g1, '
            "rds-ca-ecc384-g1; choose one of these, or leave the choice to AWS"
        ),
    ),
    Break(
        "rds-dr-copy",
        "a database behind one that has it",
        remove("cluster-replica"),
        "cluster",
        (
            "a copy in another Region: got nothing; allowed: a read replica or replicated backups; add a replica "
            "in another Region, or replicate the automated backups there"
        ),
    ),
    Break(
        "rds-encrypted",
        "a replica that says no",
        both(put("replica", storageEncrypted=False), drop("replica", "kmsKeyId")),
        "replica",
        (
            "storageEncrypted: got false; allowed: true; set storageEncrypted, or kmsKeyId for a replica in "
            "another Region"
        ),
    ),
    Break(
        "rds-force-tls",
        "MariaDB",
        both(engine("mariadb"), put("parameters", parameters=[])),
        "parameters",
        "parameters.require_secure_transport: got nothing; allowed: 1; set require_secure_transport to 1",
    ),
    Break(
        "rds-force-tls",
        "SQL Server",
        both(engine("sqlserver-se"), put("parameters", parameters=[])),
        "parameters",
        "parameters.rds.force_ssl: got nothing; allowed: 1; set rds.force_ssl to 1",
    ),
    *(
        Break(
            "rds-log-exports",
            f"{name} with none",
            both(engine(name), SAFELY, put("db", enabledCloudwatchLogsExports=None)),
            "db",
            f"enabledCloudwatchLogsExports: got nothing; allowed: {', '.join(logs)}; add {', '.join(logs)}",
        )
        for name, logs in LOGS_OF.items()
    ),
    *(
        Break(
            "rds-port",
            f"{name} on its own",
            both(engine(name), SAFELY, put("db", port=port)),
            "db",
            f"port: got {port}; allowed: any port but {port}; choose another port",
        )
        for name, port in ENGINES.items()
    ),
    Break(
        "rds-private-subnets",
        "zones by their ids",
        both(
            *(
                both(drop(f"data-{zone}", "availabilityZone"), put(f"data-{zone}", availabilityZoneId="euw1-az1"))
                for zone in "ab"
            )
        ),
        "subnets",
        "subnetIds: got subnets in one zone; allowed: 2 zones or more; add a subnet in another zone",
    ),
    Break(
        "rds-private-subnets",
        "a gateway of elsewhere, inside the table",
        put(
            "data-table",
            routes=[
                {"cidrBlock": "10.1.0.0/16", "natGatewayId": "nat-1"},
                {"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"},
            ],
        ),
        "subnets",
        (
            "subnetIds: got subnets with a route to an internet gateway: data-a, data-b; allowed: private "
            "subnets; name subnets of the data tier"
        ),
    ),
    *(
        Break("s3-abort-mpu", f"only some objects, by {what}", rule(**form), "archive-lifecycle", UPLOADS)
        for what, form in {
            "all of several": {"filter": {"and": {"prefix": "a/"}}},
            "size": {"filter": {"objectSizeGreaterThan": 1}},
            "size below": {"filter": {"objectSizeLessThan": 9}},
            "prefix in the older form": {"prefix": "a/"},
        }.items()
    ),
    Break(
        "s3-archive-lifecycle",
        "noncurrent versions too early",
        rule(noncurrentVersionTransitions=[{"noncurrentDays": 29, "storageClass": "STANDARD_IA"}]),
        "archive-lifecycle",
        ("rules[0].noncurrentVersionTransitions: got STANDARD_IA on day 29; allowed: day 30 or later; move later"),
    ),
    *(
        Break(
            "s3-abort-mpu",
            f"only some objects, by {what} in the older form",
            rule(**form),
            "archive-lifecycle",
            UPLOADS,
        )
        for what, form in {"tags": {"tags": {"kind": "film"}}}.items()
    ),
    Break(
        "s3-archive-lifecycle",
        "noncurrent versions too early, in the older form",
        rule(noncurrentVersionTransitions=[{"days": 29, "storageClass": "STANDARD_IA"}]),
        "archive-lifecycle",
        ("rules[0].noncurrentVersionTransitions: got STANDARD_IA on day 29; allowed: day 30 or later; move later"),
    ),
    Break(
        "s3-replication",
        "without what KMS encrypts, in so many words",
        replication("sourceSelectionCriteria.sseKmsEncryptedObjects.status", "Disabled"),
        "archive-replication",
        (
            'rules[0].sourceSelectionCriteria.sseKmsEncryptedObjects.status: got "Disabled"; allowed: Enabled; '
            "set it, or objects that KMS encrypts are left out in silence"
        ),
    ),
    Break(
        "s3-tls-only",
        "a bucket behind one that has it",
        remove("copy-policy"),
        "copy",
        (
            "policy: got nothing; allowed: a bucket policy that denies plain HTTP; deny s3:* on the bucket and "
            "its objects to everyone where aws:SecureTransport is false"
        ),
    ),
]
