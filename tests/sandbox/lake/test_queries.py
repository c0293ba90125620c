"""Events become Parquet by the table's columns, and Athena's queries give the right rows."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.athena.models import athena_backends

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock

from .conftest import Lake, Make, to_parquet

_DAYS = {"projection.enabled": "true", "projection.day.type": "date", "projection.day.format": "yyyy-MM-dd"}


def _filled(lake_of: Make, **parameters: str) -> Lake:
    made = lake_of()
    told = parameters or {**_DAYS, "projection.day.range": "NOW-30DAYS,NOW+1DAYS"}
    made.table(**told)
    stream = {
        "bucketArn": f"arn:aws:s3:::{made.bucket}",
        "roleArn": made.role_arn,
        "bufferingSize": 64,
        "prefix": "events/day=!{timestamp:yyyy-MM-dd}/",
        "errorOutputPrefix": "broken/!{firehose:error-output-type}/",
        "dataFormatConversionConfiguration": to_parquet(made.role_arn),
    }
    wanted = {"destination": "extended_s3", "extendedS3Configuration": stream}
    made.stream = made.world.make("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", wanted)["name"]
    made.put({"name": "a", "count": 1, "tags": {"k": "v"}}, {"name": "b", "count": 2}, {"name": "a", "count": 4})
    made.deliver()
    return made


def _run(made: Lake, text: str, *parameters: str) -> tuple[dict[str, Any], list[list[str | None]]]:
    athena = made.clients("athena")
    more: dict[str, Any] = {"ExecutionParameters": list(parameters)} if parameters else {}
    run = athena.start_query_execution(
        QueryString=text, WorkGroup=made.workgroup(), QueryExecutionContext={"Database": "app"}, **more
    )["QueryExecutionId"]
    about = athena.get_query_execution(QueryExecutionId=run)["QueryExecution"]
    if about["Status"]["State"] != "SUCCEEDED":
        return about, []
    rows = athena.get_query_results(QueryExecutionId=run)["ResultSet"]["Rows"]
    return about, [[cell.get("VarCharValue") for cell in row["Data"]] for row in rows]


def test_a_query_counts_what_was_delivered(lake_of: Make) -> None:
    made = _filled(lake_of)
    about, rows = _run(made, 'SELECT name, sum("count") AS total FROM events GROUP BY name ORDER BY name')
    assert rows == [["name", "total"], ["a", "5"], ["b", "2"]]
    assert about["Statistics"]["DataScannedInBytes"] > 0
    key = about["ResultConfiguration"]["OutputLocation"].split("/", 3)[3]
    assert made.read(key) == b'"name","total"\n"a","5"\n"b","2"\n'


def test_parameters_take_the_place_of_question_marks_in_order(lake_of: Make) -> None:
    made = _filled(lake_of)
    text = 'WITH few AS (SELECT * FROM events WHERE name = ?) SELECT count(*) AS n FROM few WHERE "count" > ?'
    assert _run(made, text, "'a'", "1")[1] == [["n"], ["1"]]


def test_a_missing_parameter_fails_the_query(lake_of: Make) -> None:
    about, _ = _run(_filled(lake_of), "SELECT 1 FROM events WHERE name = ? AND day = ?", "'a'")
    reason = "INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected 2 but found 1"
    assert about["Status"]["StateChangeReason"] == reason


def test_a_map_is_read_by_its_key_and_a_missing_value_is_null(lake_of: Make) -> None:
    made = _filled(lake_of)
    _, rows = _run(made, "SELECT name, element_at(tags, 'k') AS k FROM events ORDER BY \"count\" LIMIT 2")
    assert rows == [["name", "k"], ["a", "v"], ["b", None]]


def test_partitions_that_a_query_leaves_out_are_not_scanned(lake_of: Make) -> None:
    about, rows = _run(_filled(lake_of), "SELECT count(name) AS n FROM events WHERE day < '2000-01-01'")
    assert rows == [["n"], ["0"]]
    assert about["Statistics"]["DataScannedInBytes"] == 0


def test_what_is_outside_of_a_projection_is_not_there(lake_of: Make) -> None:
    made = _filled(lake_of, **_DAYS, **{"projection.day.range": "2000-01-01,2000-12-31"})
    assert _run(made, "SELECT count(*) AS n FROM events")[1] == [["n"], ["0"]]


def test_partitions_of_glue_are_read(lake_of: Make) -> None:
    made = _filled(lake_of, classification="parquet")
    assert _run(made, "SELECT count(*) AS n FROM events")[1] == [["n"], ["0"]]
    day = f"{clock.today():%Y-%m-%d}"
    place = {"Location": f"s3://{made.bucket}/events/day={day}/"}
    made.clients("glue").create_partition(
        DatabaseName="app", TableName="events", PartitionInput={"Values": [day], "StorageDescriptor": place}
    )
    assert _run(made, "SELECT DISTINCT day FROM events")[1] == [["day"], [day]]


def test_an_injected_column_has_to_be_named(lake_of: Make) -> None:
    made = _filled(lake_of, **{"projection.enabled": "true", "projection.day.type": "injected"})
    about, _ = _run(made, "SELECT count(*) FROM events")
    assert about["Status"]["StateChangeReason"].startswith(
        "CONSTRAINT_VIOLATION: For the injected projected partition column day, the WHERE clause must contain only"
    )
    assert _run(made, "SELECT count(*) AS n FROM events WHERE day = ?", f"'{clock.today():%Y-%m-%d}'")[1][1] == ["3"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "SELECT 1 FROM nothing",
            "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.app.nothing' does not exist",
        ),
        ("SELECT 1 FROM other.events", "SCHEMA_NOT_FOUND: line 1:15: Schema 'other' does not exist"),
        (
            "SELECT\n  nope FROM events",
            (
                "COLUMN_NOT_FOUND: line 2:3: Column 'nope' cannot be resolved or requester is not authorized to access "
                "requested resources"
            ),
        ),
    ],
)
def test_a_query_fails_in_athenas_words(lake_of: Make, text: str, reason: str) -> None:
    about, _ = _run(_filled(lake_of), text)
    assert (about["Status"]["State"], about["Status"]["StateChangeReason"]) == ("FAILED", reason)


@pytest.mark.parametrize("text", ["SELECT FROM WHERE", "CREATE TABLE t (a int)", "SELECT 1; SELECT 2"])
def test_what_is_no_select_is_not_started(lake_of: Make, text: str) -> None:
    with pytest.raises(ClientError) as refused:
        _run(_filled(lake_of), text)
    assert refused.value.response["Error"]["Code"] == "InvalidRequestException"


def test_a_query_stops_at_the_workgroups_limit(lake_of: Make) -> None:
    made = _filled(lake_of)
    group, athena = made.workgroup(), made.clients("athena")
    # The least limit that Athena takes is more than a test wants to write.
    athena_backends[ACCOUNT]["eu-west-1"].work_groups[group].configuration["BytesScannedCutoffPerQuery"] = 10
    run = athena.start_query_execution(
        QueryString="SELECT name FROM events", WorkGroup=group, QueryExecutionContext={"Database": "app"}
    )["QueryExecutionId"]
    status = athena.get_query_execution(QueryExecutionId=run)["QueryExecution"]["Status"]
    assert (status["State"], status["StateChangeReason"]) == ("CANCELLED", "Bytes scanned limit was exceeded")


def test_results_come_in_pages(lake_of: Make) -> None:
    made = _filled(lake_of)
    athena = made.clients("athena")
    run = athena.start_query_execution(
        QueryString="SELECT name FROM events", WorkGroup=made.workgroup(), QueryExecutionContext={"Database": "app"}
    )["QueryExecutionId"]
    pages = athena.get_paginator("get_query_results").paginate(QueryExecutionId=run, PaginationConfig={"PageSize": 2})
    assert [len(each["ResultSet"]["Rows"]) for each in pages] == [2, 2]


def test_a_caller_reads_no_more_than_its_own_permissions_let_it(lake_of: Make) -> None:
    made = _filled(lake_of)
    group = made.workgroup()
    iam = made.clients("iam")
    user = iam.create_user(UserName="analyst")["User"]["UserName"]
    few = {"Effect": "Allow", "Action": ["athena:*", "glue:GetTable"], "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": few})
    iam.put_user_policy(UserName=user, PolicyName="few", PolicyDocument=document)
    key = iam.create_access_key(UserName=user)["AccessKey"]
    theirs = made.clients.signed_by(key["AccessKeyId"], key["SecretAccessKey"], None)("athena")
    run = theirs.start_query_execution(
        QueryString="SELECT name FROM events", WorkGroup=group, QueryExecutionContext={"Database": "app"}
    )["QueryExecutionId"]
    status = theirs.get_query_execution(QueryExecutionId=run)["QueryExecution"]["Status"]
    assert status["State"] == "FAILED"
    assert "is not authorized to perform: s3:GetObject" in status["StateChangeReason"]


def test_a_record_that_does_not_fit_the_table_is_kept_apart(lake_of: Make) -> None:
    made = _filled(lake_of)
    made.put({"name": "c", "count": "many"}, b"no json")
    (written,) = [each for each in made.deliver() if each.kind != "data"] or made.deliver()
    assert written.key.startswith("broken/format-conversion-failed/")
    codes = [each["lastErrorCode"] for each in made.lines(written.key)]
    assert codes == ["DataFormatConversion.InvalidSchema", "DataFormatConversion.MalformedData"]
    assert made.raw(written.key) == [b'{"name": "c", "count": "many"}', b"no json"]
