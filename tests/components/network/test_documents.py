"""The IAM documents of a network."""

import json

import pytest

from pulumi_aws_mobile.network.documents import delivery_permissions, delivery_trust


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_only_flow_logs_of_the_same_account_and_region_may_use_the_role(partition: str) -> None:
    trust = delivery_trust(f"arn:{partition}:ec2:eu-west-1:123456789012:vpc/vpc-1")
    assert json.loads(trust) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
                "Action": "sts:AssumeRole",
                "Condition": {
                    "StringEquals": {"aws:SourceAccount": "123456789012"},
                    "ArnLike": {"aws:SourceArn": f"arn:{partition}:ec2:eu-west-1:123456789012:vpc-flow-log/*"},
                },
            }
        ],
    }


def test_the_role_writes_to_its_log_group_and_to_no_other() -> None:
    log_group = "arn:aws:logs:eu-west-1:123456789012:log-group:net-flow-logs-1234567"
    assert json.loads(delivery_permissions(log_group)) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                "Resource": f"{log_group}:*",
            }
        ],
    }
