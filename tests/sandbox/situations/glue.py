"""Situations of glue."""

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World


def _database(_: World) -> tuple[Inputs, Inputs]:
    first = {"name": "app_events", "description": "what happens", "tags": TAGS}
    return first, {"name": "app_events", "parameters": {"owner": "data"}, "tags": OTHER_TAGS}


def _table(world: World) -> tuple[Inputs, Inputs]:
    database = world.make("aws:glue/catalogDatabase:CatalogDatabase", {"name": "app_events"})["name"]
    serde = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
    stored = {
        "location": "s3://lake/events/",
        "inputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        "serDeInfo": {"serializationLibrary": serde, "parameters": {"serialization.format": "1"}},
        "columns": [{"name": "event_id", "type": "string"}],
    }
    first = {
        "name": "events",
        "databaseName": database,
        "tableType": "EXTERNAL_TABLE",
        "parameters": {"classification": "parquet"},
        "partitionKeys": [{"name": "day", "type": "string"}],
        "storageDescriptor": stored,
    }
    more = [*stored["columns"], {"name": "metrics", "type": "map<string,double>", "comment": "numbers"}]
    changed = {**first, "description": "one row each", "storageDescriptor": {**stored, "columns": more}}
    return first, changed


SITUATIONS: dict[str, Situation] = {
    "aws:glue/catalogDatabase:CatalogDatabase": _database,
    "aws:glue/catalogTable:CatalogTable": _table,
}
