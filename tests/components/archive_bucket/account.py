"""An account that answers as AWS does where an archive reads the answer."""

from typing import Any

import pulumi

from pulumi_aws_mobile.testing import PlainMocks

HOME = "eu-west-1"


class Account(PlainMocks):
    """Gives its number, and buckets with the ARNs and Regions that S3 gives them."""

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Any]:
        assert args.token == "aws:index/getCallerIdentity:getCallerIdentity"
        return {"accountId": "123456789012"}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        if args.typ == "aws:s3/bucket:Bucket":
            id_ = args.inputs.get("bucket", args.name)
            outputs |= {"arn": f"arn:aws:s3:::{id_}", "region": args.inputs.get("region", HOME)}
        return id_, outputs
