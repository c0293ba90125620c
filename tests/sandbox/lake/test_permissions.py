"""Calls to Glue and Athena are judged by the resources that they name."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pulumi_aws_sandbox.engine_api import Sandbox

_PLACE = "arn:aws:glue:eu-west-1:123456789012:"


def _as_user(sandbox: Sandbox, service: str, *resources: str) -> Any:  # noqa: ANN401 - a boto3 client
    iam = sandbox.clients("iam")
    iam.create_user(UserName="analyst")
    may = {"Effect": "Allow", "Action": f"{service}:*", "Resource": list(resources)}
    document = json.dumps({"Version": "2012-10-17", "Statement": may})
    iam.put_user_policy(UserName="analyst", PolicyName="few", PolicyDocument=document)
    key = iam.create_access_key(UserName="analyst")["AccessKey"]
    return sandbox.clients.signed_by(key["AccessKeyId"], key["SecretAccessKey"], None)(service)


def test_a_table_needs_its_catalog_and_its_database_too(sandbox: Sandbox) -> None:
    glue = sandbox.clients("glue")
    glue.create_database(DatabaseInput={"Name": "app"})
    glue.create_table(DatabaseName="app", TableInput={"Name": "events"})
    theirs = _as_user(sandbox, "glue", f"{_PLACE}database/app", f"{_PLACE}table/app/events")
    with pytest.raises(ClientError, match="on resource: arn:aws:glue:eu-west-1:123456789012:catalog because no"):
        theirs.get_table(DatabaseName="app", Name="events")


def test_a_named_query_is_judged_by_its_workgroup(sandbox: Sandbox) -> None:
    athena = sandbox.clients("athena")
    athena.create_work_group(Name="theirs", Configuration={})
    one, other = (
        athena.create_named_query(Name="n", Database="d", QueryString="SELECT 1", WorkGroup=group)["NamedQueryId"]
        for group in ("theirs", "primary")
    )
    theirs = _as_user(sandbox, "athena", "arn:aws:athena:eu-west-1:123456789012:workgroup/theirs")
    assert theirs.get_named_query(NamedQueryId=one)["NamedQuery"]["WorkGroup"] == "theirs"
    with pytest.raises(ClientError, match="workgroup/primary because no"):
        theirs.get_named_query(NamedQueryId=other)
