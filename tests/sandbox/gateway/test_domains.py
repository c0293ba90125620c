"""Custom domain names and the paths below them."""

from sandbox.access.world import Door
from sandbox.gateway.calling import IAM, Api, deployed, saying, send, sign
from sandbox.situations.apigateway import domain
from sandbox.situations.world import World

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import gateway

_NAME = "api.example.com"


def _api(aws: Door, path: str | None = None, stage: str | None = "live") -> Api:
    api = deployed(aws, {"/": {"get": saying("0")}, "/a": {"get": saying("1", **IAM)}, "/v1": {"get": saying("2")}})
    client = aws.operator("apigateway")
    if _NAME not in [each["domainName"] for each in client.get_domain_names()["items"]]:
        domain(World(Sandbox(aws.operator)), _NAME)
    more = {name: value for name, value in (("basePath", path), ("stage", stage)) if value}
    client.create_base_path_mapping(domainName=_NAME, restApiId=api.id, **more)
    return api


def test_a_domain_leads_to_its_stage_by_its_host(aws: Door) -> None:
    _api(aws)
    found = send("GET", gateway.base_url(), {"Host": _NAME})
    assert (found.status, found.body) == (200, b"0")


def test_the_local_url_of_a_domain_leads_there_too(aws: Door) -> None:
    _api(aws)
    url = gateway.local_url(f"https://{_NAME}/a?b=c")
    assert url == f"{gateway.base_url()}/{_NAME}/a?b=c"
    assert send("GET", url, sign("GET", url)).body == b"1"


def test_a_base_path_is_not_part_of_the_apis_path(aws: Door) -> None:
    _api(aws, "v1")
    url = gateway.local_url(f"https://{_NAME}/v1/v1")
    assert send("GET", url).body == b"2"
    assert send("GET", gateway.local_url(f"https://{_NAME}/other")).json == {"message": "Forbidden"}


def test_a_mapping_without_a_stage_takes_it_from_the_path(aws: Door) -> None:
    _api(aws, stage=None)
    assert send("GET", gateway.local_url(f"https://{_NAME}/live/v1")).body == b"2"


def test_a_base_path_comes_before_the_mapping_of_the_whole_domain(aws: Door) -> None:
    _api(aws)
    other = _api(aws, "v1")
    other.redeploy({"/": {"get": saying("9")}})
    assert send("GET", gateway.local_url(f"https://{_NAME}/v1")).body == b"9"
    assert send("GET", gateway.local_url(f"https://{_NAME}/")).body == b"0"
