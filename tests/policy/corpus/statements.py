"""Policies whose statements look alike: which are too wide depends on the action, the resource and the condition."""

import json

import pulumi_aws as aws

EXPECTED = {
    "every-table": "iam-wildcards",
    "every-bucket": "iam-wildcards",
    "whole-service": "iam-wildcards",
    "hidden-star": "iam-wildcards",
    "every-key": "iam-kms-decrypt",
    "any-role": "iam-passrole",
}

ACCOUNT = "123456789012"
STATEMENTS: dict[str, list[dict[str, object]]] = {
    "one-table": [
        {"Action": ["dynamodb:PutItem", "dynamodb:Query"], "Resource": f"arn:aws:dynamodb:*:{ACCOUNT}:table/orders"},
        {"Action": "dynamodb:Query", "Resource": f"arn:aws:dynamodb:*:{ACCOUNT}:table/orders/index/*"},
    ],
    "only-reads": [{"Action": ["ec2:Describe*", "cloudwatch:GetMetricData", "logs:Describe*"], "Resource": "*"}],
    "one-bucket": [{"Action": "s3:*Object", "Resource": "arn:aws:s3:::uploads-of-the-shop/*"}],
    "metrics": [
        {
            "Action": "cloudwatch:PutMetricData",
            "Resource": "*",
            "Condition": {"StringEquals": {"cloudwatch:namespace": "Shop"}},
        }
    ],
    "refusals": [
        {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"},
    ],
    "one-service-role": [
        {
            "Action": "iam:PassRole",
            "Resource": f"arn:aws:iam::{ACCOUNT}:role/shop-function",
            "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}},
        }
    ],
    "one-key": [{"Action": "kms:Decrypt", "Resource": f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/0f1e2d3c"}],
    "every-table": [{"Action": "dynamodb:DeleteItem", "Resource": "arn:aws:dynamodb:*:*:*"}],
    "every-bucket": [{"Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::*/*"}],
    "whole-service": [{"Action": ["s3:*"], "Resource": "arn:aws:s3:::uploads-of-the-shop"}],
    "hidden-star": [{"Action": "sqs:SendMessage", "Resource": ["arn:aws:sqs:eu-west-1:123456789012:jobs", "*"]}],
    "every-key": [
        {"Action": ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"], "Resource": "arn:aws:kms:*:*:key/*"}
    ],
    "any-role": [{"Action": ["iam:PassRole"], "Resource": "*"}],
}


def program() -> None:
    for name, statements in STATEMENTS.items():
        document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **one} for one in statements]}
        aws.iam.Policy(name, path="/shop/", policy=json.dumps(document))
