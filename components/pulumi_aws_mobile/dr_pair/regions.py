"""Where AWS has the services that a recovery stands on.

Elastic Beanstalk and user pools are read from botocore 1.44.5's endpoint data (`get_available_regions`, offline), in
which of the services used here only these two are missing anywhere in the partitions aws, aws-cn, aws-us-gov and
aws-eusc; replicas of user pools from the Regions in which CloudFormation has their resource type, as of cfn-lint
1.58.0. A Region that is newer than this table counts as complete, and AWS answers for it.
"""

from collections.abc import Mapping

BEANSTALK = "Elastic Beanstalk"
USER_POOL_REPLICAS = "replicas of Amazon Cognito user pools"

WITHOUT: Mapping[str, frozenset[str]] = {
    BEANSTALK: frozenset({"ap-east-2", "eusc-de-east-1", "mx-central-1"}),
    # The two of China have no user pools at all.
    USER_POOL_REPLICAS: frozenset(
        {
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-3",
            "ap-south-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-west-1",
            "cn-north-1",
            "cn-northwest-1",
            "eu-central-2",
            "eu-south-1",
            "eu-south-2",
            "il-central-1",
            "me-central-1",
            "mx-central-1",
            "us-gov-east-1",
            "us-gov-west-1",
        }
    ),
}
"""The Regions that a service is missing in."""

_PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov", "us-iso-": "aws-iso", "us-isob-": "aws-iso-b"}
_SOVEREIGN = {"eusc-": "aws-eusc", "eu-isoe-": "aws-iso-e", "us-isof-": "aws-iso-f"}


def partition_of(region: str) -> str:
    """Return the partition of a Region: nothing is copied from one partition into another."""
    prefixes = _PARTITIONS | _SOVEREIGN
    return next((partition for prefix, partition in prefixes.items() if region.startswith(prefix)), "aws")


def lacks(region: str, service: str) -> bool:
    """Tell whether a Region is known to be without a service."""
    return region in WITHOUT[service]


def service_principal(service: str, region: str) -> str:
    """Return what KMS calls a service of a Region in `kms:ViaService`."""
    suffix = "amazonaws.com.cn" if partition_of(region) == "aws-cn" else "amazonaws.com"
    return f"{service}.{region}.{suffix}"
