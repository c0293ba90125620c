"""An account that answers as AWS does where an identity reads the answer."""

from typing import Any

import pulumi

from pulumi_aws_mobile.testing import PlainMocks

HOME = "eu-west-1"
ACCOUNT = "123456789012"
POOL_ID = "eu-west-1_a1B2c3D4e"
ADOPTED_ID = "eu-west-1_old123456"
_ANSWERS: dict[str, dict[str, Any]] = {
    "aws:index/getCallerIdentity:getCallerIdentity": {"accountId": ACCOUNT},
    "aws:index/getPartition:getPartition": {"partition": "aws"},
    "aws:index/getRegion:getRegion": {"region": HOME},
    "aws:secretsmanager/getSecretVersion:getSecretVersion": {"secretString": "from the manager"},
    "aws:cognito/getUserPool:getUserPool": {
        "id": ADOPTED_ID,
        "arn": f"arn:aws:cognito-idp:{HOME}:{ACCOUNT}:userpool/{ADOPTED_ID}",
        "domain": "older-app",
        "customDomain": "",
    },
}


class Account(PlainMocks):
    """Gives user pools the ids, ARNs and endpoints that Cognito gives them."""

    def __init__(self, **answers: str) -> None:
        """Answer questions as usual, but for the outputs of an adopted pool that are given."""
        found = "aws:cognito/getUserPool:getUserPool"
        super().__init__({**_ANSWERS, found: {**_ANSWERS[found], **answers}})

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        if args.typ == "aws:cognito/userPool:UserPool":
            region = args.inputs.get("region", HOME)
            id_ = POOL_ID.replace(HOME, region)
            outputs |= {
                "arn": f"arn:aws:cognito-idp:{region}:{ACCOUNT}:userpool/{id_}",
                "endpoint": f"cognito-idp.{region}.amazonaws.com/{id_}",
            }
        if args.typ == "aws:iam/role:Role":
            outputs["name"] = args.name
        if args.typ == "aws:cognito/userPoolClient:UserPoolClient" and args.inputs.get("generateSecret"):
            outputs["clientSecret"] = f"secret-of-{args.name}"
        if args.typ == "aws:cognito/userPoolDomain:UserPoolDomain":
            outputs["cloudfrontDistribution"] = "d111111abcdef8.cloudfront.net"
        return id_, outputs
