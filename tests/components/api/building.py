"""An API under mocks, and the one that has everything."""

import json
from typing import Any

import pulumi
from components.identity.account import Account as IdentityAccount
from pulumi.runtime import Mocks

from pulumi_aws_mobile.api import Api
from pulumi_aws_mobile.testing import Recording, record

Args = dict[str, Any]

API = "urn:pulumi:stack::project::aws-mobile:index:Api::api"
HOME = "eu-west-1"
ACCOUNT = "123456789012"
BALANCER = f"arn:aws:elasticloadbalancing:{HOME}:{ACCOUNT}:loadbalancer/app/core/1"
FUNCTION = f"arn:aws:lambda:{HOME}:{ACCOUNT}:function:exchange"
TOPIC = f"arn:aws:sns:{HOME}:{ACCOUNT}:alarms"
STAGE_ARN = f"arn:aws:execute-api:{HOME}:{ACCOUNT}:api-rest-id/live"
INTEGRATION = "x-amazon-apigateway-integration"
CALLERS = "x-aws-mobile-callers"
MOCK: Args = {
    "type": "mock",
    "requestTemplates": {"application/json": '{"statusCode": 200}'},
    "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": '{"keys":[]}'}}},
}
CORE_API: Args = {
    "load_balancer_arn": BALANCER,
    "url": "http://core.example.com",
    "subnet_ids": ["subnet-1a", "subnet-1b"],
    "security_group_ids": ["sg-1"],
}


class Account(IdentityAccount):
    """Gives what API Gateway, ACM and Route 53 give where an API reads the answer."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        kind = args.typ.rpartition(":")[2]
        if kind == "RestApi":
            outputs |= {"executionArn": f"arn:aws:execute-api:{HOME}:{ACCOUNT}:{id_}", "name": args.name}
        if kind == "Stage":
            host = f"{args.inputs.get('restApi')}.execute-api.{HOME}.amazonaws.com"
            outputs |= {"invokeUrl": f"https://{host}/{args.inputs.get('stageName')}"}
        if kind == "ApiKey":
            outputs["value"] = f"value-of-{args.name}"
        if kind == "DomainName":
            outputs |= {"regionalDomainName": "d-1.execute-api.example.com", "regionalZoneId": "Z1"}
        if kind == "Certificate":
            option = {"resourceRecordName": "_1.api", "resourceRecordType": "CNAME", "resourceRecordValue": "_2.acm"}
            outputs["domainValidationOptions"] = [option]
        if kind in {"Role", "LogGroup"}:
            outputs["name"] = args.inputs.get("name", args.name)
        if kind == "Record":
            outputs["fqdn"] = args.inputs.get("name")
        return id_, outputs


def operation(*, callers: list[str] | None = None, **words: Any) -> Args:  # noqa: ANN401 - any words of OpenAPI
    """Return an operation that answers 200."""
    described = {"responses": {"200": {"description": "It worked"}}, **words}
    return described if callers is None else {**described, CALLERS: callers}


def parameter(name: str, place: str = "path") -> Args:
    return {"name": name, "in": place, "required": True, "schema": {"type": "string"}}


def document(paths: Args, schemas: Args | None = None, **words: Any) -> Args:  # noqa: ANN401 - any words of OpenAPI
    components = {"components": {"schemas": schemas}} if schemas else {}
    return {"openapi": "3.0.3", "info": {"title": "Core", "version": "1"}, "paths": paths, **components, **words}


def mock_api(paths: Args | None = None, **words: Any) -> Args:  # noqa: ANN401 - any words of OpenAPI
    """Return the options of an API whose routes are answered by API Gateway itself."""
    described = {
        path: {method: {**each, INTEGRATION: MOCK} for method, each in item.items()}
        for path, item in (paths or {"/about": {"get": operation()}}).items()
    }
    return {"contributions": {"core": {"document": document(described)}}, **words}


NOTE = {
    "type": "object",
    "required": ["title"],
    "additionalProperties": False,
    "properties": {"title": {"type": "string", "maxLength": 200}, "text": {"type": "string"}},
}
NOTE_BODY = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}, "required": True}
NOTES: Args = {
    "/notes": {"get": operation(), "post": operation(requestBody=NOTE_BODY)},
    "/notes/{id}": {"get": operation(), "put": operation(requestBody=NOTE_BODY), "parameters": [parameter("id")]},
    "/about": {"get": operation(callers=["guests", "signed_in"])},
    "/reports": {"get": operation(callers=["editors"])},
}
CORE: Args = {"document": document(NOTES, {"Note": NOTE}), "target": "core_api"}
TOKENS: Args = {
    "document": document(
        {
            "/token": {"post": operation()},
            "/.well-known/jwks.json": {"get": operation(callers=["anyone"], **{INTEGRATION: MOCK})},
        }
    ),
    "target": "function",
    "function_arn": FUNCTION,
    "function_name": "exchange",
}
QUEUE: Args = {
    "document": document(
        {"/events": {"post": operation(**{INTEGRATION: {"type": "aws", "httpMethod": "POST", "uri": "arn:aws:x"}})}}
    ),
    "statements": [{"actions": ["sqs:SendMessage"], "resources": [f"arn:aws:sqs:{HOME}:{ACCOUNT}:events"]}],
}
EVERYTHING: Args = {
    "contributions": {"core": CORE, "tokens": TOKENS, "queue": QUEUE},
    "core_api": CORE_API,
    "groups": ["editors"],
    "cors": {"origins": ["https://app.example.org"]},
    "clients": {"ios": {"requests_per_second": 50, "quota_requests": 1000000}, "android": {}},
    "require_client_keys": True,
    "firewall": {},
    "execution_logs": "error",
    "domain": {"name": "api.example.com", "hosted_zone_id": "Z0123456789"},
    "alarms": {"topic_arn": TOPIC},
    "region": HOME,
    "tags": {"team": "core"},
}


def build(args: Args, *, preview: bool = False, mocks: Mocks | None = None, name: str = "api") -> Recording:
    return record(lambda: Api(name, args), preview=preview, mocks=mocks or Account())


def body_of(recording: Recording) -> Args:
    """Return the document that API Gateway gets."""
    return json.loads(recording.only("aws:apigateway/restApi:RestApi").inputs["body"])
