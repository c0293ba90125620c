"""A REST API out of an OpenAPI document in which one operation was forgotten."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "shop": "api-method-auth",
    "shop-settings": "api-no-data-trace api-throttle",
    "shop-stage": "api-access-logs api-waf",
}


def _operation(**more: object) -> dict[str, object]:
    return {"responses": {}, "x-amazon-apigateway-integration": {"type": "mock"}, **more}


DOCUMENT = {
    "openapi": "3.0.1",
    "info": {"title": "shop", "version": "1"},
    "paths": {
        "/basket": {"get": _operation(security=[{"signed": []}]), "options": _operation()},
        "/basket/items": {"post": _operation()},
    },
    "components": {
        "securitySchemes": {
            "signed": {
                "type": "apiKey",
                "name": "Authorization",
                "in": "header",
                "x-amazon-apigateway-authtype": "awsSigv4",
            }
        }
    },
}


def program() -> None:
    role = aws.iam.Role(
        "api-logs-role",
        assume_role_policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "apigateway.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            }
        ),
    )
    attached = aws.iam.RolePolicyAttachment(
        "api-logs-policy",
        role=role.name,
        policy_arn="arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    )
    account = aws.apigateway.Account(
        "api-logs", cloudwatch_role_arn=role.arn, opts=pulumi.ResourceOptions(depends_on=[attached])
    )
    body = json.dumps(DOCUMENT)
    api = aws.apigateway.RestApi("shop", body=body)
    deployment = aws.apigateway.Deployment("shop-deployment", rest_api=api.id, triggers={"body": body})
    stage = aws.apigateway.Stage("shop-stage", rest_api=api.id, deployment=deployment.id, stage_name="prod")
    aws.apigateway.MethodSettings(
        "shop-settings",
        rest_api=api.id,
        stage_name=stage.stage_name,
        method_path="*/*",
        settings={"logging_level": "INFO", "data_trace_enabled": True, "metrics_enabled": True},
        opts=pulumi.ResourceOptions(depends_on=[account]),
    )
    pulumi.export("url", stage.invoke_url)
