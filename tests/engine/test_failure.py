"""AWS refuses one resource in the middle of an update: what was made is kept, and the next update goes on.

Each test looks at one moment of the same story, which is played once.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

PROGRAM = """
    import pulumi
    import pulumi_aws as aws

    key = aws.kms.Key("key", description="first")
    bucket = aws.s3.Bucket("refused", bucket="somebody-has-this-name", opts=pulumi.ResourceOptions(depends_on=[key]))
    aws.kms.Alias("after", target_key_id=key.id, opts=pulumi.ResourceOptions(depends_on=[bucket]))
"""


@dataclass(frozen=True)
class Story:
    failed: Run
    after_failure: dict[str, str]
    key_after_failure: str
    resumed: Run
    after_resuming: dict[str, str]
    last: Run


@pytest.fixture(scope="module")
def story(make_workspace: Callable[[], Workspace], operator: aws.Connection) -> Story:
    workspace = make_workspace()
    workspace.write(PROGRAM)
    s3 = operator("s3")
    s3.create_bucket(Bucket="somebody-has-this-name", CreateBucketConfiguration={"LocationConstraint": operator.region})
    failed = workspace.up()
    after_failure = workspace.in_state()
    key = operator("kms").describe_key(KeyId=after_failure.get("key", "none"))["KeyMetadata"]["KeyState"]
    s3.delete_bucket(Bucket="somebody-has-this-name")
    resumed = workspace.up()
    return Story(failed, after_failure, key, resumed, workspace.in_state(), workspace.up("--expect-no-changes"))


def test_the_update_fails_with_the_error_of_aws_and_the_name_of_the_resource(story: Story) -> None:
    assert story.failed.code == 255
    assert (
        'aws:s3/bucket:Bucket "refused": AWS refused CreateBucket: BucketAlreadyOwnedByYou: '
        "Your previous request to create the named bucket succeeded and you already own it."
    ) in "\n".join(story.failed.errors)


def test_what_was_made_before_is_reported_and_kept(story: Story) -> None:
    assert story.failed.done["key"] == "create"
    assert "key" in story.after_failure
    assert story.key_after_failure == "Enabled"


def test_what_was_refused_and_what_waited_for_it_are_not_in_the_state(story: Story) -> None:
    assert "refused" not in story.after_failure
    assert "after" not in story.after_failure


def test_the_next_update_makes_only_the_rest(story: Story) -> None:
    assert story.resumed.code == 0
    assert story.resumed.changes == {"refused": "create", "after": "create"}
    assert story.after_resuming["key"] == story.after_failure["key"]


def test_the_update_after_that_changes_nothing(story: Story) -> None:
    assert story.last.code == 0
