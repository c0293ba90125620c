"""An update without its preview meets the protection half-way; nothing may be lost or renamed by then."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.engine.workspace import Run, Workspace

PROGRAM = """
    import pulumi
    from pulumi_aws_mobile import HAdatabase

    database = HAdatabase("database", {"region": "eu-west-1", "username": "OWNER"})
    pulumi.export("identifier", database.identifier)
"""


@dataclass(frozen=True)
class Story:
    """A change that would replace the database, forced past its preview, then taken back."""

    identifier: str
    refused: Run
    taken_back: Run
    identifier_after: str


@pytest.fixture(scope="module")
def story(make_workspace: Callable[..., Workspace]) -> Story:
    workspace = make_workspace()
    workspace.write(PROGRAM.replace("OWNER", "first_owner"))
    first = workspace.up()
    assert first.code == 0, first.output
    identifier = workspace.outputs()["identifier"]
    workspace.write(PROGRAM.replace("OWNER", "second_owner"))
    refused = workspace.up()
    workspace.write(PROGRAM.replace("OWNER", "first_owner"))
    return Story(identifier, refused, workspace.up("--expect-no-changes"), workspace.outputs()["identifier"])


def test_the_identifier_is_protected_before_the_database_is_reached(story: Story) -> None:
    assert story.refused.code == 255
    assert "database-id" in story.refused.output
    assert "protect" in story.refused.output
    assert "database-instance" not in story.refused.done


def test_taking_the_change_back_leaves_everything_as_it_was(story: Story) -> None:
    assert story.taken_back.code == 0, story.taken_back.output
    assert story.identifier_after == story.identifier
