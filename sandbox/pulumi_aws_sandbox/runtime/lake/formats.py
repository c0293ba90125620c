"""Records into Parquet, by the columns that Glue's table says."""

import base64
import io
import json
from collections.abc import Mapping
from typing import Any

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.lake import glue_types
from pulumi_aws_sandbox.runtime.lake.glue_types import GlueType, TypeMismatchError
from pulumi_aws_sandbox.runtime.lake.records import Failure, Record

KIND = "format-conversion-failed"
_CODECS = {"UNCOMPRESSED": "none", "GZIP": "gzip", "SNAPPY": "snappy"}


class Conversion:
    """A delivery stream's conversion: the reader's settings, the writer's, and the table."""

    def __init__(self, config: Mapping[str, Any], table: Mapping[str, Any]) -> None:
        """Read them; raise `ValueError` for what the sandbox does not have."""
        self._table, self._schema = table, config["SchemaConfiguration"]
        stored = table["StorageDescriptor"]
        self.columns: dict[str, GlueType] = {each["Name"]: glue_types.parse(each["Type"]) for each in stored["Columns"]}
        reader = config["InputFormatConfiguration"]["Deserializer"]
        told = reader.get("OpenXJsonSerDe") or {}
        self._hive = "HiveJsonSerDe" in reader and reader["HiveJsonSerDe"] is not None
        self._any_case = True if self._hive else told.get("CaseInsensitive", True)
        self._keys: Mapping[str, str] = told.get("ColumnToJsonKeyMappings") or {}
        self._dots = told.get("ConvertDotsInJsonKeysToUnderscores", False)
        writer = config["OutputFormatConfiguration"]["Serializer"]
        if writer.get("ParquetSerDe") is None:
            message = "the sandbox writes Parquet only; the delivery stream wants ORC"
            raise ValueError(message)
        self._codec = _CODECS[writer["ParquetSerDe"].get("Compression", "SNAPPY")]

    def row(self, record: Record) -> list[dict[str, Any]] | Failure:
        """Return the rows in a record, or why there are none."""
        try:
            return [self._row(each) for each in _objects(record.data)]
        except TypeMismatchError as error:
            return self._failure(record, "DataFormatConversion.InvalidSchema", f"The data does not fit: {error}")
        except ValueError as error:
            return self._failure(record, "DataFormatConversion.MalformedData", f"Encountered malformed JSON. {error}")

    def parquet(self, rows: list[dict[str, Any]]) -> bytes:
        """Return rows as a Parquet file."""
        import pyarrow as pa  # noqa: PLC0415 - heavy, and only needed where something is written
        import pyarrow.parquet as pq  # noqa: PLC0415 - as above

        schema = pa.schema([(name, glue_types.arrow(kind)) for name, kind in self.columns.items()])
        columns = [pa.array([row.get(name) for row in rows], type=schema.field(name).type) for name in self.columns]
        target = io.BytesIO()
        pq.write_table(pa.Table.from_arrays(columns, schema=schema), target, compression=self._codec)
        return target.getvalue()

    def _row(self, given: Mapping[str, Any]) -> dict[str, Any]:
        found = {self._key(key): each for key, each in given.items()}
        row = {}
        for name, kind in self.columns.items():
            key = self._key(self._keys.get(name, name))
            try:
                row[name] = glue_types.value(kind, found.get(key))
            except TypeMismatchError as error:
                message = f"column {name}: {error}"
                raise TypeMismatchError(message) from error
        return row

    def _key(self, key: str) -> str:
        key = key.replace(".", "_") if self._dots else key
        return key.lower() if self._any_case else key

    def _failure(self, record: Record, code: str, message: str) -> Failure:
        now, table = int(clock.now() * 1000), self._table
        metadata = record.kinesis or {}
        line = {
            "attemptsMade": 1,
            "arrivalTimestamp": int(record.arrived_at * 1000),
            "lastErrorCode": code,
            "lastErrorMessage": message,
            "attemptEndingTimestamp": now,
            "rawData": base64.b64encode(record.data).decode(),
            "sequenceNumber": metadata.get("sequenceNumber", record.record_id),
            "subSequenceNumber": metadata.get("subsequenceNumber"),
            "dataCatalogTable": {
                "catalogId": table.get("CatalogId"),
                "databaseName": table["DatabaseName"],
                "tableName": table["Name"],
                "region": self._schema.get("Region"),
                "versionId": self._schema.get("VersionId", "LATEST"),
            },
        }
        return Failure(record, KIND, line)


def _objects(data: bytes) -> list[dict[str, Any]]:
    """Return the JSON objects of a record: one, or several one after the other."""
    text, place, found = data.decode("utf-8").strip(), 0, []
    decoder = json.JSONDecoder()
    while place < len(text):
        each, end = decoder.raw_decode(text, place)
        if not isinstance(each, dict):
            message = "A record must be a JSON object"
            raise ValueError(message)  # noqa: TRY004 - it is the record that is wrong
        found.append(each)
        place = end + len(text[end:]) - len(text[end:].lstrip())
    if not found:
        message = "The record is empty"
        raise ValueError(message)
    return found
