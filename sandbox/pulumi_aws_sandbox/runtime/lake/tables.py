"""What a query reads: Glue's tables, the partitions that it needs of them, and the Parquet files in those."""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.runtime.lake import glue_types, projection, rights

_PARQUET = "parquet"


class QueryError(Exception):
    """Why a query failed, in Athena's words."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table, with what its partitions are called and where they are."""

    about: Mapping[str, Any]
    bucket: str
    places: Mapping[tuple[str, ...], str]

    @property
    def columns(self) -> dict[str, str]:
        """The types of the columns in the files, by name."""
        return {each["Name"]: each["Type"] for each in self.about["StorageDescriptor"]["Columns"]}

    @property
    def keys(self) -> dict[str, str]:
        """The types of the partition keys, by name."""
        return {each["Name"]: each["Type"] for each in self.about.get("PartitionKeys") or []}


def source(region: str, database: str, name: str) -> Source | None:
    """Return a table of Glue's catalog, or `None` if there is none."""
    from moto.glue.models import glue_backends  # noqa: PLC0415 - moto loads only when something is deployed

    rights.require_table(region, database, name)
    found = glue_backends[ACCOUNT][region].databases.get(database)
    table = None if found is None else found.tables.get(name)
    if table is None:
        return None
    about = table.as_dict()
    stored = about.get("StorageDescriptor") or {}
    library = (stored.get("SerdeInfo") or {}).get("SerializationLibrary", "")
    if _PARQUET not in f"{library} {stored.get('InputFormat', '')}".lower():
        message = f"the sandbox's Athena reads Parquet only; {database}.{name} is stored as {library or 'nothing'}"
        raise QueryError(message)
    bucket, prefix = _split(stored["Location"])
    if not about.get("PartitionKeys"):
        return Source(about, bucket, {(): prefix})
    if projection.is_projected(about):
        template = (about.get("Parameters") or {}).get("storage.location.template") or stored["Location"]
        return Source(about, bucket, projection.places(about, _keys(bucket, _split(template)[1].split("${")[0])))
    places = {
        tuple(each.values): _split(each.partition_input["StorageDescriptor"]["Location"])[1]
        for each in table.partitions.values()
    }
    return Source(about, bucket, places)


def has_database(region: str, database: str) -> bool:
    """Tell whether Glue's catalog has a database."""
    from moto.glue.models import glue_backends  # noqa: PLC0415 - moto loads only when something is deployed

    return database in glue_backends[ACCOUNT][region].databases


def read(table: Source, partitions: Sequence[tuple[str, ...]], columns: Collection[str]) -> tuple[Any, int]:
    """Return partitions as one table of pyarrow's with the given columns, and how many bytes were read for it."""
    import pyarrow as pa  # noqa: PLC0415 - heavy, and only needed where something is asked

    kinds = {name: glue_types.arrow(glue_types.parse(text)) for name, text in table.columns.items() if name in columns}
    keys = {name: glue_types.parse(text) for name, text in table.keys.items()}
    fields = [*kinds.items(), *((name, glue_types.arrow(kind)) for name, kind in keys.items())]
    schema = pa.schema(fields)
    pieces, scanned = [], 0
    for values in partitions:
        for key in _keys(table.bucket, table.places[values]):
            piece, size = _file(table.bucket, key, kinds)
            scanned += size
            for (name, kind), value in zip(keys.items(), values, strict=True):
                given = glue_types.value(kind, int(value) if value.isdigit() and kind.name != "string" else value)
                column = pa.array([given] * piece.num_rows, type=schema.field(name).type)
                piece = piece.append_column(name, column)
            pieces.append(piece)
    if not pieces:
        return schema.empty_table(), scanned
    return pa.concat_tables([each.select(schema.names) for each in pieces]), scanned


def _file(bucket: str, key: str, kinds: Mapping[str, Any]) -> tuple[Any, int]:
    """Return the columns of a file, missing ones as nulls, and the bytes that these columns take in it."""
    import pyarrow as pa  # noqa: PLC0415 - heavy, and only needed where something is asked
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    rights.require_object("GetObject", bucket, key)
    try:
        file = pq.ParquetFile(io.BytesIO(_objects(bucket)[key].value))
    except (pa.ArrowInvalid, OSError) as error:
        message = f"HIVE_BAD_DATA: Not valid Parquet file: s3://{bucket}/{key}: {error}"
        raise QueryError(message) from error
    present = {name.lower(): name for name in file.schema_arrow.names}
    wanted = {present[name]: name for name in kinds if name in present}
    read = file.read(columns=list(wanted))
    columns = []
    for name, kind in kinds.items():
        if name not in present:
            columns.append(pa.nulls(read.num_rows, type=kind))
            continue
        try:
            columns.append(read.column(present[name]).cast(kind))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            found = read.schema.field(present[name]).type
            message = (
                f"HIVE_BAD_DATA: Field {name}'s type {found} in parquet file s3://{bucket}/{key} is incompatible with "
                f"type {kind} defined in table schema"
            )
            raise QueryError(message) from error
    rows = read.num_rows if wanted else file.metadata.num_rows
    if not columns:
        # pyarrow counts rows by columns; without one, a column that nobody asks for carries the count.
        return pa.table({"": pa.nulls(rows)}), 0
    return pa.table(dict(zip(kinds, columns, strict=True))), _scanned(file.metadata, set(wanted))


def _scanned(metadata: Any, columns: set[str]) -> int:  # noqa: ANN401 - pyarrow's metadata
    total = 0
    for group in range(metadata.num_row_groups):
        about = metadata.row_group(group)
        for at in range(about.num_columns):
            column = about.column(at)
            if column.path_in_schema.split(".")[0] in columns:
                total += column.total_compressed_size
    return total


def _keys(bucket: str, prefix: str) -> list[str]:
    """Return the objects below a prefix, without those that Hive hides."""
    return sorted(
        key
        for key in _objects(bucket)
        if key.startswith(prefix) and not key.endswith("/") and key.rsplit("/", 1)[-1][:1] not in {"_", "."}
    )


def _objects(bucket: str) -> dict[str, Any]:
    from moto.s3.models import FakeKey, s3_backends  # noqa: PLC0415 - moto loads only when something is deployed

    found = s3_backends[ACCOUNT][PARTITION].buckets.get(bucket)
    if found is None:
        message = f"PERMISSION_DENIED: the bucket {bucket} does not exist"
        raise QueryError(message)
    return {name: key for name, key in found.keys.items() if isinstance(key, FakeKey)}


def _split(location: str) -> tuple[str, str]:
    bucket, _, prefix = location.split("://", 1)[-1].partition("/")
    return bucket, prefix if not prefix or prefix.endswith("/") or "${" in prefix else f"{prefix}/"
