"""The stage: what clients call, how much of it they may, and what is recorded."""

import json

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import trust_document

from .args import ExecutionLogs
from .settings import ApiSettings

_LEVELS = {ExecutionLogs.OFF: "OFF", ExecutionLogs.ERROR: "ERROR", ExecutionLogs.INFO: "INFO"}
_LOG_POLICY = "service-role/AmazonAPIGatewayPushToCloudWatchLogs"
_LOGGED = {
    "apiKeyId": "$context.identity.apiKeyId",
    "callerIdentityId": "$context.identity.cognitoIdentityId",
    "callerType": "$context.identity.cognitoAuthenticationType",
    "errorType": "$context.error.responseType",
    "extendedRequestId": "$context.extendedRequestId",
    "integrationLatency": "$context.integration.latency",
    "integrationStatus": "$context.integration.status",
    "ip": "$context.identity.sourceIp",
    "method": "$context.httpMethod",
    "protocol": "$context.protocol",
    "requestId": "$context.requestId",
    "requestTime": "$context.requestTime",
    "resourcePath": "$context.resourcePath",
    "responseLatency": "$context.responseLatency",
    "responseLength": "$context.responseLength",
    "status": "$context.status",
    "traceId": "$context.xrayTraceId",
    "userAgent": "$context.identity.userAgent",
    "wafStatus": "$context.waf.status",
}
"""The fields of each line. The path is that of the document, without the values of parameters; queries, headers and
bodies, which may hold what is private, are left out."""


def create_log_role(scope: Scope) -> "aws.apigateway.Account":
    """Set the role by which API Gateway writes logs, for the account and Region.

    It stays when the API goes: every other API of the account and Region writes its logs by it.
    """
    role = aws.iam.Role(
        scope.child("log-role"),
        description="API Gateway writes the logs of this account's APIs",
        assume_role_policy=trust_document("apigateway.amazonaws.com"),
        tags=scope.tags("log-role"),
        opts=scope.options(retain=True),
    )
    partition = aws.get_partition_output(opts=scope.invoke).partition
    granted = aws.iam.RolePolicyAttachment(
        scope.child("log-role-permissions"),
        role=role.name,
        policy_arn=pulumi.Output.concat("arn:", partition, ":iam::aws:policy/", _LOG_POLICY),
        opts=scope.options(retain=True),
    )
    return aws.apigateway.Account(
        scope.child("account"),
        cloudwatch_role_arn=role.arn,
        region=scope.region,
        opts=scope.options(depends_on=[granted], retain=True),
    )


def create_stage(
    scope: Scope,
    settings: ApiSettings,
    rest_api: "aws.apigateway.RestApi",
    deployment: "aws.apigateway.Deployment",
) -> tuple["aws.apigateway.Stage", "aws.cloudwatch.LogGroup"]:
    """Create the stage with its access log and its limits."""
    log_group = aws.cloudwatch.LogGroup(
        scope.child("access-logs"),
        retention_in_days=settings.log_retention_days,
        region=scope.region,
        tags=scope.tags("access-logs"),
        opts=scope.options(),
    )
    before = [create_log_role(scope)] if settings.account_log_role else []
    stage = aws.apigateway.Stage(
        scope.child("stage"),
        rest_api=rest_api.id,
        deployment=deployment.id,
        stage_name=settings.stage_name,
        access_log_settings={"destination_arn": log_group.arn, "format": json.dumps(_LOGGED, separators=(",", ":"))},
        xray_tracing_enabled=settings.tracing,
        region=scope.region,
        tags=scope.tags("stage"),
        opts=scope.options(depends_on=before),
    )
    _create_limits(scope, settings, rest_api, stage)
    return stage, log_group


def _create_limits(
    scope: Scope, settings: ApiSettings, rest_api: "aws.apigateway.RestApi", stage: "aws.apigateway.Stage"
) -> None:
    """Create what holds for every method: the throttle, metrics, and no record of bodies."""
    before: list[pulumi.Resource] = []
    if settings.execution_logs is not ExecutionLogs.OFF:
        # API Gateway would make this group itself, and keep everything for ever.
        group = aws.cloudwatch.LogGroup(
            scope.child("execution-logs"),
            name=pulumi.Output.concat("API-Gateway-Execution-Logs_", rest_api.id, "/", settings.stage_name),
            retention_in_days=settings.log_retention_days,
            region=scope.region,
            tags=scope.tags("execution-logs"),
            opts=scope.options(),
        )
        before.append(group)
    aws.apigateway.MethodSettings(
        scope.child("method-settings"),
        rest_api=rest_api.id,
        stage_name=stage.stage_name,
        method_path="*/*",
        settings={
            "throttling_rate_limit": settings.requests_per_second,
            "throttling_burst_limit": settings.burst,
            "metrics_enabled": True,
            "logging_level": _LEVELS[settings.execution_logs],
            "data_trace_enabled": False,
            "caching_enabled": False,
        },
        region=scope.region,
        opts=scope.options(depends_on=before),
    )
