"""Documents that nobody may delete for a year, come back within half a day, and are gone after ten years."""

import pulumi

from pulumi_aws_mobile import ArchiveBucket

archive = ArchiveBucket(
    "documents",
    {
        "retrieval": "half_day",
        "archive_after_days": 365,
        "expire_after_days": 3650,
        "object_lock": {"mode": "GOVERNANCE", "years": 1},
    },
)

pulumi.export("bucket_name", archive.bucket_name)
pulumi.export("after two years", str(archive.retrieval_plan(age_days=730)))
