import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.limits import KEY_ARN, REGION, ZONE, Between, Matching, OneOf


@given(st.integers(-5, 15))
def test_between_includes_both_ends(value: int) -> None:
    assert Between(1, 9).accepts(value) == (value in range(1, 10))


def test_between_says_its_unit() -> None:
    assert Between(1, 9, "days").allowed == "1 to 9 days"


def test_one_of_lists_its_values() -> None:
    assert OneOf((1, 7)).allowed == "1 | 7"
    assert OneOf((1, 7)).schema() == {"enum": [1, 7]}


def test_matching_takes_the_whole_text() -> None:
    assert not Matching("a+", "letters a").accepts("aab")
    assert Matching("a+", "letters a").schema() == {"pattern": "^(?:a+)$"}


@pytest.mark.parametrize("region", ["eu-west-1", "us-gov-west-1", "cn-north-1", "ap-southeast-5", "eusc-de-east-1"])
def test_regions_of_every_partition_are_regions(region: str) -> None:
    assert REGION.accepts(region)


@pytest.mark.parametrize("word", ["eu-west", "eu-west-1a", "EU-WEST-1", "", "eu_west_1"])
def test_other_words_are_no_regions(word: str) -> None:
    assert not REGION.accepts(word)


def test_a_zone_is_a_region_and_a_letter() -> None:
    assert ZONE.accepts("eu-west-1a")
    assert not ZONE.accepts("eu-west-1")


def test_a_key_is_named_by_its_arn_not_its_alias() -> None:
    assert KEY_ARN.accepts("arn:aws:kms:eu-west-1:123456789012:key/mrk-0123")
    assert not KEY_ARN.accepts("arn:aws:kms:eu-west-1:123456789012:alias/db")
