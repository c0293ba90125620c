"""Streams are read with permission for the stream, by clients as by functions."""

import json

import boto3
import pytest
from botocore.exceptions import ClientError
from sandbox.streams.conftest import World

from pulumi_aws_sandbox.aws import ACCOUNT


def test_a_role_reads_the_streams_that_it_may(world: World) -> None:
    world.put("a")
    world.sandbox.clients("kinesis").create_stream(StreamName="events", ShardCount=1)
    world.sandbox.clients("kinesis").put_record(StreamName="events", Data=b"{}", PartitionKey="a")
    kinesis_arn = f"arn:aws:kinesis:eu-west-1:{ACCOUNT}:stream/events"
    may = {"Effect": "Allow", "Action": ["dynamodb:*", "kinesis:*"], "Resource": [world.stream, kinesis_arn]}
    trust = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}
    granting, trusting = (json.dumps({"Version": "2012-10-17", "Statement": [each]}) for each in (may, trust))
    iam = world.sandbox.clients("iam")
    role = iam.create_role(RoleName="reader", AssumeRolePolicyDocument=trusting)["Role"]["Arn"]
    iam.put_role_policy(RoleName="reader", PolicyName="may", PolicyDocument=granting)
    sts = world.sandbox.clients("sts")
    got = sts.assume_role(RoleArn=role, RoleSessionName="me")["Credentials"]
    keys = {
        "aws_access_key_id": got["AccessKeyId"],
        "aws_secret_access_key": got["SecretAccessKey"],
        "aws_session_token": got["SessionToken"],
    }
    streams = boto3.client("dynamodbstreams", "eu-west-1", **keys)
    shard = streams.describe_stream(StreamArn=world.stream)["StreamDescription"]["Shards"][0]["ShardId"]
    about = {"ShardIteratorType": "TRIM_HORIZON"}
    iterator = streams.get_shard_iterator(StreamArn=world.stream, ShardId=shard, **about)["ShardIterator"]
    assert len(streams.get_records(ShardIterator=iterator)["Records"]) == 1
    kinesis = boto3.client("kinesis", "eu-west-1", **keys)
    shard = kinesis.list_shards(StreamARN=kinesis_arn)["Shards"][0]["ShardId"]
    iterator = kinesis.get_shard_iterator(StreamARN=kinesis_arn, ShardId=shard, **about)["ShardIterator"]
    assert len(kinesis.get_records(ShardIterator=iterator)["Records"]) == 1
    iam.put_role_policy(RoleName="reader", PolicyName="may", PolicyDocument=granting.replace("notes", "other"))
    with pytest.raises(ClientError) as refused:
        streams.describe_stream(StreamArn=world.stream)
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"
