"""One name in two Regions: addresses of each, and what checks and DNS make of them."""

import json
import urllib.request

import pytest
from sandbox.signals.test_health import check
from sandbox.situations.world import World

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import clock, gateway, regions
from pulumi_aws_sandbox.runtime.signals import dns, health, places

NAME = "api.example.com"
REGIONS = ("eu-west-1", "eu-central-1")


def _document(says: str) -> bytes:
    answer = {"statusCode": "200", "responseTemplates": {"application/json": says}}
    about = {
        "responses": {"200": {"description": "well"}},
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "requestTemplates": {"application/json": '{"statusCode": 200}'},
            "responses": {"default": answer},
        },
    }
    document = {"openapi": "3.0.3", "info": {"title": "notes", "version": "1"}, "paths": {"/health": {"get": about}}}
    return json.dumps(document).encode()


@pytest.fixture
def targets(sandbox: Sandbox) -> dict[str, str]:
    """Make the name in both Regions, each with an API that tells where it is; return their targets."""
    found = {}
    for region in REGIONS:
        apigateway = sandbox.clients("apigateway", region)
        api = apigateway.import_rest_api(body=_document(region))["id"]
        apigateway.create_deployment(restApiId=api, stageName="live")
        certificate = World(sandbox).make(
            "aws:acm/certificate:Certificate", {"domainName": NAME, "validationMethod": "DNS", "region": region}
        )
        made = apigateway.create_domain_name(
            domainName=NAME, regionalCertificateArn=certificate["arn"], endpointConfiguration={"types": ["REGIONAL"]}
        )
        apigateway.create_base_path_mapping(domainName=NAME, restApiId=api, stage="live")
        found[region] = made["regionalDomainName"]
    return found


def _asked(url: str) -> str:
    with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:  # noqa: S310 - an address on this machine
        return answer.read().decode()


@pytest.mark.usefixtures("targets")
def test_each_region_answers_for_the_name_at_an_address_of_its_own() -> None:
    assert [_asked(gateway.domain_url(NAME, region)) for region in REGIONS] == list(REGIONS)


@pytest.mark.usefixtures("targets")
def test_a_lost_region_does_not_answer_for_the_name() -> None:
    url = gateway.domain_url(NAME, "eu-west-1")
    with regions.lost("eu-west-1"), pytest.raises(OSError, match="Remote end closed connection without response"):
        _asked(url)
    assert _asked(url) == "eu-west-1"


def test_a_region_without_the_name_has_no_address_for_it(sandbox: Sandbox) -> None:
    del sandbox
    with pytest.raises(LookupError, match=r"^'?eu-west-1 has no custom domain api\.example\.com"):
        gateway.domain_url(NAME, "eu-west-1")


def test_names_lead_from_a_lost_region_to_the_other(sandbox: Sandbox, targets: dict[str, str]) -> None:
    route53 = sandbox.clients("route53")
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="z")["HostedZone"]["Id"]
    for region, target in targets.items():
        record = {
            "Name": NAME,
            "Type": "A",
            "SetIdentifier": region,
            "Region": region,
            "HealthCheckId": check(
                sandbox,
                Type="HTTPS",
                FullyQualifiedDomainName=target,
                ResourcePath="/health",
                RequestInterval=10,
                FailureThreshold=3,
            ),
            "AliasTarget": {"DNSName": target, "HostedZoneId": "Z2FDTNDATAQYW2", "EvaluateTargetHealth": False},
        }
        batch = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
        route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)

    def led_to() -> str | None:
        clock.move(10)
        return dns.resolve(NAME, resolver_region="eu-west-1").region

    assert led_to() == "eu-west-1"
    with regions.lost("eu-west-1"):
        assert [led_to() for _ in range(3)] == ["eu-west-1", "eu-west-1", "eu-central-1"]
        assert _asked(places.url_of(NAME)) == "eu-central-1"
    assert [led_to() for _ in range(3)] == ["eu-central-1", "eu-central-1", "eu-west-1"]


def test_a_text_that_is_missing_makes_an_endpoint_unhealthy(sandbox: Sandbox, targets: dict[str, str]) -> None:
    looks = {"Type": "HTTPS_STR_MATCH", "FullyQualifiedDomainName": targets["eu-west-1"], "ResourcePath": "/health"}
    checks = {
        text: check(sandbox, **looks, SearchString=text, RequestInterval=10, FailureThreshold=1)
        for text in ("eu-west", "us-east")
    }
    found = health.statuses()
    assert {text: found[each] for text, each in checks.items()} == {"eu-west": True, "us-east": False}


def test_an_api_of_a_region_is_asked_at_its_own_address(sandbox: Sandbox, targets: dict[str, str]) -> None:
    del targets
    (api,) = sandbox.clients("apigateway", "eu-central-1").get_rest_apis()["items"]
    host = f"{api['id']}.execute-api.eu-central-1.amazonaws.com"
    one = check(
        sandbox,
        Type="HTTPS",
        FullyQualifiedDomainName=host,
        ResourcePath="/live/health",
        RequestInterval=10,
        FailureThreshold=1,
    )
    assert health.statuses()[one]
    with regions.lost("eu-central-1"):
        clock.move(10)
        assert not health.statuses()[one]
        assert health.report(one) == "Failure: the connection was refused: the Region eu-central-1 is cut"
