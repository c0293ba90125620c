"""The domain of the hosted sign-in pages, and how they look."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.identity.pool.user_pool import Pool
from pulumi_aws_mobile.identity.settings import Domain
from pulumi_aws_mobile.scope import Scope

from .settings import ClientSettings

CLASSIC = 1
MANAGED_LOGIN = 2
"""The versions of the hosted pages, by Cognito's numbers."""


@dataclass(frozen=True, slots=True)
class HostedPages:
    """Where the hosted pages are."""

    domain: pulumi.Output[str | None]
    """The domain's name."""
    target: pulumi.Output[str | None]
    """Of a custom domain: the CloudFront domain that its DNS record points to."""


def create_domain(scope: Scope, domain: Domain | None, pool: Pool) -> HostedPages:
    """Create the domain; without one, say which an adopted pool has."""
    nowhere: pulumi.Output[str | None] = pulumi.Output.from_input(None)
    if domain is None:
        if pool.hosted_domain is None:
            return HostedPages(nowhere, nowhere)
        host = pulumi.Output.all(pool.hosted_domain, pool.region).apply(lambda found: _hosted(*found))
        return HostedPages(host, nowhere)
    created = aws.cognito.UserPoolDomain(
        scope.child("domain"),
        domain=domain.custom_domain or domain.prefix or "",
        certificate_arn=domain.certificate_arn,
        managed_login_version=MANAGED_LOGIN if domain.managed_login else CLASSIC,
        user_pool_id=pool.id,
        region=scope.region,
        opts=scope.options(),
    )
    host = pulumi.Output.all(created.domain, pool.region).apply(lambda found: _hosted(*found))
    return HostedPages(host, created.cloudfront_distribution if domain.custom_domain else nowhere)


def create_branding(
    scope: Scope,
    settings: Mapping[str, ClientSettings],
    clients: "Mapping[str, aws.cognito.UserPoolClient]",
    pool: Pool,
) -> None:
    """Give each client with pages Cognito's own style: managed login shows no page to a client without one."""
    for key, client in clients.items():
        if settings[key].has_pages:
            aws.cognito.ManagedLoginBranding(
                scope.child(f"style-{key}"),
                user_pool_id=pool.id,
                client_id=client.id,
                use_cognito_provided_values=True,
                region=scope.region,
                opts=scope.options(),
            )


def _hosted(domain: str | None, region: str) -> str | None:
    """Return the whole name of a domain, of which a prefix is only the first part."""
    if domain is None or "." in domain:
        return domain
    return f"{domain}.{'auth-fips' if region.startswith('us-gov-') else 'auth'}.{region}.amazoncognito.com"
