"""The policies: who may do what, and nobody else."""

import json
from typing import Any

from pulumi_aws_mobile.ha_database.documents import key_policy, monitoring_trust, topic_policy

TOPIC = "arn:aws:sns:eu-west-1:123456789012:alarms"


def statements(document: str) -> list[dict[str, Any]]:
    return json.loads(document)["Statement"]


def test_a_key_serves_the_account_its_database_logs_and_its_alarms() -> None:
    assert statements(key_policy("aws", "123456789012", "eu-west-1")) == [
        {
            "Sid": "AccountDecides",
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
            "Action": "kms:*",
            "Resource": "*",
        },
        {
            "Sid": "DatabaseLogs",
            "Effect": "Allow",
            "Principal": {"Service": "logs.eu-west-1.amazonaws.com"},
            "Action": ["kms:Encrypt", "kms:ReEncrypt*", "kms:DescribeKey", "kms:Decrypt", "kms:GenerateDataKey*"],
            "Resource": "*",
            "Condition": {
                "ArnLike": {
                    "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/rds/*"
                }
            },
        },
        {
            "Sid": "AlarmsAndEvents",
            "Effect": "Allow",
            "Principal": {"Service": ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"]},
            "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
        },
    ]


def test_the_partition_is_nowhere_fixed() -> None:
    assert "arn:aws:" not in key_policy("aws-cn", "123456789012", "cn-north-1")


def test_a_topic_takes_alarms_and_events_of_the_account_and_only_over_tls() -> None:
    publish = {"Effect": "Allow", "Action": "sns:Publish", "Resource": TOPIC}
    own = {"Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}
    assert statements(topic_policy(TOPIC, "123456789012")) == [
        {"Sid": "CloudWatchAlarms", "Principal": {"Service": "cloudwatch.amazonaws.com"}, **publish, **own},
        {"Sid": "DatabaseEvents", "Principal": {"Service": "events.rds.amazonaws.com"}, **publish, **own},
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sns:Publish",
            "Resource": TOPIC,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
    ]


def test_only_monitoring_of_the_account_takes_the_role() -> None:
    assert statements(monitoring_trust("123456789012")) == [
        {
            "Effect": "Allow",
            "Principal": {"Service": "monitoring.rds.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
        }
    ]
