"""A REST API with a function and a table, as a first tutorial leaves it: open, without limits, allowed everything."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "items": "ddb-delete-protect ddb-pitr guard-protect",
    "api-role-policy": "iam-wildcards",
    "handler": "lambda-env-secrets lambda-log-group lambda-runtime",
    "allow-api": "lambda-permission",
    "get-item": "api-method-auth",
    "put-item": "api-method-auth",
    "stage": "api-access-logs api-exec-logs api-throttle api-waf",
}

CODE = pulumi.AssetArchive({"index.js": pulumi.StringAsset("exports.handler = async () => ({statusCode: 200});")})


def program() -> None:
    table = aws.dynamodb.Table(
        "items", hash_key="id", billing_mode="PAY_PER_REQUEST", attributes=[{"name": "id", "type": "S"}]
    )
    role = aws.iam.Role(
        "api-role",
        assume_role_policy="""{"Version": "2012-10-17", "Statement": [
            {"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}}]}""",
    )
    aws.iam.RolePolicy(
        "api-role-policy",
        role=role.id,
        policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Action": ["dynamodb:*", "logs:*"], "Resource": "*"},
                ],
            }
        ),
    )
    handler = aws.lambda_.Function(
        "handler",
        runtime="nodejs16.x",
        handler="index.handler",
        role=role.arn,
        code=CODE,
        environment={"variables": {"TABLE": table.name, "STRIPE_SECRET_KEY": "sk_live_51Habc"}},
    )
    api = aws.apigateway.RestApi("api", description="items")
    resource = aws.apigateway.Resource("item", rest_api=api.id, parent_id=api.root_resource_id, path_part="item")
    integrations = []
    for verb in ("GET", "PUT", "OPTIONS"):
        method = aws.apigateway.Method(
            f"{verb.lower()}-item", rest_api=api.id, resource_id=resource.id, http_method=verb, authorization="NONE"
        )
        integrations.append(
            aws.apigateway.Integration(
                f"{verb.lower()}-integration",
                rest_api=api.id,
                resource_id=resource.id,
                http_method=method.http_method,
                type="AWS_PROXY",
                integration_http_method="POST",
                uri=handler.invoke_arn,
            )
        )
    aws.lambda_.Permission(
        "allow-api", action="lambda:InvokeFunction", function=handler.name, principal="apigateway.amazonaws.com"
    )
    deployment = aws.apigateway.Deployment(
        "deployment", rest_api=api.id, opts=pulumi.ResourceOptions(depends_on=integrations)
    )
    aws.apigateway.Stage("stage", rest_api=api.id, deployment=deployment.id, stage_name="v1")
