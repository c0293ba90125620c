"""Roles that a CI takes by OpenID Connect: one for one repository, one that forgot to say which."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED = {"preview": "iam-trust", "deploy-policy": "iam-passrole"}

HOST = "token.actions.githubusercontent.com"


def _trust(provider: pulumi.Input[str], **tests: dict[str, str]) -> pulumi.Output[str]:
    return pulumi.Output.json_dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Federated": provider},
                    "Action": "sts:AssumeRoleWithWebIdentity",
                    "Condition": {"StringEquals": {f"{HOST}:aud": "sts.amazonaws.com"}, **tests},
                }
            ],
        }
    )


def program() -> None:
    provider = aws.iam.OpenIdConnectProvider("ci", url=f"https://{HOST}", client_id_lists=["sts.amazonaws.com"])
    deploy = aws.iam.Role(
        "deploy",
        assume_role_policy=_trust(provider.arn, StringLike={f"{HOST}:sub": "repo:shop/infra:environment:production"}),
        max_session_duration=3600,
    )
    aws.iam.Role("preview", assume_role_policy=_trust("arn:aws:iam::123456789012:oidc-provider/" + HOST))
    policy = aws.iam.Policy(
        "deploy-policy",
        policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": ["lambda:UpdateFunctionCode", "lambda:PublishVersion"],
                        "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:shop-*",
                    },
                    {
                        "Effect": "Allow",
                        "Action": "iam:PassRole",
                        "Resource": "arn:aws:iam::123456789012:role/shop-function",
                    },
                    {"Effect": "Allow", "Action": ["lambda:List*", "lambda:Get*"], "Resource": "*"},
                ],
            }
        ),
    )
    aws.iam.RolePolicyAttachment("deploy-attachment", role=deploy.name, policy_arn=policy.arn)
