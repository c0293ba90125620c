"""Checks of users' files: each user has their own place, and only that."""

from collections.abc import Iterator
from typing import Any

from pulumi_aws_mobile.testing import Recorded, Recording

from .check import Check, checks_of, refused
from .journey import Journey
from .system import System

check = checks_of(System.IDENTITY_POOLS)

_SOMEBODY_ELSE = "eu-west-1:00000000-0000-0000-0000-000000000000"
_BODY = b"a file of the user's own"


def check_user_files(recording: Recording, journey: Journey) -> Iterator[Check]:
    """Check with a signed-in user's temporary credentials what they reach, and what they do not."""
    if journey.caller is None:
        return
    for files in recording.of_type("aws-mobile:index:UserFiles"):
        name = recording.component_outputs[files.urn]["bucket_name"]
        bucket = next(found for found in recording.of_type("aws:s3/bucket:Bucket") if found.id == name)
        yield from _check_bucket(bucket, journey.caller("s3", bucket.outputs.get("region")), journey.identity_id)


def _check_bucket(bucket: Recorded, s3: Any, identity_id: str) -> Iterator[Check]:  # noqa: ANN401 - a boto3 client
    theirs = {"Bucket": bucket.id, "Key": f"private/{_SOMEBODY_ELSE}/file"}
    yield check(bucket.name, "keeps a user's own file", lambda: _own(s3, bucket, identity_id))
    for claim, call in {
        "takes nothing for somebody else": lambda: s3.put_object(**theirs, Body=_BODY),
        "shows nothing of somebody else's": lambda: s3.get_object(**theirs),
        "does not list everything": lambda: s3.list_objects_v2(Bucket=bucket.id),
    }.items():
        yield check(bucket.name, claim, lambda call=call: refused(call, "AccessDenied"))


def _own(s3: Any, bucket: Recorded, identity_id: str) -> tuple[bool, str]:  # noqa: ANN401 - a boto3 client
    key = f"private/{identity_id}/file"
    s3.put_object(Bucket=bucket.id, Key=key, Body=_BODY)
    listed = s3.list_objects_v2(Bucket=bucket.id, Prefix=f"private/{identity_id}/")["KeyCount"]
    body = s3.get_object(Bucket=bucket.id, Key=key)["Body"].read()
    return body == _BODY and listed == 1, f"{key}: written, listed, read"
