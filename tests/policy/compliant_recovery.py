"""What keeps the rules about recovery, tables and queues."""

from policy.guard_stack import ACCOUNT, AWAY, HOME, Json, Ref, Spec, Specs, allow, deny_plain_http

RECORD = "aws:route53/record:Record"
QUEUE = "aws:sqs/queue:Queue"


def recovery() -> Specs:
    """Return the names of an API in two Regions, a table with a replica, a queue, and streams of events."""
    return {**_names(), **_tables(), **_queues(), **_streams()}


def _names() -> Specs:
    name = {"zoneId": Ref("zone"), "name": "api.example.com", "type": "A"}
    return {
        "zone": Spec("aws:route53/zone:Zone", {"name": "example.com"}),
        "queries": Spec("aws:route53/queryLog:QueryLog", {"zoneId": Ref("zone")}),
        "endpoint-check": Spec(
            "aws:route53/healthCheck:HealthCheck",
            {"type": "HTTPS", "fqdn": "api.example.com", "requestInterval": 10, "failureThreshold": 3},
        ),
        "switch": Spec(
            "aws:route53/healthCheck:HealthCheck",
            {
                "type": "CLOUDWATCH_METRIC",
                "cloudwatchAlarmName": "traffic",
                "cloudwatchAlarmRegion": AWAY,
                "insufficientDataHealthStatus": "LastKnownStatus",
            },
        ),
        "primary-record": Spec(
            RECORD,
            {
                **name,
                "setIdentifier": "primary",
                "failoverRoutingPolicies": [{"type": "PRIMARY"}],
                "healthCheckId": Ref("switch"),
                "aliases": [alias(HOME)],
            },
        ),
        "secondary-record": Spec(
            RECORD,
            {
                **name,
                "setIdentifier": "secondary",
                "failoverRoutingPolicies": [{"type": "SECONDARY"}],
                "aliases": [alias(AWAY)],
            },
        ),
        "weighted-record": Spec(
            RECORD,
            {
                **name,
                "name": "www.example.com",
                "type": "CNAME",
                "setIdentifier": "here",
                "weightedRoutingPolicies": [{"weight": 1}],
                "healthCheckId": Ref("endpoint-check"),
                "ttl": 60,
                "records": ["shop.example.org"],
            },
        ),
    }


def alias(region: str, *, evaluated: bool = False) -> dict[str, object]:
    """Return what leads to an API's own domain name in a Region."""
    name = f"d-0123456789.execute-api.{region}.amazonaws.com"
    return {"name": name, "zoneId": "Z1", "evaluateTargetHealth": evaluated}


def _tables() -> Specs:
    return {
        "table": Spec(
            "aws:dynamodb/table:Table",
            {
                "billingMode": "PAY_PER_REQUEST",
                "pointInTimeRecovery": {"enabled": True},
                "deletionProtectionEnabled": True,
                "serverSideEncryption": {"enabled": True, "kmsKeyArn": Ref("key", "arn")},
            },
            protect=True,
        ),
        "table-replica": Spec(
            "aws:dynamodb/tableReplica:TableReplica",
            {
                "globalTableArn": Ref("table", "arn"),
                "region": AWAY,
                "pointInTimeRecovery": True,
                "deletionProtectionEnabled": True,
                "kmsKeyArn": Ref("away-key", "arn"),
            },
            protect=True,
        ),
    }


def _streams() -> Specs:
    """Return a stream, what delivers from it and what delivers by itself, and a workgroup."""
    written = {
        "kmsKeyArn": Ref("key", "arn"),
        "errorOutputPrefix": "broken/",
        "cloudwatchLoggingOptions": {"enabled": True},
    }
    encryption = {"encryptionOption": "SSE_KMS", "kmsKeyArn": Ref("key", "arn")}
    return {
        "stream": Spec("aws:kinesis/stream:Stream", {"encryptionType": "KMS", "retentionPeriod": 168.0}),
        "delivery": Spec(
            "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
            {
                "kinesisSourceConfiguration": {"kinesisStreamArn": Ref("stream", "arn")},
                "extendedS3Configuration": written,
            },
        ),
        "direct-delivery": Spec(
            "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
            {"serverSideEncryption": {"enabled": True}, "extendedS3Configuration": written},
        ),
        "workgroup": Spec(
            "aws:athena/workgroup:Workgroup",
            {"configuration": {"resultConfiguration": {"encryptionConfiguration": encryption}}},
        ),
        "catalog-settings": Spec(
            "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings",
            {
                "dataCatalogEncryptionSettings": {
                    "encryptionAtRest": {"catalogEncryptionMode": "SSE-KMS", "sseAwsKmsKeyId": Ref("key", "arn")},
                    "connectionPasswordEncryption": {
                        "returnConnectionPasswordEncrypted": True,
                        "awsKmsKeyId": Ref("key", "arn"),
                    },
                }
            },
        ),
        "glue-security": Spec(
            "aws:glue/securityConfiguration:SecurityConfiguration",
            {
                "encryptionConfiguration": {
                    "cloudwatchEncryption": {"cloudwatchEncryptionMode": "SSE-KMS", "kmsKeyArn": Ref("key", "arn")},
                    "jobBookmarksEncryption": {
                        "jobBookmarksEncryptionMode": "CSE-KMS",
                        "kmsKeyArn": Ref("key", "arn"),
                    },
                    "s3Encryption": {"s3EncryptionMode": "SSE-KMS", "kmsKeyArn": Ref("key", "arn")},
                }
            },
        ),
        "glue-job": Spec("aws:glue/job:Job", {"securityConfiguration": Ref("glue-security")}),
        "glue-crawler": Spec("aws:glue/crawler:Crawler", {"securityConfiguration": Ref("glue-security")}),
    }


def _queues() -> Specs:
    senders = allow("sqs:SendMessage", Ref("queue", "arn"), Principal={"AWS": ACCOUNT})
    return {
        "queue": Spec(QUEUE, {"redrivePolicy": Ref("dead-letters", "arn")}),
        "dead-letters": Spec(QUEUE, {"kmsMasterKeyId": Ref("key", "arn"), "sqsManagedSseEnabled": False}),
        "queue-policy": Spec(
            "aws:sqs/queuePolicy:QueuePolicy",
            {
                "queueUrl": Ref("queue"),
                "policy": Json((senders, deny_plain_http("sqs:*", Ref("queue", "arn")))),
            },
        ),
    }
