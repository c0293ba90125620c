"""The part of the compliant stack that faces the internet: APIs, web servers, load balancers."""

from policy.guard_stack import JsonText, Ref, Spec, Specs

CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/a1"
TLS = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop:password"
LIMITS = {"throttlingRateLimit": 100, "throttlingBurstLimit": 50}

OPTIONS: dict[str, dict[str, object]] = {
    "aws:autoscaling:asg": {"MinSize": "2", "MaxSize": "4"},
    "aws:autoscaling:launchconfiguration": {"DisableIMDSv1": "true"},
    "aws:ec2:vpc": {
        "VPCId": Ref("vpc"),
        "Subnets": "subnet-a,subnet-b",
        "AssociatePublicIpAddress": "false",
        "ELBScheme": "internal",
    },
    "aws:elasticbeanstalk:application:environment": {
        "RDS_HOSTNAME": Ref("db", "address"),
        "TOKEN_JWKS": '{"keys": [{"kty": "EC", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}]}',
        "TOKEN_ISSUER": "https://example.com",
    },
    "aws:elasticbeanstalk:application:environmentsecrets": {"RDS_PASSWORD": SECRET},
    "aws:elasticbeanstalk:cloudwatch:logs": {"StreamLogs": "true", "RetentionInDays": "90"},
    "aws:elasticbeanstalk:command": {"DeploymentPolicy": "RollingWithAdditionalBatch"},
    "aws:elasticbeanstalk:environment": {"EnvironmentType": "LoadBalanced", "LoadBalancerType": "application"},
    "aws:elasticbeanstalk:healthreporting:system": {"SystemType": "enhanced"},
    "aws:elasticbeanstalk:hostmanager": {"LogPublicationControl": "true"},
    "aws:elasticbeanstalk:managedactions": {"ManagedActionsEnabled": "true", "PreferredStartTime": "Sun:03:00"},
    "aws:elasticbeanstalk:managedactions:platformupdate": {"UpdateLevel": "minor"},
    "aws:elbv2:listener:443": {"Protocol": "HTTPS", "SSLCertificateArns": CERTIFICATE, "SSLPolicy": TLS},
    "aws:elbv2:listener:default": {"ListenerEnabled": "false"},
    "aws:elbv2:loadbalancer": {"AccessLogsS3Enabled": "true", "AccessLogsS3Bucket": Ref("logs")},
}


def apis() -> Specs:
    """Return APIs that keep every rule: one by a document, one by methods, one for HTTP, one for WebSockets."""
    log = {"destinationArn": Ref("log-group", "arn"), "format": "$context.requestId"}
    return {
        "api": Spec(
            "aws:apigateway/restApi:RestApi", {"body": JsonText(_document()), "disableExecuteApiEndpoint": True}
        ),
        "api-stage": Spec(
            "aws:apigateway/stage:Stage",
            {"restApi": Ref("api"), "stageName": "live", "accessLogSettings": log, "xrayTracingEnabled": True},
        ),
        "api-settings": Spec(
            "aws:apigateway/methodSettings:MethodSettings",
            {
                "restApi": Ref("api"),
                "stageName": "live",
                "methodPath": "*/*",
                "settings": {**LIMITS, "loggingLevel": "ERROR", "cachingEnabled": True, "cacheDataEncrypted": True},
            },
        ),
        "api-firewall": Spec(
            "aws:wafv2/webAclAssociation:WebAclAssociation",
            {"resourceArn": Ref("api-stage", "arn"), "webAclArn": Ref("firewall", "arn")},
        ),
        "certificate": Spec("aws:acm/certificate:Certificate", {"validationMethod": "DNS"}),
        "api-domain": Spec("aws:apigateway/domainName:DomainName", {"securityPolicy": "TLS_1_2"}),
        "api-mapping": Spec(
            "aws:apigateway/basePathMapping:BasePathMapping",
            {"restApi": Ref("api"), "domainName": Ref("api-domain", "domainName")},
        ),
        "plain-api": Spec("aws:apigateway/restApi:RestApi", {}),
        "method": Spec(
            "aws:apigateway/method:Method",
            {
                "restApi": Ref("plain-api"),
                "httpMethod": "GET",
                "authorization": "AWS_IAM",
                "requestValidatorId": "v1",
            },
        ),
        "http-api": Spec("aws:apigatewayv2/api:Api", {"protocolType": "HTTP", "disableExecuteApiEndpoint": True}),
        "http-route": Spec(
            "aws:apigatewayv2/route:Route",
            {"apiId": Ref("http-api"), "routeKey": "GET /prices", "authorizationType": "AWS_IAM"},
        ),
        "http-stage": Spec(
            "aws:apigatewayv2/stage:Stage",
            {"apiId": Ref("http-api"), "accessLogSettings": log, "defaultRouteSettings": LIMITS},
        ),
        "http-domain": Spec(
            "aws:apigatewayv2/domainName:DomainName", {"domainNameConfiguration": {"securityPolicy": "TLS_1_2"}}
        ),
        "http-mapping": Spec("aws:apigatewayv2/apiMapping:ApiMapping", {"apiId": Ref("http-api"), "stage": "live"}),
        "socket-api": Spec("aws:apigatewayv2/api:Api", {"protocolType": "WEBSOCKET"}),
        "socket-route": Spec(
            "aws:apigatewayv2/route:Route",
            {
                "apiId": Ref("socket-api"),
                "routeKey": "$connect",
                "authorizationType": "CUSTOM",
                "authorizerId": Ref("function", "arn"),
            },
        ),
        "socket-stage": Spec(
            "aws:apigatewayv2/stage:Stage",
            {
                "apiId": Ref("socket-api"),
                "accessLogSettings": log,
                "defaultRouteSettings": {**LIMITS, "loggingLevel": "INFO"},
                "routeSettings": [{"routeKey": "$connect", "dataTraceEnabled": False}],
            },
        ),
    }


def servers() -> Specs:
    """Return web servers and load balancers that keep every rule."""
    forward = [
        {"type": "forward", "targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a"}
    ]
    redirect = [{"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}]
    listener, balancer = "aws:lb/listener:Listener", Ref("balancer", "arn")
    return {
        "environment": Spec(
            "aws:elasticbeanstalk/environment:Environment",
            {
                "solutionStackName": "64bit Amazon Linux 2023 v4.7.5 running PHP 8.4",
                "settings": [
                    {"namespace": namespace, "name": name, "value": value}
                    for namespace, options in OPTIONS.items()
                    for name, value in options.items()
                ],
            },
        ),
        "balancer": Spec(
            "aws:lb/loadBalancer:LoadBalancer",
            {
                "dropInvalidHeaderFields": True,
                "desyncMitigationMode": "defensive",
                "enableDeletionProtection": True,
                "accessLogs": {"bucket": Ref("logs"), "enabled": True},
            },
        ),
        "listener": Spec(
            listener,
            {
                "loadBalancerArn": balancer,
                "port": 443,
                "protocol": "HTTPS",
                "sslPolicy": TLS,
                "certificateArn": CERTIFICATE,
                "defaultActions": forward,
            },
        ),
        "http-listener": Spec(
            listener, {"loadBalancerArn": balancer, "port": 80, "protocol": "HTTP", "defaultActions": redirect}
        ),
        "listener-rule": Spec(
            "aws:lb/listenerRule:ListenerRule", {"listenerArn": Ref("listener", "arn"), "actions": forward}
        ),
        "redirect-rule": Spec(
            "aws:lb/listenerRule:ListenerRule", {"listenerArn": Ref("http-listener", "arn"), "actions": redirect}
        ),
    }


def _document() -> dict[str, object]:
    signed = {"security": [{"signed": []}], "responses": {}}
    header = {"type": "apiKey", "in": "header"}
    return {
        "openapi": "3.0.3",
        "x-amazon-apigateway-request-validator": "all",
        "x-amazon-apigateway-request-validators": {"all": {"validateRequestBody": True}},
        "paths": {
            "/notes": {"parameters": [], "get": signed, "post": {**signed}, "options": {"responses": {}}},
            "/orders": {"x-amazon-apigateway-any-method": {"security": [{"users": []}], "responses": {}}},
            "/.well-known/jwks.json": {"get": {"responses": {}}},
        },
        "components": {
            "securitySchemes": {
                "signed": {**header, "name": "Authorization", "x-amazon-apigateway-authtype": "awsSigv4"},
                "users": {
                    **header,
                    "name": "Authorization",
                    "x-amazon-apigateway-authtype": "cognito_user_pools",
                    "x-amazon-apigateway-authorizer": {
                        "type": "cognito_user_pools",
                        "providerARNs": [Ref("user-pool", "arn")],
                    },
                },
                "client": {**header, "name": "x-api-key"},
            }
        },
    }
