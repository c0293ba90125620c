"""Requests with temporary credentials, judged at both doors.

The operator's own key is judged by nobody: that is how every other test of the sandbox works.
"""

import json
import time

import pytest
from sandbox.access.world import ACCOUNT, REGION, Door, allow, document, not_allowed, refusal, role_arn, session_arn

from pulumi_aws_sandbox.runtime import clock

_ME = session_arn("app")
_INVALID = "The security token included in the request is invalid."
_EXPIRED = "The security token included in the request is expired"
_FILES = "arn:aws:s3:::app-files"


def _objects(*actions: str, prefix: str = "") -> dict[str, object]:
    return allow([f"s3:{action}" for action in actions], f"{_FILES}/{prefix}*")


def test_a_key_whose_policy_names_others_stays_shut(aws: Door) -> None:
    aws.role("app", allow("kms:Encrypt", "*"))
    aws.role("other")
    closed = document({"Effect": "Allow", "Principal": {"AWS": role_arn("other")}, "Action": "kms:*", "Resource": "*"})
    key = aws.operator("kms").create_key(Policy=closed)["KeyMetadata"]["Arn"]
    kms = aws.holder(aws.assume("app"), "kms")
    assert refusal(kms.encrypt, KeyId=key, Plaintext=b"1")[1] == (
        f"User: {_ME} is not authorized to perform: kms:Encrypt on resource: {key} because no resource-based policy "
        "allows the kms:Encrypt action"
    )
    assert aws.holder(aws.assume("other"), "kms").encrypt(KeyId=key, Plaintext=b"1")["KeyId"] == key


def test_items_are_limited_by_their_partition_key(door: Door) -> None:
    table = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{door.table()}"
    own = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/player}"]}}
    actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:BatchWriteItem"]
    door.role("app", allow(actions, table, **own), trusts=_tagging())
    credentials = door.assume("app", Tags=[{"Key": "player", "Value": "ann"}])
    db = door.holder(credentials, "dynamodb")
    mine, other = ({"owner": {"S": owner}, "at": {"S": "1"}} for owner in ("ann", "bob"))
    db.put_item(TableName="scores", Item=mine)
    assert db.get_item(TableName="scores", Key=mine)["Item"] == mine
    values = {":owner": {"S": "ann"}, ":at": {"S": "0"}}
    condition = "#o = :owner AND #a > :at"
    names = {"#o": "owner", "#a": "at"}
    query = {"KeyConditionExpression": condition, "ExpressionAttributeNames": names}
    assert db.query(TableName="scores", ExpressionAttributeValues=values, **query)["Count"] == 1
    for action, call, arguments in (
        ("PutItem", db.put_item, {"Item": other}),
        ("GetItem", db.get_item, {"Key": other}),
        ("Query", db.query, {**query, "ExpressionAttributeValues": {**values, ":owner": {"S": "bob"}}}),
        ("Scan", db.scan, {}),
    ):
        code, message, status = refusal(call, TableName="scores", **arguments)
        assert (code, status) == ("AccessDeniedException", 400)
        assert message == not_allowed(_ME, f"dynamodb:{action}", table)
    batch = {"scores": [{"PutRequest": {"Item": mine}}, {"PutRequest": {"Item": other}}]}
    assert refusal(db.batch_write_item, RequestItems=batch)[1] == not_allowed(_ME, "dynamodb:BatchWriteItem", table)


def _tagging() -> str:
    principal = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
    return document({"Effect": "Allow", "Principal": principal, "Action": ["sts:AssumeRole", "sts:TagSession"]})


def test_each_protocol_has_its_own_refusal(door: Door) -> None:
    door.role("app")
    credentials = door.assume("app")
    queue = door.operator("sqs").create_queue(QueueName="orders")["QueueUrl"]
    topic = door.operator("sns").create_topic(Name="news")["TopicArn"]

    def of(service: str, operation: str, **arguments: object) -> tuple[str, int]:
        code, _, status = refusal(getattr(door.holder(credentials, service), operation), **arguments)
        return code, status

    assert of("sqs", "receive_message", QueueUrl=queue) == ("AccessDenied", 400)
    assert of("sns", "publish", TopicArn=topic, Message="x") == ("AuthorizationError", 403)
    assert of("iam", "list_roles") == ("AccessDenied", 403)
    assert of("lambda", "list_functions") == ("AccessDeniedException", 403)
    assert of("ec2", "describe_vpcs") == ("UnauthorizedOperation", 403)
    assert of("secretsmanager", "list_secrets") == ("AccessDeniedException", 400)
    assert of("cloudwatch", "list_metrics")[0] in {"AccessDenied", "AccessDeniedException"}


def test_a_service_whose_arns_are_not_known_says_so(aws: Door) -> None:
    aws.role("app", allow("ec2:*", "arn:aws:ec2:*:*:*"))
    aws.role("wide", allow("ec2:DescribeVpcs", "*"))
    message = not_allowed(_ME, "ec2:DescribeVpcs", None)
    more = ' (the sandbox does not know the ARNs of ec2: there only statements with the resource "*" match)'
    assert refusal(aws.holder(aws.assume("app"), "ec2").describe_vpcs)[1] == message + more
    assert aws.holder(aws.assume("wide"), "ec2").describe_vpcs()["Vpcs"]


def test_a_topic_lets_in_whom_its_policy_names(aws: Door) -> None:
    aws.role("app")
    topic = aws.operator("sns").create_topic(Name="news")["TopicArn"]
    policy = document(
        {"Effect": "Allow", "Principal": {"AWS": role_arn("app")}, "Action": "sns:Publish", "Resource": topic}
    )
    aws.operator("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)
    assert aws.holder(aws.assume("app"), "sns").publish(TopicArn=topic, Message="x")["MessageId"]


def test_a_boundary_and_attached_policies_count(aws: Door) -> None:
    aws.bucket(a=b"1")
    iam = aws.operator("iam")
    reading = iam.create_policy(PolicyName="reading", PolicyDocument=document(_objects("GetObject")))["Policy"]["Arn"]
    queues = iam.create_policy(PolicyName="queues", PolicyDocument=document(allow("sqs:*", "*")))["Policy"]["Arn"]
    aws.role("app")
    iam.attach_role_policy(RoleName="app", PolicyArn=reading)
    s3 = aws.holder(aws.assume("app"), "s3")
    assert s3.get_object(Bucket="app-files", Key="a")["Body"].read() == b"1"
    iam.put_role_permissions_boundary(RoleName="app", PermissionsBoundary=queues)
    message = refusal(s3.get_object, Bucket="app-files", Key="a")[1]
    assert message.endswith("because no permissions boundary allows the s3:GetObject action")


def test_permissions_taken_away_end_at_once(aws: Door) -> None:
    aws.bucket(a=b"1")
    aws.role("app", _objects("GetObject"))
    s3 = aws.holder(aws.assume("app"), "s3")
    s3.get_object(Bucket="app-files", Key="a")
    aws.operator("iam").delete_role_policy(RoleName="app", PolicyName="own")
    assert refusal(s3.get_object, Bucket="app-files", Key="a")[0] == "AccessDenied"


def test_credentials_end(door: Door) -> None:
    door.bucket(a=b"1")
    door.role("app", _objects("GetObject"))
    credentials = door.assume("app", DurationSeconds=900)
    s3, db = door.holder(credentials, "s3"), door.holder(credentials, "dynamodb")
    with clock.later(899):
        s3.get_object(Bucket="app-files", Key="a")
    with clock.later(901):
        assert refusal(s3.get_object, Bucket="app-files", Key="a") == ("ExpiredToken", _EXPIRED, 400)
        assert refusal(db.list_tables) == ("ExpiredTokenException", _EXPIRED, 400)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"SecretAccessKey": "another"}, "InvalidSignatureException"),
        ({"SessionToken": "another"}, "UnrecognizedClientException"),
        ({"AccessKeyId": "ASIA" + "A" * 16}, "UnrecognizedClientException"),
        ({"AccessKeyId": "AKIA" + "A" * 16, "SessionToken": None}, "UnrecognizedClientException"),
    ],
)
def test_credentials_that_are_not_whole_are_refused(door: Door, change: dict[str, str], code: str) -> None:
    door.role("app", allow("dynamodb:*", "*"))
    credentials = door.assume("app")
    assert refusal(door.holder({**credentials, **change}, "dynamodb").list_tables)[0] == code


def test_a_user_is_judged_by_its_own_and_its_groups_policies(aws: Door) -> None:
    aws.bucket(a=b"1")
    iam = aws.operator("iam")
    iam.create_user(UserName="ann")
    key = iam.create_access_key(UserName="ann")["AccessKey"]
    s3 = aws.holder(key, "s3")
    arn = f"arn:aws:iam::{ACCOUNT}:user/ann"
    message = not_allowed(arn, "s3:GetObject", f"{_FILES}/a")
    assert refusal(s3.get_object, Bucket="app-files", Key="a")[1] == message
    iam.create_group(GroupName="readers")
    iam.put_group_policy(GroupName="readers", PolicyName="p", PolicyDocument=document(_objects("GetObject")))
    iam.add_user_to_group(GroupName="readers", UserName="ann")
    assert s3.get_object(Bucket="app-files", Key="a")["Body"].read() == b"1"


@pytest.mark.parametrize(
    ("service", "operation", "arguments"),
    [
        ("dynamodb", "list_tables", {}),
        ("cognito-idp", "list_user_pools", {"MaxResults": 1}),
        ("cognito-identity", "list_identity_pools", {"MaxResults": 1}),
        ("iam", "list_roles", {}),
    ],
)
def test_what_needs_credentials_is_refused_without(
    aws: Door, service: str, operation: str, arguments: dict[str, object]
) -> None:
    code, message, _ = refusal(getattr(aws.anonymous(service), operation), **arguments)
    assert code.removesuffix("Exception") == "MissingAuthenticationToken"
    assert message == "Request is missing Authentication Token"


def test_logs_are_written_to_the_group_that_is_allowed(aws: Door) -> None:
    logs = aws.operator("logs")
    for group in ("/app", "/other"):
        logs.create_log_group(logGroupName=group)
    aws.role(
        "app", allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/app:*")
    )
    mine = aws.holder(aws.assume("app"), "logs")
    mine.create_log_stream(logGroupName="/app", logStreamName="s")
    event = {"timestamp": int(time.time() * 1000), "message": "x"}
    mine.put_log_events(logGroupName="/app", logStreamName="s", logEvents=[event])
    arn = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/other:log-stream:"
    message = not_allowed(_ME, "logs:CreateLogStream", arn)
    assert refusal(mine.create_log_stream, logGroupName="/other", logStreamName="s")[1] == message


def test_mail_is_sent_only_as_the_identity_that_is_allowed(aws: Door) -> None:
    ses = aws.operator("ses")
    for identity in ("app@example.com", "boss@example.com"):
        ses.verify_email_identity(EmailAddress=identity)
    arn = f"arn:aws:ses:{REGION}:{ACCOUNT}:identity"
    aws.role("app", allow("ses:SendEmail", f"{arn}/app@example.com"))
    credentials = aws.assume("app")
    body = {"Subject": {"Data": "s"}, "Body": {"Text": {"Data": "b"}}}
    to = {"ToAddresses": ["ann@example.com"]}
    mine = aws.holder(credentials, "ses")
    mine.send_email(Source="The app <app@example.com>", Destination=to, Message=body)
    message = not_allowed(_ME, "ses:SendEmail", f"{arn}/boss@example.com")
    assert refusal(mine.send_email, Source="boss@example.com", Destination=to, Message=body)[1] == message
    second = aws.holder(credentials, "sesv2")
    content = {"Simple": body}
    assert (
        refusal(second.send_email, FromEmailAddress="boss@example.com", Destination=to, Content=content)[1] == message
    )


def test_a_secret_needs_its_key(aws: Door) -> None:
    key = aws.operator("kms").create_key()["KeyMetadata"]["Arn"]
    made = aws.operator("secretsmanager").create_secret(Name="db", SecretString=json.dumps({"a": 1}), KmsKeyId=key)
    aws.role("app", allow("secretsmanager:GetSecretValue", made["ARN"]))
    mine = aws.holder(aws.assume("app"), "secretsmanager")
    assert refusal(mine.get_secret_value, SecretId="db")[1] == not_allowed(_ME, "kms:Decrypt", key)
    aws.role("opener", allow("secretsmanager:GetSecretValue", made["ARN"]), allow("kms:Decrypt", key))
    opener = aws.holder(aws.assume("opener"), "secretsmanager")
    assert opener.get_secret_value(SecretId="db")["SecretString"] == '{"a": 1}'


def test_conditions_know_what_kind_of_principal_asks(aws: Door) -> None:
    facts = {
        "StringEquals": {"aws:PrincipalType": "AssumedRole", "aws:PrincipalAccount": ACCOUNT},
        "ArnEquals": {"aws:PrincipalArn": role_arn("app")},
        "Bool": {"aws:SecureTransport": "true", "aws:MultiFactorAuthPresent": "false"},
        "IpAddress": {"aws:SourceIp": "127.0.0.0/8"},
        "StringLike": {"aws:userid": "*:test"},
        "DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"},
    }
    aws.role("app", allow("sqs:ListQueues", "*", **facts))
    aws.holder(aws.assume("app"), "sqs").list_queues()
