"""Batches of a table's stream: order, retries, splitting, what is given up."""

import pytest
from botocore.exceptions import ClientError
from sandbox.streams.conftest import World, got

from pulumi_aws_sandbox.runtime import clock, regions, streams

REFUSING = """
    def handle(event, context):
        keys = [each["dynamodb"]["Keys"]["pk"]["S"] for each in event["Records"]]
        print("got", *keys)
        if "bad" in keys:
            raise ValueError("a bad one")
"""
REPORTING = """
    def handle(event, context):
        records = event["Records"]
        print("got", *(each["dynamodb"]["Keys"]["pk"]["S"] for each in records))
        bad = [each for each in records if each["dynamodb"]["Keys"]["pk"]["S"] == "bad"]
        return {"batchItemFailures": [{"itemIdentifier": each["dynamodb"]["SequenceNumber"]} for each in bad]}
"""


def _outcomes(made: list[streams.Delivery]) -> list[tuple[int, str]]:
    return [(each.records, each.outcome) for each in made]


def test_records_arrive_in_order_and_once(world: World) -> None:
    world.put("before")
    function = world.watch(BatchSize=2)
    world.put("a", "b")
    assert _outcomes(streams.deliver()) == [(2, "taken"), (1, "taken")]
    assert got(function) == ["INSERT before", "INSERT a", "INSERT b"]
    assert streams.deliver() == []


def test_the_latest_position_leaves_out_what_was_written_before(world: World) -> None:
    world.put("before")
    function = world.watch(StartingPosition="LATEST")
    world.put("after")
    streams.deliver()
    assert got(function) == ["INSERT after"]


def test_a_batch_that_may_be_tried_for_ever_blocks_what_is_behind_it(world: World) -> None:
    function = world.watch(REFUSING, BatchSize=1)
    world.put("bad", "good")
    made = streams.deliver()
    assert _outcomes(made) == [(1, "failed")] * 3
    assert made[0].error == "ValueError: a bad one"
    assert got(function) == ["bad"] * 3
    assert _outcomes(streams.deliver()) == [(1, "failed")] * 3


def test_a_failing_function_shows_in_its_mapping(world: World) -> None:
    function = world.watch(REFUSING)
    world.put("bad")
    streams.deliver()
    (mapping,) = world.sandbox.clients("lambda").list_event_source_mappings(FunctionName=function.name)[
        "EventSourceMappings"
    ]
    assert mapping["LastProcessingResult"] == "PROBLEM: Function call failed"


def test_a_batch_is_given_up_after_its_retries_and_told_to_a_queue(world: World) -> None:
    arn, url = world.queue()
    destination = {"OnFailure": {"Destination": arn}}
    function = world.watch(REFUSING, BatchSize=2, MaximumRetryAttempts=1, DestinationConfig=destination)
    world.put("a", "bad", "c")
    made = streams.deliver()
    assert _outcomes(made) == [(2, "failed"), (2, "failed"), (2, "given up"), (1, "taken")]
    assert (made[2].destination, made[2].error) == (arn, None)
    (told,) = world.received(url)
    batch = told["DDBStreamBatchInfo"]
    assert told["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert told["requestContext"]["approximateInvokeCount"] == 2
    assert told["requestContext"]["functionArn"] == function.outputs["arn"]
    assert told["responseContext"] == {
        "statusCode": 200,
        "executedVersion": "$LATEST",
        "functionError": "Unhandled",
    }
    assert (batch["batchSize"], batch["streamArn"]) == (2, world.stream)
    assert int(batch["endSequenceNumber"]) - int(batch["startSequenceNumber"]) == 1


def test_a_split_batch_loses_only_the_record_that_fails(world: World) -> None:
    arn, url = world.queue()
    destination = {"OnFailure": {"Destination": arn}}
    function = world.watch(
        REFUSING, BisectBatchOnFunctionError=True, MaximumRetryAttempts=1, DestinationConfig=destination
    )
    world.put("a", "b", "bad", "d")
    streams.deliver()
    assert got(function) == ["a b bad d", "a b", "bad d", "bad", "bad", "d"]
    assert [each["DDBStreamBatchInfo"]["batchSize"] for each in world.received(url)] == [1]


def test_a_partly_taken_batch_goes_on_at_the_lowest_failure(world: World) -> None:
    function = world.watch(REPORTING, FunctionResponseTypes=["ReportBatchItemFailures"], MaximumRetryAttempts=1)
    world.put("a", "bad", "c")
    made = streams.deliver()
    assert got(function) == ["a bad c", "bad c"]
    assert _outcomes(made) == [(3, "partly taken"), (2, "failed"), (2, "given up")]


def test_with_splitting_a_partly_taken_batch_loses_only_the_record_that_fails(world: World) -> None:
    more = {"BisectBatchOnFunctionError": True, "MaximumRetryAttempts": 0}
    function = world.watch(REPORTING, FunctionResponseTypes=["ReportBatchItemFailures"], **more)
    world.put("a", "bad", "c")
    streams.deliver()
    assert got(function) == ["a bad c", "bad c", "bad", "c"]


@pytest.mark.parametrize(
    "answer",
    ['{"batchItemFailures": [{"itemIdentifier": ""}]}', '{"batchItemFailures": [{"other": "1"}]}', '"text"'],
)
def test_an_answer_that_names_no_record_fails_the_whole_batch(world: World, answer: str) -> None:
    source = f"import json\n\ndef handle(event, context):\n    return json.loads('{answer}')\n"
    world.watch(source, FunctionResponseTypes=["ReportBatchItemFailures"], MaximumRetryAttempts=0)
    world.put("a", "b")
    assert _outcomes(streams.deliver()) == [(2, "failed"), (2, "given up")]


def test_records_that_are_too_old_are_given_up_without_a_try(world: World) -> None:
    arn, url = world.queue()
    destination = {"OnFailure": {"Destination": arn}}
    function = world.watch(MaximumRecordAgeInSeconds=60, DestinationConfig=destination)
    world.put("old")
    clock.move(61)
    world.put("new")
    streams.deliver()
    assert got(function) == ["INSERT new"]
    (told,) = world.received(url)
    assert told["requestContext"]["condition"] == "RecordAgeExceeded"
    assert "responseContext" not in told


def test_a_stream_forgets_after_a_day(world: World) -> None:
    function = world.watch()
    world.put("old")
    clock.move(24 * 3600 + 1)
    world.put("new")
    streams.deliver()
    assert got(function) == ["INSERT new"]


def test_filters_let_through_what_any_of_them_describes(world: World) -> None:
    pattern = '{"eventName": ["INSERT"], "dynamodb": {"Keys": {"pk": {"S": [{"prefix": "i#"}]}}}}'
    function = world.watch(FilterCriteria={"Filters": [{"Pattern": pattern}]})
    world.put("i#1", "r#1", "i#2")
    world.dynamodb.delete_item(TableName="notes", Key={"pk": {"S": "i#1"}})
    assert _outcomes(streams.deliver()) == [(2, "taken")]
    assert got(function) == ["INSERT i#1", "INSERT i#2"]


def test_several_batches_of_a_shard_keep_the_order_of_each_item(world: World) -> None:
    function = world.watch(ParallelizationFactor=4)
    for number in range(3):
        world.put("a", "b", "c", number={"N": str(number)})
    made = streams.deliver()
    assert sum(each.records for each in made) == 9
    assert [line for line in got(function) if line.endswith(" a")] == ["INSERT a", "MODIFY a", "MODIFY a"]


def test_a_mapping_that_is_switched_off_goes_on_later_where_it_was(world: World) -> None:
    function = world.watch()
    aws = world.sandbox.clients("lambda")
    (mapping,) = aws.list_event_source_mappings(FunctionName=function.name)["EventSourceMappings"]
    aws.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    world.put("meanwhile")
    assert streams.deliver() == []
    aws.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)
    streams.deliver()
    assert got(function) == ["INSERT meanwhile"]


def test_a_region_that_is_cut_delivers_nothing_until_it_is_back(world: World) -> None:
    function = world.watch()
    world.put("meanwhile")
    with regions.lost("eu-west-1"):
        assert streams.deliver() == []
    streams.deliver()
    assert got(function) == ["INSERT meanwhile"]


def test_what_a_function_writes_is_delivered_too(world: World) -> None:
    function = world.watch("""
        import boto3

        def handle(event, context):
            for record in event["Records"]:
                key = record["dynamodb"]["Keys"]["pk"]["S"]
                print("got", key)
                if len(key) < 3:
                    boto3.client("dynamodb").put_item(TableName="notes", Item={"pk": {"S": key + "x"}})
    """)
    world.put("a")
    streams.deliver()
    assert got(function) == ["a", "ax", "axx"]


def test_the_age_of_what_is_read_is_a_metric(world: World) -> None:
    function = world.watch()
    world.put("a")
    clock.move(30)
    streams.deliver()
    (point,) = world.sandbox.clients("cloudwatch").get_metric_statistics(
        Namespace="AWS/Lambda",
        MetricName="IteratorAge",
        Dimensions=[{"Name": "FunctionName", "Value": function.name}],
        StartTime=clock.today().timestamp() - 300,
        EndTime=clock.today().timestamp() + 60,
        Period=60,
        Statistics=["Maximum"],
    )["Datapoints"]
    assert 30_000 <= point["Maximum"] < 60_000


def test_a_role_that_loses_its_permission_reads_nothing(world: World) -> None:
    function = world.watch()
    role = function.inputs["role"]
    iam = world.sandbox.clients("iam")
    for name in iam.list_role_policies(RoleName=role.rsplit("/", 1)[1])["PolicyNames"]:
        iam.delete_role_policy(RoleName=role.rsplit("/", 1)[1], PolicyName=name)
    world.put("a")
    (told,) = streams.deliver()
    assert told.error == f"{role} is not authorized to perform: dynamodb:GetRecords on resource: {world.stream}"


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (
            {"StartingPosition": "AT_TIMESTAMP"},
            "Unsupported starting position for source type. Please select LATEST or TRIM_HORIZON.",
        ),
        ({"MaximumRecordAgeInSeconds": 59}, "MaximumRecordAgeInSeconds 59 is out of range: allowed are 60 to 604800"),
        (
            {"TumblingWindowInSeconds": 10},
            "TumblingWindowInSeconds: the sandbox has no tumbling windows; leave it out",
        ),
        (
            {"FilterCriteria": {"Filters": [{"Pattern": '{"eventName": "INSERT"}'}]}},
            "Invalid filter pattern definition: eventName is an object or a list of conditions",
        ),
        (
            {"FilterCriteria": {"Filters": [{"Pattern": '{"eventName": [{"like": "I"}]}'}]}},
            (
                'Invalid filter pattern definition: eventName: got the condition {"like": "I"}; known are '
                "anything-but, equals-ignore-case, exists, numeric, prefix, suffix"
            ),
        ),
        (
            {"DestinationConfig": {"OnFailure": {"Destination": "arn:aws:s3:::bucket"}}},
            "DestinationConfig: got arn:aws:s3:::bucket; the sandbox sends to queues and topics",
        ),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(world: World, settings: dict[str, object], why: str) -> None:
    with pytest.raises(ClientError) as refused:
        world.watch(**settings)
    assert refused.value.response["Error"]["Message"] == why


def test_a_role_that_may_not_read_is_refused(world: World) -> None:
    function = world.deploy("def handle(event, context): pass")
    with pytest.raises(ClientError) as refused:
        world.map(function)
    assert refused.value.response["Error"]["Message"] == (
        f"Cannot access stream {world.stream}. Please ensure the role can perform the GetRecords, GetShardIterator, "
        "DescribeStream, and ListStreams Actions on your stream in DynamoDB."
    )


def test_one_function_has_one_mapping_for_a_stream(world: World) -> None:
    function = world.watch()
    with pytest.raises(ClientError) as refused:
        world.map(function)
    assert refused.value.response["Error"]["Code"] == "ResourceConflictException"
