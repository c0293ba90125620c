"""The `TokenExchange` component."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.arns import moved
from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.tags import named

from . import jwks
from .args import TokenExchangeArgs
from .documents import open_api, properties, statements
from .settings import FUNCTION_SUFFIX, TokenExchangeSettings, resolve

_SOURCE = str(Path(__file__).parent / "functions")
_HANDLER = "exchange.index.handle"
_DELETION_WINDOW_DAYS = 30
_TIMEOUT_SECONDS = 20
"""Three calls, each tried twice, within the 29 seconds that API Gateway waits."""
_MEMORY_MIB = 512
"""The processor's share grows with the memory, and a cold start is mostly loading."""


class TokenExchange(pulumi.ComponentResource):
    """Gives a user who signed a request with AWS credentials a short-lived JWT that servers verify by public keys.

    Creates: a KMS key for ES256 signatures, or the replica of one in another Region, for each name in `keys`; the
    function that looks the user up and has the token signed; and, where asked, an alarm on its failures. The routes
    come with it as `contribution`, for an `Api`. It deliberately has no API of its own, keeps no token, and revokes
    none: a token ends by its lifetime.
    """

    function_arn: pulumi.Output[str]
    """The ARN of the function that exchanges tokens."""
    function_name: pulumi.Output[str]
    """The name of that function."""
    key_arns: pulumi.Output[dict[str, str]]
    """The ARNs of the KMS keys by the names in `keys`."""
    jwks: pulumi.Output[str]
    """The public keys as a JSON Web Key Set, a text; no secret."""
    issuer: pulumi.Output[str]
    """Who the tokens say made them (`iss`)."""
    audience: pulumi.Output[str]
    """Who the tokens are for (`aud`)."""
    web_tier_environment: pulumi.Output[dict[str, str]]
    """What a server needs to verify tokens, as environment properties that Elastic Beanstalk takes:
    TOKEN_PUBLIC_KEY_1 and so on, one for each name in `keys` and in their order, each KID.X.Y in base64url;
    TOKEN_ISSUER; TOKEN_AUDIENCE."""

    def __init__(self, name: str, args: TokenExchangeArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the exchange; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:TokenExchange", name, {}, opts)
        keys = {key: _create_key(self, name, key, settings) for key in settings.keys}
        public_keys = {key: _public_key(self, made, settings) for key, made in keys.items()}
        issuer = _issuer(settings)
        environment = {
            "KEY_ARN": keys[settings.signs_with].arn,
            "KEY_ID": public_keys[settings.signs_with].apply(jwks.key_id),
            "ISSUER": issuer,
            "AUDIENCE": settings.audience,
            "LIFETIME_SECONDS": str(settings.lifetime_seconds),
            "USER_POOL_ID": settings.user_pool_id,
            **({} if settings.identity_pool_id is None else {"IDENTITY_POOL_ID": settings.identity_pool_id}),
            **({} if settings.user_pool_region is None else {"USER_POOL_REGION": settings.user_pool_region}),
        }
        function = _create_function(self, name, settings, keys, environment)

        self.function_arn = function.arn
        self.function_name = function.function_name
        self.key_arns = pulumi.Output.all(**{key: made.arn for key, made in keys.items()})
        self.jwks = pulumi.Output.all(*public_keys.values()).apply(jwks.key_set)
        self.issuer = issuer
        self.audience = pulumi.Output.from_input(settings.audience)
        told = [*(public_keys[key].apply(jwks.compact_key) for key in settings.keys), self.issuer, self.audience]
        self.web_tier_environment = pulumi.Output.all(**dict(zip(properties(settings.keys), told, strict=True)))
        self.register_outputs({output: getattr(self, output) for output in _OUTPUTS})

    @property
    def contribution(self) -> dict[str, Any]:
        """What an `Api` takes as one of its `contributions`: POST /token and GET /.well-known/jwks.json."""
        return {
            "document": open_api(self.jwks),
            "target": "function",
            "function_arn": self.function_arn,
            "function_name": self.function_name,
            "callers": ["signed_in"],
        }


_OUTPUTS = tuple(TokenExchange.__annotations__)


def _create_key(
    exchange: pulumi.Resource, name: str, key: str, settings: TokenExchangeSettings
) -> "aws.kms.Key | aws.kms.ReplicaKey":
    """Create a key on which the account's own policies decide, as in AWS's default key policy, and nobody else's."""
    child = f"{name}-key-{key}"
    said: dict[str, Any] = {
        "description": f"Signs the user tokens of {name}: {key}",
        "deletion_window_in_days": _DELETION_WINDOW_DAYS,
        "region": settings.region,
        "tags": named(child, settings.tags),
        # A key that does not sign yet, or no longer, can go: nothing waits for its next signature.
        "opts": pulumi.ResourceOptions(parent=exchange, protect=settings.protect and key == settings.signs_with),
    }
    if key in settings.replica_of:
        # What it is for and the key itself are the primary key's.
        return aws.kms.ReplicaKey(child, primary_key_arn=settings.replica_of[key], **said)
    return aws.kms.Key(
        child,
        key_usage="SIGN_VERIFY",
        customer_master_key_spec="ECC_NIST_P256",
        multi_region=True if settings.multi_region else None,
        **said,
    )


def _public_key(
    exchange: pulumi.Resource, key: "aws.kms.Key | aws.kms.ReplicaKey", settings: TokenExchangeSettings
) -> pulumi.Output[str]:
    opts = pulumi.InvokeOutputOptions(parent=exchange)
    return aws.kms.get_public_key_output(key_id=key.arn, region=settings.region, opts=opts).public_key


def _users_arn(settings: TokenExchangeSettings) -> pulumi.Input[str]:
    """Return the ARN of the user pool, or of its replica, in the Region where users are looked up."""
    region = settings.user_pool_region
    if region is None:
        return settings.user_pool_arn
    return pulumi.Output.from_input(settings.user_pool_arn).apply(lambda arn: moved(arn, region))


def _issuer(settings: TokenExchangeSettings) -> pulumi.Output[str]:
    if settings.issuer is not None:
        return pulumi.Output.from_input(settings.issuer)
    return pulumi.Output.concat(settings.user_pool_id, "/token-exchange")


def _create_function(
    exchange: pulumi.Resource,
    name: str,
    settings: TokenExchangeSettings,
    keys: "Mapping[str, aws.kms.Key | aws.kms.ReplicaKey]",
    environment: dict[str, pulumi.Input[str]],
) -> Function:
    key_arns = [made.arn for _, made in sorted(keys.items())]
    return Function(
        f"{name}{FUNCTION_SUFFIX}",
        {
            "source": _SOURCE,
            "handler": _HANDLER,
            "description": "Gives whoever signed in a short-lived token",
            "environment": environment,
            "statements": statements(key_arns, _users_arn(settings)),
            "timeout_seconds": _TIMEOUT_SECONDS,
            "memory_mib": _MEMORY_MIB,
            "tags": dict(settings.tags),
            **({"region": settings.region} if settings.region else {}),
            **({} if settings.alarm_topic_arn is None else {"alarm_topic_arn": settings.alarm_topic_arn}),
        },
        pulumi.ResourceOptions(parent=exchange),
    )
