"""An HTTP API that takes a user pool's tokens; pool and app client beside it."""

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}


def program() -> None:
    pool = aws.cognito.UserPool(
        "people",
        user_pool_tier="PLUS",
        user_pool_add_ons={"advanced_security_mode": "ENFORCED"},
        mfa_configuration="OPTIONAL",
        software_token_mfa_configuration={"enabled": True},
        password_policy={
            "minimum_length": 14,
            "require_lowercase": True,
            "require_uppercase": True,
            "require_numbers": True,
            "require_symbols": True,
            "temporary_password_validity_days": 3,
        },
        account_recovery_setting={"recovery_mechanisms": [{"name": "verified_email", "priority": 1}]},
        auto_verified_attributes=["email"],
        deletion_protection="ACTIVE",
        opts=pulumi.ResourceOptions(protect=True),
    )
    client = aws.cognito.UserPoolClient(
        "app",
        user_pool_id=pool.id,
        explicit_auth_flows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        allowed_oauth_flows=["code"],
        allowed_oauth_flows_user_pool_client=True,
        allowed_oauth_scopes=["openid", "profile"],
        callback_urls=["com.example.shop://signed-in"],
        logout_urls=["com.example.shop://signed-out"],
        supported_identity_providers=["COGNITO"],
        enable_token_revocation=True,
        prevent_user_existence_errors="ENABLED",
    )
    api = aws.apigatewayv2.Api("api", protocol_type="HTTP")
    authorizer = aws.apigatewayv2.Authorizer(
        "tokens",
        api_id=api.id,
        authorizer_type="JWT",
        identity_sources=["$request.header.Authorization"],
        jwt_configuration={"audiences": [client.id], "issuer": pool.endpoint.apply(lambda host: f"https://{host}")},
    )
    integration = aws.apigatewayv2.Integration(
        "backend",
        api_id=api.id,
        integration_type="HTTP_PROXY",
        integration_method="ANY",
        integration_uri="https://example.com",
    )
    for route in ("GET /me", "PUT /me", "$default"):
        aws.apigatewayv2.Route(
            f"route {route}",
            api_id=api.id,
            route_key=route,
            authorization_type="JWT",
            authorizer_id=authorizer.id,
            target=integration.id.apply(lambda id_: f"integrations/{id_}"),
        )
    log = aws.cloudwatch.LogGroup("api-log", retention_in_days=180)
    aws.apigatewayv2.Stage(
        "default",
        api_id=api.id,
        name="$default",
        auto_deploy=True,
        access_log_settings={"destination_arn": log.arn, "format": "$context.requestId $context.routeKey"},
        default_route_settings={"throttling_rate_limit": 100, "throttling_burst_limit": 50},
    )
