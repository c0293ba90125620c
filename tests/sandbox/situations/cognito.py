"""Situations of cognito."""

import json

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World

SMS_TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "cognito-idp.amazonaws.com"},
                "Action": "sts:AssumeRole",
                "Condition": {"StringEquals": {"sts:ExternalId": "codes"}},
            }
        ],
    }
)
SES = "arn:aws:ses:eu-west-1:123456789012:identity/example.com"
FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:"
NICKNAME = {
    "name": "nickname_2",
    "attributeDataType": "String",
    "mutable": True,
    "stringAttributeConstraints": {"minLength": "1", "maxLength": "40"},
}
LEVEL = {
    "name": "level",
    "attributeDataType": "Number",
    "mutable": True,
    "numberAttributeConstraints": {"minValue": "-5", "maxValue": "100"},
}


def sms(world: World) -> Inputs:
    """Return an SMS configuration with a role that Cognito may assume."""
    role = world.make("aws:iam/role:Role", {"assumeRolePolicy": SMS_TRUST})
    return {"externalId": "codes", "snsCallerArn": role["arn"], "snsRegion": "eu-west-1"}


def pool(world: World, **more: object) -> Inputs:
    """Return the outputs of a user pool."""
    return world.make("aws:cognito/userPool:UserPool", more)


def client(world: World, pool_id: str, **more: object) -> str:
    """Return the id of an app client."""
    return world.make("aws:cognito/userPoolClient:UserPoolClient", {"userPoolId": pool_id, **more})["id"]


def _user_pool(world: World) -> tuple[Inputs, Inputs]:
    email = {"emailSendingAccount": "DEVELOPER", "fromEmailAddress": "a@example.com", "sourceArn": SES}
    recovery = [{"name": "verified_phone_number", "priority": 2}, {"name": "verified_email", "priority": 1}]
    first = {
        "usernameAttributes": ["phone_number", "email"],
        "usernameConfiguration": {"caseSensitive": False},
        "autoVerifiedAttributes": ["phone_number", "email"],
        "schemas": [LEVEL, {"name": "email", "attributeDataType": "String", "required": True, "mutable": True}],
        "emailConfiguration": email,
        "smsConfiguration": sms(world),
        "passwordPolicy": {"minimumLength": 12, "requireNumbers": True, "temporaryPasswordValidityDays": 3},
        "accountRecoverySetting": {"recoveryMechanisms": recovery},
        "deviceConfiguration": {"challengeRequiredOnNewDevice": True, "deviceOnlyRememberedOnUserPrompt": False},
        "userAttributeUpdateSettings": {"attributesRequireVerificationBeforeUpdates": ["phone_number", "email"]},
        "tags": TAGS,
    }
    return first, {
        **first,
        "name": "renamed",
        "schemas": [NICKNAME, *reversed(first["schemas"]), {"name": "since", "attributeDataType": "DateTime"}],
        "userPoolTier": "PLUS",
        "userPoolAddOns": {
            "advancedSecurityMode": "ENFORCED",
            "advancedSecurityAdditionalFlows": {"customAuthMode": "AUDIT"},
        },
        "adminCreateUserConfig": {
            "allowAdminCreateUserOnly": True,
            "inviteMessageTemplate": {"smsMessage": "{username} {####}", "emailMessage": "Hello {username}: {####}"},
        },
        "passwordPolicy": {"minimumLength": 14, "passwordHistorySize": 5, "requireSymbols": True},
        "lambdaConfig": {
            "kmsKeyId": world.key(),
            "customSmsSender": {"lambdaArn": FUNCTION + "sms", "lambdaVersion": "V1_0"},
            "preSignUp": FUNCTION + "sign-up",
            "preTokenGenerationConfig": {"lambdaArn": FUNCTION + "token", "lambdaVersion": "V2_0"},
        },
        "signInPolicy": {"allowedFirstAuthFactors": ["WEB_AUTHN", "PASSWORD", "EMAIL_OTP"]},
        "mfaConfiguration": "OPTIONAL",
        "softwareTokenMfaConfiguration": {"enabled": True},
        "emailMfaConfiguration": {"message": "Your code is {####}", "subject": "Code"},
        "webAuthnConfiguration": {"relyingPartyId": "auth.example.com", "userVerification": "required"},
        "smsAuthenticationMessage": "{####} is your code",
        "verificationMessageTemplate": {"emailSubject": "Welcome", "emailMessage": "Welcome: {####}"},
        "tags": OTHER_TAGS,
    }


def _user_pool_client(world: World) -> tuple[Inputs, Inputs]:
    pool_id = pool(world)["id"]
    flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"]
    first = {
        "userPoolId": pool_id,
        "generateSecret": True,
        "explicitAuthFlows": [*flows, "ALLOW_REFRESH_TOKEN_AUTH"],
        "callbackUrls": ["myapp://in", "https://example.com/in", "http://localhost:8080/in"],
        "logoutUrls": ["myapp://out"],
        "allowedOauthFlows": ["code"],
        "allowedOauthScopes": ["openid", "email"],
        "allowedOauthFlowsUserPoolClient": True,
        "supportedIdentityProviders": ["COGNITO"],
        "readAttributes": ["email", "name"],
    }
    return first, {
        **first,
        "name": "renamed",
        "explicitAuthFlows": flows,
        "refreshTokenRotation": {"feature": "ENABLED", "retryGracePeriodSeconds": 30},
        "accessTokenValidity": 15,
        "idTokenValidity": 15,
        "refreshTokenValidity": 24,
        "tokenValidityUnits": {"accessToken": "minutes", "idToken": "minutes", "refreshToken": "hours"},
        "authSessionValidity": 5,
        "preventUserExistenceErrors": "ENABLED",
        "enableTokenRevocation": True,
        "writeAttributes": ["name"],
    }


def _domain(world: World) -> tuple[Inputs, Inputs]:
    first = {"domain": "my-start-up", "userPoolId": pool(world)["id"]}
    return first, {**first, "managedLoginVersion": 2}


def _group(world: World) -> tuple[Inputs, Inputs]:
    first = {"userPoolId": pool(world)["id"], "description": "Those who pay", "precedence": 2}
    return first, {**first, "description": "one", "precedence": 1, "roleArn": world.role_arn()}


def _identity_provider(world: World) -> tuple[Inputs, Inputs]:
    details = {"client_id": "1.apps.googleusercontent.com", "client_secret": "s", "authorize_scopes": "openid email"}
    first = {
        "userPoolId": pool(world)["id"],
        "providerName": "Google",
        "providerType": "Google",
        "providerDetails": details,
    }
    return first, {
        **first,
        "providerDetails": {**details, "client_secret": "t"},
        "attributeMapping": {"email": "email", "username": "sub"},
        "idpIdentifiers": ["google"],
    }


def _resource_server(world: World) -> tuple[Inputs, Inputs]:
    read, write = ({"scopeName": each, "scopeDescription": each} for each in ("read", "write"))
    first = {"userPoolId": pool(world)["id"], "identifier": "https://api.example.com", "scopes": [write]}
    return first, {**first, "name": "api", "scopes": [write, read]}


def _branding(world: World) -> tuple[Inputs, Inputs]:
    pool_id = pool(world)["id"]
    logo = {"category": "FORM_LOGO", "colorMode": "LIGHT", "extension": "SVG", "bytes": "PHN2Zy8+"}
    first = {
        "userPoolId": pool_id,
        "clientId": client(world, pool_id),
        "settings": json.dumps({"categories": {"auth": {}}}),
        "assets": [logo],
    }
    return first, {**first, "settings": json.dumps({"categories": {"form": {"displayGraphics": True}}})}


def _risk(world: World) -> tuple[Inputs, Inputs]:
    guarded = pool(world, userPoolTier="PLUS", userPoolAddOns={"advancedSecurityMode": "ENFORCED"})["id"]
    compromised = {"eventFilters": ["SIGN_UP", "SIGN_IN"], "actions": {"eventAction": "BLOCK"}}
    first = {"userPoolId": guarded, "compromisedCredentialsRiskConfiguration": compromised}
    mail = {"subject": "Was it you?", "textBody": "Sign-in from {city}", "htmlBody": "<p>Sign-in from {city}</p>"}
    takeover = {
        "actions": {
            "highAction": {"eventAction": "BLOCK", "notify": True},
            "lowAction": {"eventAction": "NO_ACTION", "notify": False},
        },
        "notifyConfiguration": {"sourceArn": SES, "from": "a@example.com", "blockEmail": mail},
    }
    ranges = {"blockedIpRangeLists": ["192.0.2.0/24"], "skippedIpRangeLists": ["198.51.100.0/24"]}
    return first, {**first, "accountTakeoverRiskConfiguration": takeover, "riskExceptionConfiguration": ranges}


def _logs(world: World) -> tuple[Inputs, Inputs]:
    group = world.make("aws:cloudwatch/logGroup:LogGroup", {})["arn"]
    sent = {
        "eventSource": "userNotification",
        "logLevel": "ERROR",
        "cloudWatchLogsConfiguration": {"logGroupArn": group},
    }
    events = {
        "eventSource": "userAuthEvents",
        "logLevel": "INFO",
        "s3Configuration": {"bucketArn": f"arn:aws:s3:::{world.bucket()}"},
    }
    first = {"userPoolId": pool(world, userPoolTier="PLUS")["id"], "logConfigurations": [sent]}
    return first, {**first, "logConfigurations": [events, sent]}


def _user(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "userPoolId": pool(world, schemas=[LEVEL])["id"],
        "username": "ada",
        "attributes": {"email": "ada@example.com", "level": "3"},
        "messageAction": "SUPPRESS",
        "temporaryPassword": "Once-only-1",
    }
    changed = {name: value for name, value in first.items() if name != "temporaryPassword"}
    return first, {
        **changed,
        "attributes": {"email": "ada@example.org", "custom:level": "4"},
        "password": "For-good-2!",
        "enabled": False,
    }


def _membership(world: World) -> tuple[Inputs, None]:
    pool_id = pool(world)["id"]
    group = world.make("aws:cognito/userGroup:UserGroup", {"userPoolId": pool_id, "name": "payers"})["name"]
    user = {"userPoolId": pool_id, "username": "ada", "messageAction": "SUPPRESS"}
    world.make("aws:cognito/user:User", user)
    return {"userPoolId": pool_id, "groupName": group, "username": "ada"}, None


SITUATIONS: dict[str, Situation] = {
    "aws:cognito/identityProvider:IdentityProvider": _identity_provider,
    "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration": _logs,
    "aws:cognito/managedLoginBranding:ManagedLoginBranding": _branding,
    "aws:cognito/resourceServer:ResourceServer": _resource_server,
    "aws:cognito/riskConfiguration:RiskConfiguration": _risk,
    "aws:cognito/user:User": _user,
    "aws:cognito/userGroup:UserGroup": _group,
    "aws:cognito/userInGroup:UserInGroup": _membership,
    "aws:cognito/userPool:UserPool": _user_pool,
    "aws:cognito/userPoolClient:UserPoolClient": _user_pool_client,
    "aws:cognito/userPoolDomain:UserPoolDomain": _domain,
}
