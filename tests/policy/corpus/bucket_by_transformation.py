"""A bucket that a stack-wide transformation protects and tags, with a policy in a here-document."""

import pulumi
import pulumi_aws as aws

EXPECTED = {"exports": "s3-kms", "exports-owner": "s3-ownership", "exports-versions": "s3-versioning"}

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "AllowSSLRequestsOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
    "Resource": ["arn:aws:s3:::exports-of-the-shop", "arn:aws:s3:::exports-of-the-shop/*"],
    "Condition": { "Bool": { "aws:SecureTransport": "false" } }
  }]
}"""


def house_rules(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
    """Protect each bucket, and say whose it is."""
    if args.type_ != "aws:s3/bucket:Bucket":
        return None
    opts = pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(protect=True))
    return pulumi.ResourceTransformationResult(props={**args.props, "tags": {"owner": "shop"}}, opts=opts)


def program() -> None:
    house = pulumi.ResourceOptions(transformations=[house_rules])
    bucket = aws.s3.Bucket("exports", bucket="exports-of-the-shop", opts=house)
    aws.s3.BucketPublicAccessBlock(
        "exports-private",
        bucket="exports-of-the-shop",
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=pulumi.ResourceOptions(depends_on=[bucket]),
    )
    aws.s3.BucketOwnershipControls(
        "exports-owner", bucket=bucket.id, rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="ObjectWriter")
    )
    aws.s3.BucketVersioning(
        "exports-versions",
        bucket=bucket.id,
        versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Suspended"),
    )
    aws.s3.BucketPolicy("exports-policy", bucket=bucket.id, policy=POLICY)
