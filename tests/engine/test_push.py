"""The life of push notifications under the real engine: each change in its place, and credentials shown nowhere.

What it does not prove: that messages reach anybody; the component's tests and the checks of `aws-mobile run` do.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

PROGRAM = """
    import json
    from pathlib import Path

    import pulumi
    from pulumi_aws_mobile import PushNotifications

    push = PushNotifications("push", json.loads(Path("args.json").read_text()))
    pulumi.export("topics", push.topic_arns)
    pulumi.export("applications", push.platform_application_arns)
    pulumi.export("contributions", push.contributions)
"""
REGION = "eu-west-1"
ALARMS = f"arn:aws:sns:{REGION}:123456789012:alarms"
CANARY = "canary-of-the-client-secret"
TOPICS = {"news": {"display_name": "The shop"}, "offers": {}}
ARGS: dict[str, Any] = {
    "topics": TOPICS,
    "sms": {"monthly_spend_limit": 50, "sender_id": "SHOP"},
    "emails": {"editor": {"topic": "news", "address": "editor@example.com"}},
    "senders": ["editors"],
    "alarm_topic_arn": ALARMS,
    "region": REGION,
}
NAMED: dict[str, Any] = {**ARGS, "topics": {**TOPICS, "news": {"display_name": "The other shop"}}}
FEWER: dict[str, Any] = {**NAMED, "topics": {"news": NAMED["topics"]["news"]}}
OPEN: dict[str, Any] = {**FEWER, "protect": False, "deletion_protection": False}


def _credentials() -> tuple[dict[str, Any], list[str]]:
    """Return the credentials of all platforms as plain texts, and what of them must be seen nowhere."""
    keys = [_private_key(), _private_key()]
    account = {
        "type": "service_account",
        "project_id": "shop",
        "private_key_id": "0" * 40,
        "private_key": keys[1],
        "client_email": "push@shop.iam.gserviceaccount.com",
        "client_id": "0" * 21,
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    apple = {"bundle_id": "com.example.shop", "team_id": "A1B2C3D4E5", "key_id": "F6G7H8I9J0", "private_key": keys[0]}
    amazon = {"client_id": "amzn1.application-oa2-client.0123456789abcdef", "client_secret": CANARY}
    platforms = {"apns": apple, "fcm": {"service_account": json.dumps(account)}, "adm": amazon}
    # A line of a key is the same however the text around it is written.
    return platforms, [CANARY, *(line for key in keys for line in key.splitlines()[1:-1])]


def _private_key() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()


@dataclass(frozen=True)
class Story:
    """What was seen at each moment."""

    canaries: list[str] = field(repr=False)
    first: Run
    again: Run
    refreshed: Run
    named: Run
    display_name: str
    fewer: Run
    topics: list[str]
    applications: list[str]
    rotated: Run
    protected: set[str]
    refused: Run
    opened: Run
    destroyed: Run
    kept: str = field(repr=False)
    shown: str = field(repr=False)
    in_state: list[str]
    left: list[str]

    @property
    def runs(self) -> list[Run]:
        """Everything that the engine did."""
        return [value for value in (getattr(self, name) for name in self.__annotations__) if isinstance(value, Run)]


@pytest.fixture(scope="module")
def story(make_workspace: Callable[[], Workspace], operator: aws.Connection) -> Story:
    workspace, seen = make_workspace(), {}
    platforms, canaries = _credentials()
    others, more = _credentials()

    def write(args: dict[str, Any], platforms: dict[str, Any]) -> None:
        text = json.dumps({**args, "platforms": platforms})
        (workspace.directory / "args.json").write_text(text, encoding="utf-8")

    workspace.write(PROGRAM)
    write(ARGS, platforms)
    seen["first"] = workspace.up()
    assert seen["first"].code == 0, seen["first"].output
    topic = workspace.outputs()["topics"]["news"]
    seen["again"], seen["refreshed"] = workspace.up("--expect-no-changes"), workspace.refresh("--expect-no-changes")
    write(NAMED, platforms)
    seen["named"] = workspace.up()
    seen["display_name"] = operator("sns", REGION).get_topic_attributes(TopicArn=topic)["Attributes"]["DisplayName"]
    remaining = {name: platforms[name] for name in ("apns", "fcm")}
    write(FEWER, remaining)
    seen["fewer"] = workspace.up()
    seen["topics"], seen["applications"] = _topics(operator), _applications(operator)
    write(FEWER, {**remaining, "apns": others["apns"]})
    seen["rotated"], seen["protected"], seen["refused"] = workspace.up(), workspace.protected(), workspace.destroy()
    seen["shown"] = workspace.command("stack", "output", "--json") + workspace.command("stack", "history", "--json")
    exported = workspace.command("stack", "export")
    write(OPEN, {**remaining, "apns": others["apns"]})
    seen["opened"], seen["destroyed"] = workspace.up(), workspace.destroy()
    seen["in_state"], seen["left"] = list(workspace.in_state()), _left(operator)
    return Story(canaries=canaries + more, kept=workspace.kept_texts() + exported, **seen)


def _topics(operator: aws.Connection) -> list[str]:
    arns = (topic["TopicArn"] for topic in operator("sns", REGION).list_topics()["Topics"])
    return [name.rpartition("-")[0] for name in (arn.rpartition(":")[2] for arn in arns) if name.startswith("push-")]


def _applications(operator: aws.Connection) -> list[str]:
    found = operator("sns", REGION).list_platform_applications()["PlatformApplications"]
    names = (application["PlatformApplicationArn"].rpartition("/")[2] for application in found)
    return sorted(name.rpartition("-")[0] for name in names if name.startswith("push-"))


def _left(operator: aws.Connection) -> list[str]:
    """Return what is still there of what costs money, keeps something or may do something."""
    tables = operator("dynamodb", REGION).list_tables()["TableNames"]
    functions = (each["FunctionName"] for each in operator("lambda", REGION).list_functions()["Functions"])
    roles = (each["RoleName"] for each in operator("iam").list_roles()["Roles"])
    named = [name for name in (*tables, *functions, *roles) if name.startswith("push-")]
    groups = operator("logs", REGION).describe_log_groups()["logGroups"]
    logs = [group["logGroupName"] for group in groups if "/push-" in group["logGroupName"]]
    return [*named, *logs, *_topics(operator), *_applications(operator)]


def test_a_second_update_has_nothing_to_do(story: Story) -> None:
    assert story.again.code == 0, story.again.output
    assert story.again.changes == {}


def test_the_state_agrees_with_aws(story: Story) -> None:
    assert story.refreshed.code == 0, story.refreshed.output


def test_another_display_name_updates_the_topic_alone(story: Story) -> None:
    assert story.named.code == 0, story.named.output
    assert story.named.changes == {"push-topic-news": "update"}
    assert story.named.changed_properties("push-topic-news") == {"displayName"}
    assert story.display_name == "The other shop"


def test_a_topic_and_a_platform_go_with_what_is_theirs(story: Story) -> None:
    assert story.fewer.code == 0, story.fewer.output
    gone = ["topic-offers", "topic-offers-policy", "adm", "adm-deliveries", "adm-failures", "adm-failed"]
    told = [f"{role}-{part}" for role in ("registry", "sender") for part in ("function", "permissions")]
    assert story.fewer.changes == {
        **{f"push-{name}": "delete" for name in gone},
        **{f"push-{name}": "update" for name in told},
    }
    assert (story.topics, story.applications) == (["push-topic-news"], ["push-apns", "push-fcm"])


def test_a_new_key_updates_its_platform_alone(story: Story) -> None:
    assert story.rotated.code == 0, story.rotated.output
    assert story.rotated.changes == {"push-apns": "update"}
    assert story.rotated.changed_properties("push-apns") == {"platformCredential"}


def test_what_knows_devices_is_protected(story: Story) -> None:
    assert story.protected == {"push-key", "push-table"}
    assert story.refused.code != 0
    assert 'Table::push-table" cannot be deleted\nbecause it is protected.' in story.refused.output


def test_once_the_protection_is_off_nothing_stays(story: Story) -> None:
    assert story.opened.code == 0, story.opened.output
    assert story.opened.changes == {"push-table": "update"}
    assert story.destroyed.code == 0, story.destroyed.output
    assert story.in_state == []
    assert story.left == []


def test_credentials_are_encrypted_wherever_the_engine_writes(story: Story) -> None:
    assert "platformCredential" in story.kept
    assert [canary for canary in story.canaries if canary in story.kept] == []


def test_credentials_are_in_nothing_that_the_engine_says(story: Story) -> None:
    said = story.shown + "".join(run.output + json.dumps(run.events) for run in story.runs)
    assert "push-apns" in said
    assert [canary for canary in story.canaries if canary in said] == []
