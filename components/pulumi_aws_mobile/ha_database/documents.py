"""The policy documents of a database: plain data from names and numbers, nothing else."""

import json
from collections.abc import Mapping
from typing import Any

_KEY_USE = ["kms:Decrypt", "kms:GenerateDataKey*"]


def key_policy(partition: str, account: str, region: str) -> str:
    """Return who may use a key: the account's own identities, and the services that write logs and alarms under it.

    RDS and Secrets Manager use the key on behalf of the caller, by grants, and need no statement.
    """
    log_groups = f"arn:{partition}:logs:{region}:{account}:log-group:/aws/rds/*"
    return _document(
        {
            "Sid": "AccountDecides",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:{partition}:iam::{account}:root"},
            "Action": "kms:*",
            "Resource": "*",
        },
        {
            "Sid": "DatabaseLogs",
            "Effect": "Allow",
            "Principal": {"Service": f"logs.{region}.amazonaws.com"},
            "Action": ["kms:Encrypt", "kms:ReEncrypt*", "kms:DescribeKey", *_KEY_USE],
            "Resource": "*",
            "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
        },
        {
            "Sid": "AlarmsAndEvents",
            "Effect": "Allow",
            "Principal": {"Service": ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"]},
            "Action": _KEY_USE,
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:SourceAccount": account}},
        },
    )


def topic_policy(topic_arn: str, account: str) -> str:
    """Return who may publish alarms and events: CloudWatch and RDS for this account, and nobody without TLS."""
    publishers = {"CloudWatchAlarms": "cloudwatch.amazonaws.com", "DatabaseEvents": "events.rds.amazonaws.com"}
    return _document(
        *(
            {
                "Sid": sid,
                "Effect": "Allow",
                "Principal": {"Service": service},
                "Action": "sns:Publish",
                "Resource": topic_arn,
                "Condition": {"StringEquals": {"aws:SourceAccount": account}},
            }
            for sid, service in publishers.items()
        ),
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sns:Publish",
            "Resource": topic_arn,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
    )


def monitoring_trust(account: str) -> str:
    """Return who may take the monitoring role: RDS's monitoring, for databases of this account."""
    return _document(
        {
            "Effect": "Allow",
            "Principal": {"Service": "monitoring.rds.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": account}},
        }
    )


def _document(*statements: Mapping[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
