"""The replicas that a table's own resource lists."""

from collections.abc import Iterator
from typing import Any

import pytest

from pulumi_aws_sandbox.aws import Connection, in_process
from pulumi_aws_sandbox.engine_api import Sandbox

HOME, AWAY = "eu-west-1", "eu-central-1"
TABLE = "aws:dynamodb/table:Table"
Args = dict[str, Any]


class World:
    """A sandbox with one global table."""

    def __init__(self, aws: Connection) -> None:
        self.aws = aws
        self.sandbox = Sandbox(aws)
        self.there = aws("dynamodb", AWAY)
        self.key, self.other_key = (self._key() for _ in range(2))
        self.inputs = self.check(self.inputs_with())
        self.id, self.outputs = self.sandbox.create(TABLE, self.inputs)

    def _key(self) -> str:
        return self.aws("kms", AWAY).create_key()["KeyMetadata"]["Arn"]

    def inputs_with(self, **replica: object) -> Args:
        """Return what a program says of the table."""
        copy = {
            "regionName": AWAY,
            "kmsKeyArn": self.key,
            "pointInTimeRecovery": True,
            "deletionProtectionEnabled": True,
            "propagateTags": True,
        }
        return {
            "attributes": [{"name": "pk", "type": "S"}],
            "hashKey": "pk",
            "billingMode": "PAY_PER_REQUEST",
            "streamEnabled": True,
            "streamViewType": "NEW_AND_OLD_IMAGES",
            "replicas": [{**copy, **replica}],
            "tags": {"team": "core"},
        }

    def check(self, inputs: Args) -> Args:
        """Return checked inputs."""
        checked, failures = self.sandbox.check(TABLE, "table", inputs, None, b"table")
        assert failures == []
        return checked

    def update(self, inputs: Args) -> Args:
        """Bring the table to other inputs and return its outputs."""
        new = {**inputs, "name": self.id}
        self.outputs = self.sandbox.update(TABLE, self.id, self.outputs, self.inputs, new)
        self.inputs = new
        return self.outputs

    def recovers(self) -> str:
        """Return whether the replica can be brought back."""
        about = self.there.describe_continuous_backups(TableName=self.id)["ContinuousBackupsDescription"]
        return about["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]


@pytest.fixture
def world() -> Iterator[World]:
    with in_process(HOME) as aws:
        yield World(aws)


def test_a_replica_tells_its_arn_and_its_stream(world: World) -> None:
    (replica,) = world.outputs["replicas"]
    about = world.there.describe_table(TableName=world.id)["Table"]
    assert replica == {
        "regionName": AWAY,
        "kmsKeyArn": world.key,
        "pointInTimeRecovery": True,
        "deletionProtectionEnabled": True,
        "propagateTags": True,
        "arn": about["TableArn"],
        "streamArn": about["LatestStreamArn"],
        "streamLabel": about["LatestStreamLabel"],
    }
    assert replica["arn"] == world.outputs["arn"].replace(HOME, AWAY)
    assert replica["streamArn"].startswith(f"{replica['arn']}/stream/")


def test_a_replica_has_recovery_protection_and_tags_of_its_own(world: World) -> None:
    about = world.there.describe_table(TableName=world.id)["Table"]
    assert (world.recovers(), about["DeletionProtectionEnabled"]) == ("ENABLED", True)
    tags = world.there.list_tags_of_resource(ResourceArn=about["TableArn"])["Tags"]
    assert tags == [{"Key": "team", "Value": "core"}]


def test_recovery_protection_and_tags_change_in_place(world: World) -> None:
    stream = world.outputs["replicas"][0]["streamArn"]
    changed = world.inputs_with(pointInTimeRecovery=False, deletionProtectionEnabled=False, propagateTags=False)
    (replica,) = world.update(changed)["replicas"]
    assert (replica["pointInTimeRecovery"], replica["deletionProtectionEnabled"]) == (False, False)
    assert (world.recovers(), replica["streamArn"]) == ("DISABLED", stream)
    assert world.there.list_tags_of_resource(ResourceArn=replica["arn"])["Tags"] == []


def test_another_key_makes_another_replica_with_the_same_items(world: World) -> None:
    world.aws("dynamodb").put_item(TableName=world.id, Item={"pk": {"S": "a"}})
    world.update(world.inputs_with(deletionProtectionEnabled=False))
    (replica,) = world.update(world.inputs_with(kmsKeyArn=world.other_key))["replicas"]
    assert replica["kmsKeyArn"] == world.other_key
    assert world.there.get_item(TableName=world.id, Key={"pk": {"S": "a"}})["Item"] == {"pk": {"S": "a"}}


def test_a_replica_that_is_no_longer_listed_goes(world: World) -> None:
    world.update(world.inputs_with(deletionProtectionEnabled=False))
    world.update({**world.inputs_with(), "replicas": []})
    assert world.there.list_tables()["TableNames"] == []


def test_a_strongly_consistent_replica_is_not_there(world: World) -> None:
    inputs = world.inputs_with(consistencyMode="STRONG")
    _, failures = world.sandbox.check(TABLE, "table", inputs, None, b"table")
    assert failures == [("replicas", f'{TABLE} "table": the sandbox has no strongly consistent global tables')]
