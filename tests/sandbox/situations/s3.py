"""Situations of s3."""

from pulumi.asset import AssetArchive, StringAsset

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World, document


def _bucket(_: World) -> tuple[Inputs, Inputs]:
    return {"tags": TAGS}, {"tags": OTHER_TAGS, "forceDestroy": True}


def _versioning(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.bucket()
    return tuple(  # type: ignore[return-value]  # two of them
        {"bucket": bucket, "versioningConfiguration": {"status": status}} for status in ("Enabled", "Suspended")
    )


def _lifecycle(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.versioned()
    rule = {
        "id": "archive",
        "status": "Enabled",
        "filter": {"objectSizeGreaterThan": 1024},
        "transitions": [{"days": 30, "storageClass": "STANDARD_IA"}, {"days": 90, "storageClass": "GLACIER"}],
        "expiration": {"days": 400},
        "noncurrentVersionExpiration": {"noncurrentDays": 30, "newerNoncurrentVersions": 3},
        "noncurrentVersionTransitions": [{"noncurrentDays": 10, "storageClass": "GLACIER_IR"}],
        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
    }
    tagged = {"and": {"prefix": "a/", "tags": {"keep": "no"}, "objectSizeLessThan": 10}}
    other = {"id": "other", "status": "Disabled", "filter": tagged, "expiration": {"days": 3}}
    return {"bucket": bucket, "rules": [rule]}, {
        "bucket": bucket,
        "rules": [other, rule],
        "transitionDefaultMinimumObjectSize": "varies_by_storage_class",
    }


def _encryption(world: World) -> tuple[Inputs, Inputs]:
    bucket, key = world.bucket(), world.key()
    kms = {
        "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": key},
        "bucketKeyEnabled": True,
    }
    plain = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}, "bucketKeyEnabled": False}
    return {"bucket": bucket, "rules": [kms]}, {"bucket": bucket, "rules": [plain]}


def _public_access(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.bucket()
    names = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    return {"bucket": bucket, **dict.fromkeys(names, True)}, {"bucket": bucket, **dict.fromkeys(names, False)}


def _ownership(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.bucket()
    return {"bucket": bucket, "rule": {"objectOwnership": "BucketOwnerEnforced"}}, {
        "bucket": bucket,
        "rule": {"objectOwnership": "ObjectWriter"},
    }


def _bucket_policy(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.bucket()
    one, two = (
        document(action, f"arn:aws:s3:::{bucket}/*", Principal={"AWS": "123456789012"})
        for action in ("s3:GetObject", "s3:PutObject")
    )
    return {"bucket": bucket, "policy": one}, {"bucket": bucket, "policy": two}


def _cors(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.bucket()
    rule = {"allowedOrigins": ["https://app.example.org"], "allowedMethods": ["GET"], "maxAgeSeconds": 60}
    return {"bucket": bucket, "corsRules": [rule]}, {"bucket": bucket, "corsRules": [{**rule, "maxAgeSeconds": 90}]}


def _logging(world: World) -> tuple[Inputs, Inputs]:
    bucket, target = world.bucket(), world.bucket()
    delivery = {"Service": "logging.s3.amazonaws.com"}
    policy = document("s3:PutObject", f"arn:aws:s3:::{target}/*", Principal=delivery)
    world.make("aws:s3/bucketPolicy:BucketPolicy", {"bucket": target, "policy": policy})
    first = {"bucket": bucket, "targetBucket": target, "targetPrefix": "one/"}
    return first, {**first, "targetPrefix": "two/"}


def _object_lock(world: World) -> tuple[Inputs, Inputs]:
    bucket = world.bucket(objectLockEnabled=True)
    one, two = ({"defaultRetention": {"mode": "GOVERNANCE", "days": days}} for days in (1, 2))
    return {"bucket": bucket, "rule": one}, {"bucket": bucket, "rule": two}


def _replication(world: World) -> tuple[Inputs, Inputs]:
    bucket, copy = world.versioned(), world.versioned(region="eu-central-1")
    rule = {
        "id": "all",
        "status": "Enabled",
        "priority": 1,
        "filter": {"prefix": ""},
        "deleteMarkerReplication": {"status": "Disabled"},
        "destination": {
            "bucket": f"arn:aws:s3:::{copy}",
            "storageClass": "GLACIER_IR",
            "encryptionConfiguration": {"replicaKmsKeyId": world.key("eu-central-1")},
            "replicationTime": {"status": "Enabled", "time": {"minutes": 15}},
            "metrics": {"status": "Enabled", "eventThreshold": {"minutes": 15}},
        },
        "sourceSelectionCriteria": {"sseKmsEncryptedObjects": {"status": "Enabled"}},
    }
    first = {"bucket": bucket, "role": world.role_arn(), "rules": [rule]}
    return first, {**first, "rules": [{**rule, "deleteMarkerReplication": {"status": "Enabled"}}]}


def _metric(world: World) -> tuple[Inputs, Inputs]:
    first = {"bucket": world.bucket(), "name": "all"}
    return first, {**first, "filter": {"prefix": "a/", "tags": {"keep": "yes"}}}


def _object(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "bucket": world.versioned(),
        "key": "a/page.html",
        "content": "one",
        "contentType": "text/html",
        "metadata": {"author": "us"},
        "tags": TAGS,
    }
    return first, {**first, "content": "two", "cacheControl": "no-store", "tags": OTHER_TAGS}


def _file(world: World) -> tuple[Inputs, Inputs]:
    one, two = (AssetArchive({"index.php": StringAsset(text)}) for text in ("one", "two"))
    first = {"bucket": world.bucket(), "key": "app.zip", "source": one, "kmsKeyId": world.key(), "tags": TAGS}
    return first, {**first, "source": two, "checksumAlgorithm": "SHA256", "tags": OTHER_TAGS}


SITUATIONS: dict[str, Situation] = {
    "aws:s3/bucket:Bucket": _bucket,
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": _cors,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _lifecycle,
    "aws:s3/bucketLogging:BucketLogging": _logging,
    "aws:s3/bucketMetric:BucketMetric": _metric,
    "aws:s3/bucketObject:BucketObject": _object,
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": _object_lock,
    "aws:s3/bucketObjectv2:BucketObjectv2": _file,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _ownership,
    "aws:s3/bucketPolicy:BucketPolicy": _bucket_policy,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _public_access,
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": _replication,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _encryption,
    "aws:s3/bucketVersioning:BucketVersioning": _versioning,
}
