"""The REST API and its deployments."""

import hashlib

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

TLS_POLICY = "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09"
"""TLS 1.2 and 1.3 with forward secrecy; left alone, API Gateway takes TLS 1.0 at its own name.
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html"""
ENDPOINT_ACCESS_MODE = "BASIC"
"""Goes with these policies; the strict mode would also refuse requests whose TLS name and Host differ, and AWS advises
to turn it on once the access log has shown that there are none."""


def create_rest_api(scope: Scope, body: pulumi.Output[str], *, only_domain: bool) -> "aws.apigateway.RestApi":
    """Create the API from its document; mobile networks may have IPv6 alone, so it answers both kinds of address."""
    return aws.apigateway.RestApi(
        scope.child("rest"),
        body=body,
        description=f"The API {scope.name}",
        disable_execute_api_endpoint=only_domain,
        endpoint_configuration={"types": "REGIONAL", "ip_address_type": "dualstack"},
        security_policy=TLS_POLICY,
        endpoint_access_mode=ENDPOINT_ACCESS_MODE,
        region=scope.region,
        tags=scope.tags("rest"),
        opts=scope.options(),
    )


def create_deployment(
    scope: Scope, body: pulumi.Output[str], rest_api: "aws.apigateway.RestApi", *, only_domain: bool
) -> "aws.apigateway.Deployment":
    """Create the deployment of the document: another document is another deployment, and the same one stays.

    Pulumi makes the new one before the old one goes, so that the stage always has one. Turning off API Gateway's own
    name takes a deployment, too.
    """
    triggers = {"document": body.apply(_digest)}
    return aws.apigateway.Deployment(
        scope.child("deployment"),
        rest_api=rest_api.id,
        triggers={**triggers, "endpoint": "disabled"} if only_domain else triggers,
        region=scope.region,
        opts=scope.options(),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
