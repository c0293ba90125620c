"""The life of a user pool under the real engine: it stays as it is, it grows, and it is never lost by a change."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

CANARY = "canary-provider-secret"
PROGRAM = f"""
    import json
    from pathlib import Path

    import pulumi
    from pulumi_aws_mobile import Identity

    args = json.loads(Path("args.json").read_text())
    args["providers"]["google"]["client_secret"] = pulumi.Output.secret("{CANARY}")
    identity = Identity("app", args)
    pulumi.export("user_pool_id", identity.user_pool_id)
    pulumi.export("client_ids", identity.client_ids)
    pulumi.export("client_secrets", identity.client_secrets)
"""
ATTRIBUTES = {"plan": {"type": "string", "max_length": 20}, "age": {"type": "number"}}
GROUPS = {"editors": {"precedence": 1}}
ARGS: dict[str, Any] = {
    "region": "eu-west-1",
    "attributes": ATTRIBUTES,
    "standard_attributes": {"name": {"required": True}},
    "domain": {"prefix": "app-under-the-engine"},
    "clients": {
        "app": {"callback_urls": ["app://signed-in"], "logout_urls": ["app://signed-out"]},
        "server": {"kind": "server"},
    },
    "providers": {"google": {"kind": "google", "client_id": "client-of-the-app"}},
    "groups": GROUPS,
}
ADDED = {**ARGS, "attributes": {**ATTRIBUTES, "tier": {"type": "string"}}}
CHANGED = {**ARGS, "attributes": {**ADDED["attributes"], "plan": {"type": "string", "max_length": 30}}}
REMOVED = {**ARGS, "attributes": {"tier": {"type": "string"}}}
BY_PHONE = {**ADDED, "sign_in": ["phone"]}
RENAMED = PROGRAM.replace('Identity("app"', 'Identity("other"')


@dataclass(frozen=True)
class Story:
    first: Run
    again: Run
    drift: Run
    kept: str
    added: Run
    schema: set[str]
    refused: dict[str, Run]
    refused_update: Run
    renamed: Run
    destroyed: Run
    state: dict[str, str]
    pools: list[str]


@pytest.fixture(scope="module")
def story(make_workspace: Callable[[], Workspace], operator: aws.Connection) -> Story:
    workspace, cognito = make_workspace(), operator("cognito-idp", "eu-west-1")

    def write(args: dict[str, Any]) -> None:
        (workspace.directory / "args.json").write_text(json.dumps(args), encoding="utf-8")

    workspace.write(PROGRAM)
    write(ARGS)
    first = workspace.up()
    assert first.code == 0, first.output
    pool = workspace.outputs()["user_pool_id"]
    again = workspace.up("--expect-no-changes")
    drift = workspace.drift()
    write(ADDED)
    added = workspace.up()
    described = cognito.describe_user_pool(UserPoolId=pool)["UserPool"]["SchemaAttributes"]
    refused = {}
    for case, args in (("changed", CHANGED), ("removed", REMOVED), ("by phone", BY_PHONE)):
        write(args)
        refused[case] = workspace.preview()
    write(CHANGED)
    refused_update = workspace.up()
    write(ADDED)
    workspace.write(RENAMED)
    renamed = workspace.preview()
    workspace.write(PROGRAM)
    destroyed = workspace.destroy()
    pools = [found["Id"] for found in cognito.list_user_pools(MaxResults=60)["UserPools"]]
    return Story(
        first,
        again,
        drift,
        workspace.kept_texts(),
        added,
        {attribute["Name"] for attribute in described},
        refused,
        refused_update,
        renamed,
        destroyed,
        {"app-pool": pool},
        pools,
    )


def test_a_second_update_has_nothing_to_do(story: Story) -> None:
    assert story.again.code == 0, story.again.output
    assert story.again.changes == {}


def test_the_state_agrees_with_aws(story: Story) -> None:
    assert story.drift.code == 0, story.drift.output


def test_secrets_are_encrypted_in_the_state(story: Story) -> None:
    assert CANARY not in story.kept
    assert "clientSecret" in story.kept


def test_an_attribute_is_added_in_place(story: Story) -> None:
    assert story.added.code == 0, story.added.output
    assert story.added.changes == {"app-pool": "update"}
    assert {"custom:plan", "custom:age", "custom:tier"} <= story.schema


@pytest.mark.parametrize(
    ("case", "line"),
    [
        ("changed", "attributes.plan: got"),
        ("removed", "attributes.plan: got nothing; allowed: String, 0 to 20, mutable, as when it was made;"),
        ("by phone", "sign_in: got"),
    ],
)
def test_a_change_that_would_lose_the_pool_is_stopped_in_the_preview_with_its_reason(
    story: Story, case: str, line: str
) -> None:
    run = story.refused[case]
    assert run.code != 0
    assert line in run.output, run.output
    assert "keeps its users" in run.output


def test_an_update_that_skips_its_preview_is_stopped_too(story: Story) -> None:
    assert story.refused_update.code != 0
    assert "attributes.plan: got" in story.refused_update.output
    assert "app-pool" not in story.refused_update.done


def test_a_renamed_component_does_not_delete_the_pool(story: Story) -> None:
    assert story.renamed.code != 0
    assert "protect" in story.renamed.output


def test_a_destroy_leaves_the_pool(story: Story) -> None:
    assert story.destroyed.code != 0
    assert story.state["app-pool"] in story.pools
