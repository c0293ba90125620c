"""The providers that IAM knows, and the session tags that are made of tokens' claims."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile import tags

from .settings import FederationSettings, IamLogin


@dataclass(frozen=True, slots=True)
class Logins:
    """The ARNs of the providers that IAM knows, by the caller's keys."""

    oidc: Mapping[str, pulumi.Input[str]]
    saml: Mapping[str, pulumi.Input[str]]

    def names(self, user_pool: pulumi.Input[str]) -> dict[str, pulumi.Input[str]]:
        """Return what the identity pool calls each provider, the user pool among them."""
        return {
            "user-pool": user_pool,
            **{f"oidc-{key}": arn for key, arn in self.oidc.items()},
            **{f"saml-{key}": arn for key, arn in self.saml.items()},
        }


def create_logins(
    identity: pulumi.Resource,
    name: str,
    settings: FederationSettings,
    common_tags: Mapping[str, pulumi.Input[str]],
) -> Logins:
    """Create the OpenID Connect providers that are not there yet."""
    return Logins(
        oidc={
            key: _create_oidc(identity, f"{name}-oidc-{key}", login, common_tags)
            for key, login in settings.oidc.items()
        },
        saml={key: login.provider_arn for key, login in settings.saml.items() if login.provider_arn is not None},
    )


def tag_sessions(  # noqa: PLR0913, PLR0917 - each is independent
    identity: pulumi.Resource,
    name: str,
    settings: FederationSettings,
    identity_pool_id: pulumi.Output[str],
    names: Mapping[str, pulumi.Input[str]],
    region: str | None,
) -> None:
    """Tell the identity pool which claims of each provider's tokens become session tags."""
    wanted = {
        "user-pool": settings.pool_tags,
        **{f"oidc-{key}": login.principal_tags for key, login in settings.oidc.items()},
        **{f"saml-{key}": login.principal_tags for key, login in settings.saml.items()},
    }
    for provider, claims in wanted.items():
        if claims:
            aws.cognito.IdentityPoolProviderPrincipalTag(
                f"{name}-{provider}-tags",
                identity_pool_id=identity_pool_id,
                identity_provider_name=names[provider],
                principal_tags=dict(claims),
                use_defaults=False,
                region=region,
                opts=pulumi.ResourceOptions(parent=identity),
            )


def _create_oidc(
    identity: pulumi.Resource, child: str, login: IamLogin, common_tags: Mapping[str, pulumi.Input[str]]
) -> pulumi.Input[str]:
    if login.provider_arn is not None:
        return login.provider_arn
    provider = aws.iam.OpenIdConnectProvider(
        child,
        url=login.issuer or "",
        client_id_lists=list(login.client_ids),
        thumbprint_lists=list(login.thumbprints) or None,
        tags=tags.named(child, common_tags),
        opts=pulumi.ResourceOptions(parent=identity),
    )
    return provider.arn
