"""A chat by WebSocket: whoever opens the connection says who they are, and no other route can ask again."""

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}


def program() -> None:
    api = aws.apigatewayv2.Api("chat", protocol_type="WEBSOCKET", route_selection_expression="$request.body.action")
    integration = aws.apigatewayv2.Integration("backend", api_id=api.id, integration_type="MOCK")
    target = pulumi.Output.concat("integrations/", integration.id)
    aws.apigatewayv2.Route("open", api_id=api.id, route_key="$connect", authorization_type="AWS_IAM", target=target)
    for key in ("$disconnect", "$default", "send"):
        aws.apigatewayv2.Route(f"on {key}", api_id=api.id, route_key=key, target=target)
    log = aws.cloudwatch.LogGroup("chat-log", retention_in_days=90)
    aws.apigatewayv2.Stage(
        "live",
        api_id=api.id,
        name="live",
        auto_deploy=True,
        access_log_settings={"destination_arn": log.arn, "format": "$context.connectionId $context.eventType"},
        default_route_settings={
            "logging_level": "ERROR",
            "data_trace_enabled": False,
            "throttling_rate_limit": 200,
            "throttling_burst_limit": 100,
        },
    )
