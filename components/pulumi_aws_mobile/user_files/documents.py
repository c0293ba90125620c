"""What users and guests may do with the files. Pure: names in, statements out.

```text
 private/ID/…     the user ID reads, writes, deletes and lists
 protected/ID/…   the user ID does all that; everyone who is signed in reads and lists
 public/…         everyone who is signed in reads, lists and, unless told otherwise, writes and deletes; guests read
                  and list if asked
```
"""

from dataclasses import dataclass

import pulumi

from pulumi_aws_mobile.identity.federation.grants import USER, listing, objects_below, own_prefix
from pulumi_aws_mobile.statements import StatementArgs

PRIVATE, PROTECTED, PUBLIC = "private", "protected", "public"

_READ = ["s3:GetObject"]
_WRITE = ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]


@dataclass(frozen=True, slots=True)
class Place:
    """The bucket and its key, as policies name them."""

    bucket_arn: pulumi.Input[str]
    kms_key_arn: pulumi.Input[str]
    s3_service: pulumi.Input[str]
    """S3 in the bucket's Region, as KMS names it: s3.REGION.amazonaws.com."""


def s3_service(region: str, bucket_arn: str) -> str:
    """Return what KMS calls S3 in a Region."""
    return f"s3.{region}.amazonaws.com{'.cn' if bucket_arn.startswith('arn:aws-cn:') else ''}"


def signed_in_statements(place: Place, *, write_public: bool) -> list[StatementArgs]:
    """Return what everyone who is signed in may do."""
    bucket = place.bucket_arn
    own = [own_prefix(bucket, PRIVATE), own_prefix(bucket, PROTECTED)]
    public = objects_below(bucket, PUBLIC)
    return [
        {"actions": [*_READ, *_WRITE], "resources": [*own, *([public] if write_public else [])]},
        {"actions": _READ, "resources": [objects_below(bucket, PROTECTED), public]},
        listing(bucket, [f"{PRIVATE}/{USER}", PROTECTED, PUBLIC]),
        _use_key(place, ["kms:Decrypt", "kms:GenerateDataKey"]),
    ]


def guest_statements(place: Place) -> list[StatementArgs]:
    """Return what guests may do: read and list the public files."""
    return [
        {"actions": _READ, "resources": [objects_below(place.bucket_arn, PUBLIC)]},
        listing(place.bucket_arn, [PUBLIC]),
        _use_key(place, ["kms:Decrypt"]),
    ]


def _use_key(place: Place, actions: list[str]) -> StatementArgs:
    """Return the use of the key through S3 only: what S3's own permissions let through is all that it serves."""
    return {
        "actions": actions,
        "resources": [place.kms_key_arn],
        "conditions": {"StringEquals": {"kms:ViaService": [place.s3_service]}},
    }
