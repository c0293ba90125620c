"""Every way to break the rules about streams of events and questions about them: the change and the whole message."""

from typing import Any

from policy.breaks import Break
from policy.guard_stack import drop, put

WRITTEN: dict[str, Any] = {
    "kmsKeyArn": "arn:aws:kms:eu-west-1:111122223333:key/1",
    "errorOutputPrefix": "broken/",
    "cloudwatchLoggingOptions": {"enabled": True},
}
RESULTS = {"resultConfiguration": {"encryptionConfiguration": {"encryptionOption": "SSE_KMS"}}}
OPTION = "configuration.resultConfiguration.encryptionConfiguration.encryptionOption"

CATALOG = "dataCatalogEncryptionSettings"
PASSWORDS = {"connectionPasswordEncryption": {"returnConnectionPasswordEncrypted": True}}


def mode(name: str) -> dict[str, Any]:
    """Return how the catalog is encrypted."""
    return {"encryptionAtRest": {"catalogEncryptionMode": name}}


def lacking(name: str) -> dict[str, Any]:
    """Return how files are written, without one thing."""
    return {key: value for key, value in WRITTEN.items() if key != name}


BREAKS = [
    Break(
        "kinesis-encrypted",
        "no encryption",
        drop("stream", "encryptionType"),
        "stream",
        "encryptionType: got nothing; allowed: KMS; set it, and name a key in kmsKeyId",
    ),
    Break(
        "kinesis-retention",
        "a day",
        put("stream", retentionPeriod=24.0),
        "stream",
        "retentionPeriod: got 24; allowed: 168 hours or more; keep records for a week",
    ),
    Break(
        "firehose-encrypted",
        "what waits",
        drop("direct-delivery", "serverSideEncryption"),
        "direct-delivery",
        "serverSideEncryption.enabled: got nothing; allowed: true; set it: Firehose keeps records while they wait",
    ),
    Break(
        "firehose-encrypted",
        "files",
        put("delivery", extendedS3Configuration=lacking("kmsKeyArn")),
        "delivery",
        "extendedS3Configuration.kmsKeyArn: got nothing; allowed: a KMS key; name the key that files are encrypted "
        "with",
    ),
    Break(
        "firehose-errors",
        "no log",
        put("delivery", extendedS3Configuration=lacking("cloudwatchLoggingOptions")),
        "delivery",
        "extendedS3Configuration.cloudwatchLoggingOptions.enabled: got nothing; allowed: true; set it, and name a log "
        "group: nothing else says why a delivery failed",
    ),
    Break(
        "firehose-errors",
        "no prefix",
        put("delivery", extendedS3Configuration=lacking("errorOutputPrefix")),
        "delivery",
        "extendedS3Configuration.errorOutputPrefix: got nothing; allowed: a prefix; name one: failures lie among the "
        "data otherwise",
    ),
    Break(
        "athena-workgroup",
        "results in the clear",
        drop("workgroup", "configuration"),
        "workgroup",
        f"{OPTION}: got nothing; allowed: SSE_KMS or CSE_KMS; set it, and name a key in kmsKeyArn",
    ),
    Break(
        "athena-workgroup",
        "not enforced",
        put("workgroup", configuration={**RESULTS, "enforceWorkgroupConfiguration": False}),
        "workgroup",
        "configuration.enforceWorkgroupConfiguration: got false; allowed: true; leave it out: queries bring their own "
        "settings otherwise",
    ),
    Break(
        "athena-workgroup",
        "no metrics",
        put("workgroup", configuration={**RESULTS, "publishCloudwatchMetricsEnabled": False}),
        "workgroup",
        "configuration.publishCloudwatchMetricsEnabled: got false; allowed: true; leave it out: nobody sees what "
        "queries read otherwise",
    ),
    Break(
        "glue-catalog",
        "in the clear",
        put("catalog-settings", dataCatalogEncryptionSettings={**PASSWORDS, **mode("DISABLED")}),
        "catalog-settings",
        f'{CATALOG}.encryptionAtRest.catalogEncryptionMode: got "DISABLED"; '
        "allowed: SSE-KMS or SSE-KMS-WITH-SERVICE-ROLE; set it",
    ),
    Break(
        "glue-catalog",
        "passwords",
        put("catalog-settings", dataCatalogEncryptionSettings=mode("SSE-KMS")),
        "catalog-settings",
        f"{CATALOG}.connectionPasswordEncryption.returnConnectionPasswordEncrypted: got nothing; allowed: true; "
        "set it: whoever reads a connection reads its password otherwise",
    ),
    Break(
        "glue-security-config",
        "a job without",
        drop("glue-job", "securityConfiguration"),
        "glue-job",
        "securityConfiguration: got nothing; allowed: a security configuration; name one that encrypts",
    ),
    Break(
        "glue-security-config",
        "a crawler without",
        drop("glue-crawler", "securityConfiguration"),
        "glue-crawler",
        "securityConfiguration: got nothing; allowed: a security configuration; name one that encrypts",
    ),
    Break(
        "glue-security-config",
        "logs in the clear",
        put(
            "glue-security",
            encryptionConfiguration={
                "cloudwatchEncryption": {"cloudwatchEncryptionMode": "DISABLED"},
                "jobBookmarksEncryption": {"jobBookmarksEncryptionMode": "CSE-KMS"},
                "s3Encryption": {"s3EncryptionMode": "SSE-KMS"},
            },
        ),
        "glue-security",
        'encryptionConfiguration.cloudwatchEncryption.cloudwatchEncryptionMode: got "DISABLED"; allowed: SSE-KMS; '
        "set it, and name a key",
    ),
]
