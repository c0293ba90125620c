"""Time for objects in S3: an in-process bucket grows older and its lifecycle rules act, which moto never does.

The rules read here are those that AWS documents, https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html:
expiration wins over transition, the coldest of several due transitions wins, nothing moves back to a warmer class, and
small objects stay unless the rules say otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pulumi_aws_sandbox.connection import Connection

_COLDER = (
    "STANDARD",
    "STANDARD_IA",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
)
_ARCHIVES = {"GLACIER", "DEEP_ARCHIVE"}
_SMALL = 128 * 1024
_VARIES = "varies_by_storage_class"


@dataclass(frozen=True, slots=True)
class Aged:
    """What a lifecycle rule did to one version of an object."""

    key: str
    version_id: str | None
    rule: str
    was: str
    """The storage class before; `DELETE_MARKER` for a delete marker."""
    now: str | None
    """The storage class after; `None` if the version is gone, or hidden by a new delete marker."""


def age_bucket(clients: Connection, bucket: str, days: int) -> list[Aged]:
    """Make everything in a bucket `days` days older, apply its lifecycle rules, and return what they did.

    Only for the sandbox in this process; raise `ValueError` for another one.
    """
    if not clients.in_process:
        message = "objects can only be aged in a sandbox that runs in this process"
        raise ValueError(message)
    from moto.s3.models import s3_backends  # noqa: PLC0415 - a preview must not pay for it

    backend = s3_backends[clients.account][clients.partition]
    found = backend.get_bucket(bucket)
    _shift(found, timedelta(days=days))
    rules, minimum = _rules(clients, bucket)
    return [
        done
        for key in list(found.keys.keys())
        for done in _apply(backend, found, _Versions(found, key), rules, minimum=minimum)
    ]


def _rules(clients: Connection, bucket: str) -> tuple[list[dict[str, Any]], str]:
    from botocore.exceptions import ClientError  # noqa: PLC0415 - a preview must not pay for it

    try:
        answer = clients("s3").get_bucket_lifecycle_configuration(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchLifecycleConfiguration":
            return [], ""
        raise
    enabled = [rule for rule in answer["Rules"] if rule["Status"] == "Enabled"]
    return enabled, answer.get("TransitionDefaultMinimumObjectSize", "")


def _shift(bucket: Any, by: timedelta) -> None:  # noqa: ANN401 - moto's own types
    for key in list(bucket.keys.keys()):
        for version in bucket.keys.getlist(key):
            version.last_modified -= by
            expiry = getattr(version, "_expiry", None)
            if expiry is not None:
                version.set_expiry(expiry - by)
                if expiry - by <= datetime.now(expiry.tzinfo):
                    _end_restore(version)


def _end_restore(version: Any) -> None:  # noqa: ANN401 - moto's own types
    """Take the temporary copy of an archived object away again."""
    version.set_expiry(None)
    version.status = None


class _Versions:
    """The versions of one key, the newest last."""

    def __init__(self, bucket: Any, key: str) -> None:  # noqa: ANN401 - moto's own types
        self.key = key
        self.listed = list(bucket.keys.getlist(key))
        self.now = datetime.now(self.listed[-1].last_modified.tzinfo)

    @property
    def current(self) -> Any:  # noqa: ANN401 - moto's own types
        return self.listed[-1]

    def noncurrent(self) -> Iterator[tuple[Any, int, int]]:
        """Give each older version with the days since it was replaced and the number of newer noncurrent ones."""
        for index, version in enumerate(self.listed[:-1]):
            since = self.listed[index + 1].last_modified
            yield version, (self.now - since).days, len(self.listed) - 2 - index

    def age(self) -> int:
        """Return the age of the current version in days."""
        return (self.now - self.current.last_modified).days


def _apply(
    backend: Any,  # noqa: ANN401 - moto's own types
    bucket: Any,  # noqa: ANN401 - moto's own types
    versions: _Versions,
    rules: list[dict[str, Any]],
    *,
    minimum: str,
) -> Iterator[Aged]:
    for version, days, newer in list(versions.noncurrent()):
        matching = [rule for rule in rules if _matches(backend, rule, version)]
        yield from _age_noncurrent(backend, bucket, version, matching, days=days, newer=newer, minimum=minimum)
    if _is_marker(versions.current):
        yield from _drop_marker(backend, bucket, versions.key, rules)
        return
    current, days = versions.current, versions.age()
    matching = [rule for rule in rules if _matches(backend, rule, current)]
    for rule in matching:
        due = rule.get("Expiration", {}).get("Days")
        on = rule.get("Expiration", {}).get("Date")
        if (due is not None and days >= due) or (on is not None and versions.now >= on):
            backend.delete_object(bucket.name, versions.key)
            yield Aged(versions.key, _id(current), rule.get("ID", ""), current.storage_class, None)
            return
    due_moves = [
        (rule, move)
        for rule in matching
        for move in rule.get("Transitions", [])
        if days >= move.get("Days", 0) and versions.now >= move.get("Date", versions.now)
    ]
    yield from _move(current, due_moves, minimum)


def _age_noncurrent(  # noqa: PLR0913 - where a version is, and how old
    backend: Any,  # noqa: ANN401 - moto's own types
    bucket: Any,  # noqa: ANN401 - moto's own types
    version: Any,  # noqa: ANN401 - moto's own types
    rules: list[dict[str, Any]],
    *,
    days: int,
    newer: int,
    minimum: str,
) -> Iterator[Aged]:
    for rule in rules:
        expiry = rule.get("NoncurrentVersionExpiration", {})
        due = expiry.get("NoncurrentDays")
        if due is not None and days >= due and newer >= expiry.get("NewerNoncurrentVersions", 0):
            if not _is_marker(version) and version.is_locked(governance_bypass=False):
                continue
            was = "DELETE_MARKER" if _is_marker(version) else version.storage_class
            backend.delete_object(bucket.name, version.name, version_id=version.version_id)
            yield Aged(version.name, version.version_id, rule.get("ID", ""), was, None)
            return
    if _is_marker(version):
        return
    due_moves = [
        (rule, move)
        for rule in rules
        for move in rule.get("NoncurrentVersionTransitions", [])
        if days >= move.get("NoncurrentDays", 0) and newer >= move.get("NewerNoncurrentVersions", 0)
    ]
    yield from _move(version, due_moves, minimum)


def _move(version: Any, due: list[tuple[dict[str, Any], dict[str, Any]]], minimum: str) -> Iterator[Aged]:  # noqa: ANN401 - moto's own types
    was = version.storage_class or _COLDER[0]
    allowed = [(rule, move) for rule, move in due if _big_enough(rule, move["StorageClass"], version.size, minimum)]
    if not allowed:
        return
    rule, move = max(allowed, key=lambda each: _COLDER.index(each[1]["StorageClass"]))
    target = move["StorageClass"]
    if _COLDER.index(target) > _COLDER.index(was):
        version.set_storage_class(target)
        yield Aged(version.name, _id(version), rule.get("ID", ""), was, target)


def _big_enough(rule: dict[str, Any], target: str, size: int, minimum: str) -> bool:
    """Tell whether an object may move: small ones stay unless the rule names sizes, or the class is an archive."""
    parts = _parts(rule)
    if size >= _SMALL or "ObjectSizeGreaterThan" in parts or "ObjectSizeLessThan" in parts:
        return True
    return minimum == _VARIES and target in _ARCHIVES


def _parts(rule: dict[str, Any]) -> dict[str, Any]:
    """Return what a rule filters by, wherever it is written."""
    given = rule.get("Filter", {})
    parts = {**given, **given.get("And", {})}
    tags = [*parts.get("Tags", []), *([parts["Tag"]] if "Tag" in parts else [])]
    return {"Prefix": rule.get("Prefix", ""), **parts, "Tags": tags}


def _matches(backend: Any, rule: dict[str, Any], version: Any) -> bool:  # noqa: ANN401 - moto's own types
    parts = _parts(rule)
    if not version.name.startswith(parts["Prefix"]):
        return False
    if _is_marker(version):
        return not parts["Tags"]
    tags = backend.tagger.get_tag_dict_for_resource(version.arn)
    return (
        version.size > parts.get("ObjectSizeGreaterThan", -1)
        and version.size < parts.get("ObjectSizeLessThan", version.size + 1)
        and all(tags.get(tag["Key"]) == tag["Value"] for tag in parts["Tags"])
    )


def _drop_marker(backend: Any, bucket: Any, key: str, rules: list[dict[str, Any]]) -> Iterator[Aged]:  # noqa: ANN401 - moto's own types
    """Remove a delete marker that hides nothing any more, where a rule asks for it."""
    left = bucket.keys.getlist(key)
    if len(left) != 1:
        return
    for rule in rules:
        expiry = rule.get("Expiration", {})
        if expiry.get("ExpiredObjectDeleteMarker") and key.startswith(_parts(rule)["Prefix"]):
            backend.delete_object(bucket.name, key, version_id=left[0].version_id)
            yield Aged(key, left[0].version_id, rule.get("ID", ""), "DELETE_MARKER", None)
            return


def _is_marker(version: Any) -> bool:  # noqa: ANN401 - moto's own types
    return not hasattr(version, "storage_class")


def _id(version: Any) -> str | None:  # noqa: ANN401 - moto's own types
    return version.version_id
