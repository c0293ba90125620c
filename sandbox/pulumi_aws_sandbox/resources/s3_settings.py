"""Simple Storage Service: the settings of a bucket that are resources of their own, as a table of S3's calls."""

from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.handler import Clients, Handler, Properties
from pulumi_aws_sandbox.resources._make import found, handler, policy_from
from pulumi_aws_sandbox.resources._s3_shapes import from_aws_shape, to_aws_shape
from pulumi_aws_sandbox.resources.s3_bucket import s3_of

_NO_BUCKET = "NoSuchBucket"
_DEFAULT_MINIMUM = "all_storage_classes_128K"
_NOT_ON_THE_WIRE = ("bucket", "region", "expectedBucketOwner", "mfa", "token", "skipDestroy")

Put = Callable[[Any, str, Properties], object]
Get = Callable[[Any, str, Properties], Properties]


def _setting(
    token: str,
    *,
    put: Put,
    get: Get,
    clear: Callable[[Any, str], object],
    gone: tuple[str, ...] = (),
    **facts: Any,  # noqa: ANN401 - the other fields of Handler
) -> Handler:
    """Return the handler of one setting of a bucket, whose id is the bucket's name."""

    def make(clients: Clients, inputs: Properties) -> str:
        put(s3_of(clients, inputs), inputs["bucket"], inputs)
        return inputs["bucket"]

    def describe(clients: Clients, name: str, known: Properties) -> Properties | None:
        s3 = s3_of(clients, known)
        answer = found(lambda: get(s3, name, known), _NO_BUCKET, *gone)
        return None if answer is None else {"bucket": name, **answer}

    def change(clients: Clients, name: str, _: Properties, _old: Properties, new: Properties) -> None:
        put(s3_of(clients, new), name, new)

    def remove(clients: Clients, name: str, outputs: Properties) -> None:
        found(lambda: clear(s3_of(clients, outputs), name), _NO_BUCKET, *gone)

    required = frozenset({"bucket"}) | facts.pop("required", frozenset())
    replace_on = frozenset({"bucket", "expectedBucketOwner"}) | facts.pop("replace_on", frozenset())
    return handler(
        token, make=make, describe=describe, change=change, remove=remove, required=required, replace_on=replace_on,
        **facts,
    )  # fmt: skip


def _document(inputs: Properties, *leave_out: str) -> dict[str, Any]:
    left_out = {*_NOT_ON_THE_WIRE, *leave_out}
    return to_aws_shape({name: value for name, value in inputs.items() if name not in left_out})


def _put_versioning(s3: Any, name: str, inputs: Properties) -> None:  # noqa: ANN401 - a boto3 client
    mfa = {"MFA": inputs["mfa"]} if "mfa" in inputs else {}
    wanted = inputs["versioningConfiguration"]
    if wanted["status"] == "Disabled":
        # S3 has no call for it: it is what a bucket is before versioning was ever on.
        return
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=to_aws_shape(wanted) | mfa)


def _get_versioning(s3: Any, name: str, known: Properties) -> Properties:  # noqa: ANN401 - a boto3 client
    answer = s3.get_bucket_versioning(Bucket=name)
    before = known.get("versioningConfiguration", {})
    answered = {"status": answer.get("Status", "Disabled")}
    if "MFADelete" in answer or "mfaDelete" in before:
        answered["mfaDelete"] = answer.get("MFADelete", "Disabled")
    return {"versioningConfiguration": answered}


def _suspend(s3: Any, name: str) -> None:  # noqa: ANN401 - a boto3 client
    if s3.get_bucket_versioning(Bucket=name).get("Status") == "Enabled":
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Suspended"})


def _put_lifecycle(s3: Any, name: str, inputs: Properties) -> None:  # noqa: ANN401 - a boto3 client
    rules = []
    for rule in inputs.get("rules", []):
        # S3 takes either a filter or the older prefix, and one of them must be there.
        document = {"filter": {"prefix": ""}} | rule if "prefix" not in rule else rule
        if document.get("filter") == {}:
            document = document | {"filter": {"prefix": ""}}
        rules.append(to_aws_shape(document))
    s3.put_bucket_lifecycle_configuration(
        Bucket=name,
        LifecycleConfiguration={"Rules": rules},
        TransitionDefaultMinimumObjectSize=inputs.get("transitionDefaultMinimumObjectSize", _DEFAULT_MINIMUM),
    )


def _get_lifecycle(s3: Any, name: str, known: Properties) -> Properties:  # noqa: ANN401 - a boto3 client
    answer = s3.get_bucket_lifecycle_configuration(Bucket=name)
    rules = [_plain_rule(rule) for rule in from_aws_shape(answer["Rules"])]
    order = [rule.get("id") for rule in known.get("rules", [])]
    rules.sort(key=lambda rule: order.index(rule.get("id")) if rule.get("id") in order else len(order))
    return {
        "rules": rules,
        "transitionDefaultMinimumObjectSize": answer.get("TransitionDefaultMinimumObjectSize", _DEFAULT_MINIMUM),
    }


def _plain_rule(rule: Properties) -> Properties:
    """Return a rule without what S3 answers for every rule and nobody has set."""
    return {name: value for name, value in rule.items() if not (name == "prefix" and value == "")}


def _put_public_access(s3: Any, name: str, inputs: Properties) -> None:  # noqa: ANN401 - a boto3 client
    switches = {each: inputs.get(each, False) for each in _PUBLIC_ACCESS}
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=to_aws_shape(switches))


_PUBLIC_ACCESS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def _get_logging(s3: Any, name: str, _: Properties) -> Properties:  # noqa: ANN401 - a boto3 client
    return _or_gone(s3, from_aws_shape(s3.get_bucket_logging(Bucket=name).get("LoggingEnabled")))


def _or_gone(s3: Any, answer: Any) -> Properties:  # noqa: ANN401 - a boto3 client and a document
    """Return the answer; where S3 answers nothing, say that it is gone as it does for other settings."""
    if not answer:
        raise s3.exceptions.ClientError({"Error": {"Code": _NO_BUCKET, "Message": "not set"}}, "Get")
    return answer


def _put_lock(s3: Any, name: str, inputs: Properties) -> None:  # noqa: ANN401 - a boto3 client
    s3.put_object_lock_configuration(
        Bucket=name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"} | _document(inputs)
    )


def _get_lock(s3: Any, name: str, _: Properties) -> Properties:  # noqa: ANN401 - a boto3 client
    return from_aws_shape(s3.get_object_lock_configuration(Bucket=name)["ObjectLockConfiguration"])


def _clear_lock(s3: Any, name: str) -> None:  # noqa: ANN401 - a boto3 client
    """Take the default retention away; Object Lock itself can never be turned off again."""
    s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"})


def _get_encryption(s3: Any, name: str, _: Properties) -> Properties:  # noqa: ANN401 - a boto3 client
    answer = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
    return {"rules": from_aws_shape(answer)}


HANDLERS = {
    each.token: each
    for each in (
        _setting(
            "aws:s3/bucketVersioning:BucketVersioning",
            put=_put_versioning,
            get=_get_versioning,
            clear=_suspend,
            required=frozenset({"versioningConfiguration"}),
        ),
        _setting(
            "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            put=_put_lifecycle,
            get=_get_lifecycle,
            clear=lambda s3, name: s3.delete_bucket_lifecycle(Bucket=name),
            gone=("NoSuchLifecycleConfiguration",),
            unordered=frozenset({"rules"}),
        ),
        _setting(
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            put=lambda s3, name, inputs: s3.put_bucket_encryption(
                Bucket=name, ServerSideEncryptionConfiguration=_document(inputs)
            ),
            get=_get_encryption,
            clear=lambda s3, name: s3.delete_bucket_encryption(Bucket=name),
            gone=("ServerSideEncryptionConfigurationNotFoundError",),
            required=frozenset({"rules"}),
        ),
        _setting(
            "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            put=_put_public_access,
            get=lambda s3, name, _: from_aws_shape(
                s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
            ),
            clear=lambda s3, name: s3.delete_public_access_block(Bucket=name),
            gone=("NoSuchPublicAccessBlockConfiguration",),
        ),
        _setting(
            "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
            put=lambda s3, name, inputs: s3.put_bucket_ownership_controls(
                Bucket=name, OwnershipControls={"Rules": [to_aws_shape(inputs["rule"])]}
            ),
            get=lambda s3, name, _: {
                "rule": from_aws_shape(s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"][0])
            },
            clear=lambda s3, name: s3.delete_bucket_ownership_controls(Bucket=name),
            gone=("OwnershipControlsNotFoundError",),
            required=frozenset({"rule"}),
        ),
        _setting(
            "aws:s3/bucketPolicy:BucketPolicy",
            put=lambda s3, name, inputs: s3.put_bucket_policy(Bucket=name, Policy=inputs["policy"]),
            get=lambda s3, name, known: {"policy": policy_from(s3.get_bucket_policy(Bucket=name)["Policy"], known)},
            clear=lambda s3, name: s3.delete_bucket_policy(Bucket=name),
            gone=("NoSuchBucketPolicy",),
            required=frozenset({"policy"}),
        ),
        _setting(
            "aws:s3/bucketLogging:BucketLogging",
            put=lambda s3, name, inputs: s3.put_bucket_logging(
                Bucket=name, BucketLoggingStatus={"LoggingEnabled": _document(inputs)}
            ),
            get=_get_logging,
            clear=lambda s3, name: s3.put_bucket_logging(Bucket=name, BucketLoggingStatus={}),
            required=frozenset({"targetBucket", "targetPrefix"}),
        ),
        _setting(
            "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
            put=lambda s3, name, inputs: s3.put_bucket_cors(
                Bucket=name, CORSConfiguration={"CORSRules": to_aws_shape(inputs["corsRules"])}
            ),
            get=lambda s3, name, _: {"corsRules": from_aws_shape(s3.get_bucket_cors(Bucket=name)["CORSRules"])},
            clear=lambda s3, name: s3.delete_bucket_cors(Bucket=name),
            gone=("NoSuchCORSConfiguration",),
            required=frozenset({"corsRules"}),
            unordered=frozenset({"corsRules"}),
        ),
        _setting(
            "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
            put=_put_lock,
            get=_get_lock,
            clear=_clear_lock,
            gone=("ObjectLockConfigurationNotFoundError",),
            replace_on=frozenset({"objectLockEnabled"}),
        ),
        _setting(
            "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
            put=lambda s3, name, inputs: s3.put_bucket_replication(
                Bucket=name, ReplicationConfiguration=_document(inputs)
            ),
            get=lambda s3, name, _: from_aws_shape(s3.get_bucket_replication(Bucket=name)["ReplicationConfiguration"]),
            clear=lambda s3, name: s3.delete_bucket_replication(Bucket=name),
            gone=("ReplicationConfigurationNotFoundError",),
            required=frozenset({"role", "rules"}),
        ),
    )
}
