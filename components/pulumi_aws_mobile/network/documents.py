"""The IAM documents of a `Network`."""

import json
from collections.abc import Mapping


def delivery_trust(vpc_arn: str) -> str:
    """Return the trust policy by which only the flow logs of the VPC's account and Region may use the role."""
    _, partition, _, region, account, _ = vpc_arn.split(":", 5)
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": {"aws:SourceAccount": account},
            "ArnLike": {"aws:SourceArn": f"arn:{partition}:ec2:{region}:{account}:vpc-flow-log/*"},
        },
    }
    return _document(statement)


def delivery_permissions(log_group_arn: str) -> str:
    """Return the policy that lets flow logs write to one log group; it cannot make log groups or see others."""
    statement = {
        "Effect": "Allow",
        "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        "Resource": f"{log_group_arn}:*",
    }
    return _document(statement)


def _document(statement: Mapping[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
