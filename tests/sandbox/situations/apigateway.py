"""Situations of API Gateway."""

import json

from .world import OTHER_TAGS, TAGS, TRUST, Inputs, Situation, World

LOG_FORMAT = '{"id":"$context.requestId","status":"$context.status"}'


def operation(text: str = "{}", **more: object) -> Inputs:
    """Return a method that answers a text."""
    return {
        "responses": {"200": {"description": "An answer"}},
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "requestTemplates": {"application/json": '{"statusCode": 200}'},
            "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": text}}},
        },
        **more,
    }


def body(paths: Inputs | None = None, **more: object) -> str:
    """Return a document."""
    info = {"title": "documented", "version": "1"}
    return json.dumps({"openapi": "3.0.3", "info": info, "paths": paths or {"/about": {"get": operation()}}, **more})


def _policy(resource: str) -> str:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def api(world: World, **more: object) -> str:
    """Return the id of an API."""
    return world.make("aws:apigateway/restApi:RestApi", {"body": body(), **more})["id"]


def stage(world: World, **more: object) -> Inputs:
    """Return the outputs of a stage."""
    api_id = api(world)
    deployment = world.make("aws:apigateway/deployment:Deployment", {"restApi": api_id})["id"]
    given = {"restApi": api_id, "deployment": deployment, "stageName": "live", **more}
    return world.make("aws:apigateway/stage:Stage", given)


def log_role(world: World) -> str:
    """Let API Gateway of this account write logs; return the role."""
    trust = TRUST.replace("rds.", "apigateway.")
    arn = world.make("aws:iam/role:Role", {"assumeRolePolicy": trust})["arn"]
    world.make("aws:apigateway/account:Account", {"cloudwatchRoleArn": arn})
    return arn


def _rest_api(_: World) -> tuple[Inputs, Inputs]:
    first = {
        "body": body(),
        "endpointConfiguration": {"types": "REGIONAL"},
        "disableExecuteApiEndpoint": True,
        "description": "One",
        "tags": TAGS,
    }
    changed = {
        **first,
        "body": body({"/notes/{id}": {"get": operation()}}),
        "binaryMediaTypes": ["image/png"],
        "description": "Two",
        "disableExecuteApiEndpoint": False,
        "minimumCompressionSize": "1024",
        "name": "notes",
        "policy": _policy("execute-api:/*"),
        "tags": OTHER_TAGS,
    }
    return first, changed


def _rest_api_policy(world: World) -> tuple[Inputs, Inputs]:
    api_id = api(world)
    first = {"restApiId": api_id, "policy": _policy("execute-api:/*")}
    return first, {**first, "policy": _policy("execute-api:/live/*")}


def _response(world: World) -> tuple[Inputs, Inputs]:
    first = {"restApiId": api(world), "responseType": "THROTTLED", "statusCode": "429"}
    return first, {
        **first,
        "responseParameters": {"gatewayresponse.header.Retry-After": "'1'"},
        "responseTemplates": {"application/json": '{"error":$context.error.messageString}'},
    }


def _deployment(world: World) -> tuple[Inputs, Inputs]:
    first = {"restApi": api(world), "description": "First", "triggers": {"document": "a"}}
    return first, {**first, "description": "Second"}


def _stage(world: World) -> tuple[Inputs, Inputs]:
    log_role(world)
    api_id = api(world)
    old, new = (world.make("aws:apigateway/deployment:Deployment", {"restApi": api_id})["id"] for _ in range(2))
    group = world.make("aws:cloudwatch/logGroup:LogGroup", {})["arn"]
    first = {"restApi": api_id, "deployment": old, "stageName": "live", "variables": {"a": "1"}, "tags": TAGS}
    return first, {
        **first,
        "accessLogSettings": {"destinationArn": group, "format": LOG_FORMAT},
        "deployment": new,
        "description": "The one in use",
        "tags": OTHER_TAGS,
        "variables": {"b": "2"},
        "xrayTracingEnabled": True,
    }


def _method_settings(world: World) -> tuple[Inputs, Inputs]:
    log_role(world)
    made = stage(world)
    first = {
        "restApi": made["restApi"],
        "stageName": "live",
        "methodPath": "*/*",
        "settings": {"throttlingBurstLimit": 20, "throttlingRateLimit": 10.0},
    }
    return first, {**first, "settings": {"loggingLevel": "ERROR", "metricsEnabled": True, "throttlingRateLimit": 5.0}}


def _account(world: World) -> tuple[Inputs, Inputs]:
    trust = TRUST.replace("rds.", "apigateway.")
    first, second = (world.make("aws:iam/role:Role", {"assumeRolePolicy": trust})["arn"] for _ in range(2))
    return {"cloudwatchRoleArn": first}, {"cloudwatchRoleArn": second}


def _usage_plan(world: World) -> tuple[Inputs, Inputs]:
    made = stage(world)
    stages = [{"apiId": made["restApi"], "stage": "live"}]
    first = {"throttleSettings": {"burstLimit": 5, "rateLimit": 2.5}, "apiStages": stages, "tags": TAGS}
    return first, {
        "apiStages": [],
        "description": "For partners",
        "name": "partners",
        "quotaSettings": {"limit": 100, "period": "WEEK", "offset": 1},
        "tags": OTHER_TAGS,
        "throttleSettings": {"burstLimit": 6, "rateLimit": 2.5},
    }


def _api_key(_: World) -> tuple[Inputs, Inputs]:
    return {"tags": TAGS}, {"enabled": False, "description": "Of a partner", "name": "partner", "tags": OTHER_TAGS}


def _usage_plan_key(world: World) -> tuple[Inputs, None]:
    key = world.make("aws:apigateway/apiKey:ApiKey", {})["id"]
    plan = world.make("aws:apigateway/usagePlan:UsagePlan", {})["id"]
    return {"keyId": key, "keyType": "API_KEY", "usagePlanId": plan}, None


def certificate(world: World, *names: str) -> str:
    """Return the ARN of a certificate."""
    first, *others = names
    given = {"domainName": first, "subjectAlternativeNames": others, "validationMethod": "DNS"}
    return world.make("aws:acm/certificate:Certificate", given)["arn"]


def domain(world: World, name: str = "api.example.com") -> str:
    """Return a domain name with a certificate."""
    given = {
        "domainName": name,
        "endpointConfiguration": {"types": "REGIONAL"},
        "regionalCertificateArn": certificate(world, name),
    }
    return world.make("aws:apigateway/domainName:DomainName", given)["domainName"]


def _domain_name(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "domainName": "api.example.com",
        "endpointConfiguration": {"types": "REGIONAL"},
        "regionalCertificateArn": certificate(world, "api.example.com"),
        "securityPolicy": "TLS_1_2",
        "tags": TAGS,
    }
    return first, {**first, "regionalCertificateArn": certificate(world, "*.example.com"), "tags": OTHER_TAGS}


def _base_path_mapping(world: World) -> tuple[Inputs, Inputs]:
    made, other = stage(world), stage(world)
    first = {"domainName": domain(world), "restApi": made["restApi"], "stageName": "live", "basePath": "v1"}
    return first, {**first, "restApi": other["restApi"]}


def _vpc_link(world: World) -> tuple[Inputs, Inputs]:
    subnets = world.subnets(2)
    vpc = world.sandbox.clients("ec2").describe_subnets(SubnetIds=subnets)["Subnets"][0]["VpcId"]
    group = world.make("aws:ec2/securityGroup:SecurityGroup", {"vpcId": vpc})["id"]
    first = {"subnetIds": subnets, "securityGroupIds": [group], "tags": TAGS}
    return first, {**first, "name": "to-the-web-tier", "tags": OTHER_TAGS}


def _certificate(_: World) -> tuple[Inputs, Inputs]:
    first = {
        "domainName": "api.example.com",
        "subjectAlternativeNames": ["*.api.example.com"],
        "validationMethod": "DNS",
        "tags": TAGS,
    }
    return first, {**first, "tags": OTHER_TAGS}


def _validation(world: World) -> tuple[Inputs, None]:
    return {"certificateArn": certificate(world, "api.example.com")}, None


def _zone(_: World) -> tuple[Inputs, Inputs]:
    return {"name": "example.com", "tags": TAGS}, {"name": "example.com", "comment": "Ours", "tags": OTHER_TAGS}


def _record(world: World) -> tuple[Inputs, Inputs]:
    zone = world.make("aws:route53/zone:Zone", {"name": "example.com"})["zoneId"]
    first = {"zoneId": zone, "name": "api.example.com", "type": "CNAME", "ttl": 60, "records": ["a.example.net"]}
    return first, {**first, "ttl": 300, "records": ["b.example.net"]}


SITUATIONS: dict[str, Situation] = {
    "aws:acm/certificate:Certificate": _certificate,
    "aws:acm/certificateValidation:CertificateValidation": _validation,
    "aws:apigateway/account:Account": _account,
    "aws:apigateway/apiKey:ApiKey": _api_key,
    "aws:apigateway/basePathMapping:BasePathMapping": _base_path_mapping,
    "aws:apigateway/deployment:Deployment": _deployment,
    "aws:apigateway/domainName:DomainName": _domain_name,
    "aws:apigateway/methodSettings:MethodSettings": _method_settings,
    "aws:apigateway/response:Response": _response,
    "aws:apigateway/restApi:RestApi": _rest_api,
    "aws:apigateway/restApiPolicy:RestApiPolicy": _rest_api_policy,
    "aws:apigateway/stage:Stage": _stage,
    "aws:apigateway/usagePlan:UsagePlan": _usage_plan,
    "aws:apigateway/usagePlanKey:UsagePlanKey": _usage_plan_key,
    "aws:apigatewayv2/vpcLink:VpcLink": _vpc_link,
    "aws:route53/record:Record": _record,
    "aws:route53/zone:Zone": _zone,
}
