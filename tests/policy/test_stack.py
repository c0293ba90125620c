"""Which resource refers to which: by value where it is known, by URN where it is not."""

from collections.abc import Mapping, Sequence
from typing import Any

from aws_mobile_guard.resources import Resource, ResourceInput
from aws_mobile_guard.stack import Links, Stack
from aws_mobile_guard.view import UNKNOWN, UNKNOWN_TEXT

BUCKET, VERSIONING, LIFECYCLE = "bucket", "versioning", "lifecycle"


def resource(
    name: str,
    type_: str,
    properties: Mapping[str, Any] | None = None,
    sources: Mapping[str, Sequence[str]] | None = None,
    **more: Any,  # noqa: ANN401 - any of a resource's parts
) -> Resource:
    return Resource(
        ResourceInput(
            urn=name, type=type_, name=name, properties=properties or {}, property_dependencies=sources or {}, **more
        )
    )


def links(holder: Resource, *others: Resource) -> Links:
    return Stack([*others, holder]).links(holder, "bucket", (BUCKET,))


def names(found: Links) -> list[str]:
    return [one.name for one in found.resources]


def test_a_value_leads_to_the_resource_that_has_it_as_id_arn_or_name() -> None:
    for target in (
        resource("b", BUCKET, id="films"),
        resource("b", BUCKET, outputs={"arn": "films"}),
        resource("b", BUCKET, {"bucket": "films"}),
    ):
        assert names(links(resource("v", VERSIONING, {"bucket": "films"}), target)) == ["b"]


def test_the_value_counts_and_not_the_urn_where_both_are_known() -> None:
    holder = resource("v", VERSIONING, {"bucket": "films"}, {"bucket": ["other"]})
    found = links(holder, resource("b", BUCKET, id="films"), resource("other", BUCKET, id="else"))
    assert names(found) == ["b"]


def test_an_unknown_value_leads_to_the_resource_that_it_comes_from() -> None:
    holder = resource("v", VERSIONING, {"bucket": UNKNOWN_TEXT}, {"bucket": ["b"]})
    found = links(holder, resource("b", BUCKET))
    assert (names(found), found.outside, found.unknown) == (["b"], False, False)


def test_a_reference_is_followed_through_resources_that_pass_it_on() -> None:
    versioning = resource("v", VERSIONING, {"bucket": UNKNOWN_TEXT}, {"bucket": ["b"]})
    holder = resource("l", LIFECYCLE, {"bucket": UNKNOWN_TEXT}, {"bucket": ["v"]})
    assert names(links(holder, resource("b", BUCKET), versioning)) == ["b"]


def test_a_circle_of_references_ends() -> None:
    one = resource("v", VERSIONING, {"bucket": UNKNOWN_TEXT}, {"bucket": ["l"]})
    holder = resource("l", LIFECYCLE, {"bucket": UNKNOWN_TEXT}, {"bucket": ["v"]})
    assert links(holder, one) == Links((), outside=False, unknown=True)


def test_a_name_that_nothing_here_has_is_outside() -> None:
    assert links(resource("v", VERSIONING, {"bucket": "elsewhere"})) == Links((), outside=True, unknown=False)


def test_an_unknown_value_from_nowhere_is_unknown() -> None:
    assert links(resource("v", VERSIONING, {"bucket": UNKNOWN_TEXT})) == Links((), outside=False, unknown=True)


def test_a_property_that_is_not_given_refers_to_nothing() -> None:
    assert links(resource("v", VERSIONING)) == Links((), outside=False, unknown=False)


def test_a_list_refers_to_each_of_its_items() -> None:
    holder = resource("g", "group", {"bucket": ["films", UNKNOWN_TEXT]}, {"bucket": ["c"]})
    found = links(holder, resource("b", BUCKET, id="films"), resource("c", BUCKET))
    assert names(found) == ["b", "c"]


def test_a_join_tells_the_holders_of_each_target_and_those_that_are_loose() -> None:
    target = resource("b", BUCKET, id="films")
    first = resource("v", VERSIONING, {"bucket": "films"})
    loose = resource("w", VERSIONING, {"bucket": UNKNOWN_TEXT})
    join = Stack([target, first, loose]).join((VERSIONING,), "bucket", (BUCKET,))
    assert [one.name for one in join.holders(target)] == ["v"]
    assert [one.name for one in join.loose] == ["w"]


def test_a_place_is_the_region_or_the_providers_or_the_provider() -> None:
    assert resource("b", BUCKET, {"region": "eu-west-1"}, provider_region="us-east-1").place == "eu-west-1"
    assert resource("b", BUCKET, {"region": UNKNOWN_TEXT}, provider_region="us-east-1").place is UNKNOWN
    assert resource("b", BUCKET, provider_region="us-east-1", provider="urn:p").place == "us-east-1"
    assert resource("b", BUCKET, provider="urn:p").place == "urn:p"
