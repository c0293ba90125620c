"""What buckets are in CloudFormation: one resource, with everything else as its properties."""

from collections.abc import Mapping

from .cdk_rules import Counterpart, Folded, Properties, Rule, same


def _rules(lifecycle: Properties) -> Properties:
    rules = []
    for rule in lifecycle["rules"]:
        limits = rule.get("filter", {})
        made = {"id": rule["id"], "status": rule["status"], **limits.get("and", limits)}
        expiration = rule.get("expiration", {})
        if "days" in expiration:
            made["expirationInDays"] = expiration["days"]
        if "expiredObjectDeleteMarker" in expiration:
            made["expiredObjectDeleteMarker"] = expiration["expiredObjectDeleteMarker"]
        if "transitions" in rule:
            made["transitions"] = [
                {"transitionInDays": step["days"], "storageClass": step["storageClass"]} for step in rule["transitions"]
            ]
        if "noncurrentVersionTransitions" in rule:
            made["noncurrentVersionTransitions"] = [
                {"transitionInDays": step["noncurrentDays"], "storageClass": step["storageClass"]}
                for step in rule["noncurrentVersionTransitions"]
            ]
        for name in ("noncurrentVersionExpiration", "abortIncompleteMultipartUpload"):
            if name in rule:
                made[name] = rule[name]
        rules.append(made)
    minimum = lifecycle.get("transitionDefaultMinimumObjectSize")
    also = {"transitionDefaultMinimumObjectSize": minimum} if minimum else {}
    return {"lifecycleConfiguration": {"rules": rules, **also}}


def _encryption(inputs: Properties) -> Properties:
    rules = [
        {
            "serverSideEncryptionByDefault": rule["applyServerSideEncryptionByDefault"],
            "bucketKeyEnabled": rule.get("bucketKeyEnabled", False),
        }
        for rule in inputs["rules"]
    ]
    return {"bucketEncryption": {"serverSideEncryptionConfiguration": rules}}


def _replication(inputs: Properties) -> Properties:
    rules = []
    for rule in inputs["rules"]:
        destination = dict(rule["destination"])
        destination["encryptionConfiguration"] = {
            "replicaKmsKeyId": destination.get("encryptionConfiguration", {}).get("replicaKmsKeyId")
        }
        rules.append({**rule, "destination": destination})
    return {"replicationConfiguration": {"role": inputs["role"], "rules": rules}}


def _object_lock(inputs: Properties) -> Properties:
    rule = {"objectLockEnabled": inputs["objectLockEnabled"], "rule": inputs["rule"]}
    return {"objectLockEnabled": True, "objectLockConfiguration": rule}


def _logging(inputs: Properties) -> Properties:
    target = {"destinationBucketName": inputs["targetBucket"], "logFilePrefix": inputs["targetPrefix"]}
    return {"loggingConfiguration": target}


def _public_access(inputs: Properties) -> Properties:
    names = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    return {"publicAccessBlockConfiguration": {name: inputs[name] for name in names}}


BUCKETS: Mapping[str, Rule] = {
    "aws:s3/bucket:Bucket": Counterpart(
        "AWS::S3::Bucket",
        same("tags") | {"bucket": "bucketName", "bucketPrefix": ""},
        {"bucket": "ref", "bucketRegionalDomainName": "attrRegionalDomainName"},
    ),
    "aws:s3/bucketPolicy:BucketPolicy": Counterpart(
        "AWS::S3::BucketPolicy", same("bucket") | {"policy": "policyDocument"}
    ),
    "aws:s3/bucketVersioning:BucketVersioning": Folded(
        "bucket",
        "VersioningConfiguration",
        lambda inputs: {"versioningConfiguration": inputs["versioningConfiguration"]},
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": Folded(
        "bucket", "BucketEncryption", _encryption
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": Folded(
        "bucket", "OwnershipControls", lambda inputs: {"ownershipControls": {"rules": [inputs["rule"]]}}
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": Folded(
        "bucket", "PublicAccessBlockConfiguration", _public_access
    ),
    "aws:s3/bucketMetric:BucketMetric": Folded(
        "bucket", "MetricsConfigurations", lambda inputs: {"metricsConfigurations": [{"id": inputs["name"]}]}
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": Folded(
        "bucket", "LifecycleConfiguration", _rules
    ),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": Folded(
        "bucket", "ObjectLockConfiguration", _object_lock
    ),
    "aws:s3/bucketLogging:BucketLogging": Folded("bucket", "LoggingConfiguration", _logging),
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": Folded(
        "bucket", "ReplicationConfiguration", _replication
    ),
}
