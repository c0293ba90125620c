"""An API in the sandbox's AWS, looked at as an operator would.

What this does not prove: what callers get; that is tested where the sandbox serves what is deployed.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from components.api.building import API, HOME, Args, build, mock_api, operation
from pulumi.runtime import Mocks

from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks

Deployed = tuple[dict[str, Any], Any]
"""The outputs, and what makes clients."""
ROUTES = {"/about": {"get": operation(callers=["anyone"])}, "/notes": {"get": operation()}}


@pytest.fixture(scope="module")
def deployed() -> Iterator[Deployed]:
    with in_process(HOME) as clients:
        zone = clients("route53").create_hosted_zone(Name="example.com", CallerReference="api")["HostedZone"]["Id"]
        topic = clients("sns").create_topic(Name="alarms")["TopicArn"]
        args: Args = mock_api(
            ROUTES,
            region=HOME,
            clients={"ios": {"requests_per_second": 50, "quota_requests": 1000}},
            require_client_keys=True,
            cors={"origins": ["https://app.example.org"]},
            firewall={},
            execution_logs="error",
            domain={"name": "api.example.com", "hosted_zone_id": zone.removeprefix("/hostedzone/")},
            alarms={"topic_arn": topic},
        )
        mocks: Mocks = DeployMocks(Sandbox(clients))
        yield build(args, mocks=mocks).component_outputs[API], clients


def test_the_stage_records_traces_and_throttles(deployed: Deployed) -> None:
    outputs, clients = deployed
    stage = clients("apigateway").get_stage(restApiId=outputs["api_id"], stageName="live")
    assert stage["accessLogSettings"]["destinationArn"].endswith(outputs["log_group_name"])
    assert stage["tracingEnabled"] is True
    settings = stage["methodSettings"]["*/*"]
    assert (settings["throttlingRateLimit"], settings["throttlingBurstLimit"]) == (1000, 2000)
    assert (settings["dataTraceEnabled"], settings["loggingLevel"]) == (False, "ERROR")


def test_signed_routes_are_signed_and_open_ones_open(deployed: Deployed) -> None:
    outputs, clients = deployed
    gateway = clients("apigateway")
    methods = {
        (resource["path"], verb): gateway.get_method(
            restApiId=outputs["api_id"], resourceId=resource["id"], httpMethod=verb
        )
        for resource in gateway.get_resources(restApiId=outputs["api_id"], embed=["methods"])["items"]
        for verb in resource.get("resourceMethods", {})
    }
    assert {place: found["authorizationType"] for place, found in methods.items()} == {
        ("/about", "GET"): "NONE",
        ("/about", "OPTIONS"): "NONE",
        ("/notes", "GET"): "AWS_IAM",
        ("/notes", "OPTIONS"): "NONE",
    }


def test_a_clients_key_belongs_to_its_plan(deployed: Deployed) -> None:
    outputs, clients = deployed
    gateway = clients("apigateway")
    (plan,) = gateway.get_usage_plans()["items"]
    (stage,) = plan["apiStages"]
    assert (stage["apiId"], stage["stage"]) == (outputs["api_id"], "live")
    (key,) = gateway.get_usage_plan_keys(usagePlanId=plan["id"])["items"]
    value = gateway.get_api_key(apiKey=key["id"], includeValue=True)["value"]
    assert outputs["api_keys"].value == {"ios": value}


def test_the_domain_leads_to_the_stage(deployed: Deployed) -> None:
    outputs, clients = deployed
    assert outputs["url"] == "https://api.example.com"
    (mapping,) = clients("apigateway").get_base_path_mappings(domainName="api.example.com")["items"]
    assert (mapping["restApiId"], mapping["stage"]) == (outputs["api_id"], "live")
    route53 = clients("route53")
    (zone,) = route53.list_hosted_zones()["HostedZones"]
    records = route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
    assert {"A", "AAAA"} <= {record["Type"] for record in records if record["Name"] == "api.example.com."}


def test_the_firewall_stands_before_the_stage(deployed: Deployed) -> None:
    outputs, clients = deployed
    stage_arn = f"arn:aws:apigateway:{HOME}::/restapis/{outputs['api_id']}/stages/live"
    acl = clients("wafv2").get_web_acl_for_resource(ResourceArn=stage_arn)["WebACL"]
    assert acl["ARN"] == outputs["web_acl_arn"]
    common = next(rule for rule in acl["Rules"] if rule["Name"] == "common-attacks")
    assert common["Statement"]["ManagedRuleGroupStatement"]["RuleActionOverrides"] == [
        {"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {}}}
    ]
