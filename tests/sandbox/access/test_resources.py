"""What calls ask for: each with the actions and resources that IAM judges them by."""

from collections.abc import Iterator

import pytest
from sandbox.access.world import ACCOUNT, REGION, Json

from pulumi_aws_sandbox.aws import Connection, in_process
from pulumi_aws_sandbox.runtime.access import resources, s3_actions
from pulumi_aws_sandbox.runtime.access.calls import Call
from pulumi_aws_sandbox.runtime.access.signatures import Sent


@pytest.fixture(scope="module")
def operator() -> Iterator[Connection]:
    """Give one AWS, which these tests only read."""
    with in_process(REGION) as connection:
        yield connection


def _call(service: str, operation: str, headers: dict[str, str], query: str, params: dict[str, Json]) -> Call:
    sent = Sent("POST", f"https://{service}.{REGION}.amazonaws.com/?{query}", headers, b"")
    return Call(service, operation, params, REGION, sent)


def _needed(service: str, operation: str, **params: Json) -> list[tuple[str, str | None]]:
    needed = resources.accesses(_call(service, operation, {}, "", params))
    return [(each.action, each.resource) for each in needed]


def _arn(service: str, name: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{name}"


_TABLE, _INDEX = _arn("dynamodb", "table/scores"), _arn("dynamodb", "table/scores/index/by-day")
_FUNCTION = _arn("lambda", "function:resize")
_WRITE = {"Put": {"TableName": "scores", "Item": {}}}
_CHECK = {"ConditionCheck": {"TableName": "other", "Key": {}}}

_ONE = [
    ("dynamodb", "GetItem", {"TableName": "scores"}, "dynamodb:GetItem", _TABLE),
    ("dynamodb", "GetItem", {"TableName": _TABLE}, "dynamodb:GetItem", _TABLE),
    ("dynamodb", "Query", {"TableName": "scores", "IndexName": "by-day"}, "dynamodb:Query", _INDEX),
    ("dynamodb", "ListTables", {}, "dynamodb:ListTables", None),
    ("dynamodb", "GetRecords", {"StreamArn": _TABLE + "/stream/1"}, "dynamodb:GetRecords", _TABLE + "/stream/1"),
    (
        "dynamodb",
        "GetRecords",
        {"ShardIterator": f"{_TABLE}/stream/1|1|abc"},
        "dynamodb:GetRecords",
        f"{_TABLE}/stream/1",
    ),
    ("kinesis", "GetRecords", {"ShardIterator": "czpzaGFyZC0wOjA="}, "kinesis:GetRecords", _arn("kinesis", "stream/s")),
    ("sns", "Publish", {"PhoneNumber": "+15550100"}, "sns:Publish", None),
    (
        "sns",
        "Publish",
        {"TargetArn": _arn("sns", "endpoint/GCM/app/1")},
        "sns:Publish",
        _arn("sns", "endpoint/GCM/app/1"),
    ),
    (
        "sns",
        "CreatePlatformEndpoint",
        {"PlatformApplicationArn": _arn("sns", "app/GCM/app")},
        "sns:CreatePlatformEndpoint",
        _arn("sns", "app/GCM/app"),
    ),
    ("lambda", "Invoke", {"FunctionName": "resize"}, "lambda:InvokeFunction", _FUNCTION),
    ("lambda", "Invoke", {"FunctionName": _FUNCTION}, "lambda:InvokeFunction", _FUNCTION),
    ("lambda", "Invoke", {"FunctionName": f"{ACCOUNT}:function:resize"}, "lambda:InvokeFunction", _FUNCTION),
    (
        "lambda",
        "GetFunction",
        {"FunctionName": "resize", "Qualifier": "live"},
        "lambda:GetFunction",
        f"{_FUNCTION}:live",
    ),
    ("lambda", "ListFunctions", {}, "lambda:ListFunctions", None),
    ("sqs", "SendMessage", {"QueueUrl": f"http://127.0.0.1:1/{ACCOUNT}/q"}, "sqs:SendMessage", _arn("sqs", "q")),
    ("sqs", "SendMessageBatch", {"QueueUrl": f"https://x/{ACCOUNT}/q"}, "sqs:SendMessage", _arn("sqs", "q")),
    ("sqs", "CreateQueue", {"QueueName": "q"}, "sqs:CreateQueue", _arn("sqs", "q")),
    ("sns", "Publish", {"TopicArn": _arn("sns", "t")}, "sns:Publish", _arn("sns", "t")),
    ("sns", "PublishBatch", {"TopicArn": _arn("sns", "t")}, "sns:Publish", _arn("sns", "t")),
    ("sns", "Publish", {"TargetArn": _arn("sns", "endpoint/GCM/a/1")}, "sns:Publish", _arn("sns", "endpoint/GCM/a/1")),
    ("sns", "Publish", {"PhoneNumber": "+44"}, "sns:Publish", None),
    ("sns", "CreateTopic", {"Name": "t"}, "sns:CreateTopic", _arn("sns", "t")),
    (
        "sns",
        "CreatePlatformEndpoint",
        {"PlatformApplicationArn": _arn("sns", "app/GCM/a"), "Token": "x"},
        "sns:CreatePlatformEndpoint",
        _arn("sns", "app/GCM/a"),
    ),
    ("kinesis", "PutRecord", {"StreamName": "s"}, "kinesis:PutRecord", _arn("kinesis", "stream/s")),
    (
        "kinesis",
        "PutRecord",
        {"StreamARN": _arn("kinesis", "stream/s")},
        "kinesis:PutRecord",
        _arn("kinesis", "stream/s"),
    ),
    (
        "firehose",
        "PutRecordBatch",
        {"DeliveryStreamName": "d"},
        "firehose:PutRecordBatch",
        _arn("firehose", "deliverystream/d"),
    ),
    ("kms", "Encrypt", {"KeyId": "1-2"}, "kms:Encrypt", _arn("kms", "key/1-2")),
    ("kms", "Encrypt", {"KeyId": "alias/none"}, "kms:Encrypt", _arn("kms", "alias/none")),
    ("kms", "ListKeys", {}, "kms:ListKeys", None),
    (
        "secretsmanager",
        "GetSecretValue",
        {"SecretId": "s"},
        "secretsmanager:GetSecretValue",
        _arn("secretsmanager", "secret:s"),
    ),
    ("ses", "SendEmail", {"Source": "A <a@b.com>"}, "ses:SendEmail", _arn("ses", "identity/b.com")),
    (
        "ses",
        "SendEmail",
        {"Source": "a@b.com", "SourceArn": _arn("ses", "identity/x")},
        "ses:SendEmail",
        _arn("ses", "identity/x"),
    ),
    ("ses", "GetSendQuota", {}, "ses:GetSendQuota", None),
    (
        "logs",
        "PutLogEvents",
        {"logGroupName": "/a", "logStreamName": "s"},
        "logs:PutLogEvents",
        _arn("logs", "log-group:/a:log-stream:s"),
    ),
    ("logs", "CreateLogGroup", {"logGroupName": "/a"}, "logs:CreateLogGroup", _arn("logs", "log-group:/a:log-stream:")),
    ("logs", "DescribeLogGroups", {}, "logs:DescribeLogGroups", _arn("logs", "log-group::log-stream:")),
    ("cognito-idp", "AdminGetUser", {"UserPoolId": "p"}, "cognito-idp:AdminGetUser", _arn("cognito-idp", "userpool/p")),
    (
        "cognito-identity",
        "DescribeIdentityPool",
        {"IdentityPoolId": "r:1"},
        "cognito-identity:DescribeIdentityPool",
        _arn("cognito-identity", "identitypool/r:1"),
    ),
    ("monitoring", "DescribeAlarms", {}, "cloudwatch:DescribeAlarms", None),
    (
        "states",
        "StartExecution",
        {"stateMachineArn": _arn("states", "stateMachine:m")},
        "states:StartExecution",
        _arn("states", "stateMachine:m"),
    ),
    ("events", "PutRule", {"Name": "r"}, "events:PutRule", _arn("events", "rule/r")),
    ("iam", "GetRole", {"RoleName": "r"}, "iam:GetRole", f"arn:aws:iam::{ACCOUNT}:role/r"),
    ("glue", "GetTable", {"Name": "t"}, "glue:GetTable", None),
    ("s3", "ListBuckets", {}, "s3:ListAllMyBuckets", None),
    ("s3", "ListObjectsV2", {"Bucket": "b"}, "s3:ListBucket", "arn:aws:s3:::b"),
    ("s3", "ListObjectVersions", {"Bucket": "b"}, "s3:ListBucketVersions", "arn:aws:s3:::b"),
    ("s3", "PutObject", {"Bucket": "b", "Key": "k/x"}, "s3:PutObject", "arn:aws:s3:::b/k/x"),
    ("s3", "UploadPart", {"Bucket": "b", "Key": "k"}, "s3:PutObject", "arn:aws:s3:::b/k"),
    (
        "s3",
        "PutObjectTagging",
        {"Bucket": "b", "Key": "k", "VersionId": "1"},
        "s3:PutObjectVersionTagging",
        "arn:aws:s3:::b/k",
    ),
    ("s3", "DeleteBucketLifecycle", {"Bucket": "b"}, "s3:PutLifecycleConfiguration", "arn:aws:s3:::b"),
    ("s3", "ListBucketInventoryConfigurations", {"Bucket": "b"}, "s3:GetInventoryConfiguration", "arn:aws:s3:::b"),
    ("s3", "PutBucketMetricsConfiguration", {"Bucket": "b"}, "s3:PutMetricsConfiguration", "arn:aws:s3:::b"),
]


@pytest.mark.parametrize(("service", "operation", "params", "action", "resource"), _ONE)
def test_a_call_needs_one_action_on_one_resource(  # noqa: PLR0913, PLR0917 - a row of the table
    operator: Connection, service: str, operation: str, params: dict[str, Json], action: str, resource: str | None
) -> None:
    assert operator.in_process
    assert _needed(service, operation, **params) == [(action, resource)]


def test_a_transaction_needs_an_action_for_each_of_its_parts(operator: Connection) -> None:
    assert operator.in_process
    assert _needed("dynamodb", "TransactWriteItems", TransactItems=[_WRITE, _CHECK]) == [
        ("dynamodb:PutItem", _TABLE),
        ("dynamodb:ConditionCheckItem", _arn("dynamodb", "table/other")),
    ]


def test_a_batch_needs_its_action_on_each_table(operator: Connection) -> None:
    assert operator.in_process
    assert _needed("dynamodb", "BatchGetItem", RequestItems={"scores": {"Keys": []}, "other": {"Keys": []}}) == [
        ("dynamodb:BatchGetItem", _TABLE),
        ("dynamodb:BatchGetItem", _arn("dynamodb", "table/other")),
    ]


def test_encrypting_anew_needs_both_keys(operator: Connection) -> None:
    assert operator.in_process
    assert _needed("kms", "ReEncrypt", SourceKeyId="1-2", DestinationKeyId="3-4") == [
        ("kms:ReEncryptFrom", _arn("kms", "key/1-2")),
        ("kms:ReEncryptTo", _arn("kms", "key/3-4")),
    ]


def test_every_key_of_a_deletion_is_listed(operator: Connection) -> None:
    assert operator.in_process
    objects = [{"Key": "a"}, {"Key": "b", "VersionId": "1"}]
    call = _call("s3", "DeleteObjects", {}, "delete", {"Bucket": "b", "Delete": {"Objects": objects}})
    assert [(each.action, each.resource) for each in s3_actions.deleted_keys(call)] == [
        ("s3:DeleteObject", "arn:aws:s3:::b/a"),
        ("s3:DeleteObjectVersion", "arn:aws:s3:::b/b"),
    ]


def test_conditions_may_ask_about_a_mail(operator: Connection) -> None:
    assert operator.in_process
    people = {"ToAddresses": ["a@x.com"], "BccAddresses": ["b@x.com"]}
    call = _call("ses", "SendEmail", {}, "", {"Source": '"The app" <app@b.com>', "Destination": people})
    assert resources.accesses(call)[0].facts == {
        "ses:FromAddress": "app@b.com",
        "ses:FromDisplayName": "The app",
        "ses:Recipients": ["a@x.com", "b@x.com"],
    }


def test_conditions_may_ask_about_an_upload(operator: Connection) -> None:
    assert operator.in_process
    headers = {
        "authorization": "AWS4-HMAC-SHA256",
        "x-amz-tagging": "kind=photo&of=a%20b",
        "x-amz-server-side-encryption": "AES256",
    }
    call = _call("s3", "PutObject", headers, "", {"Bucket": "b", "Key": "k"})
    assert s3_actions.facts_of(call) == {
        "aws:ResourceAccount": ACCOUNT,
        "s3:RequestObjectTag/kind": "photo",
        "s3:RequestObjectTag/of": "a b",
        "s3:ResourceAccount": ACCOUNT,
        "s3:authType": "REST-HEADER",
        "s3:signatureversion": "AWS4-HMAC-SHA256",
        "s3:x-amz-server-side-encryption": "AES256",
    }
