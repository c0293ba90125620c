"""The part of the compliant stack that knows users: pools, their clients, the roles they hand out, functions."""

from policy.guard_stack import ACCOUNT, Json, Ref, Spec, Specs, allow

POOLS = "cognito-identity.amazonaws.com"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/edge"


def identity() -> Specs:
    """Return pools and roles that keep every rule."""
    return {
        "user-pool": Spec(
            "aws:cognito/userPool:UserPool",
            {
                "mfaConfiguration": "OPTIONAL",
                "softwareTokenMfaConfiguration": {"enabled": True},
                "passwordPolicy": {
                    "minimumLength": 12,
                    "requireLowercase": True,
                    "requireUppercase": True,
                    "requireNumbers": True,
                    "requireSymbols": True,
                    "temporaryPasswordValidityDays": 7,
                },
                "userPoolTier": "PLUS",
                "userPoolAddOns": {
                    "advancedSecurityMode": "ENFORCED",
                    "advancedSecurityAdditionalFlows": {"customAuthMode": "ENFORCED"},
                },
                "lambdaConfig": {"defineAuthChallenge": Ref("function", "arn"), "customMessage": Ref("handler", "arn")},
                "deletionProtection": "ACTIVE",
                "accountRecoverySetting": {
                    "recoveryMechanisms": [
                        {"name": "verified_email", "priority": 1},
                        {"name": "verified_phone_number", "priority": 2},
                    ]
                },
            },
            protect=True,
        ),
        "app-client": Spec(
            "aws:cognito/userPoolClient:UserPoolClient",
            {
                "userPoolId": Ref("user-pool"),
                "explicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
                "allowedOauthFlows": ["code"],
                "generateSecret": False,
                "enableTokenRevocation": True,
                "preventUserExistenceErrors": "ENABLED",
                "callbackUrls": ["com.example.shop:/signed-in", "https://shop.example.com/signed-in"],
                "logoutUrls": ["shop://bye"],
                "accessTokenValidity": 60,
                "idTokenValidity": 1,
                "refreshTokenValidity": 30,
                "tokenValidityUnits": {"accessToken": "minutes", "idToken": "hours", "refreshToken": "days"},
            },
        ),
        "nightly-client": Spec(
            "aws:cognito/userPoolClient:UserPoolClient",
            {
                "userPoolId": Ref("user-pool"),
                "allowedOauthFlows": ["client_credentials"],
                "generateSecret": True,
                "preventUserExistenceErrors": "ENABLED",
            },
        ),
        "server-client": Spec(
            "aws:cognito/userPoolClient:UserPoolClient",
            {"userPoolId": Ref("user-pool"), "generateSecret": True, "preventUserExistenceErrors": "ENABLED"},
        ),
        "identity-pool": Spec(
            "aws:cognito/identityPool:IdentityPool",
            {"allowUnauthenticatedIdentities": False, "allowClassicFlow": False},
        ),
        "user-role": Spec(
            "aws:iam/role:Role",
            {
                "assumeRolePolicy": Json((pool_trust(),)),
                "permissionsBoundary": BOUNDARY,
            },
        ),
        "sms-role": Spec(
            "aws:iam/role:Role",
            {
                "assumeRolePolicy": Json(
                    (
                        {
                            "Effect": "Allow",
                            "Action": "sts:AssumeRole",
                            "Principal": {"Service": "cognito-idp.amazonaws.com"},
                            "Condition": {"StringEquals": {"sts:ExternalId": "shop"}},
                        },
                    )
                ),
                "permissionsBoundary": BOUNDARY,
            },
        ),
        "sms-policy": Spec(
            "aws:iam/rolePolicy:RolePolicy",
            {
                "role": Ref("sms-role"),
                "policy": Json(
                    (
                        allow("sns:Publish", "*"),
                        {"Effect": "Deny", "Action": "sns:Publish", "Resource": "arn:aws:sns:*:*:*"},
                    )
                ),
            },
        ),
        "firewall": Spec(
            "aws:wafv2/webAcl:WebAcl",
            {
                "scope": "REGIONAL",
                "rules": [{"name": "rate", "priority": 0, "statement": {"rateBasedStatement": {"limit": 1000}}}],
                "visibilityConfig": {"cloudwatchMetricsEnabled": True},
            },
        ),
        "firewall-logs": Spec(
            "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
            {"resourceArn": Ref("firewall", "arn"), "logDestinationConfigs": [Ref("log-group", "arn")]},
        ),
    }


def functions() -> Specs:
    """Return functions that keep every rule: one told where to log, one whose log group bears its name."""
    function = {
        "runtime": "python3.13",
        "handler": "index.handle",
        "role": Ref("role", "arn"),
        "tracingConfig": {"mode": "Active"},
        "environment": {"variables": {"SECRET_ARN": Ref("secret", "arn"), "STAGE": "prod", "API_TOKEN_TTL": "60"}},
    }
    return {
        "function": Spec(
            "aws:lambda/function:Function",
            {**function, "loggingConfig": {"logFormat": "JSON", "logGroup": Ref("log-group", "name")}},
        ),
        "function-permission": Spec(
            "aws:lambda/permission:Permission",
            {
                "action": "lambda:InvokeFunction",
                "function": Ref("function", "arn"),
                "principal": "cognito-idp.amazonaws.com",
                "sourceArn": Ref("user-pool", "arn"),
            },
        ),
        "handler": Spec(
            "aws:lambda/function:Function",
            {**function, "name": "handler", "deadLetterConfig": {"targetArn": Ref("topic", "arn")}},
        ),
        "handler-logs": Spec(
            "aws:cloudwatch/logGroup:LogGroup",
            {"name": "/aws/lambda/handler", "retentionInDays": 365, "kmsKeyId": Ref("key", "arn")},
        ),
        "handler-permission": Spec(
            "aws:lambda/permission:Permission",
            {
                "action": "lambda:InvokeFunction",
                "function": Ref("handler", "arn"),
                "principal": "sns.amazonaws.com",
                "sourceArn": Ref("topic", "arn"),
            },
        ),
        "stream-source": Spec(
            "aws:lambda/eventSourceMapping:EventSourceMapping",
            {
                "eventSourceArn": Ref("table", "streamArn"),
                "functionName": Ref("function", "arn"),
                "startingPosition": "TRIM_HORIZON",
                "maximumRetryAttempts": 10,
                "functionResponseTypes": ["ReportBatchItemFailures"],
                "destinationConfig": {"onFailure": {"destinationArn": Ref("topic", "arn")}},
            },
        ),
        "function-url": Spec(
            "aws:lambda/functionUrl:FunctionUrl",
            {"functionName": Ref("handler", "name"), "authorizationType": "AWS_IAM"},
        ),
        "remediation": Spec(
            "aws:lambda/function:Function",
            {
                **function,
                "loggingConfig": {"logGroup": Ref("log-group", "name")},
                "reservedConcurrentExecutions": 2,
            },
        ),
        "remediation-events": Spec(
            "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
            {
                "functionName": Ref("remediation", "name"),
                "destinationConfig": {"onFailure": {"destination": Ref("topic", "arn")}},
            },
        ),
        "remediation-permission": Spec(
            "aws:lambda/permission:Permission",
            {
                "action": "lambda:InvokeFunction",
                "function": Ref("remediation", "arn"),
                "principal": "lambda.alarms.cloudwatch.amazonaws.com",
                "sourceArn": Ref("alarm", "arn"),
            },
        ),
    }


def pool_trust(amr: object = "authenticated", **statement: object) -> dict:
    """Return a statement that trusts an identity pool."""
    return {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": POOLS},
        "Condition": {
            "StringEquals": {f"{POOLS}:aud": Ref("identity-pool")},
            "ForAnyValue:StringLike": {f"{POOLS}:amr": amr},
        },
        **statement,
    }
