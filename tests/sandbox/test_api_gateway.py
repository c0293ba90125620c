"""API Gateway as it is managed: deployments, stages, plans, domains and links that change and refuse as AWS's do."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from sandbox.gateway.calling import Api, deployed, saying
from sandbox.situations.apigateway import SITUATIONS, body, certificate, domain, stage
from sandbox.situations.wafv2 import acl
from sandbox.situations.world import World

from pulumi_aws_sandbox.aws import server
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.functions import FunctionError
from pulumi_aws_sandbox.serve import serving


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    return World(sandbox)


def _client(world: World) -> Any:  # noqa: ANN401 - a boto3 client
    return world.sandbox.clients("apigateway")


def _api(world: World) -> Api:
    from sandbox.access.world import Door

    return deployed(Door(world.sandbox.clients, None), {"/a": {"get": saying("1")}})


def _refused(call: Any, **arguments: Any) -> tuple[str, str]:  # noqa: ANN401 - a call of boto3
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def test_a_stage_serves_what_was_deployed_until_the_next_deployment(world: World) -> None:
    api = _api(world)
    changed = body({"/b": {"get": saying("2")}}).encode()
    _client(world).put_rest_api(restApiId=api.id, mode="overwrite", body=changed)
    assert (api.call(path="/a").status, api.call(path="/b").status) == (200, 403)
    api.deploy_again()
    assert (api.call(path="/a").status, api.call(path="/b").status) == (403, 200)


def test_a_stage_can_go_back_to_an_older_deployment(world: World) -> None:
    api, client = _api(world), _client(world)
    first = client.get_stage(restApiId=api.id, stageName="live")["deploymentId"]
    api.redeploy({"/b": {"get": saying("2")}})
    api.patch_stage(**{"/deploymentId": first})
    assert (api.call(path="/a").status, api.call(path="/b").status) == (200, 403)


def test_a_deployment_in_use_stays(world: World) -> None:
    api, client = _api(world), _client(world)
    used = client.get_stage(restApiId=api.id, stageName="live")["deploymentId"]
    refused = _refused(client.delete_deployment, restApiId=api.id, deploymentId=used)
    assert refused == ("BadRequestException", "Active stages pointing to this deployment must be moved or deleted")
    api.deploy_again()
    client.delete_deployment(restApiId=api.id, deploymentId=used)
    gone = _refused(client.get_deployment, restApiId=api.id, deploymentId=used)
    assert gone == ("NotFoundException", "Invalid Deployment identifier specified")


def test_an_api_with_a_method_that_nothing_answers_is_not_deployed(world: World) -> None:
    client = _client(world)
    made = client.create_rest_api(name="empty")["id"]
    client.put_rest_api(restApiId=made, mode="overwrite", body=body({"/a": {"get": {"responses": {}}}}).encode())
    refused = _refused(client.create_deployment, restApiId=made)
    assert refused == ("BadRequestException", "No integration defined for method")


@pytest.mark.parametrize(
    ("name", "deployment", "message"),
    [
        ("a stage", None, "Stage name only allows a-zA-Z0-9_-"),
        ("other", "gone", "Invalid Deployment identifier specified"),
        ("live", None, "Stage already exists"),
    ],
)
def test_a_stage_needs_a_name_of_its_own_and_a_deployment(
    world: World, name: str, deployment: str | None, message: str
) -> None:
    api, client = _api(world), _client(world)
    used = deployment or client.get_stage(restApiId=api.id, stageName="live")["deploymentId"]
    found = _refused(client.create_stage, restApiId=api.id, stageName=name, deploymentId=used)
    assert found[1] == message


def test_an_unknown_patch_is_refused(world: World) -> None:
    api = _api(world)
    operations = [{"op": "replace", "path": "/color", "value": "blue"}]
    code, message = _refused(
        _client(world).update_stage, restApiId=api.id, stageName="live", patchOperations=operations
    )
    assert code == "BadRequestException"
    assert message.startswith("Invalid patch path  '/color' specified for op 'replace'. Must be one of: [")


def test_the_resources_of_a_document_are_listed(world: World) -> None:
    client = _client(world)
    made = client.create_rest_api(name="listed")
    client.put_rest_api(
        restApiId=made["id"],
        mode="overwrite",
        body=body({"/a/{id}": {"get": saying("1"), "put": saying("2")}}).encode(),
    )
    found = {
        each["path"]: sorted(each.get("resourceMethods", {}))
        for each in client.get_resources(restApiId=made["id"])["items"]
    }
    assert found == {"/": [], "/a": [], "/a/{id}": ["GET", "PUT"]}
    assert client.get_rest_api(restApiId=made["id"])["rootResourceId"] == made["rootResourceId"]


@pytest.mark.parametrize(("extensions", "kept"), [("integrations", True), ("", False)])
def test_what_is_exported_is_what_was_deployed(world: World, extensions: str, kept: bool) -> None:
    api = _api(world)
    _client(world).put_rest_api(restApiId=api.id, mode="overwrite", body=body({"/b": {"get": saying("2")}}).encode())
    more = {"parameters": {"extensions": extensions}} if extensions else {}
    answer = _client(world).get_export(restApiId=api.id, stageName="live", exportType="oas30", **more)
    document = json.loads(answer["body"].read())
    assert list(document["paths"]) == ["/a"]
    assert ("x-amazon-apigateway-integration" in document["paths"]["/a"]["get"]) is kept
    assert document["servers"][0]["variables"] == {"basePath": {"default": "live"}}


def test_a_firewall_is_tied_to_a_stage_and_shown_there(world: World) -> None:
    made = stage(world)
    firewall = acl(world)["arn"]
    association = {"webAclArn": firewall, "resourceArn": made["arn"]}
    world.make("aws:wafv2/webAclAssociation:WebAclAssociation", association)
    token, stage_id, inputs = next(each for each in world.made if each[0].endswith(":Stage"))
    now = world.sandbox.read(token, stage_id, inputs)
    assert now is not None
    assert now["webAclArn"] == firewall


def test_a_plan_in_use_stays_and_a_stage_in_a_plan_too(world: World) -> None:
    api, client = _api(world), _client(world)
    stages = [{"apiId": api.id, "stage": "live"}]
    plan = client.create_usage_plan(name="p", apiStages=stages)["id"]
    refused = _refused(client.delete_usage_plan, usagePlanId=plan)
    assert refused[1] == f"Cannot delete Usage Plan {plan} because it is associated with an API stage"
    refused = _refused(client.delete_stage, restApiId=api.id, stageName="live")
    assert refused[1] == "Please remove the stage from all usage plans before it is deleted"


def test_a_plan_needs_stages_and_limits_that_exist(world: World) -> None:
    client = _client(world)
    missing = _refused(client.create_usage_plan, name="p", apiStages=[{"apiId": "gone", "stage": "live"}])
    assert missing == ("NotFoundException", "API Stage not found: gone:live")
    quota = {"limit": 1, "period": "WEEK", "offset": 7}
    refused = _refused(client.create_usage_plan, name="p", quota=quota)
    assert refused == ("BadRequestException", "Usage Plan quota offset must be valid in the WEEK period")


def test_a_key_is_in_one_plan_of_a_stage(world: World) -> None:
    api, client = _api(world), _client(world)
    stages = [{"apiId": api.id, "stage": "live"}]
    first, second = (client.create_usage_plan(name=name, apiStages=stages)["id"] for name in "ab")
    key = client.create_api_key(name="k", enabled=True)["id"]
    client.create_usage_plan_key(usagePlanId=first, keyId=key, keyType="API_KEY")
    for plan in (first, second):
        assert (
            _refused(client.create_usage_plan_key, usagePlanId=plan, keyId=key, keyType="API_KEY")[0]
            == "ConflictException"
        )


def test_a_domain_needs_a_certificate_that_covers_it(world: World) -> None:
    client, certified = _client(world), certificate(world, "*.example.com")
    ask = {"endpointConfiguration": {"types": ["REGIONAL"]}, "regionalCertificateArn": certified}
    client.create_domain_name(domainName="api.example.com", **ask)
    refused = _refused(client.create_domain_name, domainName="a.api.example.com", **ask)
    covered = "The domain name to be created is not covered by the provided certificate: a.api.example.com"
    assert refused == ("BadRequestException", covered)
    again = _refused(client.create_domain_name, domainName="api.example.com", **ask)
    assert again == ("ConflictException", "The domain name you provided already exists.")
    missing = _refused(
        client.create_domain_name, domainName="b.example.com", endpointConfiguration={"types": ["REGIONAL"]}
    )
    assert missing[1] == "A regionalCertificateArn must be specified for a domain name with the endpoint type REGIONAL"


def test_a_mapped_stage_and_api_stay(world: World) -> None:
    made = stage(world)
    mapping = {"domainName": domain(world), "restApi": made["restApi"], "stageName": "live"}
    world.make("aws:apigateway/basePathMapping:BasePathMapping", mapping)
    client = _client(world)
    refused = _refused(client.delete_stage, restApiId=made["restApi"], stageName="live")
    assert refused[1] == "Please remove all base path mappings related to the stage in your domain"
    refused = _refused(client.delete_rest_api, restApiId=made["restApi"])
    assert refused[1] == "Please remove all base path mappings related to the API in your domain"


def test_a_link_needs_subnets_of_one_vpc_and_groups_of_it(world: World) -> None:
    client = world.sandbox.clients("apigatewayv2")
    here, there = world.subnets(1), world.subnets(1)
    refused = _refused(client.create_vpc_link, Name="l", SubnetIds=[*here, *there])
    assert refused == ("BadRequestException", "Subnets must be in the same VPC")
    refused = _refused(client.create_vpc_link, Name="l", SubnetIds=["subnet-gone"])
    assert refused[1] == "The subnet ID 'subnet-gone' does not exist"
    refused = _refused(client.create_vpc_link, Name="l", SubnetIds=here, SecurityGroupIds=["sg-gone"])
    assert refused[1].startswith("The security group 'sg-gone' does not exist in the VPC 'vpc-")


def test_a_certificate_is_issued_at_once(world: World) -> None:
    made = world.make("aws:acm/certificate:Certificate", {"domainName": "a.example.com", "validationMethod": "DNS"})
    (validation,) = made["domainValidationOptions"]
    assert (made["status"], validation["domainName"], validation["resourceRecordType"]) == (
        "ISSUED",
        "a.example.com",
        "CNAME",
    )


def test_a_record_is_not_overwritten_unless_it_is_said(world: World) -> None:
    zone = world.make("aws:route53/zone:Zone", {"name": "example.com"})["zoneId"]
    record = {"zoneId": zone, "name": "a", "type": "CNAME", "ttl": 60, "records": ["b.example.net"]}
    assert world.make("aws:route53/record:Record", record)["fqdn"] == "a.example.com"
    with pytest.raises(Exception, match="InvalidChangeBatch"):
        world.make("aws:route53/record:Record", record)
    world.make("aws:route53/record:Record", {**record, "allowOverwrite": True, "ttl": 30})


def test_an_alias_leads_to_a_domain_of_the_gateway(world: World) -> None:
    name = domain(world)
    made = next(outputs for token, _, outputs in world.made if token.endswith(":DomainName"))
    zone = world.make("aws:route53/zone:Zone", {"name": "example.com"})["zoneId"]
    alias = {"name": made["regionalDomainName"], "zoneId": made["regionalZoneId"], "evaluateTargetHealth": False}
    given = {"zoneId": zone, "name": name, "type": "A", "aliases": [alias]}
    assert world.make("aws:route53/record:Record", given)["aliases"] == [alias]


ZONE = "aws:route53/getZone:getZone"


def test_a_zone_is_found_by_its_name(world: World) -> None:
    made = world.make("aws:route53/zone:Zone", {"name": "example.com", "tags": {"team": "core"}})
    found = world.sandbox.invoke(ZONE, {"name": "example.com."})
    names = ("arn", "name", "nameServers", "tags", "zoneId")
    assert [found[name] for name in names] == [made[name] for name in names]
    with pytest.raises(FunctionError) as raised:
        world.sandbox.invoke(ZONE, {"name": "example.org"})
    assert str(raised.value) == "getZone: no matching Route 53 Hosted Zone found"


@pytest.mark.parametrize("kind", ["apiKey:ApiKey", "restApi:RestApi", "stage:Stage", "usagePlan:UsagePlan"])
def test_tags_change_behind_a_server_too(kind: str) -> None:
    token = f"aws:apigateway/{kind}"
    with serving() as url:
        world = World(Sandbox(server(url, "eu-west-1")))
        first = {**SITUATIONS[token](world)[0], "tags": {"a": "1", "b": "2"}}
        inputs, _ = world.sandbox.check(token, "thing", first, None, b"seed")
        made, outputs = world.sandbox.create(token, inputs, "thing")
        changed = {**inputs, "tags": {"b": "3"}}
        assert world.sandbox.update(token, made, outputs, inputs, changed, "thing")["tags"] == {"b": "3"}
