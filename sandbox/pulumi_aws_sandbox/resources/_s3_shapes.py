"""S3's nested documents between the provider's names and the API's: the same tree, names in another case."""

from datetime import datetime
from typing import Any

from pulumi_aws_sandbox.resources._make import lower_first, upper_first

_TO_AWS = {
    "id": "ID",
    "kmsMasterKeyId": "KMSMasterKeyID",
    "sseAlgorithm": "SSEAlgorithm",
    "replicaKmsKeyId": "ReplicaKmsKeyID",
}
_FROM_AWS = {aws: name for name, aws in _TO_AWS.items()}


def to_aws_shape(value: Any) -> Any:  # noqa: ANN401 - any part of a document
    """Return a document under the API's names."""
    if isinstance(value, list):
        return [to_aws_shape(item) for item in value]
    if not isinstance(value, dict):
        return value
    shape = {}
    for name, item in value.items():
        if name == "tags" and isinstance(item, dict):
            shape["Tags"] = [{"Key": key, "Value": text} for key, text in item.items()]
        else:
            shape[_TO_AWS.get(name, upper_first(name))] = to_aws_shape(item)
    return shape


def from_aws_shape(value: Any) -> Any:  # noqa: ANN401 - any part of a document
    """Return a document under the provider's names."""
    if isinstance(value, list):
        return [from_aws_shape(item) for item in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if not isinstance(value, dict):
        return value
    shape = {}
    for name, item in value.items():
        if name == "Tags" and isinstance(item, list):
            shape["tags"] = {tag["Key"]: tag["Value"] for tag in item}
        else:
            shape[_FROM_AWS.get(name, lower_first(name))] = from_aws_shape(item)
    return shape
