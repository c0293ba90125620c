"""The keys of a token exchange under the real engine: they change without downtime, and not by accident."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.engine.workspace import Run, Workspace

PROGRAM = """
    import json
    from pathlib import Path

    import pulumi
    from pulumi_aws_mobile import TokenExchange

    exchange = TokenExchange("tokens", json.loads(Path("args.json").read_text()))
    pulumi.export("keys", exchange.jwks.apply(lambda text: [key["kid"] for key in json.loads(text)["keys"]]))
"""
POOL = "eu-west-1_a1B2c3D4e"
ARGS: dict[str, Any] = {
    "region": "eu-west-1",
    "user_pool_id": POOL,
    "user_pool_arn": f"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{POOL}",
}
ADDED = {**ARGS, "keys": ["first", "next"], "signs_with": "first"}
SIGNING = {**ADDED, "signs_with": "next"}
ENDED = {**ARGS, "keys": ["next"]}


@dataclass(frozen=True)
class Story:
    again: Run
    drift: Run
    skipped: Run
    added: Run
    signing: Run
    ended: Run
    published: list[list[str]]


@pytest.fixture(scope="module")
def story(make_workspace: Callable[[], Workspace]) -> Story:
    workspace = make_workspace()
    published: list[list[str]] = []

    def update(args: dict[str, Any]) -> Run:
        (workspace.directory / "args.json").write_text(json.dumps(args), encoding="utf-8")
        done = workspace.up_after_preview()
        published.append(workspace.outputs()["keys"])
        return done

    workspace.write(PROGRAM)
    first = update(ARGS)
    assert first.code == 0, first.output
    again, drift = workspace.up("--expect-no-changes"), workspace.drift()
    skipped = update(ENDED)
    return Story(again, drift, skipped, update(ADDED), update(SIGNING), update(ENDED), published)


def test_a_second_update_has_nothing_to_do(story: Story) -> None:
    assert story.again.code == 0, story.again.output
    assert story.again.changes == {}


def test_the_state_agrees_with_aws(story: Story) -> None:
    assert story.drift.code == 0, story.drift.output


def test_the_key_that_signs_does_not_go_at_once(story: Story) -> None:
    assert story.skipped.code != 0
    assert "protected" in story.skipped.output


def test_a_new_key_is_published_before_it_signs(story: Story) -> None:
    first, _, added, *_ = story.published
    assert story.added.code == 0, story.added.output
    assert (len(first), len(added), set(first) < set(added)) == (1, 2, True)
    assert story.added.changes["tokens-key-next"] == "create"


def test_another_key_signs_without_a_new_one(story: Story) -> None:
    assert story.signing.code == 0, story.signing.output
    assert set(story.signing.changes.values()) == {"update"}


def test_the_old_key_goes_once_it_no_longer_signs(story: Story) -> None:
    assert story.ended.code == 0, story.ended.output
    assert story.ended.changes["tokens-key-first"] == "delete"
    first, _, added, *_, last = story.published
    assert set(last) == set(added) - set(first)
