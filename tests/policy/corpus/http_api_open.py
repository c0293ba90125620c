"""An HTTP API that anybody may call, made by quick create, with a function whose log group nobody made."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "greet": "lambda-log-group lambda-runtime",
    "greet-url": "lambda-url",
    "open-api": "api-route-auth",
    "hello": "api-route-auth",
    "live": "api-access-logs api-throttle",
    "open-permission": "lambda-permission",
    "public-permission": "lambda-permission",
}


def program() -> None:
    role = aws.iam.Role(
        "greet-role",
        assume_role_policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": ["lambda.amazonaws.com"]},
                        "Action": ["sts:AssumeRole"],
                    }
                ],
            }
        ),
        managed_policy_arns=["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
    )
    function = aws.lambda_.Function(
        "greet",
        runtime=aws.lambda_.Runtime.PYTHON3D8,
        handler="main.handle",
        role=role.arn,
        code=pulumi.AssetArchive({"main.py": pulumi.StringAsset("def handle(event, context): return 'hello'")}),
    )
    aws.lambda_.FunctionUrl("greet-url", function_name=function.name, authorization_type="NONE")
    # A target at the API itself makes a route, an integration and a stage by itself: "quick create".
    quick = aws.apigatewayv2.Api("open-api", protocol_type="HTTP", route_key="GET /", target=function.invoke_arn)
    api = aws.apigatewayv2.Api("second-api", protocol_type="HTTP")
    aws.apigatewayv2.Route("hello", api_id=api.id, route_key="GET /hello")
    aws.apigatewayv2.Stage("live", api_id=api.id, name="live", auto_deploy=True)
    aws.lambda_.Permission(
        "open-permission",
        action="lambda:InvokeFunction",
        function=function.name,
        principal="apigateway.amazonaws.com",
        source_arn="*",
    )
    aws.lambda_.Permission(
        "public-permission",
        action="lambda:InvokeFunctionUrl",
        function=function.arn,
        principal="*",
        function_url_auth_type="NONE",
    )
    pulumi.export("url", quick.api_endpoint)
