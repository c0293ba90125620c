"""Kinesis: records with the sandbox's time, open shards that take them and keep them, one writer at a time."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock

LOCK = threading.RLock()
"""Held by whoever puts records: a number is given once."""


def fill() -> None:
    """Teach moto's streams."""
    from moto.kinesis.models import KinesisBackend, Record, Shard, Stream  # noqa: PLC0415 - loads only when deploying

    replace(Record, "__init__", _timed)
    replace(Shard, "put_record", lambda _: _put)
    replace(Shard, "get_max_sequence_number", lambda _: _newest)
    replace(Stream, "get_shard_for_key", _open_only)
    replace(Stream, "split_shard", _kept)
    replace(Stream, "merge_shards", _kept_merging)
    replace(KinesisBackend, "get_shard_iterator", _naming)
    replace(KinesisBackend, "start_stream_encryption", _encrypting)


def _timed(original: Callable[..., None]) -> Callable[..., None]:
    def init(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - moto's own types
        original(self, *args, **kwargs)
        # moto keeps times without a zone.
        self.created_at_datetime = clock.today().replace(tzinfo=None)
        self.created_at = clock.now()

    return init


def _put(self: Any, partition_key: str, data: str, explicit_hash_key: str) -> str:  # noqa: ANN401 - moto's own types
    """Add a record with the next number; moto would list all the others for it."""
    from moto.kinesis.models import Record  # noqa: PLC0415 - loaded by now

    with LOCK:
        number = _newest(self) + 1
        self.records[number] = Record(partition_key, data, number, explicit_hash_key)
    return str(number)


def _newest(self: Any) -> int:  # noqa: ANN401 - moto's own types
    return next(reversed(self.records), 0)


def _open_only(original: Callable[..., Any]) -> Callable[..., Any]:
    """Find the open shard of a key; moto would give one that was split."""

    def find(self: Any, partition_key: str, explicit_hash_key: str) -> Any:  # noqa: ANN401 - moto's own types
        # It checks the keys.
        original(self, partition_key, explicit_hash_key)
        digest = hashlib.md5(partition_key.encode(), usedforsecurity=False).hexdigest()
        number = int(explicit_hash_key) if explicit_hash_key else int(digest, 16)
        open_shards = (each for each in self.shards.values() if each.is_open)
        return next((each for each in open_shards if each.starting_hash <= number <= each.ending_hash), None)

    return find


def _kept(original: Callable[..., None]) -> Callable[..., None]:
    def split(self: Any, shard_to_split: str, new_starting_hash_key: str) -> None:  # noqa: ANN401 - moto's own types
        _keeping(self, [shard_to_split], lambda: original(self, shard_to_split, new_starting_hash_key))

    return split


def _kept_merging(original: Callable[..., None]) -> Callable[..., None]:
    def merge(self: Any, shard_to_merge: str, adjacent_shard_to_merge: str) -> None:  # noqa: ANN401 - moto's own types
        names = [shard_to_merge, adjacent_shard_to_merge]
        _keeping(self, names, lambda: original(self, *names))

    return merge


def _keeping(stream: Any, names: list[str], change: Callable[[], None]) -> None:  # noqa: ANN401 - moto's own types
    """Change shards whose records moto would move to the new ones, where they would be read a second time."""
    with LOCK:
        records = {name: stream.shards[name].records for name in names}
        for name in names:
            stream.shards[name].records = OrderedDict()
        try:
            change()
        finally:
            for name, kept in records.items():
                stream.shards[name].records = kept


def _naming(original: Callable[..., str]) -> Callable[..., str]:
    """Let an iterator name its stream, also where that was asked for by its ARN."""

    def iterator(self: Any, stream_arn: str | None, stream_name: str | None, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - moto's own types
        name = stream_name or self.describe_stream(stream_arn, stream_name).stream_name
        return original(self, stream_arn, name, *args, **kwargs)

    return iterator


def _encrypting(original: Callable[..., None]) -> Callable[..., None]:
    """Refuse a key that is not there."""

    def start(self: Any, stream_arn: str, stream_name: str, encryption_type: str, key_id: str) -> None:  # noqa: ANN401 - moto's own types
        from moto.kinesis.exceptions import ResourceNotFoundError  # noqa: PLC0415 - loaded by now
        from moto.kms.models import kms_backends  # noqa: PLC0415 - as above

        if not key_id.removeprefix("alias/").startswith("aws/"):
            backend = kms_backends[ACCOUNT][self.region_name]
            name = key_id.split(":", 5)[-1].removeprefix("key/")
            found = backend.get_key_id_from_alias(name) if name.startswith("alias/") else name
            elsewhere = key_id.startswith("arn:") and key_id.split(":")[3] != self.region_name
            if elsewhere or found not in backend.keys:
                message = f"Key '{key_id}' does not exist"
                raise ResourceNotFoundError(message)
        original(self, stream_arn, stream_name, encryption_type, key_id)

    return start
