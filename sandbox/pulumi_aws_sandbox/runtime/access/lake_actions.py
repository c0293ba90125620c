"""What calls to Glue and Athena need permission for.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsglue.html
"""

from typing import Any

from pulumi_aws_sandbox.runtime.access.calls import Call
from pulumi_aws_sandbox.runtime.access.needs import Access, arn


def of_glue(call: Call) -> list[Access]:
    """Return what a call to the catalog needs: Glue asks for the catalog, the database and the table, each."""
    action, database = f"glue:{call.operation}", call.text("DatabaseName")
    table = call.text("TableName")
    if "Table" in call.operation and database is not None:
        table = table or call.text("Name") or _named(call, "TableInput")
    elif "Database" in call.operation:
        database = call.text("Name") or _named(call, "DatabaseInput")
    if database is None:
        named = call.text("ResourceArn")
        catalog = call.operation in {"GetCatalog", "GetDatabases"}
        return [Access(action, named or (arn(call, "{name}", "catalog") if catalog else None))]
    resources = ["catalog", f"database/{database}", *([f"table/{database}/{table}"] if table else [])]
    if call.operation == "GetTables":
        resources.append(f"table/{database}/*")
    return [Access(action, arn(call, "{name}", each)) for each in resources]


def of_athena(call: Call) -> list[Access]:
    """Return what a call to Athena needs; queries are judged by the workgroup that they belong to."""
    action, group = f"athena:{call.operation}", call.text("WorkGroup")
    if named := call.text("ResourceARN"):
        return [Access(action, named)]
    if call.operation in {"CreateWorkGroup", "ListWorkGroups"}:
        group = call.text("Name")
    elif group is None:
        group = _group_of_query(call) or "primary"
    return [Access(action, arn(call, "workgroup/{name}", group) if group else None)]


def _named(call: Call, parameter: str) -> str | None:
    given: Any = call.params.get(parameter)
    return given.get("Name") if isinstance(given, dict) else None


def _group_of_query(call: Call) -> str | None:
    from moto.athena.models import athena_backends  # noqa: PLC0415 - moto loads only when something is deployed

    backend = athena_backends[call.account][call.region]
    if query := call.text("NamedQueryId"):
        found = backend.named_queries.get(query)
    else:
        found = backend.executions.get(call.text("QueryExecutionId") or "")
    return found.workgroup.name if found is not None and found.workgroup is not None else None
