"""Athena: queries over the Parquet files of this sandbox's S3, run by DuckDB in the words of Athena's SQL.

A query is over when it is started; whoever asks for it finds it finished.
"""

import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.lake import dialect, metrics, projection, results, rights, tables
from pulumi_aws_sandbox.runtime.lake.dialect import Scan
from pulumi_aws_sandbox.runtime.lake.tables import QueryError, Source

_SUCCEEDED, _FAILED, _CANCELLED = "SUCCEEDED", "FAILED", "CANCELLED"
_NO_LOCATION = (
    "No output location provided. An output location is required either through the Workgroup result configuration "
    "setting or as an API input."
)
_COLUMN = re.compile(r'(?:Referenced column|column named|Values list) "(?P<name>[^"]+)"')
_FUNCTION = re.compile(r"Function with name (?P<name>\S+) does not exist")
_USER_ERROR = 2


class RejectedError(Exception):
    """A query that is not even started."""

    def __init__(self, message: str, code: str = "INVALID_INPUT") -> None:
        """Say why, with the code that Athena has for it."""
        super().__init__(message)
        self.code = code


class _LimitError(Exception):
    """More would be scanned than the workgroup lets a query scan."""


@dataclass(frozen=True, slots=True)
class Request:
    """What StartQueryExecution was asked for."""

    region: str
    text: str
    parameters: tuple[str, ...]
    context: Mapping[str, str]
    results: Mapping[str, Any]
    workgroup: Any


@dataclass(slots=True)
class Run:
    """A query that ran."""

    id: str
    request: Request
    config: dict[str, Any]
    workgroup: Any
    started_at: float
    status: str = _SUCCEEDED
    reason: str | None = None
    scanned: int = 0
    milliseconds: int = 0
    columns: list[dict[str, Any]] = field(default_factory=list)
    rows: list[tuple[str | None, ...]] = field(default_factory=list)

    def described(self) -> dict[str, Any]:
        """Return what GetQueryExecution says."""
        status: dict[str, Any] = {
            "State": self.status,
            "SubmissionDateTime": self.started_at,
            "CompletionDateTime": self.started_at + self.milliseconds / 1000,
        }
        if self.reason is not None:
            status["StateChangeReason"] = self.reason
            status["AthenaError"] = {"ErrorCategory": _USER_ERROR, "ErrorMessage": self.reason, "Retryable": False}
        parameters = {"ExecutionParameters": list(self.request.parameters)} if self.request.parameters else {}
        return {
            "QueryExecutionId": self.id,
            "Query": self.request.text,
            "StatementType": "DML",
            "ResultConfiguration": self.config,
            "QueryExecutionContext": dict(self.request.context),
            "Status": status,
            "Statistics": {
                "DataScannedInBytes": self.scanned,
                "EngineExecutionTimeInMillis": self.milliseconds,
                "TotalExecutionTimeInMillis": self.milliseconds,
                "QueryQueueTimeInMillis": 0,
                "QueryPlanningTimeInMillis": 0,
                "ServiceProcessingTimeInMillis": 0,
            },
            "WorkGroup": self.workgroup.name,
            "EngineVersion": dict(self.workgroup.configuration["EngineVersion"]),
            **parameters,
        }

    def page(self, start: int, most: int) -> dict[str, Any]:
        """Return a page of what it answered; the first row of the first page is the names of the columns."""
        every = [tuple(each["Name"] for each in self.columns), *self.rows]
        shown = every[start : start + most]
        rows = [{"Data": [{} if cell is None else {"VarCharValue": cell} for cell in row]} for row in shown]
        more = {"NextToken": str(start + most)} if start + most < len(every) else {}
        return {
            "UpdateCount": 0,
            "ResultSet": {"Rows": rows, "ResultSetMetadata": {"ColumnInfo": self.columns}},
            **more,
        }


def start(request: Request) -> Run:
    """Run a query; raise `RejectedError` where Athena would not start it."""
    config = _result_settings(request)
    try:
        statement = dialect.parse(request.text)
    except dialect.NotSupportedError as error:
        raise RejectedError(str(error)) from error
    except dialect.SyntaxError_ as error:
        raise RejectedError(str(error), "MALFORMED_QUERY") from error
    run_id = str(uuid.uuid4())
    config["OutputLocation"] = f"{config['OutputLocation'].rstrip('/')}/{run_id}.csv"
    run = Run(run_id, request, config, request.workgroup, clock.now())
    began = time.monotonic()
    try:
        _answer(run, statement)
        _write(run)
    except _LimitError:
        run.status, run.reason = _CANCELLED, "Bytes scanned limit was exceeded"
    except (QueryError, dialect.SyntaxError_, projection.ProjectionError) as error:
        run.status, run.reason = _FAILED, str(error)
    except rights.NotAllowedError as error:
        run.status, run.reason = _FAILED, f"PERMISSION_DENIED: {error}"
    run.milliseconds = max(1, round((time.monotonic() - began) * 1000))
    if request.workgroup.configuration.get("PublishCloudWatchMetricsEnabled"):
        about = {"QueryState": run.status, "QueryType": "DML", "WorkGroup": run.workgroup.name}
        told = {"ProcessedBytes": run.scanned, "TotalExecutionTime": run.milliseconds}
        metrics.put(request.region, "AWS/Athena", about, told)
    return run


def _result_settings(request: Request) -> dict[str, Any]:
    """Return where results go: what the workgroup says, if it is enforced, whatever the caller says."""
    told = request.workgroup.configuration
    own = dict(told.get("ResultConfiguration") or {})
    config = own if told.get("EnforceWorkGroupConfiguration") else {**own, **request.results}
    if not config.get("OutputLocation"):
        raise RejectedError(_NO_LOCATION)
    return config


def _answer(run: Run, statement: Any) -> None:  # noqa: ANN401 - sqlglot's own types
    import duckdb  # noqa: PLC0415 - heavy, and only needed where something is asked

    dialect.bind(statement, run.request.parameters)
    named = dialect.columns(statement)
    found = dialect.scans(statement, run.request.context.get("Database"))
    limit = run.workgroup.configuration.get("BytesScannedCutoffPerQuery")
    # Nothing outside of what is registered may be read, whatever a query says.
    with duckdb.connect(":memory:", config={"enable_external_access": "false"}) as engine:
        engine.execute("SET integer_division = true")
        for number, scan in enumerate(found):
            source = _source(run.request.region, scan)
            chosen = _partitions(engine, scan, source)
            wanted = set(source.columns) if named is None else named & set(source.columns)
            data, scanned = tables.read(source, chosen, wanted)
            run.scanned += scanned
            engine.register(_name(number), data)
            if limit and run.scanned > limit:
                raise _LimitError
        described = statement.copy()
        query = dialect.rewritten(statement, found, _name)
        _ask(run, engine, query, described)


def _name(number: int) -> str:
    return f"scan_{number}"


def _source(region: str, scan: Scan) -> Source:
    found = tables.source(region, scan.database, scan.table)
    if found is not None:
        return found
    if not tables.has_database(region, scan.database):
        message = f"SCHEMA_NOT_FOUND: {scan.place}: Schema '{scan.database}' does not exist"
    else:
        message = f"TABLE_NOT_FOUND: {scan.place}: Table 'awsdatacatalog.{scan.database}.{scan.table}' does not exist"
    raise QueryError(message)


def _partitions(engine: Any, scan: Scan, source: Source) -> list[tuple[str, ...]]:  # noqa: ANN401 - DuckDB's connection
    """Return the partitions that a scan cannot do without."""
    import pyarrow as pa  # noqa: PLC0415 - heavy, and only needed where something is asked

    conditions = dialect.predicates(scan, source.keys)
    held = dialect.equalities(conditions)
    for name in projection.injected(source.about):
        if name not in held:
            message = (
                f"CONSTRAINT_VIOLATION: For the injected projected partition column {name}, the WHERE clause must "
                "contain only static equality conditions, and at least one such condition must be present."
            )
            raise QueryError(message)
    every = sorted(source.places)
    if not conditions or not every:
        return every
    about = {name: [values[at] for values in every] for at, name in enumerate(source.keys)}
    listed = pa.table({**about, "which of all": list(range(len(every)))})
    engine.register("partitions of one", listed)
    where = dialect.condition_sql(conditions)
    try:
        kept = engine.execute(f'SELECT "which of all" FROM "partitions of one" WHERE {where}').fetchall()  # noqa: S608 - the query's own condition, on nothing but the partitions' names
    except Exception:  # noqa: BLE001 - a condition that needs other types than texts: the query itself decides then
        return every
    return [every[row[0]] for row in sorted(kept)]


def _ask(run: Run, engine: Any, query: str, statement: Any) -> None:  # noqa: ANN401 - DuckDB's and sqlglot's own types
    import duckdb  # noqa: PLC0415 - heavy, and only needed where something is asked

    try:
        answer = engine.execute(query)
        zoned = [each[0] for each in answer.description if str(each[1]).startswith("TIMESTAMP WITH")]
        kinds = [(each[0], str(each[1])) for each in answer.description]
        if zoned:
            casts = ", ".join(f'CAST("{name}" AS VARCHAR) AS "{name}"' for name in zoned)
            answer = engine.execute(f"SELECT * REPLACE ({casts}) FROM ({query})")  # noqa: S608 - the caller's own query
        rows = answer.fetchall()
    except duckdb.Error as error:
        raise QueryError(_words(error, statement)) from error
    run.columns = [results.column(_label(name, at), kind) for at, (name, kind) in enumerate(kinds)]
    run.rows = [tuple(results.text(cell) for cell in row) for row in rows]


def _label(name: str, at: int) -> str:
    # Athena calls what has no name by its place.
    return name.lower() if re.fullmatch(r"[A-Za-z_]\w*", name) else f"_col{at}"


def _words(error: Exception, statement: Any) -> str:  # noqa: ANN401 - sqlglot's own types
    """Return an error of DuckDB's as Athena says it."""
    first = str(error).split("\n", 1)[0]
    if found := _COLUMN.search(first):
        name = found["name"]
        place = dialect.place_of(statement, name)
        return (
            f"COLUMN_NOT_FOUND: {place}: Column '{name}' cannot be resolved or requester is not authorized to access "
            "requested resources"
        )
    if found := _FUNCTION.search(first):
        return f"FUNCTION_NOT_FOUND: line 1:1: Function '{found['name']}' not registered"
    kind = type(error).__name__
    code = {"ConversionException": "INVALID_CAST_ARGUMENT", "BinderException": "TYPE_MISMATCH"}.get(kind)
    return f"{code or 'GENERIC_INTERNAL_ERROR'}: {first}"


def _write(run: Run) -> None:
    from moto.s3.models import s3_backends  # noqa: PLC0415 - moto loads only when something is deployed

    bucket, _, key = run.config["OutputLocation"].removeprefix("s3://").partition("/")
    backend = s3_backends[ACCOUNT][PARTITION]
    if bucket not in backend.buckets:
        message = f"Unable to verify/create output bucket {bucket}"
        raise QueryError(message)
    rights.require_object("PutObject", bucket, key)
    told = run.config.get("EncryptionConfiguration") or {}
    encryption = {"SSE_S3": "AES256", "SSE_KMS": "aws:kms"}.get(told.get("EncryptionOption", ""))
    body = results.as_csv([each["Name"] for each in run.columns], run.rows)
    backend.put_object(bucket, key, body, encryption=encryption, kms_key_id=told.get("KmsKey"))
