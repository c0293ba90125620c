"""Amazon Data Firehose: delivery streams that write to S3, fed directly or by a Kinesis stream."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler, tag_changes, tag_list, tags_from
from pulumi_aws_sandbox.resources._shapes import from_shape, to_shape

_GONE = "ResourceNotFoundException"
_TYPE = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
_SOURCE, _EXTENDED, _ENCRYPTION = "kinesisSourceConfiguration", "extendedS3Configuration", "serverSideEncryption"
_NAMES: Mapping[str, str] = {
    "bucketArn": "BucketARN",
    "roleArn": "RoleARN",
    "cloudwatchLoggingOptions": "CloudWatchLoggingOptions",
}
_NO_LOGS = {"Enabled": False}
_PLAIN = (
    "bucketArn",
    "cloudwatchLoggingOptions",
    "compressionFormat",
    "customTimeZone",
    "dataFormatConversionConfiguration",
    "errorOutputPrefix",
    "fileExtension",
    "prefix",
    "processingConfiguration",
    "roleArn",
    "s3BackupMode",
)
_S3_DEFAULTS = {"bufferingInterval": 300, "bufferingSize": 5, "compressionFormat": "UNCOMPRESSED"}
_EXTENDED_DEFAULTS = {**_S3_DEFAULTS, "customTimeZone": "UTC", "s3BackupMode": "Disabled"}
_PROCESSORS = {"AppendDelimiterToRecord", "Lambda"}
_DIRECT, _FROM_KINESIS = "DirectPut", "KinesisStreamAsSource"


def _firehose(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "firehose", properties)


def _destination(config: Properties) -> dict[str, Any]:
    """Return a destination as Firehose takes it, with everything said that a program leaves out."""
    full: Properties = {**_EXTENDED_DEFAULTS, **config}
    request = _s3(full)
    request["S3BackupMode"] = full["s3BackupMode"]
    request["CustomTimeZone"] = full["customTimeZone"]
    request["FileExtension"] = full.get("fileExtension", "")
    request["ProcessingConfiguration"] = to_shape(full.get("processingConfiguration") or {"enabled": False}, _NAMES)
    request["DataFormatConversionConfiguration"] = _conversion(full.get("dataFormatConversionConfiguration"))
    partitioning = full.get("dynamicPartitioningConfiguration") or {"enabled": False}
    request["DynamicPartitioningConfiguration"] = {
        "Enabled": partitioning.get("enabled", False),
        "RetryOptions": {"DurationInSeconds": partitioning.get("retryDuration", 300)},
    }
    return request


def _s3(config: Properties) -> dict[str, Any]:
    """Return what destinations and backups have in common."""
    request = to_shape({name: config[name] for name in ("bucketArn", "roleArn", "compressionFormat")}, _NAMES)
    key = config.get("kmsKeyArn")
    request["EncryptionConfiguration"] = (
        {"KMSEncryptionConfig": {"AWSKMSKeyARN": key}} if key else {"NoEncryptionConfig": "NoEncryption"}
    )
    request["BufferingHints"] = {
        "IntervalInSeconds": config["bufferingInterval"],
        "SizeInMBs": config["bufferingSize"],
    }
    request["Prefix"] = config.get("prefix", "")
    request["ErrorOutputPrefix"] = config.get("errorOutputPrefix", "")
    logs = config.get("cloudwatchLoggingOptions")
    request["CloudWatchLoggingOptions"] = to_shape(logs, _NAMES) if logs else _NO_LOGS
    return request


def _conversion(config: Properties | None) -> dict[str, Any]:
    if not config:
        return {"Enabled": False}
    shaped = to_shape({"enabled": True, **config}, _NAMES)
    reader = shaped["InputFormatConfiguration"]["Deserializer"].get("OpenXJsonSerDe") or {}
    if "ColumnToJsonKeyMappings" in reader:
        # The keys of this one are a program's own words.
        given = config["inputFormatConfiguration"]["deserializer"]["openXJsonSerDe"]["columnToJsonKeyMappings"]
        reader["ColumnToJsonKeyMappings"] = given
    return shaped


def _make(clients: Clients, inputs: Properties) -> str:
    request: dict[str, Any] = {"DeliveryStreamName": inputs["name"], "DeliveryStreamType": _DIRECT}
    if source := inputs.get(_SOURCE):
        request["DeliveryStreamType"] = _FROM_KINESIS
        request["KinesisStreamSourceConfiguration"] = {
            "KinesisStreamARN": source["kinesisStreamArn"],
            "RoleARN": source["roleArn"],
        }
    if inputs.get("tags"):
        request["Tags"] = tag_list(inputs)
    extended = inputs[_EXTENDED]
    destination = _destination(extended)
    if backup := extended.get("s3BackupConfiguration"):
        destination["S3BackupConfiguration"] = _s3({**_S3_DEFAULTS, **backup})
    firehose = _firehose(clients, inputs)
    arn = firehose.create_delivery_stream(**request, ExtendedS3DestinationConfiguration=destination)[
        "DeliveryStreamARN"
    ]
    _encrypt(firehose, inputs["name"], {}, inputs.get(_ENCRYPTION) or {})
    return arn


def _encrypt(firehose: Any, name: str, old: Properties, new: Properties) -> None:  # noqa: ANN401 - a boto3 client
    if new.get("enabled"):
        key = {"KeyARN": new["keyArn"]} if new.get("keyArn") else {}
        about = {"KeyType": new.get("keyType", "AWS_OWNED_CMK"), **key}
        firehose.start_delivery_stream_encryption(
            DeliveryStreamName=name, DeliveryStreamEncryptionConfigurationInput=about
        )
    elif old.get("enabled"):
        firehose.stop_delivery_stream_encryption(DeliveryStreamName=name)


def _read(clients: Clients, arn: str, known: Properties) -> dict[str, Any] | None:
    firehose, name = _firehose(clients, known), arn.rsplit("/", 1)[-1]
    answer = found(lambda: firehose.describe_delivery_stream(DeliveryStreamName=name), _GONE)
    return None if answer is None else answer["DeliveryStreamDescription"]


def _describe(clients: Clients, arn: str, known: Properties) -> Properties | None:
    stream = _read(clients, arn, known)
    if stream is None:
        return None
    name, destination = stream["DeliveryStreamName"], stream["Destinations"][0]
    tags = _firehose(clients, known).list_tags_for_delivery_stream(DeliveryStreamName=name)["Tags"]
    encryption = stream.get("DeliveryStreamEncryptionConfiguration") or {}
    now: Properties = {
        "arn": stream["DeliveryStreamARN"],
        "destination": "extended_s3",
        "destinationId": destination["DestinationId"],
        "name": name,
        "versionId": stream["VersionId"],
        _EXTENDED: _extended(destination["ExtendedS3DestinationDescription"], known.get(_EXTENDED) or {}),
        _ENCRYPTION: {
            "enabled": encryption.get("Status") == "ENABLED",
            "keyType": encryption.get("KeyType", "AWS_OWNED_CMK"),
            **({"keyArn": encryption["KeyARN"]} if encryption.get("KeyARN") else {}),
        },
        **tags_from(tags, known),
    }
    if source := (stream.get("Source") or {}).get("KinesisStreamSourceDescription"):
        now[_SOURCE] = {"kinesisStreamArn": source["KinesisStreamARN"], "roleArn": source["RoleARN"]}
    return now


def _extended(answer: dict[str, Any], known: Properties) -> Properties:
    """Return a destination as the provider says it; what is off is only said where the program says it."""
    shaped = from_shape(answer, _NAMES)
    now = {name: shaped[name] for name in _PLAIN if name in shaped}
    now |= _buffering(answer)
    for name in ("cloudwatchLoggingOptions", "dataFormatConversionConfiguration", "processingConfiguration"):
        if name not in known and not now.get(name, {}).get("enabled"):
            now.pop(name, None)
    for name in ("errorOutputPrefix", "fileExtension", "prefix"):
        if name not in known and not now.get(name):
            now.pop(name, None)
    reader = answer.get("DataFormatConversionConfiguration", {}).get("InputFormatConfiguration", {})
    mapping = reader.get("Deserializer", {}).get("OpenXJsonSerDe", {}).get("ColumnToJsonKeyMappings")
    if mapping:
        place = now["dataFormatConversionConfiguration"]["inputFormatConfiguration"]["deserializer"]["openXJsonSerDe"]
        place["columnToJsonKeyMappings"] = mapping
    partitioning = answer.get("DynamicPartitioningConfiguration") or {}
    if partitioning.get("Enabled") or "dynamicPartitioningConfiguration" in known:
        now["dynamicPartitioningConfiguration"] = {
            "enabled": partitioning.get("Enabled", False),
            "retryDuration": partitioning.get("RetryOptions", {}).get("DurationInSeconds", 300),
        }
    if backup := answer.get("S3BackupDescription"):
        copied = from_shape(backup, _NAMES)
        now["s3BackupConfiguration"] = {
            **{name: copied[name] for name in ("bucketArn", "roleArn", "compressionFormat", "prefix")},
            **_buffering(backup),
        }
    return now


def _buffering(answer: dict[str, Any]) -> Properties:
    hints = answer["BufferingHints"]
    key = (answer.get("EncryptionConfiguration") or {}).get("KMSEncryptionConfig", {}).get("AWSKMSKeyARN")
    about = {"bufferingInterval": hints["IntervalInSeconds"], "bufferingSize": hints["SizeInMBs"]}
    return about | ({"kmsKeyArn": key} if key else {})


def _change(clients: Clients, arn: str, _: Properties, old: Properties, new: Properties) -> None:
    firehose, name = _firehose(clients, new), arn.rsplit("/", 1)[-1]
    stream = _read(clients, arn, new)
    if stream is not None and old.get(_EXTENDED) != new.get(_EXTENDED):
        destination = _destination(new[_EXTENDED])
        if backup := new[_EXTENDED].get("s3BackupConfiguration"):
            destination["S3BackupUpdate"] = _s3({**_S3_DEFAULTS, **backup})
        firehose.update_destination(
            DeliveryStreamName=name,
            CurrentDeliveryStreamVersionId=stream["VersionId"],
            DestinationId=stream["Destinations"][0]["DestinationId"],
            ExtendedS3DestinationUpdate=destination,
        )
    if old.get(_ENCRYPTION) != new.get(_ENCRYPTION):
        _encrypt(firehose, name, old.get(_ENCRYPTION) or {}, new.get(_ENCRYPTION) or {})
    gone, put = tag_changes(old, new)
    if gone:
        firehose.untag_delivery_stream(DeliveryStreamName=name, TagKeys=gone)
    if put:
        firehose.tag_delivery_stream(DeliveryStreamName=name, Tags=tag_list({"tags": put}))


def _remove(clients: Clients, arn: str, outputs: Properties) -> None:
    firehose, name = _firehose(clients, outputs), arn.rsplit("/", 1)[-1]
    found(lambda: firehose.delete_delivery_stream(DeliveryStreamName=name), _GONE)


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    if inputs.get("destination") != "extended_s3":
        return [("destination", f'the sandbox has the destination extended_s3 only; got "{inputs.get("destination")}"')]
    if not inputs.get(_EXTENDED):
        return [(_EXTENDED, "the destination extended_s3 needs it")]
    problems = []
    if inputs.get(_SOURCE) and (inputs.get(_ENCRYPTION) or {}).get("enabled"):
        problems.append((_ENCRYPTION, f'"{_ENCRYPTION}": conflicts with kinesis_source_configuration'))
    if inputs.get("mskSourceConfiguration"):
        problems.append(("mskSourceConfiguration", "the sandbox has no mskSourceConfiguration"))
    problems += _missing(inputs[_EXTENDED])
    backup = inputs[_EXTENDED].get("s3BackupMode") == "Enabled"
    if backup and not inputs[_EXTENDED].get("s3BackupConfiguration"):
        problems.append((_EXTENDED, "s3BackupMode Enabled needs an s3BackupConfiguration"))
    return problems


def _missing(config: Properties) -> list[tuple[str, str]]:
    """Say what AWS has and the sandbox has not."""
    kinds = [each.get("type") for each in (config.get("processingConfiguration") or {}).get("processors") or []]
    problems = [
        (_EXTENDED, f"the sandbox has no processor of the type {kind}") for kind in kinds if kind not in _PROCESSORS
    ]
    if "SNAPPY" in str(config.get("compressionFormat", "")).upper():
        problems.append((_EXTENDED, f"the sandbox has no compressionFormat {config['compressionFormat']}"))
    output = (config.get("dataFormatConversionConfiguration") or {}).get("outputFormatConfiguration") or {}
    if (output.get("serializer") or {}).get("orcSerDe"):
        problems.append((_EXTENDED, "the sandbox writes Parquet only: it has no orcSerDe"))
    return problems


HANDLERS = {
    _TYPE: handler(
        _TYPE,
        make=_make,
        describe=_describe,
        change=_change,
        remove=_remove,
        required=frozenset({"destination"}),
        replace_on=frozenset({"name", _SOURCE, "destination"}),
        auto_name=AutoName("name", 64),
        validate=_problems,
    )
}
