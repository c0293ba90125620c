"""Which role an identity gets, and what comes with it.

https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_aws_sandbox.gaps.cognito_refusals import refuse
from pulumi_aws_sandbox.runtime.access.logins import Login
from pulumi_aws_sandbox.runtime.access.patterns import texts
from pulumi_aws_sandbox.runtime.access.policies import Document

MISCONFIGURED = "Invalid identity pool configuration. Check assigned IAM roles for this pool."

# What the enhanced flow leaves to guests, whatever their role says: the services of AWS's inline session policy and
# the actions of its AmazonCognitoUnAuthedIdentitiesSessionPolicy.
# https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
_GUEST_SERVICES = (
    "appsync",
    "cloudwatch",
    "codewhisperer",
    "cognito-idp",
    "cognito-sync",
    "comprehend",
    "dynamodb",
    "execute-api",
    "firehose",
    "gamelift",
    "iot",
    "kinesisanalytics",
    "lambda",
    "lex",
    "logs",
    "machinelearning",
    "mobileanalytics",
    "mobiletargeting",
    "personalize",
    "polly",
    "rekognition",
    "s3",
    "sdb",
    "ses",
    "sns",
    "sqs",
    "sumerian",
    "transcribe",
    "translate",
)
_GUEST_ACTIONS = (
    "geo:*DevicePosition*",
    "geo:*Geofence",
    "geo:*Geofences",
    "geo:CalculateRoute*",
    "geo:GetMap*",
    "geo:GetPlace",
    "geo:ListMaps",
    "geo:SearchPlaceIndex*",
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyPair",
    "kms:GenerateDataKeyPairWithoutPlaintext",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
    "rum:PutRumEvents",
    "sagemaker:InvokeEndpoint",
    "textract:AnalyzeDocument",
    "textract:DetectDocumentText",
)
GUEST_LIMITS: tuple[Document, ...] = (
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": [*(f"{service}:*" for service in _GUEST_SERVICES), *_GUEST_ACTIONS],
            "Resource": "*",
        },
    },
)


def choose(pool: Any, logins: Sequence[Login], custom_role: str | None) -> str:  # noqa: ANN401 - moto's own types
    """Return the ARN of the role of an identity; refuse the request where there is none or too many."""
    if not logins:
        return _attached(pool, "unauthenticated")
    mapped = [(login, mapping) for login in logins if (mapping := pool.role_mappings.get(login.mapping_key))]
    if custom_role is not None:
        return _custom(custom_role, logins, mapped)
    if not mapped:
        return _attached(pool, "authenticated")
    login, mapping = mapped[0]
    role = _by_rules(login, mapping) if mapping["Type"] == "Rules" else _by_token(login)
    if role is not None:
        return role
    if mapping.get("AmbiguousRoleResolution") == "AuthenticatedRole":
        return _attached(pool, "authenticated")
    return refuse(
        "NotAuthorizedException", "Access is denied: the token gives no single role, and ambiguous roles are denied."
    )


def principal_tags(pool: Any, logins: Sequence[Login]) -> dict[str, str]:  # noqa: ANN401 - moto's own types
    """Return the tags that a pool makes of the claims of a login."""
    tags: dict[str, str] = {}
    for login in logins:
        kept: Mapping[str, Any] = pool.principal_tags.get(login.name) or {}
        wanted: Mapping[str, str] = kept.get("PrincipalTags") or {}
        if kept.get("UseDefaults"):
            wanted = {"username": "sub", "client": "aud"}
        tags |= {tag: texts(login.claims[claim])[0] for tag, claim in wanted.items() if texts(login.claims.get(claim))}
    return tags


def _attached(pool: Any, kind: str) -> str:  # noqa: ANN401 - moto's own types
    role = (pool.roles or {}).get(kind)
    if role is None:
        refuse("InvalidIdentityPoolConfigurationException", MISCONFIGURED)
    return role


def _custom(role: str, logins: Sequence[Login], mapped: Sequence[tuple[Login, Mapping[str, Any]]]) -> str:
    """Return the role that a user asks for, if the token of a login gives it."""
    by_token = [login for login, mapping in mapped if mapping["Type"] == "Token"] or list(logins)
    if any(role in texts(login.claims.get("cognito:roles")) for login in by_token):
        return role
    return refuse("NotAuthorizedException", f"Access to the role {role} is forbidden: the token does not give it.")


def _by_token(login: Login) -> str | None:
    """Return the role that a token prefers, or its only one."""
    preferred = texts(login.claims.get("cognito:preferred_role"))
    roles = texts(login.claims.get("cognito:roles"))
    return preferred[0] if preferred else roles[0] if len(roles) == 1 else None


def _by_rules(login: Login, mapping: Mapping[str, Any]) -> str | None:
    """Return the role of the first rule that fits the claims."""
    for rule in (mapping.get("RulesConfiguration") or {}).get("Rules", []):
        if rule["Claim"] in login.claims and _fits(
            rule["MatchType"], texts(login.claims[rule["Claim"]]), rule["Value"]
        ):
            return rule["RoleARN"]
    return None


def _fits(kind: str, values: list[str], wanted: str) -> bool:
    if kind == "Equals":
        return values == [wanted]
    if kind == "NotEqual":
        return wanted not in values
    if kind == "StartsWith":
        return any(value.startswith(wanted) for value in values)
    return any(wanted in value for value in values)
