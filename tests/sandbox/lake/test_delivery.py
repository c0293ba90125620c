"""Records reach S3 as Firehose brings them: when, where, and what is kept apart."""

import gzip

import pytest
from botocore.exceptions import ClientError
from sandbox.functions.conftest import Deploy

from pulumi_aws_sandbox.runtime import clock

from .conftest import Make, processor

_PREPARE = """
    import base64, json
    def handle(event, context):
        made = []
        for each in event["records"]:
            told = json.loads(base64.b64decode(each["data"]))
            kind = told.get("answer", "Ok")
            if kind == "Missing":
                continue
            answer = {"recordId": each["recordId"], "result": kind, "data": each["data"]}
            if kind == "Ok":
                answer["metadata"] = {"partitionKeys": {"day": told.get("day", "")}}
            made += [answer] * (2 if kind == "Twice" else 1)
        return {"records": made}
"""


def test_records_wait_until_the_buffering_seconds_are_over(lake_of: Make) -> None:
    made = lake_of(bufferingInterval=60)
    made.put({"a": 1})
    assert made.deliver(flush=False) == []
    clock.move(61)
    (written,) = made.deliver(flush=False)
    assert (written.kind, written.records, written.error) == ("data", 1, None)
    assert made.deliver() == []


def test_records_wait_until_the_buffering_size_is_reached(lake_of: Make) -> None:
    made = lake_of(bufferingSize=1)
    made.put(b"x" * 600_000)
    assert made.deliver(flush=False) == []
    made.put(b"y" * 600_000)
    (written,) = made.deliver(flush=False)
    assert made.read(written.key) == b"x" * 600_000 + b"y" * 600_000


def test_a_prefix_without_expressions_gets_the_hour_of_arrival(lake_of: Make) -> None:
    made = lake_of(prefix="plain/")
    made.put({"a": 1})
    (written,) = made.deliver()
    assert written.key.startswith(f"plain/{clock.today():%Y/%m/%d/%H}/{made.stream}-1-")


def test_records_are_compressed(lake_of: Make) -> None:
    made = lake_of(compressionFormat="GZIP")
    made.put(b"one", b"two")
    (written,) = made.deliver()
    assert written.key.endswith(".gz")
    assert gzip.decompress(made.read(written.key)) == b"onetwo"


def test_records_get_a_delimiter(lake_of: Make) -> None:
    made = lake_of(processingConfiguration={"enabled": True, "processors": [{"type": "AppendDelimiterToRecord"}]})
    made.put(b"one", b"two")
    (written,) = made.deliver()
    assert made.read(written.key) == b"one\ntwo\n"


def test_a_record_that_may_not_be_written_waits_for_the_permission(lake_of: Make) -> None:
    made = lake_of()
    made.may("s3:PutObject", effect="Deny", name="not")
    made.put(b"kept")
    (refused,) = made.deliver()
    assert refused.error is not None
    assert "s3:PutObject" in refused.error
    made.clients("iam").delete_role_policy(RoleName=made.role, PolicyName="not")
    (written,) = made.deliver()
    assert made.read(written.key) == b"kept"


def test_the_function_says_which_partition_a_record_goes_to(lake_of: Make, deploy: Deploy) -> None:
    function = deploy(_PREPARE).outputs["arn"]
    made = lake_of(
        processingConfiguration=processor(function),
        dynamicPartitioningConfiguration={"enabled": True},
        prefix="events/day=!{partitionKeyFromLambda:day}/",
        errorOutputPrefix="broken/!{firehose:error-output-type}/",
    )
    made.put({"day": "2026-01-02"}, {"day": "2026-01-01"}, {"day": "2026-01-02", "second": True}, {"answer": "Dropped"})
    deliveries = {each.key.split("/")[1]: each.records for each in made.deliver()}
    assert deliveries == {"day=2026-01-01": 1, "day=2026-01-02": 2}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("ProcessingFailed", "Lambda.ProcessingFailedStatus"),
        ("Missing", "Lambda.MissingRecordId"),
        ("Twice", "Lambda.DuplicatedRecordId"),
        ("Nonsense", "Lambda.JsonProcessingException"),
    ],
)
def test_what_the_function_does_not_take_is_kept_apart(lake_of: Make, deploy: Deploy, answer: str, code: str) -> None:
    function = deploy(_PREPARE).outputs["arn"]
    made = lake_of(
        processingConfiguration=processor(function), errorOutputPrefix="broken/!{firehose:error-output-type}/"
    )
    made.put({"answer": answer})
    (written,) = made.deliver()
    assert written.key.startswith("broken/processing-failed/")
    (line,) = made.lines(written.key)
    assert line["errorCode"] == code
    assert made.raw(written.key) == [f'{{"answer": "{answer}"}}'.encode()]


def test_a_function_that_fails_is_tried_four_times(lake_of: Make, deploy: Deploy) -> None:
    failing = deploy("def handle(event, context): raise ValueError('no')")
    made = lake_of(processingConfiguration=processor(failing.outputs["arn"]))
    made.put({"a": 1})
    (written,) = made.deliver()
    (line,) = made.lines(written.key)
    assert (line["attemptsMade"], line["errorCode"]) == (4, "Lambda.FunctionError")


def test_a_role_that_may_not_invoke_the_function_loses_nothing(lake_of: Make, deploy: Deploy) -> None:
    made = lake_of(processingConfiguration=processor(deploy(_PREPARE).outputs["arn"]))
    made.may("lambda:InvokeFunction", effect="Deny", name="not")
    made.put({"a": 1})
    (written,) = made.deliver()
    (line,) = made.lines(written.key)
    assert line["errorCode"] == "Lambda.InvokeAccessDenied"


def test_errors_are_in_the_log_of_the_delivery_stream(lake_of: Make) -> None:
    logs = {"enabled": True, "logGroupName": "deliveries", "logStreamName": "errors"}
    made = lake_of(cloudwatchLoggingOptions=logs)
    client = made.clients("logs")
    client.create_log_group(logGroupName="deliveries")
    client.create_log_stream(logGroupName="deliveries", logStreamName="errors")
    made.may("s3:PutObject", effect="Deny", name="not")
    made.put(b"one")
    made.deliver()
    (event,) = client.get_log_events(logGroupName="deliveries", logStreamName="errors")["events"]
    assert '"errorCode": "S3.AccessDenied"' in event["message"]


def test_the_source_is_backed_up(lake_of: Make) -> None:
    made = lake_of()
    backup = {"bucketArn": f"arn:aws:s3:::{made.bucket}", "roleArn": made.role_arn, "prefix": "source/"}
    with_backup = lake_of(s3BackupMode="Enabled", s3BackupConfiguration=backup)
    made.may("s3:*", name="again")
    with_backup.put(b"one")
    kinds = {each.kind: each for each in with_backup.deliver()}
    assert set(kinds) == {"data", "source-backup"}
    assert made.read(kinds["source-backup"].key) == b"one"


def test_a_role_that_does_not_trust_firehose_is_refused(lake_of: Make) -> None:
    made = lake_of()
    role = made.world.role_arn()
    bucket = {"BucketARN": f"arn:aws:s3:::{made.bucket}", "RoleARN": role}
    with pytest.raises(ClientError) as refused:
        made.clients("firehose").create_delivery_stream(
            DeliveryStreamName="other", ExtendedS3DestinationConfiguration=bucket
        )
    reason = f"Firehose is unable to assume role {role}. Please check the role provided."
    assert refused.value.response["Error"]["Message"] == reason


def test_what_a_kinesis_stream_holds_is_pumped_once(lake_of: Make) -> None:
    made = lake_of()
    made.may("*", name="all")
    stream = made.world.make("aws:kinesis/stream:Stream", {"shardCount": 2})
    wanted = {
        "destination": "extended_s3",
        "kinesisSourceConfiguration": {"kinesisStreamArn": stream["arn"], "roleArn": made.role_arn},
        "extendedS3Configuration": {"bucketArn": f"arn:aws:s3:::{made.bucket}", "roleArn": made.role_arn},
    }
    made.world.make("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", wanted)
    for number in range(20):
        made.clients("kinesis").put_record(StreamName=stream["name"], Data=b"x", PartitionKey=str(number))
    (written,) = made.deliver()
    assert (written.records, made.read(written.key)) == (20, b"x" * 20)
    assert made.deliver() == []
