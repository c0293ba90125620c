"""Requests to S3, of sessions, of the operator and of nobody."""

import time

import pytest
import requests
from botocore.config import Config
from sandbox.access.world import ACCOUNT, REGION, Door, allow, document, not_allowed, refusal, role_arn, session_arn

_ME = session_arn("app")
_INVALID = "The security token included in the request is invalid."
_EXPIRED = "The security token included in the request is expired"
_FILES = "arn:aws:s3:::app-files"


def _objects(*actions: str, prefix: str = "") -> dict[str, object]:
    return allow([f"s3:{action}" for action in actions], f"{_FILES}/{prefix}*")


def test_an_object_is_read_with_the_permission_and_not_without(door: Door) -> None:
    door.bucket(**{"mine/a b+ü": b"1", "other": b"2"})
    door.role("app", _objects("GetObject", prefix="mine/"))
    s3 = door.holder(door.assume("app"), "s3")
    assert s3.get_object(Bucket="app-files", Key="mine/a b+ü")["Body"].read() == b"1"
    message = not_allowed(_ME, "s3:GetObject", f"{_FILES}/other")
    assert refusal(s3.get_object, Bucket="app-files", Key="other") == ("AccessDenied", message, 403)
    assert refusal(s3.head_object, Bucket="app-files", Key="other") == ("403", "Forbidden", 403)


def test_what_is_refused_does_not_happen(door: Door) -> None:
    door.bucket(kept=b"1")
    door.role("app", _objects("GetObject"))
    s3 = door.holder(door.assume("app"), "s3")
    assert refusal(s3.put_object, Bucket="app-files", Key="kept", Body=b"2")[0] == "AccessDenied"
    assert refusal(s3.delete_object, Bucket="app-files", Key="kept")[0] == "AccessDenied"
    assert s3.get_object(Bucket="app-files", Key="kept")["Body"].read() == b"1"


def test_a_listing_is_limited_by_its_prefix(door: Door) -> None:
    door.bucket(**{"mine/a": b"1"})
    door.role("app", allow("s3:ListBucket", _FILES, StringLike={"s3:prefix": "mine/*"}))
    s3 = door.holder(door.assume("app"), "s3")
    found = s3.list_objects_v2(Bucket="app-files", Prefix="mine/")["Contents"]
    assert [each["Key"] for each in found] == ["mine/a"]
    message = not_allowed(_ME, "s3:ListBucket", _FILES)
    assert refusal(s3.list_objects_v2, Bucket="app-files") == ("AccessDenied", message, 403)


def test_a_missing_key_is_told_only_to_who_may_list(aws: Door) -> None:
    aws.bucket()
    aws.role("app", _objects("GetObject"))
    aws.role("lister", _objects("GetObject"), allow("s3:ListBucket", _FILES))
    blind, seeing = (aws.holder(aws.assume(name), "s3") for name in ("app", "lister"))
    assert refusal(blind.get_object, Bucket="app-files", Key="none")[0] == "AccessDenied"
    assert refusal(seeing.get_object, Bucket="app-files", Key="none")[0] == "NoSuchKey"


def test_each_key_of_one_deletion_is_judged_by_itself(door: Door) -> None:
    door.bucket(**{"mine/a": b"1", "other": b"2"})
    door.role("app", _objects("DeleteObject", prefix="mine/"))
    s3 = door.holder(door.assume("app"), "s3")
    answer = s3.delete_objects(Bucket="app-files", Delete={"Objects": [{"Key": "mine/a"}, {"Key": "other"}]})
    assert [each["Key"] for each in answer["Deleted"]] == ["mine/a"]
    assert [(each["Key"], each["Code"]) for each in answer["Errors"]] == [("other", "AccessDenied")]
    left = door.operator("s3").list_objects_v2(Bucket="app-files")["Contents"]
    assert [each["Key"] for each in left] == ["other"]


def test_an_upload_in_parts_is_an_upload(door: Door) -> None:
    door.bucket()
    door.role("app", _objects("PutObject"))
    s3 = door.holder(door.assume("app"), "s3")
    upload = s3.create_multipart_upload(Bucket="app-files", Key="big")["UploadId"]
    part = s3.upload_part(Bucket="app-files", Key="big", UploadId=upload, PartNumber=1, Body=b"part")
    parts = {"Parts": [{"ETag": part["ETag"], "PartNumber": 1}]}
    s3.complete_multipart_upload(Bucket="app-files", Key="big", UploadId=upload, MultipartUpload=parts)
    message = not_allowed(_ME, "s3:ListMultipartUploadParts", f"{_FILES}/big")
    assert refusal(s3.list_parts, Bucket="app-files", Key="big", UploadId=upload)[1] == message


def test_an_upload_with_tags_needs_the_permission_to_tag(aws: Door) -> None:
    aws.bucket()
    aws.role("app", _objects("PutObject"))
    s3 = aws.holder(aws.assume("app"), "s3")
    s3.put_object(Bucket="app-files", Key="a", Body=b"1")
    message = not_allowed(_ME, "s3:PutObjectTagging", f"{_FILES}/a")
    assert refusal(s3.put_object, Bucket="app-files", Key="a", Body=b"1", Tagging="kind=x")[1] == message


def test_a_copy_needs_the_permission_to_read_its_source(aws: Door) -> None:
    aws.bucket(secret=b"1")
    aws.role("app", _objects("PutObject"))
    s3 = aws.holder(aws.assume("app"), "s3")
    source = {"Bucket": "app-files", "Key": "secret"}
    message = not_allowed(_ME, "s3:GetObject", f"{_FILES}/secret")
    assert refusal(s3.copy_object, Bucket="app-files", Key="copy", CopySource=source)[1] == message


def test_a_version_has_actions_of_its_own(aws: Door) -> None:
    aws.bucket()
    operator = aws.operator("s3")
    operator.put_bucket_versioning(Bucket="app-files", VersioningConfiguration={"Status": "Enabled"})
    version = operator.put_object(Bucket="app-files", Key="a", Body=b"1")["VersionId"]
    aws.role("app", _objects("GetObject", "DeleteObject"))
    s3 = aws.holder(aws.assume("app"), "s3")
    for call, action in ((s3.get_object, "s3:GetObjectVersion"), (s3.delete_object, "s3:DeleteObjectVersion")):
        message = not_allowed(_ME, action, f"{_FILES}/a")
        assert refusal(call, Bucket="app-files", Key="a", VersionId=version)[1] == message


def test_an_encrypted_object_needs_its_key(door: Door) -> None:
    key = door.operator("kms").create_key()["KeyMetadata"]["Arn"]
    door.bucket()
    door.operator("s3").put_bucket_encryption(
        Bucket="app-files",
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}]
        },
    )
    door.operator("s3").put_object(Bucket="app-files", Key="a", Body=b"1")
    through_s3 = {"StringEquals": {"kms:ViaService": f"s3.{REGION}.amazonaws.com"}}
    door.role("app", _objects("GetObject", "PutObject"), allow("kms:Decrypt", key, **through_s3))
    s3 = door.holder(door.assume("app"), "s3")
    assert s3.get_object(Bucket="app-files", Key="a")["Body"].read() == b"1"
    message = not_allowed(_ME, "kms:GenerateDataKey", key)
    assert refusal(s3.put_object, Bucket="app-files", Key="a", Body=b"2")[1] == message
    kms = door.holder(door.assume("app"), "kms")
    sealed = door.operator("kms").encrypt(KeyId=key, Plaintext=b"1")["CiphertextBlob"]
    assert refusal(kms.decrypt, CiphertextBlob=sealed)[:2] == (
        "AccessDeniedException",
        not_allowed(_ME, "kms:Decrypt", key),
    )


def test_a_bucket_policy_speaks_to_sessions_by_their_role(door: Door) -> None:
    door.bucket(a=b"1")
    door.role("app", _objects("GetObject"))
    door.role("granted")
    statements = [
        {"Effect": "Deny", "Principal": {"AWS": role_arn("app")}, "Action": "s3:GetObject", "Resource": f"{_FILES}/*"},
        {"Effect": "Allow", "Principal": {"AWS": role_arn("granted")}, "Action": "s3:Get*", "Resource": f"{_FILES}/*"},
    ]
    door.operator("s3").put_bucket_policy(Bucket="app-files", Policy=document(*statements))
    assert refusal(door.holder(door.assume("app"), "s3").get_object, Bucket="app-files", Key="a")[1] == (
        f"User: {_ME} is not authorized to perform: s3:GetObject on resource: {_FILES}/a with an explicit deny in a "
        "resource-based policy"
    )
    assert door.holder(door.assume("granted"), "s3").get_object(Bucket="app-files", Key="a")["Body"].read() == b"1"
    assert door.operator("s3").get_object(Bucket="app-files", Key="a")["Body"].read() == b"1"


def test_a_url_signed_beforehand_carries_its_signers_permissions(door: Door) -> None:
    door.bucket(mine=b"1", other=b"2")
    door.role("app", _objects("GetObject", prefix="mine"))
    for style in ("s3v4", "s3"):
        s3 = door.holder(door.assume("app"), "s3", config=Config(signature_version=style))
        mine, other = (
            s3.generate_presigned_url("get_object", Params={"Bucket": "app-files", "Key": key})
            for key in ("mine", "other")
        )
        assert requests.get(mine, timeout=10).content == b"1"
        assert requests.get(other, timeout=10).status_code == 403
        assert requests.get(mine.replace("mine", "other"), timeout=10).status_code == 403


@pytest.mark.parametrize("style", ["s3v4", "s3"])
def test_a_url_signed_beforehand_is_good_for_as_long_as_it_says(
    aws: Door, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    aws.bucket(mine=b"1")
    aws.role("app", _objects("GetObject"))
    s3 = aws.holder(aws.assume("app"), "s3", config=Config(signature_version=style))
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "app-files", "Key": "mine"}, ExpiresIn=60)
    signed = time.time()
    seen = []
    for age in (0, 30, 62):
        monkeypatch.setattr("pulumi_aws_sandbox.runtime.access.signatures.time.time", lambda age=age: signed + age)
        seen.append(requests.get(url, timeout=10).status_code)
    assert seen == [200, 200, 403]


def test_a_url_signed_beforehand_ends(aws: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    aws.bucket(mine=b"1")
    aws.role("app", _objects("GetObject"))
    s3 = aws.holder(aws.assume("app"), "s3", config=Config(signature_version="s3v4"))
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "app-files", "Key": "mine"}, ExpiresIn=60)
    later = time.time() + 61
    monkeypatch.setattr("pulumi_aws_sandbox.runtime.access.signatures.time.time", lambda: later)
    answer = requests.get(url, timeout=10)
    assert (answer.status_code, "Request has expired" in answer.text) == (403, True)


def test_nobody_reads_a_bucket_unless_its_policy_lets_everyone(aws: Door) -> None:
    aws.bucket(a=b"1")
    s3 = aws.anonymous("s3")
    assert refusal(s3.get_object, Bucket="app-files", Key="a")[2] == 403
    everyone = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{_FILES}/*"}
    aws.operator("s3").put_bucket_policy(Bucket="app-files", Policy=document(everyone))
    assert s3.get_object(Bucket="app-files", Key="a")["Body"].read() == b"1"


def test_nobody_writes_lists_or_deletes_without_credentials(door: Door) -> None:
    door.bucket(a=b"1")
    s3 = door.anonymous("s3")
    for call, arguments in (
        (s3.put_object, {"Key": "b", "Body": b"2"}),
        (s3.delete_object, {"Key": "a"}),
        (s3.list_objects_v2, {}),
        (s3.get_bucket_policy, {}),
    ):
        assert refusal(call, Bucket="app-files", **arguments) == ("AccessDenied", "Access Denied", 403)


def test_a_signature_that_is_none_makes_nobody_the_operator(door: Door) -> None:
    door.bucket(a=b"1")
    base = f"{door.url}/app-files" if door.url else f"https://s3.{REGION}.amazonaws.com/app-files"
    assert requests.put(f"{base}/b?Signature=x", data=b"2", timeout=10).status_code == 403
    assert requests.delete(f"{base}/a", headers={"Authorization": "Bearer x"}, timeout=10).status_code == 403
    assert requests.get(base, timeout=10).status_code == 403


@pytest.mark.parametrize(
    ("condition", "delivers"),
    [
        ({}, True),
        ({"StringEquals": {"aws:SourceAccount": ACCOUNT}}, True),
        ({"StringEquals": {"aws:SourceAccount": "999999999999"}}, False),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::app-files"}}, True),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::other"}}, False),
    ],
)
def test_access_logs_are_delivered_where_the_target_lets_them(
    aws: Door, condition: dict[str, dict[str, str]], *, delivers: bool
) -> None:
    aws.bucket()
    aws.bucket("access-logs")
    s3 = aws.operator("s3")
    granted = {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::access-logs/app/*",
    }
    s3.put_bucket_policy(
        Bucket="access-logs", Policy=document(granted | ({"Condition": condition} if condition else {}))
    )
    target = {"LoggingEnabled": {"TargetBucket": "access-logs", "TargetPrefix": "app/"}}
    if delivers:
        s3.put_bucket_logging(Bucket="app-files", BucketLoggingStatus=target)
    else:
        code = refusal(s3.put_bucket_logging, Bucket="app-files", BucketLoggingStatus=target)[0]
        assert code == "InvalidTargetBucketForLogging"
