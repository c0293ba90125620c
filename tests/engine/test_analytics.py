"""The life of analytics under the real engine: each change in its place, and nothing that holds events lost by one.

What it does not prove: that events arrive; the component's tests and the checks of `aws-mobile run` do.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

PROGRAM = """
    import json
    from pathlib import Path

    import pulumi
    import pulumi_aws as aws
    from pulumi_aws_mobile import Analytics

    users = aws.iam.Role("users", assume_role_policy=json.dumps({"Version": "2012-10-17", "Statement": []}))
    args = json.loads(Path("args.json").read_text())
    events = Analytics("events", {**args, "signed_in_role_name": users.name})
    pulumi.export("bucket", events.bucket_name)
    pulumi.export("stream", events.stream_name)
    pulumi.export("for_the_app", events.client_config)
"""
REGION = "eu-west-1"
EVENTS = {"add_to_cart": {"attributes": ["product"]}, "purchase": {"metrics": ["price"]}}
STEPS = ["screen_view", "add_to_cart", "purchase"]
ARGS: dict[str, Any] = {
    "events": EVENTS,
    "funnels": {"shop": STEPS, "basket": STEPS[:2]},
    "alarm_topic_arn": f"arn:aws:sns:{REGION}:123456789012:alarms",
    "region": REGION,
}
SHORTER: dict[str, Any] = {**ARGS, "retention_days": 100}
GROWN: dict[str, Any] = {**SHORTER, "schema_version": 2, "events": {**EVENTS, "refund": {"attributes": ["reason"]}}}
FEWER: dict[str, Any] = {**GROWN, "funnels": {"shop": STEPS}}
OPEN: dict[str, Any] = {**FEWER, "protect": False, "empty_on_destroy": True}
LAKE = {"", "-encryption", "-lifecycle", "-ownership", "-policy", "-public-access", "-versioning"}


@dataclass(frozen=True)
class Story:
    """What was seen at each moment."""

    first: Run
    again: Run
    drift: Run
    shorter: Run
    grown: Run
    fewer: Run
    protected: set[str]
    direct: Run
    refused: Run
    resources: dict[str, dict[str, Any]]
    opened: Run
    destroyed: Run
    in_state: list[str]
    left: list[str]


@pytest.fixture(scope="module")
def story(make_workspace: Callable[[], Workspace], operator: aws.Connection) -> Story:
    workspace, seen = make_workspace(), {}

    def write(args: dict[str, Any]) -> None:
        (workspace.directory / "args.json").write_text(json.dumps(args), encoding="utf-8")

    workspace.write(PROGRAM)
    write(ARGS)
    seen["first"] = workspace.up()
    assert seen["first"].code == 0, seen["first"].output
    seen["again"], seen["drift"] = workspace.up("--expect-no-changes"), workspace.drift()
    for moment, args in (("shorter", SHORTER), ("grown", GROWN), ("fewer", FEWER)):
        write(args)
        seen[moment] = workspace.up()
    seen["protected"] = workspace.protected()
    write({**FEWER, "ingest": "firehose"})
    seen["direct"] = workspace.preview()
    seen["refused"] = workspace.destroy()
    seen["resources"] = {resource["urn"].rpartition("::")[2]: resource for resource in workspace.state()}
    write(OPEN)
    seen["opened"] = workspace.up()
    outputs = workspace.outputs()
    operator("s3", REGION).put_object(Bucket=outputs["bucket"], Key="events/day=2026-01-01/one.parquet", Body=b"one")
    operator("kinesis", REGION).put_record(StreamName=outputs["stream"], Data=b"{}", PartitionKey="device")
    seen["destroyed"] = workspace.destroy()
    seen["in_state"], seen["left"] = list(workspace.in_state()), _left(operator)
    return Story(**seen)


def _left(operator: aws.Connection) -> list[str]:
    """Return what is still there of what costs money, keeps something or may do something."""
    glue, athena = operator("glue", REGION), operator("athena", REGION)
    names = [
        *(each["Name"] for each in operator("s3", REGION).list_buckets()["Buckets"]),
        *operator("kinesis", REGION).list_streams()["StreamNames"],
        *operator("firehose", REGION).list_delivery_streams()["DeliveryStreamNames"],
        *(each["Name"].removeprefix("project_stack_") for each in glue.get_databases()["DatabaseList"]),
        *(each["Name"] for each in athena.list_work_groups()["WorkGroups"]),
        *(each["FunctionName"] for each in operator("lambda", REGION).list_functions()["Functions"]),
        *(each["RoleName"] for each in operator("iam").list_roles()["Roles"]),
        *(each["DashboardName"] for each in operator("cloudwatch", REGION).list_dashboards()["DashboardEntries"]),
    ]
    groups = operator("logs", REGION).describe_log_groups()["logGroups"]
    names += [group["logGroupName"].rpartition("/")[2] for group in groups]
    return [name for name in names if name.startswith("events")]


def _parameters(story: Story) -> dict[str, str]:
    return story.resources["events-table"]["outputs"]["parameters"]


def test_a_second_update_has_nothing_to_do(story: Story) -> None:
    assert story.again.code == 0, story.again.output
    assert story.again.changes == {}


def test_the_state_agrees_with_aws(story: Story) -> None:
    assert story.drift.code == 0, story.drift.output


def test_a_shorter_retention_is_told_to_the_bucket_and_to_the_table(story: Story) -> None:
    assert story.shorter.code == 0, story.shorter.output
    assert story.shorter.changes == {"events-lake-lifecycle": "update", "events-table": "update"}
    assert _parameters(story)["projection.day.range"] == "NOW-100DAYS,NOW+1DAYS"


def test_a_new_event_is_told_to_all_that_knows_events(story: Story) -> None:
    assert story.grown.code == 0, story.grown.output
    assert story.grown.changes == {
        "events-table": "update",
        "events-prepare-function": "update",
        "events-measure-function": "update",
        "events-dashboard": "update",
    }
    assert _parameters(story)["projection.event_type.values"].split(",")[-3:] == ["add_to_cart", "purchase", "refund"]


def test_a_funnel_goes_with_its_query_alone(story: Story) -> None:
    assert story.fewer.code == 0, story.fewer.output
    assert story.fewer.changes == {"events-query-funnel-basket": "delete"}


def test_what_holds_events_or_hashes_is_protected(story: Story) -> None:
    buckets = {f"events-{name}{part}" for name in ("lake", "logs") for part in LAKE}
    assert story.protected == {"events-key", "events-hash-key", "events-stream", *buckets}
    assert story.refused.code != 0
    assert "cannot be deleted\nbecause it is protected." in story.refused.output


def test_the_stream_does_not_go_because_apps_shall_send_elsewhere(story: Story) -> None:
    assert story.direct.code != 0
    assert 'Stream::events-stream" cannot be deleted\nbecause it is protected.' in story.direct.output


def test_the_state_knows_of_hashes_no_more_than_which_key_makes_them(story: Story) -> None:
    key = story.resources["events-hash-key"]["outputs"]
    assert key["keyUsage"] == "GENERATE_VERIFY_MAC"
    variables = story.resources["events-prepare-function"]["inputs"]["environment"]["variables"]
    assert variables["HASH_KEY_ARN"] == key["arn"]


def test_once_the_protection_is_off_nothing_stays(story: Story) -> None:
    assert story.opened.code == 0, story.opened.output
    assert story.opened.changes == {"events-lake": "update", "events-logs": "update"}
    assert story.destroyed.code == 0, story.destroyed.output
    assert story.in_state == []
    assert story.left == []
