"""Glue's catalog: databases, and tables that say what lies in S3."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, from_aws, handler, tag_changes, tags_from, to_aws
from pulumi_aws_sandbox.resources._shapes import emptied

_GONE = "EntityNotFoundException"
_DATABASE = {"description": "Description", "locationUri": "LocationUri", "name": "Name", "parameters": "Parameters"}
_TABLE = {
    "description": "Description",
    "name": "Name",
    "owner": "Owner",
    "parameters": "Parameters",
    "retention": "Retention",
    "tableType": "TableType",
    "viewExpandedText": "ViewExpandedText",
    "viewOriginalText": "ViewOriginalText",
}
_STORED = {
    "additionalLocations": "AdditionalLocations",
    "bucketColumns": "BucketColumns",
    "compressed": "Compressed",
    "inputFormat": "InputFormat",
    "location": "Location",
    "numberOfBuckets": "NumberOfBuckets",
    "outputFormat": "OutputFormat",
    "parameters": "Parameters",
    "storedAsSubDirectories": "StoredAsSubDirectories",
}
_COLUMN = {"comment": "Comment", "name": "Name", "parameters": "Parameters", "type": "Type"}
_SERDE = {"name": "Name", "parameters": "Parameters", "serializationLibrary": "SerializationLibrary"}
_MISSING_TYPES = ("openTableFormatInput", "partitionIndices", "targetTable", "viewDefinition")


def _glue(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "glue", properties)


def _arn(clients: Clients, properties: Properties, resource: str) -> str:
    region = properties.get("region") or clients.region
    return f"arn:{clients.partition}:glue:{region}:{clients.account}:{resource}"


def _make_database(clients: Clients, inputs: Properties) -> str:
    tags = {"Tags": inputs["tags"]} if inputs.get("tags") else {}
    _glue(clients, inputs).create_database(DatabaseInput=to_aws(inputs, _DATABASE), **tags)
    return f"{clients.account}:{inputs['name']}"


def _describe_database(clients: Clients, resource_id: str, known: Properties) -> Properties | None:
    glue, name = _glue(clients, known), resource_id.split(":", 1)[1]
    answer = found(lambda: glue.get_database(Name=name), _GONE)
    if answer is None:
        return None
    arn = _arn(clients, known, f"database/{name}")
    now = from_aws(answer["Database"], _DATABASE)
    return {
        "createTableDefaultPermissions": known.get("createTableDefaultPermissions", []),
        "locationUri": "",
        **now,
        **emptied(known, now, _DATABASE),
        "arn": arn,
        "catalogId": clients.account,
        **tags_from(glue.get_tags(ResourceArn=arn)["Tags"], known),
    }


def _change_database(clients: Clients, resource_id: str, outputs: Properties, old: Properties, new: Properties) -> None:
    glue = _glue(clients, new)
    glue.update_database(Name=resource_id.split(":", 1)[1], DatabaseInput=to_aws(new, _DATABASE))
    gone, put = tag_changes(old, new)
    if gone:
        glue.untag_resource(ResourceArn=outputs["arn"], TagsToRemove=gone)
    if put:
        glue.tag_resource(ResourceArn=outputs["arn"], TagsToAdd=put)


def _remove_database(clients: Clients, resource_id: str, outputs: Properties) -> None:
    found(lambda: _glue(clients, outputs).delete_database(Name=resource_id.split(":", 1)[1]), _GONE)


def _table_input(inputs: Properties) -> dict[str, Any]:
    request = to_aws(inputs, _TABLE)
    request["PartitionKeys"] = _columns(inputs.get("partitionKeys") or [])
    if stored := inputs.get("storageDescriptor"):
        descriptor = to_aws(stored, _STORED)
        descriptor["Columns"] = _columns(stored.get("columns") or [])
        descriptor["SerdeInfo"] = to_aws(stored.get("serDeInfo") or {}, _SERDE)
        descriptor["SortColumns"] = [
            to_aws(each, {"column": "Column", "sortOrder": "SortOrder"}) for each in stored.get("sortColumns") or []
        ]
        request["StorageDescriptor"] = descriptor
    return request


def _columns(columns: list[Properties]) -> list[dict[str, Any]]:
    return [to_aws(each, _COLUMN) for each in columns]


def _make_table(clients: Clients, inputs: Properties) -> str:
    database = inputs["databaseName"]
    _glue(clients, inputs).create_table(DatabaseName=database, TableInput=_table_input(inputs))
    return f"{clients.account}:{database}:{inputs['name']}"


def _names(resource_id: str) -> dict[str, str]:
    _, database, name = resource_id.split(":", 2)
    return {"DatabaseName": database, "Name": name}


def _describe_table(clients: Clients, resource_id: str, known: Properties) -> Properties | None:
    names = _names(resource_id)
    answer = found(lambda: _glue(clients, known).get_table(**names), _GONE)
    if answer is None:
        return None
    table = answer["Table"]
    now = from_aws(table, _TABLE)
    keys = [from_aws(each, _COLUMN) for each in table.get("PartitionKeys") or []]
    stored = table.get("StorageDescriptor")
    if stored:
        now["storageDescriptor"] = _stored(stored, known.get("storageDescriptor") or {})
    return {
        **now,
        **emptied(known, now, _TABLE),
        **({"partitionKeys": keys} if keys or "partitionKeys" in known else {}),
        "arn": _arn(clients, known, f"table/{names['DatabaseName']}/{names['Name']}"),
        "catalogId": clients.account,
        "databaseName": names["DatabaseName"],
        "partitionIndices": [],
    }


def _stored(answer: Mapping[str, Any], known: Properties) -> Properties:
    now = from_aws(answer, _STORED)
    columns = [from_aws(each, _COLUMN) for each in answer.get("Columns") or []]
    serde = from_aws(answer.get("SerdeInfo") or {}, _SERDE)
    order = [from_aws(each, {"column": "Column", "sortOrder": "SortOrder"}) for each in answer.get("SortColumns") or []]
    lists = {"columns": columns, "sortColumns": order}
    now |= {name: value for name, value in lists.items() if value or name in known}
    return now | ({"serDeInfo": serde} if serde or "serDeInfo" in known else {})


def _change_table(clients: Clients, resource_id: str, _: Properties, _old: Properties, new: Properties) -> None:
    database = _names(resource_id)["DatabaseName"]
    _glue(clients, new).update_table(DatabaseName=database, TableInput=_table_input(new))


def _remove_table(clients: Clients, resource_id: str, outputs: Properties) -> None:
    found(lambda: _glue(clients, outputs).delete_table(**_names(resource_id)), _GONE)


def _lower_case(inputs: Properties) -> list[tuple[str, str]]:
    name = inputs.get("name")
    if isinstance(name, str) and name != name.lower():
        return [("name", f'"name" cannot contain uppercase letters; got "{name}"')]
    return []


def _table_problems(inputs: Properties) -> list[tuple[str, str]]:
    missing = [(name, f"the sandbox has no {name}") for name in _MISSING_TYPES if inputs.get(name)]
    return [*_lower_case(inputs), *missing]


def _database_problems(inputs: Properties) -> list[tuple[str, str]]:
    missing = [
        (name, f"the sandbox has no {name}") for name in ("federatedDatabase", "targetDatabase") if inputs.get(name)
    ]
    return [*_lower_case(inputs), *missing]


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:glue/catalogDatabase:CatalogDatabase",
            make=_make_database,
            describe=_describe_database,
            change=_change_database,
            remove=_remove_database,
            replace_on=frozenset({"catalogId", "name"}),
            auto_name=AutoName("name", 255, lowercase=True),
            validate=_database_problems,
        ),
        handler(
            "aws:glue/catalogTable:CatalogTable",
            make=_make_table,
            describe=_describe_table,
            change=_change_table,
            remove=_remove_table,
            required=frozenset({"databaseName"}),
            replace_on=frozenset({"catalogId", "databaseName", "name"}),
            auto_name=AutoName("name", 255, lowercase=True),
            validate=_table_problems,
        ),
    )
}
