"""What an API is in CloudFormation: API Gateway and the firewall before it."""

import json
from collections.abc import Mapping
from typing import Any

from .cdk_rules import Counterpart, Folded, Properties, Rule, same

_WAF_NAMES = {"cloudwatchMetricsEnabled": "cloudWatchMetricsEnabled"}


def _method_settings(inputs: Properties) -> Properties:
    method, _, path = reversed(inputs["methodPath"].rpartition("/"))
    return {"methodSettings": [{"httpMethod": method, "resourcePath": f"/{path}", **inputs["settings"]}]}


def _endpoint(given: Properties) -> Properties:
    types = given["types"]
    return {"endpointConfiguration": {**given, "types": [types] if isinstance(types, str) else types}}


def _waf(given: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return what WAF is told, in CloudFormation's spelling."""
    if isinstance(given, Mapping):
        return {_WAF_NAMES.get(name, name): _waf(value) for name, value in given.items()}
    return [_waf(item) for item in given] if isinstance(given, list) else given


def _redacted(given: list[Properties]) -> Properties:
    return {"redactedFields": [{"singleHeader": {"Name": field["singleHeader"]["name"]}} for field in given]}


API: Mapping[str, Rule] = {
    "aws:apigateway/account:Account": Counterpart(
        "AWS::ApiGateway::Account", {"cloudwatchRoleArn": "cloudWatchRoleArn"}
    ),
    "aws:apigateway/apiKey:ApiKey": Counterpart(
        "AWS::ApiGateway::ApiKey",
        same("description", "enabled", "tags"),
        # CloudFormation never tells the key itself: whoever wants it asks API Gateway for the one with this id.
        {"value": "attrApiKeyId"},
    ),
    "aws:apigateway/deployment:Deployment": Counterpart(
        "AWS::ApiGateway::Deployment",
        # What makes another deployment is another name of the construct.
        same("description") | {"restApi": "restApiId", "triggers": ""},
    ),
    "aws:apigateway/methodSettings:MethodSettings": Folded("stageName", "MethodSettings", _method_settings),
    "aws:apigateway/restApi:RestApi": Counterpart(
        "AWS::ApiGateway::RestApi",
        same("description", "disableExecuteApiEndpoint", "endpointAccessMode", "securityPolicy", "tags")
        | {"body": lambda given: {"body": json.loads(given)}, "endpointConfiguration": _endpoint},
        {
            "name": "{name}",
            "arn": "arn:aws:apigateway:{region}::/restapis/@@{index}.id@@",
            "executionArn": "arn:aws:execute-api:{region}:123456789012:@@{index}.id@@",
        },
    ),
    "aws:apigateway/stage:Stage": Counterpart(
        "AWS::ApiGateway::Stage",
        same("stageName", "tags")
        | {
            "accessLogSettings": "accessLogSetting",
            "deployment": "deploymentId",
            "restApi": "restApiId",
            "xrayTracingEnabled": "tracingEnabled",
        },
        {
            "stageName": "ref",
            "arn": "arn:aws:apigateway:{region}::/restapis/{inputs[restApi]}/stages/@@{index}.stageName@@",
            "invokeUrl": "https://{inputs[restApi]}.execute-api.{region}.amazonaws.com/@@{index}.stageName@@",
        },
    ),
    "aws:apigateway/usagePlan:UsagePlan": Counterpart(
        "AWS::ApiGateway::UsagePlan",
        same("apiStages", "description", "tags") | {"quotaSettings": "quota", "throttleSettings": "throttle"},
    ),
    "aws:apigateway/usagePlanKey:UsagePlanKey": Counterpart(
        "AWS::ApiGateway::UsagePlanKey", same("keyId", "keyType", "usagePlanId")
    ),
    "aws:apigatewayv2/vpcLink:VpcLink": Counterpart(
        "AWS::ApiGatewayV2::VpcLink",
        same("securityGroupIds", "subnetIds") | {"tags": lambda given: {"tags": given}},
    ),
    "aws:wafv2/webAcl:WebAcl": Counterpart(
        "AWS::WAFv2::WebACL",
        same("defaultAction", "description", "scope", "tags")
        | {
            "rules": lambda given: {"rules": _waf(given)},
            "visibilityConfig": lambda given: {"visibilityConfig": _waf(given)},
        },
    ),
    "aws:wafv2/webAclAssociation:WebAclAssociation": Counterpart(
        "AWS::WAFv2::WebACLAssociation", same("resourceArn", "webAclArn")
    ),
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": Counterpart(
        "AWS::WAFv2::LoggingConfiguration", same("logDestinationConfigs", "resourceArn") | {"redactedFields": _redacted}
    ),
}
