"""A website straight from a public bucket, with everything inline as older tutorials have it."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "site": (
        "guard-protect s3-block-public s3-kms s3-no-force-destroy s3-no-public-acl s3-ownership s3-tls-only"
        " s3-versioning"
    ),
    "site-policy": "s3-policy-principals",
}


def program() -> None:
    bucket = aws.s3.Bucket(
        "site",
        acl="public-read",
        force_destroy=True,
        website={"index_document": "index.html", "error_document": "404.html"},
    )
    aws.s3.BucketPolicy(
        "site-policy",
        bucket=bucket.id,
        policy=bucket.arn.apply(
            lambda arn: json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"], "Resource": [f"{arn}/*"]}
                    ],
                }
            )
        ),
    )
    for name in ("index.html", "404.html"):
        aws.s3.BucketObject(name, bucket=bucket.id, key=name, content="<h1>hello</h1>", content_type="text/html")
    pulumi.export("url", bucket.website_endpoint)
