"""A user pool with a web app's client: short passwords, no second factor, tokens shown in the address bar."""

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "users": "cognito-delete-protect cognito-mfa cognito-password cognito-threat-standard guard-protect",
    "web": "cognito-auth-flows cognito-callbacks cognito-public-client",
}


def program() -> None:
    users = aws.cognito.UserPool(
        "users",
        username_attributes=["email"],
        password_policy=aws.cognito.UserPoolPasswordPolicyArgs(minimum_length=8, require_lowercase=True),
        admin_create_user_config={"allow_admin_create_user_only": False},
    )
    client = aws.cognito.UserPoolClient(
        "web",
        user_pool_id=users.id,
        generate_secret=True,
        explicit_auth_flows=["USER_PASSWORD_AUTH"],
        allowed_oauth_flows=["implicit"],
        allowed_oauth_scopes=["openid"],
        allowed_oauth_flows_user_pool_client=True,
        callback_urls=["http://www.example.com/signed-in"],
    )
    aws.cognito.UserPoolDomain("domain", user_pool_id=users.id, domain="shop-sign-in")
    pulumi.export("client", client.id)
