"""A user pool for a partner's servers: they sign in by client credentials, and one pool has its own challenge."""

import pulumi
import pulumi_aws as aws

EXPECTED = {"legacy-server": "cognito-auth-flows"}


def program() -> None:
    pool = aws.cognito.UserPool(
        "partners",
        user_pool_tier="PLUS",
        user_pool_add_ons={
            "advanced_security_mode": "ENFORCED",
            "advanced_security_additional_flows": {"custom_auth_mode": "ENFORCED"},
        },
        mfa_configuration="ON",
        software_token_mfa_configuration={"enabled": True},
        password_policy={
            "minimum_length": 16,
            "require_lowercase": True,
            "require_uppercase": True,
            "require_numbers": True,
            "require_symbols": True,
            "temporary_password_validity_days": 1,
        },
        account_recovery_setting={
            "recovery_mechanisms": [
                {"name": "verified_email", "priority": 1},
                {"name": "verified_phone_number", "priority": 2},
            ]
        },
        lambda_config={"define_auth_challenge": "arn:aws:lambda:eu-west-1:123456789012:function:challenge"},
        deletion_protection="ACTIVE",
        opts=pulumi.ResourceOptions(protect=True),
    )
    scope = aws.cognito.ResourceServer(
        "orders-scopes",
        user_pool_id=pool.id,
        identifier="orders",
        name="orders",
        scopes=[{"scope_name": "read", "scope_description": "Reads orders"}],
    )
    for name, flows in (
        ("server", ["ALLOW_REFRESH_TOKEN_AUTH"]),
        ("legacy-server", ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"]),
    ):
        aws.cognito.UserPoolClient(
            name,
            user_pool_id=pool.id,
            generate_secret=True,
            explicit_auth_flows=flows,
            allowed_oauth_flows=["client_credentials"],
            allowed_oauth_flows_user_pool_client=True,
            allowed_oauth_scopes=scope.scope_identifiers,
            enable_token_revocation=True,
            prevent_user_existence_errors="ENABLED",
            access_token_validity=30,
            token_validity_units={"access_token": "minutes"},
        )
