"""The clients' usage plans and keys. A key says which plan a request counts for, and lets nobody in."""

from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .settings import Client


def create_clients(
    scope: Scope,
    clients: Mapping[str, Client],
    rest_api: "aws.apigateway.RestApi",
    stage: "aws.apigateway.Stage",
) -> dict[str, pulumi.Output[str]]:
    """Create a plan and a key for each client; return the keys' values, which are secrets, by client."""
    return {key: _create_client(scope, key, client, rest_api, stage) for key, client in clients.items()}


def _create_client(
    scope: Scope, key: str, client: Client, rest_api: "aws.apigateway.RestApi", stage: "aws.apigateway.Stage"
) -> pulumi.Output[str]:
    plan_role, key_role = f"plan-{key}", f"key-{key}"
    plan = aws.apigateway.UsagePlan(
        scope.child(plan_role),
        description=f"How much the client {key} may call the API {scope.name}",
        api_stages=[{"api_id": rest_api.id, "stage": stage.stage_name}],
        region=scope.region,
        tags=scope.tags(plan_role),
        opts=scope.options(),
        **_limits(client),
    )
    api_key = aws.apigateway.ApiKey(
        scope.child(key_role),
        description=f"Counts what the client {key} calls",
        enabled=True,
        region=scope.region,
        tags=scope.tags(key_role),
        opts=pulumi.ResourceOptions.merge(scope.options(), pulumi.ResourceOptions(additional_secret_outputs=["value"])),
    )
    aws.apigateway.UsagePlanKey(
        scope.child(f"plan-key-{key}"),
        key_id=api_key.id,
        key_type="API_KEY",
        usage_plan_id=plan.id,
        region=scope.region,
        opts=scope.options(),
    )
    return pulumi.Output.secret(api_key.value)


def _limits(client: Client) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if client.requests_per_second is not None:
        limits["throttle_settings"] = {"rate_limit": client.requests_per_second, "burst_limit": client.burst}
    if client.quota_requests is not None:
        limits["quota_settings"] = {"limit": client.quota_requests, "period": client.quota_period.value.upper()}
    return limits
