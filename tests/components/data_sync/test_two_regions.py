"""Data sync in two Regions of the sandbox's AWS: a global table, and functions beside each of its copies.

What this does not prove: how long DynamoDB takes to copy; the sandbox's copies are the same at once.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from components.data_sync.building import AWAY, HOME, Args

from pulumi_aws_mobile.data_sync import DataSync
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.aws import Connection, in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import functions

HERE = "urn:pulumi:stack::project::aws-mobile:index:DataSync::sync"
THERE = "urn:pulumi:stack::project::aws-mobile:index:DataSync::sync-recovery"
IDENTITY = f"{HOME}:12345678-1111-2222-3333-444444444444"
ROUTE = "/sync/datasets/{dataset}"


class Deployed:
    """Both Regions."""

    def __init__(self, aws: Connection) -> None:
        """Deploy them."""
        self.aws = aws
        outputs = record(_program, mocks=DeployMocks(Sandbox(aws))).component_outputs
        self.here, self.there = outputs[HERE], outputs[THERE]

    def ask(self, region: str, method: str, body: object = None) -> Args:
        """Call a Region's function as API Gateway does; return the body of its answer."""
        event: dict[str, Any] = {
            "resource": ROUTE,
            "path": "/sync/datasets/notes",
            "httpMethod": method,
            "headers": {},
            "pathParameters": {"dataset": "notes"},
            "queryStringParameters": None,
            "multiValueQueryStringParameters": None,
            "requestContext": {"identity": {"cognitoIdentityId": IDENTITY}},
            "body": None if body is None else json.dumps(body),
            "isBase64Encoded": False,
        }
        function = (self.here if region == HOME else self.there)["function_arn"]
        answer = functions.invoke(region, function, event)
        assert answer["statusCode"] == 200, answer["body"]
        return json.loads(answer["body"])


def _program() -> None:
    loose: Any = {"protect": False, "deletion_protection": False}
    first = DataSync("sync", {"region": HOME, "recovery": {"region": AWAY}, **loose})
    assert first.replica is not None
    DataSync("sync-recovery", {"region": AWAY, "replica_of": first.replica})


@pytest.fixture(scope="module")
def deployed() -> Iterator[Deployed]:
    with in_process(HOME) as aws:
        yield Deployed(aws)


def test_the_replica_is_a_copy_in_its_own_region_with_its_own_key(deployed: Deployed) -> None:
    table = deployed.aws("dynamodb", AWAY).describe_table(TableName=deployed.here["table_name"])["Table"]
    assert (table["TableArn"], table["LatestStreamArn"]) == (
        deployed.here["replica_table_arn"],
        deployed.here["replica_stream_arn"],
    )
    assert table["SSEDescription"]["KMSMasterKeyArn"] == deployed.here["replica_kms_key_arn"]
    assert [index["IndexName"] for index in table["LocalSecondaryIndexes"]] == ["by-count"]


def test_the_other_region_works_on_the_replica(deployed: Deployed) -> None:
    assert deployed.there["table_name"] == deployed.here["table_name"]
    assert deployed.there["table_arn"] == deployed.here["replica_table_arn"]
    assert deployed.there["stream_arn"] == deployed.here["replica_stream_arn"]
    topic = deployed.aws("sns", AWAY).get_topic_attributes(TopicArn=deployed.there["changes_topic_arn"])["Attributes"]
    assert topic["KmsMasterKeyId"] == deployed.here["replica_kms_key_arn"]


def test_what_was_pushed_in_one_region_goes_on_in_the_other(deployed: Deployed) -> None:
    first = {"key": "a", "value": "1", "base": 0}
    pushed = deployed.ask(HOME, "POST", {"token": "token-0001", "device": "phone", "changes": [first]})
    assert [each["value"] for each in deployed.ask(AWAY, "GET")["records"]] == ["1"]
    second = {"key": "a", "value": "2", "base": pushed["sync_count"]}
    deployed.ask(AWAY, "POST", {"token": "token-0002", "device": "phone", "changes": [second]})
    assert [each["value"] for each in deployed.ask(HOME, "GET")["records"]] == ["2"]
