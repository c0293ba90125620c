"""What data sync registers: exact children, inputs and options.

The mocks answer whatever is asked for; that AWS takes these inputs is proved by the sandbox.
"""

import json
from pathlib import Path
from typing import Any

import pulumi
import pytest
from components.data_sync.building import (
    AWAY,
    EVERYTHING,
    HOME,
    KEY,
    REPLICA,
    SYNC,
    TABLE,
    THERE,
    TOPIC,
    Account,
    Args,
    build,
    statements,
    stream_arn,
    table_arn,
    variables,
)
from components.data_sync.strategies import data_sync_args
from hypothesis import given, settings

from pulumi_aws_mobile.api import settings as api_settings
from pulumi_aws_mobile.data_sync import DataSync
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import UNKNOWN, record

KEYS = "aws:kms/key:Key"
TABLES = "aws:dynamodb/table:Table"
ALARMS = "aws:cloudwatch/metricAlarm:MetricAlarm"
OWN_KEY = REPLICA["kms_key_arn"]


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(EVERYTHING, preview=preview).urns) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_nothing_given_makes_a_table_two_functions_a_topic_and_a_queue(preview: bool) -> None:
    assert sorted(resource.name for resource in build({}, preview=preview)) == [
        "sync",
        "sync-api",
        "sync-api-function",
        "sync-api-logs",
        "sync-api-permissions",
        "sync-api-role",
        "sync-changes",
        "sync-changes-policy",
        "sync-dead-letters",
        "sync-dead-letters-policy",
        "sync-key",
        "sync-source",
        "sync-stream",
        "sync-stream-function",
        "sync-stream-logs",
        "sync-stream-permissions",
        "sync-stream-role",
        "sync-table",
    ]


def test_all_are_children_of_the_component() -> None:
    assert sorted(child.name for child in build(EVERYTHING).children(SYNC)) == [
        "sync-api",
        "sync-behind",
        "sync-changes",
        "sync-changes-policy",
        "sync-dead-letters",
        "sync-dead-letters-policy",
        "sync-failed-changes",
        "sync-key",
        "sync-reads-throttled",
        "sync-recovery-key",
        "sync-source",
        "sync-stream",
        "sync-table",
        "sync-writes-throttled",
    ]


def test_the_table_is_on_demand_encrypted_recoverable_and_copied() -> None:
    assert build(EVERYTHING).named("sync-table").inputs == {
        "attributes": [{"name": "count", "type": "N"}, {"name": "pk", "type": "S"}, {"name": "sk", "type": "S"}],
        "billingMode": "PAY_PER_REQUEST",
        "deletionProtectionEnabled": True,
        "hashKey": "pk",
        "localSecondaryIndexes": [{"name": "by-count", "projectionType": "ALL", "rangeKey": "count"}],
        "pointInTimeRecovery": {"enabled": True},
        "rangeKey": "sk",
        "region": HOME,
        "replicas": [
            {
                "deletionProtectionEnabled": True,
                "kmsKeyArn": f"arn:aws:kms:{AWAY}:123456789012:sync-recovery-key",
                "pointInTimeRecovery": True,
                "propagateTags": True,
                "regionName": AWAY,
            }
        ],
        "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY},
        "streamEnabled": True,
        "streamViewType": "NEW_AND_OLD_IMAGES",
        "tags": {"Name": "sync-table", "team": "core"},
        "ttl": {"attributeName": "expires_at", "enabled": True},
    }


def test_without_recovery_the_table_is_the_same_but_for_the_replica() -> None:
    here = {**EVERYTHING}
    del here["recovery"]
    copied = build(EVERYTHING).named("sync-table").inputs
    del copied["replicas"]
    recording = build(here)
    assert recording.named("sync-table").inputs == copied
    assert [key.name for key in recording.of_type(KEYS)] == ["sync-key"]


def test_a_key_rotates_in_its_own_region() -> None:
    keys = {key.name: key.inputs for key in build(EVERYTHING).of_type(KEYS)}
    assert keys["sync-key"] == {
        "deletionWindowInDays": 30,
        "description": "Encrypts users' data of sync, and what is told of its changes",
        "enableKeyRotation": True,
        "region": HOME,
        "tags": {"Name": "sync-key", "team": "core"},
    }
    assert keys["sync-recovery-key"] == {
        **keys["sync-key"],
        "region": AWAY,
        "tags": {"Name": "sync-recovery-key", "team": "core"},
    }


def test_the_replica_may_have_a_key_that_is_there() -> None:
    recording = build({**EVERYTHING, "recovery": {"region": AWAY, "kms_key_arn": OWN_KEY}})
    assert [key.name for key in recording.of_type(KEYS)] == ["sync-key"]
    assert recording.named("sync-table").inputs["replicas"][0]["kmsKeyArn"] == OWN_KEY


def test_table_and_keys_are_protected_and_nothing_else() -> None:
    protected = {resource.name for resource in build(EVERYTHING) if resource.protect}
    assert protected == {"sync-key", "sync-recovery-key", "sync-table"}


def test_protection_goes_by_an_explicit_argument() -> None:
    recording = build({**EVERYTHING, "protect": False, "deletion_protection": False})
    assert not [resource.name for resource in recording if resource.protect]
    table = recording.named("sync-table").inputs
    assert table["deletionProtectionEnabled"] is False
    assert table["replicas"][0]["deletionProtectionEnabled"] is False


def test_the_functions_are_told_the_table_and_the_limits() -> None:
    recording = build(EVERYTHING)
    assert variables(recording) == {
        "TABLE_NAME": TABLE,
        "MAX_DATASETS": "5",
        "MAX_DATASET_BYTES": "65536",
        "MAX_RECORDS": "100",
        "MAX_KEY_BYTES": "64",
        "MAX_VALUE_BYTES": "1024",
        "MAX_CHANGES": "95",
        "TOMBSTONE_DAYS": "90",
        "TOKEN_DAYS": "3",
    }
    assert variables(recording, "stream") == {
        "TABLE_NAME": TABLE,
        "CHANGES_TOPIC_ARN": f"arn:aws:sns:{HOME}:123456789012:sync-changes",
    }


@pytest.mark.parametrize(
    ("role", "handler", "seconds"), [("api", "sync.api.handle", 20), ("stream", "sync.changes.handle", 60)]
)
def test_each_function_runs_its_handler_in_time(role: str, handler: str, seconds: int) -> None:
    recording = build(EVERYTHING)
    function = recording.named(f"sync-{role}-function").inputs
    assert (function["handler"], function["timeout"], function["memorySize"]) == (handler, seconds, 512)
    assert recording.named(f"sync-{role}-logs").inputs["retentionInDays"] == 365


def test_lambda_reads_the_stream_and_puts_aside_what_fails() -> None:
    pattern = '{"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "i#"}]}, "sk": {"S": [{"prefix": "d#"}]}}}}'
    assert build(EVERYTHING).named("sync-source").inputs == {
        "batchSize": 100,
        "bisectBatchOnFunctionError": True,
        "destinationConfig": {"onFailure": {"destinationArn": f"arn:aws:sqs:{HOME}:123456789012:sync-dead-letters"}},
        "eventSourceArn": stream_arn(),
        "filterCriteria": {"filters": [{"pattern": pattern}]},
        "functionName": f"arn:aws:lambda:{HOME}:123456789012:sync-stream-function",
        "functionResponseTypes": ["ReportBatchItemFailures"],
        "maximumRecordAgeInSeconds": 86_400,
        "maximumRetryAttempts": 10,
        "parallelizationFactor": 10,
        "region": HOME,
        "startingPosition": "TRIM_HORIZON",
        "tags": {"Name": "sync-source", "team": "core"},
    }


def test_topic_and_queue_are_encrypted() -> None:
    recording = build(EVERYTHING)
    assert recording.named("sync-changes").inputs == {
        "kmsMasterKeyId": KEY,
        "region": HOME,
        "tags": {"Name": "sync-changes", "team": "core"},
    }
    assert recording.named("sync-dead-letters").inputs == {
        "messageRetentionSeconds": 1_209_600,
        "region": HOME,
        "sqsManagedSseEnabled": True,
        "tags": {"Name": "sync-dead-letters", "team": "core"},
    }


@pytest.mark.parametrize(("name", "action"), [("sync-changes", "sns:Publish"), ("sync-dead-letters", "sqs:*")])
def test_topic_and_queue_demand_tls(name: str, action: str) -> None:
    (statement,) = json.loads(build(EVERYTHING).named(f"{name}-policy").inputs["policy"])["Statement"]
    assert (statement["Effect"], statement["Action"]) == ("Deny", action)
    assert statement["Resource"].endswith(f":123456789012:{name}")


def test_each_alarm_watches_one_thing_and_tells_the_topic() -> None:
    alarms = {
        alarm.name: (alarm.inputs["metricName"], alarm.inputs["dimensions"])
        for alarm in build(EVERYTHING).of_type(ALARMS)
    }
    table, stream = {"TableName": TABLE}, {"FunctionName": "sync-stream-function"}
    assert alarms == {
        "sync-api-errors": ("Errors", {"FunctionName": "sync-api-function"}),
        "sync-behind": ("IteratorAge", stream),
        "sync-failed-changes": ("ApproximateNumberOfMessagesVisible", {"QueueName": "sync-dead-letters"}),
        "sync-reads-throttled": ("ReadThrottleEvents", table),
        "sync-stream-errors": ("Errors", stream),
        "sync-writes-throttled": ("WriteThrottleEvents", table),
    }
    assert all(alarm.inputs["alarmActions"] == [TOPIC] for alarm in build(EVERYTHING).of_type(ALARMS))


def test_the_alarm_about_waiting_is_on_after_ten_minutes() -> None:
    assert build(EVERYTHING).named("sync-behind").inputs == {
        "alarmActions": [TOPIC],
        "alarmDescription": "sync: changes wait for more than ten minutes to be told",
        "comparisonOperator": "GreaterThanThreshold",
        "dimensions": {"FunctionName": "sync-stream-function"},
        "evaluationPeriods": 1,
        "metricName": "IteratorAge",
        "namespace": "AWS/Lambda",
        "okActions": [TOPIC],
        "period": 300,
        "region": HOME,
        "statistic": "Maximum",
        "tags": {"Name": "sync-behind", "team": "core"},
        "threshold": 600_000,
        "treatMissingData": "notBreaching",
    }


def test_without_a_topic_there_is_no_alarm() -> None:
    assert not build({}).of_type(ALARMS)


@pytest.mark.parametrize("preview", [True, False])
def test_in_the_other_region_there_is_all_but_table_and_key(preview: bool) -> None:
    recording = build(THERE, preview=preview)
    assert not [*recording.of_type(TABLES), *recording.of_type(KEYS)]
    children = {child.name for child in build(EVERYTHING).children(SYNC)}
    assert {child.name for child in recording.children(SYNC)} == children - {
        "sync-key",
        "sync-recovery-key",
        "sync-table",
    }
    assert not [resource.name for resource in recording if resource.protect]


def test_in_the_other_region_all_work_on_the_replica_there() -> None:
    recording = build(THERE)
    assert (variables(recording)["TABLE_NAME"], variables(recording, "stream")["TABLE_NAME"]) == (TABLE, TABLE)
    assert recording.named("sync-source").inputs["eventSourceArn"] == REPLICA["stream_arn"]
    assert recording.named("sync-changes").inputs["kmsMasterKeyId"] == OWN_KEY
    assert HOME not in json.dumps([statements(recording), statements(recording, "stream")])


def test_regional_children_are_in_the_region_of_the_component() -> None:
    recording = build(THERE)
    regional = [each for each in recording if not each.type.startswith(("aws:iam/", "aws-mobile:"))]
    assert {each.inputs.get("region") for each in regional} == {AWAY}


def test_the_outputs_are_what_others_need() -> None:
    assert build(EVERYTHING).component_outputs[SYNC] == {
        "table_name": TABLE,
        "table_arn": table_arn(),
        "stream_arn": stream_arn(),
        "kms_key_arn": KEY,
        "replica_table_arn": table_arn(AWAY),
        "replica_stream_arn": stream_arn(AWAY),
        "replica_kms_key_arn": f"arn:aws:kms:{AWAY}:123456789012:sync-recovery-key",
        "changes_topic_arn": f"arn:aws:sns:{HOME}:123456789012:sync-changes",
        "changes_topic_kms_key_arn": KEY,
        "dead_letters_url": f"https://sqs.{HOME}.amazonaws.com/123456789012/sync-dead-letters",
        "function_arn": f"arn:aws:lambda:{HOME}:123456789012:sync-api-function",
        "function_name": "sync-api-function",
        "stream_function_arn": f"arn:aws:lambda:{HOME}:123456789012:sync-stream-function",
        "stream_function_name": "sync-stream-function",
    }


def test_without_a_replica_its_outputs_are_empty() -> None:
    outputs = build({}).component_outputs[SYNC]
    assert [name for name in DataSync.__annotations__ if outputs.get(name) is None] == [
        "replica_table_arn",
        "replica_stream_arn",
        "replica_kms_key_arn",
    ]


def test_in_a_preview_what_aws_decides_is_unknown() -> None:
    outputs = build(EVERYTHING, preview=True).component_outputs[SYNC]
    assert set(outputs) == set(DataSync.__annotations__)
    assert set(outputs.values()) == {UNKNOWN}


@pytest.mark.parametrize("preview", [True, False])
def test_the_contribution_is_what_an_api_takes(preview: bool) -> None:
    taken: list[Any] = []

    def program() -> None:
        contribution = DataSync("sync", EVERYTHING).contribution
        assert list(contribution) == ["document", "target", "function_arn", "function_name", "callers"]
        assert (contribution["target"], contribution["callers"]) == ("function", ["signed_in", "guests"])
        taken.append(api_settings.resolve("api", {"contributions": {"data_sync": contribution}}))

    record(program, mocks=Account(), preview=preview)
    assert len(taken) == 1


def test_guests_keep_no_data_unless_asked() -> None:
    callers: list[str] = []
    record(lambda: callers.extend(DataSync("sync", {}).contribution["callers"]), mocks=Account())
    assert callers == ["signed_in"]


@pytest.mark.parametrize("preview", [True, False])
def test_the_replica_is_handed_to_the_other_region(preview: bool) -> None:
    def program() -> None:
        first = DataSync("sync", EVERYTHING)
        assert first.replica is not None
        DataSync("there", {"region": AWAY, "replica_of": first.replica})

    recording = record(program, mocks=Account(), preview=preview)
    expected = UNKNOWN if preview else stream_arn(AWAY)
    assert recording.named("there-source").inputs["eventSourceArn"] == expected
    assert [table.name for table in recording.of_type(TABLES)] == ["sync-table"]


def test_without_recovery_there_is_no_replica_to_hand_on() -> None:
    found: list[object] = []
    record(lambda: found.append(DataSync("sync", {}).replica), mocks=Account())
    assert found == [None]


def test_two_components_do_not_collide() -> None:
    def program() -> None:
        DataSync("sync", EVERYTHING)
        DataSync("other", EVERYTHING)

    recording = record(program, mocks=Account())
    assert len(recording.of_type(TABLES)) == 2


def test_bad_input_registers_nothing() -> None:
    def program() -> None:
        with pytest.raises(ArgsError):
            DataSync("sync", {"token_days": 0})

    assert list(record(program, mocks=Account())) == []


def test_the_callers_options_reach_the_component_and_not_its_children() -> None:
    def program() -> None:
        DataSync("sync", {}, pulumi.ResourceOptions(protect=False, depends_on=[]))

    recording = record(program, mocks=Account())
    assert recording.named("sync-table").protect


@settings(max_examples=25, deadline=None)
@given(data_sync_args())
def test_any_valid_options_make_functions_that_may_do_only_what_is_named(args: Args) -> None:
    recording = build(args)
    assert len(recording.of_type(TABLES)) == (0 if "replica_of" in args else 1)
    assert bool(recording.of_type(ALARMS)) == ("alarm_topic_arn" in args)
    for role in ("api", "stream"):
        for statement in statements(recording, role):
            assert not [each for each in (*statement["Action"], *statement["Resource"]) if "*" in each]
        assert sum(len(f"{name}{value}") for name, value in variables(recording, role).items()) < 4096
