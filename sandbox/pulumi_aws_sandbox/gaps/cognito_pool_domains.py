"""Domains of user pools: one prefix domain per pool, names that AWS accepts, managed login and certificates kept."""

import re
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.cognito_pool_rules import LITE
from pulumi_aws_sandbox.gaps.cognito_pool_settings import tier
from pulumi_aws_sandbox.gaps.cognito_refusals import NOT_IN_TIER, require
from pulumi_aws_sandbox.gaps.patching import replace

_PREFIX = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}")
_RESERVED = ("aws", "amazon", "cognito")
_CERTIFICATE = re.compile(r"arn:[\w-]+:acm:us-east-1:\d{12}:certificate/[\w-]+")
_MANAGED_LOGIN = 2


def fill() -> None:
    """Teach moto's domains."""
    from moto.cognitoidp.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdpUserPoolDomain,
    )
    from moto.cognitoidp.responses import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdpResponse,
    )

    replace(CognitoIdpUserPoolDomain, "to_json", _describing)
    replace(CognitoIdpResponse, "create_user_pool_domain", _creating)
    replace(CognitoIdpResponse, "update_user_pool_domain", _updating)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        from moto.cognitoidp.models import (  # noqa: PLC0415 - moto loads only when something is deployed
            cognitoidp_backends,
        )

        given = self.parameters
        domain, certificate = given["Domain"], (given.get("CustomDomainConfig") or {}).get("CertificateArn")
        pool = self.backend.describe_user_pool(given["UserPoolId"])
        _check(pool, given)
        if certificate:
            require(_HOST.fullmatch(domain), f"A custom domain must be a host name: {domain}.")
        else:
            require(_PREFIX.fullmatch(domain), f"A domain prefix has lower-case letters, digits and hyphens: {domain}.")
            reserved = [each for each in _RESERVED if each in domain]
            require(not reserved, f"Domain cannot contain reserved word: {', '.join(reserved)}.")
        # A prefix is unique in its Region and a host name on earth.
        backends = cognitoidp_backends[self.current_account].values() if certificate else [self.backend]
        taken = any(domain in backend.user_pool_domains for backend in backends)
        require(not taken, "Domain already associated with another user pool.")
        siblings = [each for each in self.backend.user_pool_domains.values() if each.user_pool_id == pool.id]
        same = [each for each in siblings if bool(each.custom_domain_config) == bool(certificate)]
        require(not same, "The user pool already has a domain of this kind.")
        answer = original(self)
        self.backend.user_pool_domains[domain].managed_login_version = given.get("ManagedLoginVersion", 1)
        return answer

    return create


def _updating(original: Callable[..., Any]) -> Callable[..., Any]:
    def update(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        given = self.parameters
        _check(self.backend.describe_user_pool(given["UserPoolId"]), given)
        before = self.backend.describe_user_pool_domain(given["Domain"])
        config = before.custom_domain_config if before else {}
        answer = original(self)
        domain = self.backend.describe_user_pool_domain(given["Domain"])
        domain.custom_domain_config = given.get("CustomDomainConfig") or config
        domain.managed_login_version = given.get("ManagedLoginVersion", 1)
        return answer

    return update


def _check(pool: Any, given: dict[str, Any]) -> None:  # noqa: ANN401 - moto's own types
    version = given.get("ManagedLoginVersion", 1)
    require(version in {1, _MANAGED_LOGIN}, f"ManagedLoginVersion must be 1 or 2: {version}.")
    if version == _MANAGED_LOGIN:
        require(tier(pool) != LITE, "Managed login is not available in the Lite feature plan.", NOT_IN_TIER)
    certificate = (given.get("CustomDomainConfig") or {}).get("CertificateArn")
    valid = certificate is None or _CERTIFICATE.fullmatch(certificate)
    require(valid, f"The certificate must be one of Certificate Manager in us-east-1: {certificate}.")


def _describing(original: Callable[..., Any]) -> Callable[..., Any]:
    def to_json(self: Any, extended: bool = True) -> dict[str, Any]:  # noqa: ANN401, FBT002 - as moto calls it
        answer = original(self, extended)
        if not extended:
            return {**answer, "ManagedLoginVersion": vars(self).get("managed_login_version", 1)}
        from moto.core import DEFAULT_ACCOUNT_ID  # noqa: PLC0415 - moto loads only when something is deployed

        region = self.user_pool_id.rsplit("_", 1)[0]
        return {
            **answer,
            "AWSAccountId": DEFAULT_ACCOUNT_ID,
            "S3Bucket": f"aws-cognito-prod-{region}-assets",
            "Version": "1",
            "ManagedLoginVersion": vars(self).get("managed_login_version", 1),
            **({"CustomDomainConfig": self.custom_domain_config} if self.custom_domain_config else {}),
        }

    return to_json
