"""A REST API whose callers come from a user pool, with limits, logs, a firewall, and a function for one table."""

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}

CODE = pulumi.AssetArchive({"main.py": pulumi.StringAsset("def handle(event, context): return {'statusCode': 200}")})
POOL = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEf"
KEEP = pulumi.ResourceOptions(protect=True)


def _function(key: aws.kms.Key) -> aws.lambda_.Function:
    table = aws.dynamodb.Table(
        "orders",
        hash_key="user",
        range_key="order",
        billing_mode="PAY_PER_REQUEST",
        attributes=[{"name": "user", "type": "S"}, {"name": "order", "type": "S"}],
        point_in_time_recovery={"enabled": True},
        deletion_protection_enabled=True,
        server_side_encryption={"enabled": True, "kms_key_arn": key.arn},
        opts=KEEP,
    )
    trust = aws.iam.get_policy_document(
        statements=[
            {
                "actions": ["sts:AssumeRole"],
                "principals": [{"type": "Service", "identifiers": ["lambda.amazonaws.com"]}],
            }
        ]
    )
    role = aws.iam.Role("orders-role", assume_role_policy=trust.json)
    log = aws.cloudwatch.LogGroup("orders-log", name="/aws/lambda/orders", retention_in_days=90)
    document = aws.iam.get_policy_document_output(
        statements=[
            {"actions": ["dynamodb:GetItem", "dynamodb:Query"], "resources": [table.arn]},
            {"actions": ["kms:Decrypt"], "resources": [key.arn]},
            {
                "actions": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "resources": [log.arn.apply(lambda arn: f"{arn}:*")],
            },
            {"actions": ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "resources": ["*"]},
        ]
    )
    aws.iam.RolePolicy("orders-policy", role=role.id, policy=document.json)
    return aws.lambda_.Function(
        "orders-function",
        name="orders",
        runtime="python3.13",
        handler="main.handle",
        role=role.arn,
        code=CODE,
        tracing_config={"mode": "Active"},
        environment={"variables": {"TABLE": table.name}},
        opts=pulumi.ResourceOptions(depends_on=[log]),
    )


def program() -> None:
    key = aws.kms.Key("orders-key", enable_key_rotation=True, deletion_window_in_days=30, opts=KEEP)
    function = _function(key)
    api = aws.apigateway.RestApi("orders-api")
    authorizer = aws.apigateway.Authorizer(
        "orders-authorizer", rest_api=api.id, type="COGNITO_USER_POOLS", provider_arns=[POOL]
    )
    resource = aws.apigateway.Resource("orders", rest_api=api.id, parent_id=api.root_resource_id, path_part="orders")
    validator = aws.apigateway.RequestValidator("orders-validator", rest_api=api.id, validate_request_parameters=True)
    method = aws.apigateway.Method(
        "get-orders",
        rest_api=api.id,
        resource_id=resource.id,
        http_method="GET",
        authorization="COGNITO_USER_POOLS",
        authorizer_id=authorizer.id,
        request_validator_id=validator.id,
    )
    integration = aws.apigateway.Integration(
        "orders-integration",
        rest_api=api.id,
        resource_id=resource.id,
        http_method=method.http_method,
        type="AWS_PROXY",
        integration_http_method="POST",
        uri=function.invoke_arn,
    )
    aws.lambda_.Permission(
        "orders-permission",
        action="lambda:InvokeFunction",
        function=function.name,
        principal="apigateway.amazonaws.com",
        source_arn=api.execution_arn.apply(lambda arn: f"{arn}/*/GET/orders"),
    )
    deployment = aws.apigateway.Deployment(
        "orders-deployment", rest_api=api.id, opts=pulumi.ResourceOptions(depends_on=[integration])
    )
    log = aws.cloudwatch.LogGroup("access-log", retention_in_days=365)
    stage = aws.apigateway.Stage(
        "live",
        rest_api=api.id,
        deployment=deployment.id,
        stage_name="live",
        xray_tracing_enabled=True,
        access_log_settings={"destination_arn": log.arn, "format": "$context.requestId $context.status"},
    )
    aws.apigateway.MethodSettings(
        "limits",
        rest_api=api.id,
        stage_name=stage.stage_name,
        method_path="*/*",
        settings={"logging_level": "ERROR", "throttling_rate_limit": 50, "throttling_burst_limit": 20},
    )
    firewall = aws.wafv2.WebAcl(
        "firewall",
        scope="REGIONAL",
        default_action={"allow": {}},
        rules=[
            {
                "name": "common",
                "priority": 1,
                "override_action": {"none": {}},
                "statement": {
                    "managed_rule_group_statement": {"name": "AWSManagedRulesCommonRuleSet", "vendor_name": "AWS"}
                },
                "visibility_config": {
                    "cloudwatch_metrics_enabled": True,
                    "metric_name": "common",
                    "sampled_requests_enabled": False,
                },
            }
        ],
        visibility_config={
            "cloudwatch_metrics_enabled": True,
            "metric_name": "orders",
            "sampled_requests_enabled": False,
        },
    )
    aws.wafv2.WebAclAssociation("firewall-on-api", resource_arn=stage.arn, web_acl_arn=firewall.arn)
