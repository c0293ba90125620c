"""An identity pool for users who signed in, each with a folder of their own in a bucket that exists already."""

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}

ISSUER = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf"


def program() -> None:
    pool = aws.cognito.IdentityPool(
        "identities",
        identity_pool_name="shop",
        allow_unauthenticated_identities=False,
        cognito_identity_providers=[
            {"client_id": "5h1example2client3id4", "provider_name": ISSUER, "server_side_token_check": True}
        ],
    )
    role = aws.iam.Role(
        "signed-in",
        assume_role_policy=pulumi.Output.json_dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
                        "Action": "sts:AssumeRoleWithWebIdentity",
                        "Condition": {
                            "StringEquals": {"cognito-identity.amazonaws.com:aud": pool.id},
                            "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"},
                        },
                    }
                ],
            }
        ),
        inline_policies=[
            {
                "name": "own-folder",
                "policy": """{
                  "Version": "2012-10-17",
                  "Statement": [{
                    "Effect": "Allow",
                    "Action": ["s3:GetObject", "s3:PutObject"],
                    "Resource": "arn:aws:s3:::shop-files/${cognito-identity.amazonaws.com:sub}/*"
                  }]
                }""",
            }
        ],
    )
    aws.cognito.IdentityPoolRoleAttachment("roles", identity_pool_id=pool.id, roles={"authenticated": role.arn})
