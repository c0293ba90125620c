"""What analytics registers: exact children, inputs and options.

The mocks answer whatever is asked for; that AWS takes these inputs is proved by the sandbox.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from components.analytics.building import ANALYTICS, EVERYTHING, HOME, KEY, TOPIC, Args, build, statements

from pulumi_aws_mobile.analytics import Analytics
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import record

DELIVERY = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
HELD = ("a-key", "a-hash-key", "a-lake", "a-stream")


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(EVERYTHING, preview=preview).urns) == reviewed


def test_bad_arguments_register_nothing() -> None:
    with pytest.raises(ArgsError):
        build({"shards": 0})


def test_two_of_them_do_not_collide() -> None:
    def both() -> None:
        Analytics("one", {})
        Analytics("two", {})

    recording = record(both)
    assert len(set(recording.urns)) == len(recording.urns)


def test_everything_regional_is_in_the_region() -> None:
    regions = {child.name: child.inputs.get("region") for child in build(EVERYTHING) if child.type.startswith("aws:")}
    nowhere = {name for name, region in regions.items() if region is None}
    assert nowhere == {
        "a-delivery-role",
        "a-delivery-permissions",
        "a-prepare-role",
        "a-prepare-permissions",
        "a-measure-role",
        "a-measure-permissions",
        "a-signed-in",
        "a-group-staff",
    }
    assert {region for name, region in regions.items() if name not in nowhere} == {HOME}


def test_everything_that_takes_tags_has_its_name_and_the_callers_tags() -> None:
    tagged = {child.name: child.inputs["tags"] for child in build(EVERYTHING) if "tags" in child.inputs}
    assert tagged == {name: {"Name": name, "team": "core"} for name in tagged}
    assert {"a-stream", "a-delivery", "a-workgroup", "a-database", "a-prepare-function", "a-late"} <= set(tagged)


def test_what_holds_events_or_hashes_is_protected_and_retained() -> None:
    kept = {child.name: (child.protect, child.retain_on_delete) for child in build(EVERYTHING)}
    assert {kept[name] for name in HELD} == {(True, True)}
    loose = {child.name: (child.protect, child.retain_on_delete) for child in build({"protect": False})}
    assert {loose[name] for name in HELD} == {(False, False)}


def test_the_stream_is_on_demand_encrypted_and_keeps_a_week() -> None:
    inputs = build({}).named("a-stream").inputs
    assert inputs["streamModeDetails"] == {"streamMode": "ON_DEMAND"}
    assert (inputs["encryptionType"], inputs["kmsKeyId"], inputs["retentionPeriod"]) == (
        "KMS",
        f"arn:aws:kms:{HOME}:123456789012:a-key",
        168,
    )
    assert "shardCount" not in inputs


def test_shards_can_be_named() -> None:
    inputs = build({"shards": 4}).named("a-stream").inputs
    assert (inputs["streamModeDetails"], inputs["shardCount"]) == ({"streamMode": "PROVISIONED"}, 4)


def destination(args: Args) -> dict[str, Any]:
    (delivery,) = build(args).of_type(DELIVERY)
    return delivery.inputs["extendedS3Configuration"]


def test_events_go_to_partitions_and_broken_ones_apart() -> None:
    told = destination({})
    assert told["prefix"] == (
        "events/day=!{partitionKeyFromLambda:day}/event_type=!{partitionKeyFromLambda:event_type}/"
    )
    assert told["errorOutputPrefix"] == "broken/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/"
    assert told["dynamicPartitioningConfiguration"] == {"enabled": True, "retryDuration": 300}
    assert (told["bufferingSize"], told["bufferingInterval"]) == (128, 300)


def test_events_become_parquet_by_the_table() -> None:
    conversion = destination({})["dataFormatConversionConfiguration"]
    assert conversion["outputFormatConfiguration"] == {"serializer": {"parquetSerDe": {"compression": "SNAPPY"}}}
    assert conversion["schemaConfiguration"] == {
        "databaseName": "project_stack_a",
        "tableName": "events",
        "roleArn": f"arn:aws:iam:{HOME}:123456789012:a-delivery-role",
        "region": HOME,
    }


def test_the_delivery_stream_reads_the_kinesis_stream() -> None:
    (delivery,) = build({}).of_type(DELIVERY)
    assert delivery.inputs["kinesisSourceConfiguration"] == {
        "kinesisStreamArn": f"arn:aws:kinesis:{HOME}:123456789012:a-stream",
        "roleArn": f"arn:aws:iam:{HOME}:123456789012:a-delivery-role",
    }
    assert "serverSideEncryption" not in delivery.inputs


def test_apps_can_put_events_into_firehose_itself() -> None:
    recording = build({"ingest": "firehose", "signed_in_role_name": "users", "guest_role_name": "guests"})
    (delivery,) = recording.of_type(DELIVERY)
    assert delivery.inputs["serverSideEncryption"] == {
        "enabled": True,
        "keyType": "CUSTOMER_MANAGED_CMK",
        "keyArn": f"arn:aws:kms:{HOME}:123456789012:a-key",
    }
    assert "kinesisSourceConfiguration" not in delivery.inputs
    assert not recording.of_type("aws:kinesis/stream:Stream")
    assert not [child for child in recording if child.name.startswith("a-measure")]
    told = recording.named("a-prepare-function").inputs["environment"]["variables"]
    assert (told["METRICS_NAMESPACE"], told["ANALYTICS"]) == ("AwsMobile/Analytics", "project-stack-a")
    (statement,) = statements(recording, "a-signed-in")
    assert statements(recording, "a-guests") == [statement]
    assert statement["Action"] == ["firehose:PutRecord", "firehose:PutRecordBatch"]
    outputs = recording.component_outputs[ANALYTICS]
    assert outputs.get("stream_name") is None
    assert outputs["client_config"]["service"] == "firehose"


def test_users_may_send_into_that_stream_and_nothing_else() -> None:
    recording = build(EVERYTHING)
    stated = statements(recording, "a-signed-in")
    assert stated == [
        {
            "Effect": "Allow",
            "Action": ["kinesis:PutRecord", "kinesis:PutRecords"],
            "Resource": [f"arn:aws:kinesis:{HOME}:123456789012:a-stream"],
        },
        {
            "Effect": "Allow",
            "Action": ["kms:GenerateDataKey"],
            "Resource": [f"arn:aws:kms:{HOME}:123456789012:a-key"],
            "Condition": {"StringEquals": {"kms:ViaService": [f"kinesis.{HOME}.amazonaws.com"]}},
        },
    ]
    roles = {name: recording.named(name).inputs["role"] for name in ("a-signed-in", "a-group-staff")}
    assert roles == {"a-signed-in": "users", "a-group-staff": "staff"}


def test_nobody_may_send_unless_named() -> None:
    assert not {"a-signed-in", "a-guests"} & {child.name for child in build({})}


def test_firehose_may_what_it_needs() -> None:
    actions = [action for each in statements(build({}), "a-delivery-permissions") for action in each["Action"]]
    assert sorted(actions) == sorted(
        [
            "s3:GetBucketLocation",
            "s3:ListBucket",
            "s3:ListBucketMultipartUploads",
            "s3:AbortMultipartUpload",
            "s3:GetObject",
            "s3:PutObject",
            "kms:Decrypt",
            "kms:GenerateDataKey",
            "glue:GetTable",
            "glue:GetTableVersion",
            "glue:GetTableVersions",
            "lambda:GetFunctionConfiguration",
            "lambda:InvokeFunction",
            "logs:PutLogEvents",
            "kinesis:DescribeStream",
            "kinesis:DescribeStreamSummary",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards",
            "kms:Decrypt",
        ]
    )


def test_the_function_that_prepares_is_told_schema_privacy_and_clocks() -> None:
    told = build(EVERYTHING).named("a-prepare-function").inputs["environment"]["variables"]
    assert json.loads(told["SCHEMA"])["types"]["purchase"] == [["currency", "coupon"], ["price"]]
    assert json.loads(told["PRIVACY"]) == {"user_id": "hash", "device_id": "hash"}
    assert (told["LATE_DAYS"], told["CLOCK_TOLERANCE_SECONDS"]) == ("7", "300")
    assert told["HASH_KEY_ARN"] == f"arn:aws:kms:{HOME}:123456789012:a-hash-key"
    assert "METRICS_NAMESPACE" not in told


def test_the_key_of_the_hashes_only_makes_hashes() -> None:
    inputs = build({}).named("a-hash-key").inputs
    assert (inputs["keyUsage"], inputs["customerMasterKeySpec"]) == ("GENERATE_VERIFY_MAC", "HMAC_256")


def test_without_hashes_there_is_no_key_for_them() -> None:
    recording = build({"privacy": {"user_id": "drop", "device_id": "keep"}})
    assert "a-hash-key" not in {child.name for child in recording}
    assert "HASH_KEY_ARN" not in recording.named("a-prepare-function").inputs["environment"]["variables"]


def test_the_function_that_counts_reads_the_stream_from_its_beginning() -> None:
    inputs = build({}).named("a-measure-source").inputs
    assert {name: inputs[name] for name in ("startingPosition", "batchSize", "maximumBatchingWindowInSeconds")} == {
        "startingPosition": "TRIM_HORIZON",
        "batchSize": 1000,
        "maximumBatchingWindowInSeconds": 10,
    }


def test_a_batch_that_cannot_be_counted_stops_its_shard_for_a_day_at_most() -> None:
    recording = build({})
    inputs = recording.named("a-measure-source").inputs
    assert inputs["functionResponseTypes"] == ["ReportBatchItemFailures"]
    assert (inputs["maximumRetryAttempts"], inputs["maximumRecordAgeInSeconds"]) == (100, 86_400)
    arn = f"arn:aws:sqs:{HOME}:123456789012:a-dead-letters"
    assert inputs["destinationConfig"] == {"onFailure": {"destinationArn": arn}}
    assert {"Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": [arn]} in statements(
        recording, "a-measure-permissions"
    )


def test_the_mapping_waits_for_what_its_function_may() -> None:
    recording = build({})
    function = recording.named("a-measure-function").urn
    assert function in recording.named("a-measure-source").dependencies
    assert recording.named("a-measure-permissions").urn in recording.named("a-measure-function").dependencies


def test_athena_knows_the_partitions_of_the_table() -> None:
    inputs = build({"events": {"purchase": {}}, "retention_days": 90}).named("a-table").inputs
    assert inputs["parameters"] == {
        "EXTERNAL": "TRUE",
        "classification": "parquet",
        "projection.enabled": "true",
        "projection.day.type": "date",
        "projection.day.format": "yyyy-MM-dd",
        "projection.day.range": "NOW-90DAYS,NOW+1DAYS",
        "projection.day.interval": "1",
        "projection.day.interval.unit": "DAYS",
        "projection.event_type.type": "enum",
        "projection.event_type.values": "_session.start,_session.stop,_user.sign_in,_user.sign_up,screen_view,purchase",
        "storage.location.template": "s3://a-lake/events/day=${day}/event_type=${event_type}/",
    }
    assert inputs["partitionKeys"] == [{"name": "day", "type": "string"}, {"name": "event_type", "type": "string"}]


def test_what_is_old_is_deleted() -> None:
    rules = build({"retention_days": 90}).named("a-lake-lifecycle").inputs["rules"]
    whole, *apart = rules
    assert (whole["filter"], whole["abortIncompleteMultipartUpload"]) == ({"prefix": ""}, {"daysAfterInitiation": 7})
    assert {rule["filter"]["prefix"]: rule["expiration"]["days"] for rule in apart} == {
        "events/": 90,
        "broken/": 14,
        "results/": 7,
    }


def test_no_query_gets_round_the_workgroup() -> None:
    inputs = build({"scan_limit_bytes": 10_485_760}).named("a-workgroup").inputs
    assert inputs["configuration"] == {
        "enforceWorkgroupConfiguration": True,
        "publishCloudwatchMetricsEnabled": True,
        "bytesScannedCutoffPerQuery": 10_485_760,
        "resultConfiguration": {
            "outputLocation": "s3://a-lake/results/",
            "encryptionConfiguration": {
                "encryptionOption": "SSE_KMS",
                "kmsKeyArn": f"arn:aws:kms:{HOME}:123456789012:a-key",
            },
        },
    }


def test_each_query_and_funnel_is_there_by_its_name() -> None:
    queries = build(EVERYTHING).component_outputs[ANALYTICS]["query_ids"]
    fixed = ["clocks", "custom_events", "daily_active", "monthly_active", "retention", "sessions"]
    assert sorted(queries) == sorted([*fixed, "metrics", "funnel-shop"])


def test_a_key_can_be_given() -> None:
    recording = build({"kms_key_arn": KEY})
    assert "a-key" not in {child.name for child in recording}
    assert recording.named("a-stream").inputs["kmsKeyId"] == KEY


def test_the_dashboard_shows_the_numbers_that_are_published() -> None:
    body = json.loads(build(EVERYTHING).named("a-dashboard").inputs["dashboardBody"])
    metrics = [entry for widget in body["widgets"] for entry in widget["properties"].get("metrics", [])]
    shown = {entry[1] for entry in metrics if entry[0] == "AwsMobile/Analytics"}
    assert shown == {
        "DevicesFirstSeenToday",
        "DevicesFirstSeenThisMonth",
        "Sessions",
        "Events",
        "EventsByType",
        "BrokenEvents",
    }
    assert {entry[5] for entry in metrics if entry[1] == "EventsByType"} >= {"purchase", "_session.start"}


def test_without_a_topic_there_are_no_alarms() -> None:
    assert not build({}).of_type(ALARM)


def test_alarms_tell_the_topic() -> None:
    alarms = build(EVERYTHING).of_type(ALARM)
    assert {alarm.name: alarm.inputs["metricName"] for alarm in alarms} == {
        "a-late": "DeliveryToS3.DataFreshness",
        "a-broken": "BrokenEvents",
        "a-refused": "WriteProvisionedThroughputExceeded",
        "a-behind": "IteratorAge",
        "a-uncounted": "ApproximateNumberOfMessagesVisible",
        "a-prepare-errors": "Errors",
        "a-measure-errors": "Errors",
    }
    assert {(*alarm.inputs["alarmActions"], *alarm.inputs["okActions"]) for alarm in alarms} == {(TOPIC, TOPIC)}


def test_apps_are_told_what_they_have_to_know() -> None:
    assert build({"schema_version": 3}).component_outputs[ANALYTICS]["client_config"] == {
        "service": "kinesis",
        "stream": "a-stream",
        "region": HOME,
        "schema_version": "3",
    }
