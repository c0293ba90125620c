"""Every way to break an S3 rule, with the whole message."""

from policy.breaks import Break
from policy.guard_stack import Change, Json, Ref, Specs, add, allow, both, deny_plain_http, drop, put, remove

ARN = Ref("archive", "arn")
TLS = deny_plain_http("s3:*", [ARN, f"{ARN}/*"])


def rule(**changes: object) -> Change:
    """Change the archive's one lifecycle rule; `None` leaves a part out."""

    def change(specs: Specs) -> None:
        first = specs["archive-lifecycle"].properties["rules"][0]
        first.update(changes)
        for key in [key for key, value in first.items() if value is None]:
            del first[key]

    return change


def replication(path: str, value: object) -> Change:
    """Set one part of the archive's one replication rule; `None` leaves it out."""

    def change(specs: Specs) -> None:
        node = specs["archive-replication"].properties["rules"][0]
        *way, last = path.split(".")
        for key in way:
            node = node[key]
        if value is None:
            del node[last]
        else:
            node[last] = value

    return change


def moves(*steps: tuple[object, str]) -> Change:
    """Set the transitions of the archive's lifecycle rule."""
    return rule(transitions=[{"days": days, "storageClass": name} for days, name in steps])


def policy(*statements: dict) -> Change:
    """Set the archive's bucket policy."""
    return put("archive-policy", policy=Json(statements))


def encryption(**changes: object) -> Change:
    """Change the archive's encryption rule."""
    return lambda specs: specs["archive-encryption"].properties["rules"][0].update(changes)


def inline(**older: object) -> Change:
    """Give the archive properties of the older form, inside the bucket."""
    return put("archive", **older)


BREAKS = [
    Break(
        "s3-block-public",
        "none",
        remove("archive-block"),
        "archive",
        "BucketPublicAccessBlock: got nothing; allowed: one for the bucket; add one with all four flags true",
    ),
    Break(
        "s3-block-public",
        "one flag off",
        put("copy-block", ignorePublicAcls=False),
        "copy-block",
        "ignorePublicAcls: got false; allowed: true; set ignorePublicAcls to true",
    ),
    Break(
        "s3-block-public",
        "one flag absent",
        drop("copy-block", "blockPublicPolicy"),
        "copy-block",
        "blockPublicPolicy: got nothing; allowed: true; set blockPublicPolicy to true",
    ),
    Break(
        "s3-block-public",
        "one flag of the wrong type",
        put("copy-block", blockPublicAcls=1),
        "copy-block",
        "blockPublicAcls: got a number; allowed: true or false; correct the value",
    ),
    Break(
        "s3-no-public-acl",
        "a list",
        add("acl", "aws:s3/bucketAcl:BucketAcl", bucket=Ref("logs"), acl="public-read"),
        "acl",
        'acl: got "public-read"; allowed: private; leave acl out; share through a policy or a signed URL',
    ),
    Break(
        "s3-no-public-acl",
        "a list with an older token",
        add("acl", "aws:s3/bucketAclV2:BucketAclV2", bucket=Ref("logs"), acl="public-read-write"),
        "acl",
        'acl: got "public-read-write"; allowed: private; leave acl out; share through a policy or a signed URL',
    ),
    Break(
        "s3-no-public-acl",
        "the bucket's older form",
        inline(acl="authenticated-read"),
        "archive",
        'acl: got "authenticated-read"; allowed: private; leave acl out; share through a policy or a signed URL',
    ),
    Break(
        "s3-no-public-acl",
        "an object",
        add("object", "aws:s3/bucketObject:BucketObject", bucket=Ref("logs"), acl="public-read"),
        "object",
        'acl: got "public-read"; allowed: private; leave acl out; share through a policy or a signed URL',
    ),
    Break(
        "s3-no-public-acl",
        "a grant",
        add(
            "acl",
            "aws:s3/bucketAcl:BucketAcl",
            accessControlPolicy={
                "grants": [
                    {"grantee": {"uri": "http://acs.amazonaws.com/groups/global/AllUsers"}, "permission": "READ"}
                ]
            },
        ),
        "acl",
        "accessControlPolicy.grants: got a grant to AllUsers; allowed: named accounts; remove the grant",
    ),
    Break(
        "s3-no-public-acl",
        "a grant in the bucket's older form",
        inline(grants=[{"uri": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}]),
        "archive",
        "grants: got a grant to AuthenticatedUsers; allowed: named accounts; remove the grant",
    ),
    Break(
        "s3-tls-only",
        "no policy",
        remove("archive-policy"),
        "archive",
        (
            "policy: got nothing; allowed: a bucket policy that denies plain HTTP; deny s3:* on the bucket and "
            "its objects to everyone where aws:SecureTransport is false"
        ),
    ),
    Break(
        "s3-tls-only",
        "no such statement",
        policy(allow("s3:GetObject", f"{ARN}/*", Principal={"AWS": "1"})),
        "archive",
        (
            "policy: got a policy that allows plain HTTP; allowed: a bucket policy that denies plain HTTP; deny "
            "s3:* on the bucket and its objects to everyone where aws:SecureTransport is false"
        ),
    ),
    Break(
        "s3-tls-only",
        "objects only",
        policy(deny_plain_http("s3:*", f"{ARN}/*")),
        "archive",
        (
            "policy: got a policy that allows plain HTTP; allowed: a bucket policy that denies plain HTTP; deny "
            "s3:* on the bucket and its objects to everyone where aws:SecureTransport is false"
        ),
    ),
    Break(
        "s3-tls-only",
        "the bucket only",
        policy(deny_plain_http("s3:*", ARN)),
        "archive",
        (
            "policy: got a policy that allows plain HTTP; allowed: a bucket policy that denies plain HTTP; deny "
            "s3:* on the bucket and its objects to everyone where aws:SecureTransport is false"
        ),
    ),
    Break(
        "s3-tls-only",
        "reading only",
        policy(deny_plain_http("s3:GetObject", [ARN, f"{ARN}/*"])),
        "archive",
        (
            "policy: got a policy that allows plain HTTP; allowed: a bucket policy that denies plain HTTP; deny "
            "s3:* on the bucket and its objects to everyone where aws:SecureTransport is false"
        ),
    ),
    Break(
        "s3-tls-only",
        "a further condition",
        policy({**TLS, "Condition": {**TLS["Condition"], "StringEquals": {"aws:PrincipalTag/team": "web"}}}),
        "archive",
        (
            "policy: got a policy that allows plain HTTP; allowed: a bucket policy that denies plain HTTP; deny "
            "s3:* on the bucket and its objects to everyone where aws:SecureTransport is false"
        ),
    ),
    Break(
        "s3-tls-only",
        "one principal only",
        policy({**TLS, "Principal": {"AWS": "123456789012"}}),
        "archive",
        (
            "policy: got a policy that allows plain HTTP; allowed: a bucket policy that denies plain HTTP; deny "
            "s3:* on the bucket and its objects to everyone where aws:SecureTransport is false"
        ),
    ),
    Break(
        "s3-tls-only",
        "turned round",
        policy({**TLS, "Condition": {"Bool": {"aws:SecureTransport": True}}}),
        "archive",
        (
            "policy: got a policy that allows plain HTTP; allowed: a bucket policy that denies plain HTTP; deny "
            "s3:* on the bucket and its objects to everyone where aws:SecureTransport is false"
        ),
    ),
    Break(
        "s3-policy-principals",
        "everyone",
        policy(TLS, allow("s3:GetObject", f"{ARN}/*", Principal="*")),
        "archive-policy",
        (
            'policy: got Statement[1] that allows principal "*"; allowed: named principals; name the accounts, '
            "roles or services that need it"
        ),
    ),
    Break(
        "s3-policy-principals",
        "every account",
        policy(TLS, allow("s3:GetObject", f"{ARN}/*", Principal={"AWS": ["*"]})),
        "archive-policy",
        (
            'policy: got Statement[1] that allows principal "*"; allowed: named principals; name the accounts, '
            "roles or services that need it"
        ),
    ),
    Break(
        "s3-policy-principals",
        "everyone but one",
        policy(TLS, allow("s3:GetObject", f"{ARN}/*", NotPrincipal={"AWS": "123456789012"})),
        "archive-policy",
        (
            'policy: got Statement[1] that allows principal "*"; allowed: named principals; name the accounts, '
            "roles or services that need it"
        ),
    ),
    Break(
        "s3-policy-principals",
        "a condition that any caller meets",
        policy(TLS, allow("s3:*", ARN, Principal="*", Condition={"StringLike": {"aws:PrincipalArn": "*"}})),
        "archive-policy",
        (
            'policy: got Statement[1] that allows principal "*"; allowed: named principals; name the accounts, '
            "roles or services that need it"
        ),
    ),
    Break(
        "s3-policy-principals",
        "no JSON",
        put("archive-policy", policy="{"),
        "archive-policy",
        "policy: got text; allowed: a JSON policy document; correct the value",
        also=("s3-tls-only",),
    ),
    Break(
        "s3-kms",
        "none",
        remove("archive-encryption"),
        "archive",
        (
            "BucketServerSideEncryptionConfiguration: got nothing; allowed: one for the bucket; add one with "
            "aws:kms and bucketKeyEnabled"
        ),
    ),
    Break(
        "s3-kms",
        "S3's own keys",
        encryption(applyServerSideEncryptionByDefault={"sseAlgorithm": "AES256"}),
        "archive-encryption",
        (
            'rules[0].applyServerSideEncryptionByDefault.sseAlgorithm: got "AES256"; allowed: aws:kms, '
            "aws:kms:dsse; set aws:kms and name a key in kmsMasterKeyId"
        ),
    ),
    Break(
        "s3-kms",
        "no bucket key",
        encryption(bucketKeyEnabled=False),
        "archive-encryption",
        "rules[0].bucketKeyEnabled: got false; allowed: true; set it; without it every object costs a call to KMS",
    ),
    Break(
        "s3-kms",
        "the bucket's older form",
        both(
            remove("archive-encryption"),
            inline(
                serverSideEncryptionConfiguration={
                    "rule": {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}
                }
            ),
        ),
        "archive",
        (
            "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm: got "
            '"AES256"; allowed: aws:kms, aws:kms:dsse; set aws:kms and name a key in kmsMasterKeyId'
        ),
    ),
    Break(
        "s3-ownership",
        "none",
        remove("archive-ownership"),
        "archive",
        "BucketOwnershipControls: got nothing; allowed: one for the bucket; add one with BucketOwnerEnforced",
    ),
    Break(
        "s3-ownership",
        "preferred only",
        put("copy-ownership", rule={"objectOwnership": "BucketOwnerPreferred"}),
        "copy-ownership",
        (
            'rule.objectOwnership: got "BucketOwnerPreferred"; allowed: BucketOwnerEnforced; set it to '
            "BucketOwnerEnforced, which turns access lists off"
        ),
    ),
    Break(
        "s3-access-logs",
        "none",
        remove("copy-logging"),
        "copy",
        "BucketLogging: got nothing; allowed: one for the bucket; add one into a bucket for logs",
    ),
    Break(
        "s3-access-logs",
        "into itself",
        put("copy-logging", targetBucket=Ref("copy")),
        "copy-logging",
        (
            "targetBucket: got the bucket itself; allowed: another bucket; log into another bucket; a bucket "
            "that logs into itself grows without end"
        ),
    ),
    Break(
        "s3-no-force-destroy",
        "on",
        inline(forceDestroy=True),
        "archive",
        (
            "forceDestroy: got true; allowed: false; leave forceDestroy out; empty a bucket by hand before its "
            "stack is destroyed"
        ),
    ),
]

KEEPS = {
    "versioning in the bucket's older form": both(
        remove("copy-versioning", "copy-lifecycle"), put("copy", versioning={"enabled": True})
    ),
    "versioning and logging in a list, as the bucket's middle form has them": both(
        remove("copy-versioning", "copy-lifecycle", "copy-logging"),
        put("copy", versionings=[{"enabled": True}], loggings=[{"targetBucket": Ref("logs")}]),
    ),
    "versioning with an older token": both(
        remove("copy-versioning", "copy-lifecycle"),
        add(
            "older",
            "aws:s3/bucketVersioningV2:BucketVersioningV2",
            bucket=Ref("copy"),
            versioningConfiguration={"status": "Enabled"},
        ),
    ),
    "a policy in the bucket's older form": both(remove("archive-policy"), inline(policy=Json((TLS,)))),
    "logging in the bucket's older form": both(
        remove("archive-logging"), inline(logging={"targetBucket": Ref("logs")})
    ),
    "the bucket itself in an older type": lambda specs: setattr(specs["archive"], "type", "aws:s3/bucketV2:BucketV2"),
    "a condition that names the organisation": policy(
        TLS, allow("s3:GetObject", ARN, Principal="*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}})
    ),
    "transitions listed out of order": moves((200, "DEEP_ARCHIVE"), (30, "STANDARD_IA"), (60, "GLACIER")),
    "a transition by date": rule(transitions=[{"date": "2030-01-01", "storageClass": "GLACIER"}]),
    "a disabled rule says nothing": both(
        rule(transitions=None),
        lambda specs: (
            specs["archive-lifecycle"]
            .properties["rules"]
            .append({"status": "Disabled", "transitions": [{"days": 1, "storageClass": "STANDARD_IA"}]})
        ),
    ),
    "two layers of encryption need no bucket key": encryption(
        applyServerSideEncryptionByDefault={"sseAlgorithm": "aws:kms:dsse"}, bucketKeyEnabled=False
    ),
    "a lock in the bucket's older form": both(
        remove("archive-lock"), inline(objectLockConfiguration={"objectLockEnabled": "Enabled"})
    ),
}
