"""What sign-in is in CloudFormation: user pools, identity pools and the functions that Cognito calls."""

from collections.abc import Mapping

from .cdk_rules import Counterpart, Properties, Rule, same

_PLACE = {"s3Bucket": "assets", "s3Key": "functions.zip"}
"""Where a function's archive would be: the CDK command line uploads it, before CloudFormation begins."""


def _role_mappings(given: list[Properties]) -> Properties:
    return {
        "roleMappings": {
            f"mapping{place}": {key: mapping[key] for key in mapping if key != "mappingRules"}
            for place, mapping in enumerate(given)
        }
    }


IDENTITY: Mapping[str, Rule] = {
    "aws:cognito/userPool:UserPool": Counterpart(
        "AWS::Cognito::UserPool",
        same(
            "accountRecoverySetting",
            "adminCreateUserConfig",
            "autoVerifiedAttributes",
            "deletionProtection",
            "lambdaConfig",
            "mfaConfiguration",
            "userPoolAddOns",
            "userPoolTier",
            "usernameAttributes",
            "usernameConfiguration",
            "verificationMessageTemplate",
        )
        | {
            "emailConfiguration": lambda given: {
                "emailConfiguration": {
                    {"fromEmailAddress": "from"}.get(name, name): value for name, value in given.items()
                }
            },
            "passwordPolicy": lambda given: {"policies": {"passwordPolicy": given}},
            "schemas": lambda given: {"schema": given},
            "softwareTokenMfaConfiguration": lambda _: {"enabledMfas": ["SOFTWARE_TOKEN_MFA"]},
            "tags": lambda given: {"userPoolTags": given},
            "userAttributeUpdateSettings": lambda given: {
                "userAttributeUpdateSettings": {
                    "attributesRequireVerificationBeforeUpdate": given["attributesRequireVerificationBeforeUpdates"]
                }
            },
        },
        {"endpoint": "attrProviderName"},
    ),
    "aws:cognito/userPoolClient:UserPoolClient": Counterpart(
        "AWS::Cognito::UserPoolClient",
        same(
            "accessTokenValidity",
            "authSessionValidity",
            "defaultRedirectUri",
            "enableTokenRevocation",
            "explicitAuthFlows",
            "generateSecret",
            "idTokenValidity",
            "preventUserExistenceErrors",
            "refreshTokenRotation",
            "refreshTokenValidity",
            "supportedIdentityProviders",
            "tokenValidityUnits",
            "userPoolId",
        )
        | {
            "allowedOauthFlows": "allowedOAuthFlows",
            "allowedOauthFlowsUserPoolClient": "allowedOAuthFlowsUserPoolClient",
            "allowedOauthScopes": "allowedOAuthScopes",
            "callbackUrls": "callbackUrLs",
            "logoutUrls": "logoutUrLs",
            "name": "clientName",
        },
    ),
    "aws:cognito/userPoolDomain:UserPoolDomain": Counterpart(
        "AWS::Cognito::UserPoolDomain", same("domain", "managedLoginVersion", "userPoolId")
    ),
    "aws:cognito/managedLoginBranding:ManagedLoginBranding": Counterpart(
        "AWS::Cognito::ManagedLoginBranding", same("clientId", "useCognitoProvidedValues", "userPoolId")
    ),
    "aws:cognito/identityProvider:IdentityProvider": Counterpart(
        "AWS::Cognito::UserPoolIdentityProvider",
        same("attributeMapping", "providerDetails", "providerName", "providerType", "userPoolId"),
    ),
    "aws:cognito/userGroup:UserGroup": Counterpart(
        "AWS::Cognito::UserPoolGroup", same("precedence", "roleArn", "userPoolId") | {"name": "groupName"}
    ),
    "aws:cognito/riskConfiguration:RiskConfiguration": Counterpart(
        "AWS::Cognito::UserPoolRiskConfigurationAttachment",
        same("accountTakeoverRiskConfiguration", "userPoolId")
        | {
            "compromisedCredentialsRiskConfiguration": lambda given: {
                "compromisedCredentialsRiskConfiguration": {
                    {"eventFilters": "eventFilter"}.get(name, name): value for name, value in given.items()
                }
            }
        },
        also={"clientId": "ALL"},
    ),
    "aws:cognito/identityPool:IdentityPool": Counterpart(
        "AWS::Cognito::IdentityPool",
        same(
            "allowClassicFlow",
            "allowUnauthenticatedIdentities",
            "cognitoIdentityProviders",
            "identityPoolName",
            "supportedLoginProviders",
        )
        | {"tags": "identityPoolTags"},
    ),
    "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment": Counterpart(
        "AWS::Cognito::IdentityPoolRoleAttachment",
        same("identityPoolId", "roles") | {"roleMappings": _role_mappings},
    ),
    "aws:lambda/function:Function": Counterpart(
        "AWS::Lambda::Function",
        same(
            "architectures",
            "deadLetterConfig",
            "description",
            "environment",
            "handler",
            "loggingConfig",
            "memorySize",
            "role",
            "runtime",
            "tags",
            "timeout",
        )
        | {"code": lambda _: {"code": _PLACE}},
        {"name": "ref"},
    ),
    "aws:lambda/permission:Permission": Counterpart(
        "AWS::Lambda::Permission", same("action", "principal", "sourceArn") | {"function": "functionName"}
    ),
}
