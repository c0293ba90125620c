"""DynamoDB's global tables, keys and classes."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import regions

STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}


def _table(sandbox: Sandbox, **more: Any) -> Any:  # noqa: ANN401 - a table's settings, and a boto3 client
    dynamodb = sandbox.clients("dynamodb")
    dynamodb.create_table(
        TableName="notes",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        **{"StreamSpecification": STREAM, **more},
    )
    return dynamodb


def _replicate(sandbox: Sandbox, **more: str) -> Any:  # noqa: ANN401 - a boto3 client
    create = [{"Create": {"RegionName": "eu-central-1", **more}}]
    sandbox.clients("dynamodb").update_table(TableName="notes", ReplicaUpdates=create)
    return sandbox.clients("dynamodb", "eu-central-1")


def _keys(dynamodb: Any) -> set[str]:  # noqa: ANN401 - a boto3 client
    return {each["pk"]["S"] for each in dynamodb.scan(TableName="notes")["Items"]}


def test_an_item_written_in_one_region_is_read_in_the_other(sandbox: Sandbox) -> None:
    here = _table(sandbox)
    here.put_item(TableName="notes", Item={"pk": {"S": "before"}})
    there = _replicate(sandbox)
    here.put_item(TableName="notes", Item={"pk": {"S": "here"}})
    there.put_item(TableName="notes", Item={"pk": {"S": "there"}})
    there.delete_item(TableName="notes", Key={"pk": {"S": "before"}})
    assert _keys(here) == _keys(there) == {"here", "there"}


def test_what_was_written_while_a_region_was_lost_is_there_afterwards(sandbox: Sandbox) -> None:
    here = _table(sandbox)
    there = _replicate(sandbox)
    with regions.lost("eu-west-1"):
        there.put_item(TableName="notes", Item={"pk": {"S": "meanwhile"}})
    assert _keys(here) == {"meanwhile"}


def test_a_transaction_that_fails_leaves_both_regions_alike(sandbox: Sandbox) -> None:
    here = _table(sandbox)
    there = _replicate(sandbox)
    here.put_item(TableName="notes", Item={"pk": {"S": "taken"}})
    puts = [
        {"Put": {"TableName": "notes", "Item": {"pk": {"S": key}}, "ConditionExpression": "attribute_not_exists(pk)"}}
        for key in ("new", "taken")
    ]
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        here.transact_write_items(TransactItems=puts)
    there.put_item(TableName="notes", Item={"pk": {"S": "later"}})
    assert _keys(here) == _keys(there) == {"taken", "later"}


def test_both_tables_list_each_other(sandbox: Sandbox) -> None:
    here = _table(sandbox)
    there = _replicate(sandbox)
    listed = [
        [each["RegionName"] for each in client.describe_table(TableName="notes")["Table"]["Replicas"]]
        for client in (here, there)
    ]
    assert listed == [["eu-central-1"], ["eu-west-1"]]


def test_a_replica_that_goes_leaves_the_other_table(sandbox: Sandbox) -> None:
    here = _table(sandbox)
    there = _replicate(sandbox)
    here.put_item(TableName="notes", Item={"pk": {"S": "kept"}})
    here.update_table(TableName="notes", ReplicaUpdates=[{"Delete": {"RegionName": "eu-central-1"}}])
    assert there.list_tables()["TableNames"] == []
    assert "Replicas" not in here.describe_table(TableName="notes")["Table"]
    assert _keys(here) == {"kept"}


@pytest.mark.parametrize(
    ("table", "replica", "why"),
    [
        (
            {"StreamSpecification": {"StreamEnabled": False}},
            {},
            (
                "One or more parameter values were invalid: a table must have a stream with the view type "
                "NEW_AND_OLD_IMAGES before it can have replicas"
            ),
        ),
        (
            {"SSESpecification": {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": "OWN"}},
            {},
            (
                "One or more parameter values were invalid: the table is encrypted with a customer managed key; the "
                "replica in eu-central-1 needs a KMSMasterKeyId of its own Region"
            ),
        ),
        (
            {"SSESpecification": {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": "OWN"}},
            {"KMSMasterKeyId": "OWN"},
            "KMS validation error: the key OWN is not an enabled key of eu-central-1",
        ),
    ],
)
def test_a_replica_that_cannot_be_is_refused(
    sandbox: Sandbox, table: dict[str, Any], replica: dict[str, str], why: str
) -> None:
    key = sandbox.clients("kms").create_key()["KeyMetadata"]["Arn"]
    if "SSESpecification" in table:
        table = {"SSESpecification": {**table["SSESpecification"], "KMSMasterKeyId": key}}
    _table(sandbox, **table)
    with pytest.raises(ClientError) as refused:
        _replicate(sandbox, **{name: value.replace("OWN", key) for name, value in replica.items()})
    assert refused.value.response["Error"]["Message"] == why.replace("OWN", key)
