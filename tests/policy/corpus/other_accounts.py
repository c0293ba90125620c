"""What other accounts may do here: roles that they take, a bucket that they govern, a key that anybody may use."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "auditor": "iam-trust",
    "anybody": "iam-trust",
    "all-but-one": "iam-trust",
    "organisation-if-any": "iam-trust",
    "shared-policy": "s3-policy-principals",
    "shared": "s3-block-public s3-kms s3-ownership s3-tls-only s3-versioning",
    "shared-key": "kms-policy kms-rotation",
}


def _role(name: str, principal: object, condition: dict[str, object] | None = None) -> aws.iam.Role:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    if condition:
        statement["Condition"] = condition
    return aws.iam.Role(name, assume_role_policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def program() -> None:
    _role("auditor", {"AWS": "arn:aws:iam::210987654321:root"})
    _role("anybody", {"AWS": "*"}, {"Bool": {"aws:SecureTransport": "true"}})
    _role("partner", {"AWS": "210987654321"}, {"StringEquals": {"sts:ExternalId": "shop-7f2c"}})
    _role("organisation", {"AWS": "*"}, {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})
    _role("all-but-one", {"AWS": "*"}, {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::210987654321:role/guest"}})
    _role("organisation-if-any", {"AWS": "*"}, {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})
    bucket = aws.s3.Bucket("shared", bucket="shared-by-the-shop", opts=pulumi.ResourceOptions(protect=True))
    aws.s3.BucketPolicy(
        "shared-policy",
        bucket=bucket.id,
        policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"AWS": ["arn:aws:iam::210987654321:root"]},
                        "Action": ["s3:PutBucketPolicy", "s3:GetObject"],
                        "Resource": ["arn:aws:s3:::shared-by-the-shop", "arn:aws:s3:::shared-by-the-shop/*"],
                    }
                ],
            }
        ),
    )
    aws.kms.Key(
        "shared-key",
        deletion_window_in_days=30,
        policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*"},
                ],
            }
        ),
        opts=pulumi.ResourceOptions(protect=True),
    )
