"""Delivery streams keep what is put into them until `runtime.lake.deliver` writes it, as Firehose buffers it."""

import base64
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace

_SOURCE, _DESTINATION = 3, 6
_MOST_RECORDS = 500
_RECORD_BYTES = 1_024_000
_BATCH_BYTES = 4 * 1024 * 1024


def fill() -> None:
    """Teach moto's Firehose."""
    from moto.firehose.models import FirehoseBackend  # noqa: PLC0415 - moto loads only when something is deployed

    replace(FirehoseBackend, "create_delivery_stream", _creating)
    replace(FirehoseBackend, "put_record_batch", lambda _: _put)
    replace(FirehoseBackend, "put_record", lambda _: _put_one)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, *request: Any) -> str:  # noqa: ANN401 - moto's own types
        from pulumi_aws_sandbox.runtime.access import sessions  # noqa: PLC0415 - needs what this package offers
        from pulumi_aws_sandbox.runtime.access.errors import RefusedError  # noqa: PLC0415 - as above

        # moto gives the arguments by their place.
        source, config = request[_SOURCE] or {}, request[_DESTINATION] or {}
        for role in {each["RoleARN"] for each in (config, source) if each.get("RoleARN")}:
            try:
                sessions.assume_as_service(role, "firehose.amazonaws.com", "create")
            except RefusedError:
                _refuse(f"Firehose is unable to assume role {role}. Please check the role provided.")
        return original(self, *request)

    return create


def _put_one(self: Any, delivery_stream_name: str, record: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    answer = self.put_record_batch(delivery_stream_name, [record])
    return {"RecordId": answer["RequestResponses"][0]["RecordId"], "Encrypted": answer["Encrypted"]}


def _put(self: Any, delivery_stream_name: str, records: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    from moto.firehose.exceptions import ResourceNotFoundException  # noqa: PLC0415 - loaded by now

    from pulumi_aws_sandbox.runtime.lake import intake  # noqa: PLC0415 - loaded with the first record

    stream = self.delivery_streams.get(delivery_stream_name)
    if stream is None:
        message = f"Firehose {delivery_stream_name} under account {self.account_id} not found."
        raise ResourceNotFoundException(message)
    if stream.delivery_stream_type != "DirectPut":
        _refuse(
            f"This operation is not permitted on KinesisStreamAsSource delivery stream type: {delivery_stream_name}"
        )
    if len(records) > _MOST_RECORDS:
        _refuse(f"A batch has at most {_MOST_RECORDS} records; got {len(records)}")
    data = [_decoded(each["Data"]) for each in records]
    if any(len(each) > _RECORD_BYTES for each in data) or sum(map(len, data)) > _BATCH_BYTES:
        _refuse(f"A record has at most {_RECORD_BYTES} bytes, and a batch {_BATCH_BYTES}")
    encryption = stream.delivery_stream_encryption_configuration or {}
    ids = intake.keep(self.region_name, stream, data)
    return {
        "FailedPutCount": 0,
        "Encrypted": encryption.get("Status") == "ENABLED",
        "RequestResponses": [{"RecordId": each} for each in ids],
    }


def _decoded(data: str | bytes) -> bytes:
    return data if isinstance(data, bytes) else base64.b64decode(data)


def _refuse(reason: str) -> None:
    from moto.firehose.exceptions import InvalidArgumentException  # noqa: PLC0415 - loaded by now

    raise InvalidArgumentException(reason)
