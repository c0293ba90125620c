"""A resource that exists already is taken over as it is."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

PROGRAM = """
    import pulumi
    import pulumi_aws as aws

    aws.s3.Bucket(
        "found",
        bucket="made-by-hand",
        tags={{"team": "{team}"}},
        opts=pulumi.ResourceOptions({options}),
    )
"""


@dataclass(frozen=True)
class Story:
    missing: Run
    taken: Run
    state: dict[str, str]
    second: Run
    tag_before: str
    changed: Run
    tag_after: str


@pytest.fixture(scope="module")
def story(make_workspace: Callable[[], Workspace], operator: aws.Connection) -> Story:
    workspace, s3 = make_workspace(), operator("s3")

    def tag() -> str:
        return s3.get_bucket_tagging(Bucket="made-by-hand")["TagSet"][0]["Value"]

    workspace.write(PROGRAM.format(team="a", options='import_="made-by-hand"'))
    missing = workspace.up()
    s3.create_bucket(Bucket="made-by-hand", CreateBucketConfiguration={"LocationConstraint": operator.region})
    s3.put_bucket_tagging(Bucket="made-by-hand", Tagging={"TagSet": [{"Key": "team", "Value": "a"}]})
    taken = workspace.up()
    state = workspace.in_state()
    workspace.write(PROGRAM.format(team="a", options=""))
    second = workspace.up("--expect-no-changes")
    before = tag()
    workspace.write(PROGRAM.format(team="b", options=""))
    return Story(missing, taken, state, second, before, workspace.up(), tag())


def test_what_does_not_exist_cannot_be_taken_over(story: Story) -> None:
    assert story.missing.code == 255
    # The engine leaves the id out of its message.
    assert "does not exist" in "\n".join(story.missing.errors)


def test_what_exists_is_taken_over_and_not_made(story: Story) -> None:
    assert story.taken.code == 0, story.taken.output
    assert story.taken.changes == {"found": "import"}
    assert story.state["found"] == "made-by-hand"


def test_nothing_is_left_to_change(story: Story) -> None:
    assert story.second.code == 0, story.second.output


def test_it_is_changed_in_place_from_then_on(story: Story) -> None:
    assert story.changed.changes == {"found": "update"}
    assert (story.tag_before, story.tag_after) == ("a", "b")
