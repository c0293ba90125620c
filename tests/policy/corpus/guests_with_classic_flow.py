"""An identity pool for a mobile app that lets in guests by the classic flow, with roles that trust any pool."""

import json

import pulumi_aws as aws

EXPECTED = {
    "identities": "cognito-no-classic cognito-no-guest",
    "signed-in": "cognito-role-trust",
    "guest": "cognito-role-trust",
    "signed-in-policy": "iam-wildcards",
}

ANY_POOL = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Federated": "cognito-identity.amazonaws.com"},
            "Action": "sts:AssumeRoleWithWebIdentity",
        }
    ],
}


def program() -> None:
    pool = aws.cognito.IdentityPool(
        "identities",
        identity_pool_name="shop",
        allow_unauthenticated_identities=True,
        allow_classic_flow=True,
        supported_login_providers={"graph.facebook.com": "7346241598935552"},
    )
    signed_in = aws.iam.Role("signed-in", assume_role_policy=json.dumps(ANY_POOL))
    guest = aws.iam.Role(
        "guest",
        assume_role_policy=pool.id.apply(
            lambda id_: json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            **ANY_POOL["Statement"][0],
                            "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": id_}},
                        }
                    ],
                }
            )
        ),
    )
    aws.iam.RolePolicy(
        "signed-in-policy",
        role=signed_in.name,
        policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"], "Resource": ["*"]}],
            }
        ),
    )
    aws.cognito.IdentityPoolRoleAttachment(
        "roles", identity_pool_id=pool.id, roles={"authenticated": signed_in.arn, "unauthenticated": guest.arn}
    )
