"""Moves records: from clients and Kinesis, through a delivery stream's function, into objects in S3.

Buffering is by the sandbox's clock. A record leaves its buffer only when its object is written: one that cannot be
written is tried again by the next call, for a day.
"""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT, Connection
from pulumi_aws_sandbox.runtime import clock, regions
from pulumi_aws_sandbox.runtime.access import sessions
from pulumi_aws_sandbox.runtime.access.errors import RefusedError
from pulumi_aws_sandbox.runtime.lake import delivery_logs, intake, metrics, prefixes, processing, records
from pulumi_aws_sandbox.runtime.lake.formats import Conversion
from pulumi_aws_sandbox.runtime.lake.processing import Processing
from pulumi_aws_sandbox.runtime.lake.records import Batch, Buffer, Failure, Record

_SERVICE = "firehose.amazonaws.com"
_MIB = 1024 * 1024
_LONGEST_SECONDS = 24 * 3600
"""How long Firehose tries to write to S3.
https://docs.aws.amazon.com/firehose/latest/dev/retry.html"""
_MOST_PARTITIONS = 500
_DATA, _BACKUP = "data", "source-backup"


@dataclass(frozen=True, slots=True)
class Delivery:
    """An object that was written, or that could not be."""

    region: str
    stream: str
    kind: str
    """`data`, `source-backup`, `processing-failed` or `format-conversion-failed`."""
    bucket: str
    key: str
    records: int
    size: int
    error: str | None = None
    """Why it was not written; its records wait for the next call, but for those that waited for a day."""


def deliver(until: float | None = None, *, flush: bool = False) -> list[Delivery]:
    """Take in what came to every delivery stream, and write what is due at `until`, by default now; or all of it."""
    from moto.firehose.models import firehose_backends  # noqa: PLC0415 - moto loads only when something is deployed

    now = clock.now() if until is None else until
    found: list[Delivery] = []
    for region, backend in list(firehose_backends[ACCOUNT].items()):
        if regions.is_cut(region):
            continue
        for stream in list(backend.delivery_streams.values()):
            if "ExtendedS3" in stream.destinations[0]:
                found += _Stream(region, stream, now, flush=flush).work()
    return found


class _Stream:
    """One delivery stream for the time of one call."""

    def __init__(self, region: str, stream: Any, now: float, *, flush: bool) -> None:  # noqa: ANN401 - moto's own type
        self._region, self._stream, self._now, self._flush = region, stream, now, flush
        self._config = stream.destinations[0]["ExtendedS3"]
        self._buffer: Buffer = records.of(stream)
        self._name = stream.delivery_stream_name
        conversion = self._config.get("DataFormatConversionConfiguration") or {}
        self._converts = conversion if conversion.get("Enabled") else None
        partitioning = self._config.get("DynamicPartitioningConfiguration") or {}
        self._partitioned = bool(partitioning.get("Enabled"))

    def work(self) -> list[Delivery]:
        """Read, process and write."""
        try:
            clients = self._as(self._config["RoleARN"])
            self._take_in(clients)
        except RefusedError as error:
            self._log("S3.AccessDenied", str(error))
            return []
        self._process(clients)
        return [*self._write_data(clients), *self._write_failures(clients), *self._write_backup(clients)]

    def _as(self, role: str) -> Connection:
        session = sessions.assume_as_service(role, _SERVICE, self._name)
        credentials = session.access_key_id, session.secret_access_key, session.session_token
        return Connection(self._region, None, credentials)

    def _take_in(self, clients: Connection) -> None:
        from botocore.exceptions import ClientError  # noqa: PLC0415 - a preview must not pay for it

        if not self._stream.source:
            return
        role = self._stream.source["RoleARN"]
        reader = clients if role == self._config["RoleARN"] else self._as(role)
        try:
            intake.read(self._stream, reader)
        except ClientError as error:
            self._log(f"KinesisStream.{error.response['Error']['Code']}", str(error))

    def _process(self, clients: Connection) -> None:
        arrived, self._buffer.arrived = self._buffer.arrived, []
        processors = self._processors()
        if self._config.get("S3BackupMode") == "Enabled":
            for each in arrived:
                self._buffer.backup.add(each, len(each.data))
        told = processors.get("Lambda")
        results: Iterator[Record | Failure] = iter(arrived)
        if told is not None:
            source = (self._stream.source or {}).get("KinesisStreamARN")
            results = Processing(self._stream.delivery_stream_arn, source, told).run(arrived, clients)
        delimiter = b""
        if "AppendDelimiterToRecord" in processors:
            told = {
                each["ParameterName"]: each["ParameterValue"]
                for each in processors["AppendDelimiterToRecord"].get("Parameters", [])
            }
            delimiter = told.get("Delimiter", "\\n").replace("\\n", "\n").encode()
        for each in results:
            if isinstance(each, Failure):
                self._fail(each)
            else:
                each.data += b"" if self._converts else delimiter
                self._keep(each)

    def _processors(self) -> dict[str, Any]:
        config = self._config.get("ProcessingConfiguration") or {}
        return {each["Type"]: each for each in config.get("Processors") or []} if config.get("Enabled") else {}

    def _keep(self, record: Record) -> None:
        partition = record.partition if self._partitioned else ()
        waiting = self._buffer.waiting
        if partition not in waiting:
            try:
                self._prefix(record.arrived_at, partition)
            except prefixes.PrefixError as error:
                code = "DynamicPartitioning.PartitionKeysMissing" if self._partitioned else "S3.InvalidPrefix"
                return self._fail(processing.failed(record, code, str(error)))
            if len(waiting) >= _MOST_PARTITIONS:
                message = f"The delivery stream has reached its limit of {_MOST_PARTITIONS} active partitions."
                code = "DynamicPartitioning.ActivePartitionLimitExceeded"
                return self._fail(processing.failed(record, code, message))
        waiting[partition].add(record, len(record.data))
        return None

    def _fail(self, failure: Failure) -> None:
        kept, _ = self._buffer.failed.setdefault(failure.kind, ([], failure.record.arrived_at))
        kept.append(failure)
        code = failure.line.get("errorCode") or failure.line["lastErrorCode"]
        self._log(code, failure.line.get("errorMessage") or failure.line["lastErrorMessage"])

    def _prefix(self, moment: float, partition: tuple[tuple[str, str], ...]) -> str:
        zone = self._config.get("CustomTimeZone") or "UTC"
        return prefixes.of_data(self._config.get("Prefix") or "", moment, zone, dict(partition))

    def _due(self, since: float, size: int, config: Any) -> bool:  # noqa: ANN401 - moto's own dictionary
        hints = config.get("BufferingHints") or {}
        old = self._now - since >= hints.get("IntervalInSeconds", 300)
        return self._flush or old or size >= hints.get("SizeInMBs", 5) * _MIB

    def _write_data(self, clients: Connection) -> Iterator[Delivery]:
        due = [
            (partition, batch)
            for partition, batch in self._buffer.waiting.items()
            if self._due(batch.since, batch.size, self._config)
        ]
        conversion = None
        if due and self._converts is not None:
            try:
                conversion = self._conversion(clients, self._converts)
            except Exception as error:  # noqa: BLE001 - whatever it is, the records wait until it is put right
                self._log("DataFormatConversion.InvalidSchema", str(error))
                bucket = self._bucket(self._config)
                yield from (
                    Delivery(self._region, self._name, _DATA, bucket, "", len(batch.records), 0, str(error))
                    for _, batch in due
                )
                return
        for partition, batch in due:
            yield from self._write_batch(clients, partition, batch, conversion)

    def _write_batch(
        self, clients: Connection, partition: tuple[tuple[str, str], ...], batch: Batch, conversion: Conversion | None
    ) -> Iterator[Delivery]:
        rows: list[dict[str, Any]] = []
        if conversion is not None:
            fitting = []
            for record in batch.records:
                made = conversion.row(record)
                if isinstance(made, Failure):
                    self._fail(made)
                else:
                    rows += made
                    fitting.append(record)
            batch.records = fitting
        extension = self._config.get("FileExtension") or (".parquet" if conversion else "")
        if not batch.records:
            del self._buffer.waiting[partition]
            return
        if conversion is not None:
            body = conversion.parquet(rows)
        else:
            body, extra = _compressed(b"".join(each.data for each in batch.records), self._config)
            extension = extension or extra
        prefix = self._prefix(batch.since, partition)
        result = self._put(clients, self._config, _DATA, prefix, extension, body, len(batch.records), batch.since)
        if result.error is None or self._now - batch.since > _LONGEST_SECONDS:
            del self._buffer.waiting[partition]
        yield result

    def _conversion(self, clients: Connection, config: dict[str, Any]) -> Conversion:
        schema = config["SchemaConfiguration"]
        role = schema.get("RoleARN") or self._config["RoleARN"]
        reader = clients if role == self._config["RoleARN"] else self._as(role)
        glue = reader("glue", schema.get("Region") or self._region)
        table = glue.get_table(DatabaseName=schema["DatabaseName"], Name=schema["TableName"])["Table"]
        return Conversion(config, table)

    def _write_failures(self, clients: Connection) -> Iterator[Delivery]:
        zone = self._config.get("CustomTimeZone") or "UTC"
        for kind, (kept, since) in list(self._buffer.failed.items()):
            if not self._due(since, sum(len(each.record.data) for each in kept), self._config):
                continue
            body = b"".join(json.dumps(each.line).encode() + b"\n" for each in kept)
            told, plain = self._config.get("ErrorOutputPrefix") or "", self._config.get("Prefix") or ""
            prefix = prefixes.of_failures(told, plain, kind, since, zone)
            result = self._put(clients, self._config, kind, prefix, "", body, len(kept), since)
            if result.error is None or self._now - since > _LONGEST_SECONDS:
                del self._buffer.failed[kind]
            yield result

    def _write_backup(self, clients: Connection) -> Iterator[Delivery]:
        batch, config = self._buffer.backup, self._config.get("S3BackupDescription")
        if not config or not batch.records or not self._due(batch.since, batch.size, config):
            return
        owner = clients if config["RoleARN"] == self._config["RoleARN"] else self._as(config["RoleARN"])
        prefix = prefixes.of_data(config.get("Prefix") or "", batch.since, "UTC", {})
        body, extension = _compressed(b"".join(each.raw or each.data for each in batch.records), config)
        result = self._put(owner, config, _BACKUP, prefix, extension, body, len(batch.records), batch.since)
        if result.error is None or self._now - batch.since > _LONGEST_SECONDS:
            self._buffer.backup = Batch()
        yield result

    def _put(  # noqa: PLR0913, PLR0917 - what an object is made of
        self,
        clients: Connection,
        config: dict[str, Any],
        kind: str,
        prefix: str,
        extension: str,
        body: bytes,
        count: int,
        since: float,
    ) -> Delivery:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - a preview must not pay for it

        bucket = self._bucket(config)
        key = prefix + prefixes.object_name(self._name, self._stream.version_id, since, extension)
        kms = (config.get("EncryptionConfiguration") or {}).get("KMSEncryptionConfig", {}).get("AWSKMSKeyARN")
        encryption = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": kms} if kms else {}
        error = None
        try:
            clients("s3").put_object(Bucket=bucket, Key=key, Body=body, **encryption)
        except (ClientError, BotoCoreError) as refusal:
            error = str(refusal)
            code = refusal.response["Error"]["Code"] if isinstance(refusal, ClientError) else "InternalServerError"
            self._log(f"S3.{code}", error)
        if kind == _DATA:
            told = {"DeliveryToS3.Success": float(error is None), "DeliveryToS3.DataFreshness": self._now - since}
            if error is None:
                told |= {"DeliveryToS3.Records": count, "DeliveryToS3.Bytes": len(body)}
            metrics.publish(self._region, self._name, told)
        return Delivery(self._region, self._name, kind, bucket, key, count, len(body), error)

    @staticmethod
    def _bucket(config: dict[str, Any]) -> str:
        return config["BucketARN"].split(":::", 1)[1]

    def _log(self, code: str, message: str) -> None:
        delivery_logs.write(self._region, self._stream, self._config, code, message)


def _compressed(body: bytes, config: dict[str, Any]) -> tuple[bytes, str]:
    """Return what is written, and what its name ends in."""
    match config.get("CompressionFormat", "UNCOMPRESSED"):
        case "GZIP":
            return gzip.compress(body, mtime=0), ".gz"
        case "ZIP":
            target = io.BytesIO()
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("records", body)
            return target.getvalue(), ".zip"
    return body, ""
