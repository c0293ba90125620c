"""A resource as rules see it: what refers to it, where it lives, and whose fault a wrong value is."""

import pytest
from policy.test_stack import resource

from aws_mobile_guard.view import UNKNOWN, UNKNOWN_TEXT, WrongTypeError

NAMES = ("id", "arn", "name", "bucket", "identifier", "clusterIdentifier", "keyId")


@pytest.mark.parametrize("name", NAMES)
def test_others_may_refer_to_a_resource_by_any_of_its_names(name: str) -> None:
    assert resource("r", "t", {name: "mine"}).identities == {"mine"}
    assert resource("r", "t", outputs={name: "mine"}).identities == {"mine"}
    assert resource("r", "t", {name: UNKNOWN_TEXT}, outputs={name: "mine"}).identities == {"mine"}


def test_nobody_can_refer_to_what_is_unknown_or_no_text() -> None:
    assert resource("r", "t", dict.fromkeys(NAMES, UNKNOWN_TEXT)).identities == set()
    assert resource("r", "t", {"name": ["mine"], "arn": None, "bucket": "b"}).identities == {"b"}
    assert resource("r", "t").identities == set()
    assert resource("r", "t", id="mine").identities == {"mine"}


def test_where_a_resource_lives() -> None:
    assert resource("r", "t", {"region": "eu-west-1"}, provider_region="eu-west-2").place == "eu-west-1"
    assert resource("r", "t", {"region": UNKNOWN_TEXT}, provider_region="eu-west-2").place is UNKNOWN
    assert resource("r", "t", provider_region="eu-west-2", provider="p").place == "eu-west-2"
    assert resource("r", "t", provider="p").place == "p"


def test_a_value_of_the_wrong_type_names_the_resource_that_has_it() -> None:
    with pytest.raises(WrongTypeError) as raised:
        resource("r", "t", {"name": ["mine"]}).text("name")
    assert (raised.value.owner, raised.value.path) == ("r", "name")


def test_what_a_property_comes_from() -> None:
    assert resource("r", "t", {}, {"name": ["a", "b"]}).sources("name") == ["a", "b"]
    assert resource("r", "t").sources("name") == ()
