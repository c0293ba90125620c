"""What rules about the records of Route 53 have in common: pairs for failover, and the Regions they lead to."""

import pytest
from policy.test_stack import resource

from aws_mobile_guard.aws_types import LOAD_BALANCERS, RECORD
from aws_mobile_guard.records import failover_groups, failover_role, target_regions
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, UNKNOWN_TEXT

FRONT = resource("front", LOAD_BALANCERS[0], {"region": "eu-west-1"})
AWAY = resource("away", LOAD_BALANCERS[0], {"region": "eu-central-1"})
FAILOVER = {"failoverRoutingPolicies": [{"type": "PRIMARY"}]}


def record(urn: str, /, **properties: object) -> Resource:
    return resource(urn, RECORD, {"name": "api.example.com", "type": "A", "zoneId": "z", **FAILOVER, **properties})


def groups(*records: Resource) -> list[list[str]]:
    return [[one.name for one in group] for group in failover_groups(Stack(records))]


def test_records_of_one_name_type_and_zone_are_a_pair_however_the_name_is_written() -> None:
    assert groups(record("a"), record("b", name="API.example.com.")) == [["a", "b"]]


@pytest.mark.parametrize("other", [{"name": "app.example.com"}, {"type": "AAAA"}, {"zoneId": "other"}])
def test_records_of_different_names_types_or_zones_are_none(other: dict[str, str]) -> None:
    assert groups(record("a"), record("b", **other)) == [["a"], ["b"]]


@pytest.mark.parametrize("name", ["name", "type", "zoneId"])
def test_what_is_unknown_counts_by_where_it_comes_from(name: str) -> None:
    known = {"name": "api.example.com", "type": "A", "zoneId": "z", **FAILOVER}
    one, two, three = (
        resource(each, RECORD, {**known, name: UNKNOWN_TEXT}, {name: [source]})
        for each, source in (("a", "zone"), ("b", "zone"), ("c", "elsewhere"))
    )
    assert groups(one, two, three) == [["a", "b"], ["c"]]


def test_a_name_of_the_wrong_type_breaks_nothing() -> None:
    assert groups(record("a", name=["x"]), record("b")) == [["a"], ["b"]]


def test_a_record_without_failover_is_in_no_pair() -> None:
    assert groups(resource("a", RECORD, {"name": "n", "type": "A", "zoneId": "z"})) == []


@pytest.mark.parametrize(
    ("policies", "role"),
    [
        ([{"type": "SECONDARY"}], "SECONDARY"),
        ([{"type": UNKNOWN_TEXT}], UNKNOWN),
        ([UNKNOWN_TEXT], UNKNOWN),
        (UNKNOWN_TEXT, UNKNOWN),
        ([], UNKNOWN),
    ],
)
def test_the_role_of_a_record(policies: object, role: object) -> None:
    assert failover_role(record("a", failoverRoutingPolicies=policies)) == role


@pytest.mark.parametrize(
    ("host", "region"),
    [
        ("a1.execute-api.eu-west-1.amazonaws.com", "eu-west-1"),
        ("lb-1.eu-west-2.elb.amazonaws.com.", "eu-west-2"),
        ("lb-1.elb.eu-west-3.amazonaws.com", "eu-west-3"),
        ("env.eu-north-1.elasticbeanstalk.com", "eu-north-1"),
    ],
)
def test_a_host_tells_its_region(host: str, region: str) -> None:
    assert target_regions(Stack([]), record("a", records=[host])) == {region}
    assert target_regions(Stack([]), record("a", aliases=[{"name": host}])) == {region}


def test_a_host_that_tells_nothing_leads_to_no_region() -> None:
    assert target_regions(Stack([]), record("a", records=["www.example.com"], aliases=[{"zoneId": "z"}])) == set()
    assert target_regions(Stack([]), record("a")) == set()


@pytest.mark.parametrize("name", ["aliases", "records"])
def test_an_unknown_host_leads_to_the_region_of_what_it_comes_from(name: str) -> None:
    value = [{"name": UNKNOWN_TEXT}] if name == "aliases" else [UNKNOWN_TEXT]
    known = {"name": "api.example.com", "type": "A", "zoneId": "z", **FAILOVER}
    one = resource("a", RECORD, {**known, name: value}, {name: ["front"]})
    assert target_regions(Stack([FRONT, one]), one) == {"eu-west-1"}
    assert target_regions(Stack([one]), one) == {UNKNOWN}


def test_all_that_a_record_leads_to_counts() -> None:
    known = {"name": "api.example.com", "type": "A", "zoneId": "z", **FAILOVER}
    properties = {
        **known,
        "aliases": [{"name": UNKNOWN_TEXT}],
        "records": ["lb.us-east-1.elb.amazonaws.com", UNKNOWN_TEXT],
    }
    one = resource("a", RECORD, properties, {"aliases": ["front"], "records": ["away"]})
    assert target_regions(Stack([FRONT, AWAY, one]), one) == {"us-east-1", "eu-west-1", "eu-central-1"}


@pytest.mark.parametrize(
    "properties", [{"aliases": UNKNOWN_TEXT}, {"records": UNKNOWN_TEXT}, {"aliases": [UNKNOWN_TEXT]}]
)
def test_what_is_wholly_unknown_leads_somewhere_unknown(properties: dict[str, object]) -> None:
    assert target_regions(Stack([]), record("a", **properties)) == {UNKNOWN}
