"""The published test doubles record what an engine would receive."""

import asyncio

import pulumi
import pulumi_aws as aws
import pytest

from pulumi_aws_mobile.testing import UNKNOWN, PlainMocks, Secret, record


class Pair(pulumi.ComponentResource):
    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("test:index:Pair", name, {}, opts)
        self.bucket = aws.s3.Bucket(
            f"{name}-bucket",
            tags={"secret": pulumi.Output.secret("hunter2")},
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True, ignore_changes=["tags"]),
        )
        aws.s3.BucketVersioning(
            f"{name}-versioning",
            bucket=self.bucket.id,
            versioning_configuration={"status": "Enabled"},
            opts=pulumi.ResourceOptions(parent=self, aliases=[pulumi.Alias(name="old")]),
        )
        self.register_outputs({"arn": self.bucket.arn})


def program() -> None:
    pair = Pair("a")
    pulumi.export("arn", pair.bucket.arn)


PAIR = "urn:pulumi:stack::project::test:index:Pair::a"
BUCKET = "urn:pulumi:stack::project::test:index:Pair$aws:s3/bucket:Bucket::a-bucket"


@pytest.mark.parametrize("preview", [True, False])
def test_urns_are_those_of_the_engine(preview: bool) -> None:
    recording = record(program, preview=preview)
    assert recording.urns[:2] == [PAIR, BUCKET]


def test_options_are_recorded() -> None:
    recording = record(program)
    bucket = recording.named("a-bucket")
    assert (bucket.protect, bucket.retain_on_delete, bucket.ignore_changes) == (True, True, ["tags"])
    assert bucket.parent == PAIR
    assert recording.named("a-versioning").aliases == ["old", "aws:s3/bucketVersioningV2:BucketVersioningV2"]
    assert recording.named("a-versioning").property_dependencies["bucket"] == [BUCKET]


def test_secrets_are_marked_and_never_shown() -> None:
    bucket = record(program).named("a-bucket")
    assert bucket.inputs["tags"] == {"secret": Secret("hunter2")}
    assert "hunter2" not in repr(bucket.inputs)


def test_a_preview_leaves_ids_and_outputs_unknown() -> None:
    recording = record(program, preview=True)
    assert recording.named("a-versioning").inputs["bucket"] == UNKNOWN
    assert recording.stack_outputs == {"arn": UNKNOWN}
    assert recording.component_outputs[PAIR] == {"arn": UNKNOWN}


def test_a_deployment_answers_with_the_mocks() -> None:
    assert record(program).stack_outputs == {"arn": "arn:aws:s3:eu-west-1:123456789012:a-bucket"}


def test_functions_are_answered_by_their_token() -> None:
    def zones() -> None:
        pulumi.export("zones", aws.get_availability_zones().names)

    mocks = PlainMocks({"aws:index/getAvailabilityZones:getAvailabilityZones": {"names": ["eu-west-1a"]}})
    assert record(zones, mocks=mocks).stack_outputs == {"zones": ["eu-west-1a"]}


def test_the_same_urn_twice_is_refused_as_the_engine_does() -> None:
    def twice() -> None:
        aws.s3.Bucket("b")
        aws.s3.Bucket("b")

    with pytest.raises(Exception, match="Duplicate resource URN 'urn:pulumi:stack::project::aws:s3/bucket:Bucket::b'"):
        record(twice)


def test_what_a_program_raises_is_raised_and_leaves_nothing_behind() -> None:
    def broken() -> None:
        aws.s3.Bucket("b")
        message = "no"
        raise ValueError(message)

    with pytest.raises(ValueError, match=r"^no$"):
        record(broken)
    assert len(record(program).resources) == 3


def test_a_failing_apply_is_raised() -> None:
    def broken() -> None:
        aws.s3.Bucket("b").arn.apply(lambda _: {}["missing"])

    with pytest.raises(KeyError):
        record(broken)


def test_configuration_is_the_programs_alone() -> None:
    def configured() -> None:
        pulumi.export("size", pulumi.Config("app").get("size"))

    assert record(configured, config={"app:size": "3"}).stack_outputs == {"size": "3"}
    assert record(configured).stack_outputs.get("size") is None


def test_an_async_program_result_is_not_awaited_twice_and_no_loop_is_left() -> None:
    record(program)
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()


def test_lookups_say_what_there_is() -> None:
    recording = record(program)
    with pytest.raises(LookupError, match=r'^0 resources are named "x"; there are: a, a-bucket, a-versioning$'):
        recording.named("x")
    with pytest.raises(LookupError, match=r"^0 resources of type t: \[\]$"):
        recording.only("t")
    assert [child.name for child in recording.children(PAIR)] == ["a-bucket", "a-versioning"]
