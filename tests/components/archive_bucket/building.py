"""An archive under mocks, and the archive that has everything."""

from typing import Any

from components.archive_bucket.account import Account
from pulumi.runtime import Mocks

from pulumi_aws_mobile.archive_bucket import ArchiveBucket
from pulumi_aws_mobile.testing import Recorded, Recording, record

ARCHIVE = "urn:pulumi:stack::project::aws-mobile:index:ArchiveBucket::archive"
BUCKET = "aws:s3/bucket:Bucket"
HOME = "eu-west-1"
ABROAD = "eu-central-1"
KEY = f"arn:aws:kms:{HOME}:123456789012:key/1"
COPY_KEY = f"arn:aws:kms:{ABROAD}:123456789012:key/2"
TOPIC = f"arn:aws:sns:{HOME}:123456789012:operators"
TOPIC_ABROAD = f"arn:aws:sns:{ABROAD}:123456789012:operators"
EVERYTHING: dict[str, Any] = {
    "region": HOME,
    "object_lock": {"mode": "GOVERNANCE", "years": 1},
    "replication": {"region": ABROAD, "fifteen_minutes": True, "alarm_topic_arn": TOPIC_ABROAD},
    "alarm_topic_arn": TOPIC,
}


def build(args: dict[str, Any], *, preview: bool = False) -> Recording:
    return build_with(Account(), args, preview=preview)


def build_with(mocks: Mocks, args: dict[str, Any], *, preview: bool = False) -> Recording:
    return record(lambda: ArchiveBucket("archive", args), preview=preview, mocks=mocks)


def plain(resource: Recorded) -> dict[str, Any]:
    return {key: value for key, value in resource.inputs.items() if key not in ("tags", "region")}


def waits_for(resource: Recorded) -> set[str]:
    return {urn.rpartition("::")[2] for urn in resource.dependencies}
