"""Where an object is at an age. The oracle plays S3: it reads nothing but the lifecycle rules that are sent to AWS.

What this does not prove: that S3 itself reads the rules so.
"""

from datetime import timedelta
from typing import Any

import pytest
from components.archive_bucket.strategies import Args, archive_args, sizes
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.archive_bucket import Move, RetrievalPlan, retrieval_plan
from pulumi_aws_mobile.archive_bucket.args import ArchiveStorageClass
from pulumi_aws_mobile.archive_bucket.buckets import archive_plan
from pulumi_aws_mobile.archive_bucket.settings import resolve

KIB = 1024
MIB = KIB * KIB
S3_MOVES = {
    "STANDARD": {"STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"},
    "STANDARD_IA": {"INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"},
    "INTELLIGENT_TIERING": {"ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"},
    "ONEZONE_IA": {"GLACIER", "DEEP_ARCHIVE"},
    "GLACIER_IR": {"GLACIER", "DEEP_ARCHIVE"},
    "GLACIER": {"DEEP_ARCHIVE"},
    "DEEP_ARCHIVE": set(),
}
MINIMUM_STAY = {"STANDARD_IA": 30, "ONEZONE_IA": 30, "GLACIER_IR": 90, "GLACIER": 90, "DEEP_ARCHIVE": 180}
PROMISED = {
    "milliseconds": timedelta(0),
    "minutes": timedelta(minutes=5),
    "hours": timedelta(hours=5),
    "half_day": timedelta(hours=12),
}
ages = st.one_of(st.integers(0, 800), st.integers(0, 40000))


def matches(rule: dict[str, Any], size: int) -> bool:
    bounds = rule["filter"].get("and_", rule["filter"])
    assert not bounds.get("prefix")
    return bounds.get("object_size_greater_than", -1) < size < bounds.get("object_size_less_than", 2**60)


def moves_by_default(rule: dict[str, Any], to: str, default: str, size: int) -> bool:
    bounds = rule["filter"].get("and_", rule["filter"])
    if any(bound.startswith("object_size") for bound in bounds) or size >= 128 * KIB:
        return True
    return default == "varies_by_storage_class" and to in ("GLACIER", "DEEP_ARCHIVE")


def s3_class(args: Args, age: int, size: int) -> str | None:
    """Play S3 day by day, on the rules as they are sent."""
    plan = archive_plan(resolve("archive", args), "key")
    current = "STANDARD"
    steps = [
        (step["days"], step["storage_class"])
        for rule in plan.rules
        if matches(rule, size)
        for step in rule.get("transitions", [])
        if moves_by_default(rule, step["storage_class"], plan.default_minimum.value, size)
    ]
    for days, to in sorted(steps):
        if days <= age and to in S3_MOVES[current]:
            current = to
    expiries = [rule["expiration"].get("days") for rule in plan.rules if "expiration" in rule]
    return None if any(days is not None and days <= age for days in expiries) else current


@given(archive_args(), ages, sizes())
def test_the_plan_says_what_s3_does_with_the_rules(args: Args, age: int, size: int) -> None:
    assert retrieval_plan(args, age, size).storage_class == s3_class(args, age, size)


@given(archive_args(), ages, sizes())
def test_what_was_asked_for_is_kept_at_every_age_and_size(args: Args, age: int, size: int) -> None:
    plan = retrieval_plan(args, age, size)
    if "transitions" not in args and not plan.expired:
        promised = PROMISED[args.get("retrieval", "milliseconds")]
        assert plan.returns_within is not None
        assert plan.returns_within <= promised


@given(archive_args(), ages, sizes())
def test_before_full_age_everything_is_read_at_once(args: Args, age: int, size: int) -> None:
    if "transitions" not in args and age < args.get("archive_after_days", 90):
        plan = retrieval_plan(args, age, size)
        assert plan.expired or not plan.needs_restore


@given(archive_args(), sizes())
def test_no_class_is_left_before_its_minimum_stay(args: Args, size: int) -> None:
    plan = retrieval_plan(args, 0, size)
    while plan.next_move is not None:
        since = plan.next_move.after_days
        plan = retrieval_plan(args, since, size)
        assert plan.storage_class is not None
        leaves = plan.next_move.after_days if plan.next_move else plan.expires_at_age_days
        assert leaves is None or leaves >= since + MINIMUM_STAY.get(plan.storage_class, 0)


@given(archive_args(), ages, sizes())
def test_the_next_move_is_where_the_object_is_next(args: Args, age: int, size: int) -> None:
    move = retrieval_plan(args, age, size).next_move
    if move is not None:
        assert age < move.after_days
        assert retrieval_plan(args, move.after_days, size).storage_class == move.storage_class.value
        assert retrieval_plan(args, move.after_days - 1, size).next_move == move


@given(archive_args(), ages, sizes())
def test_the_tier_is_one_of_those_on_offer(args: Args, age: int, size: int) -> None:
    plan = retrieval_plan(args, age, size)
    assert plan.tier is None or plan.tier in plan.tiers
    assert plan.needs_restore == bool(plan.tiers)


@given(archive_args(), ages)
def test_large_objects_are_never_offered_expedited(args: Args, age: int) -> None:
    assert "Expedited" not in [tier.name for tier in retrieval_plan(args, age, 250_000_000).tiers]


def at(age: int, size: int = MIB, **args: object) -> RetrievalPlan:
    return retrieval_plan(args, age, size)


@pytest.mark.parametrize(
    ("retrieval", "storage_class", "tier", "hours"),
    [
        ("milliseconds", "GLACIER_IR", None, 0),
        ("minutes", "GLACIER", "Expedited", 5 / 60),
        ("hours", "GLACIER", "Standard", 5),
        ("half_day", "DEEP_ARCHIVE", "Standard", 12),
    ],
)
def test_each_retrieval_has_its_coldest_class_and_tier(
    retrieval: str, storage_class: str, tier: str | None, hours: float
) -> None:
    plan = at(3000, retrieval=retrieval)
    assert (plan.storage_class, plan.tier.name if plan.tier else None) == (storage_class, tier)
    assert plan.returns_within == timedelta(hours=hours)


def test_bulk_is_on_offer_too() -> None:
    assert [(tier.name, tier.latest) for tier in at(3000, retrieval="half_day").tiers] == [
        ("Standard", timedelta(hours=12)),
        ("Bulk", timedelta(hours=48)),
    ]


def test_objects_pass_through_warmer_classes_that_pay_off() -> None:
    classes = [at(age, retrieval="half_day", archive_after_days=365).storage_class for age in (0, 29, 30, 89, 90, 364)]
    assert classes == ["STANDARD", "STANDARD", "STANDARD_IA", "STANDARD_IA", "GLACIER_IR", "GLACIER_IR"]


def test_an_early_full_age_skips_the_warmer_classes() -> None:
    assert at(0, retrieval="hours", archive_after_days=59).next_move == Move(59, ArchiveStorageClass.GLACIER)
    assert at(0, retrieval="hours", archive_after_days=0).storage_class == "GLACIER"


def test_small_objects_stay_where_they_are() -> None:
    assert at(3000, 128 * KIB - 1, retrieval="hours").storage_class == "STANDARD"
    assert at(3000, 128 * KIB, retrieval="hours").storage_class == "GLACIER"


def test_small_objects_can_move_to_the_slow_classes_only() -> None:
    varies: Any = {"transition_default_minimum_object_size": "varies_by_storage_class", "archive_after_days": 365}
    small = [at(age, 10, retrieval="half_day", **varies).storage_class for age in (100, 364, 365)]
    assert small == ["STANDARD", "STANDARD", "DEEP_ARCHIVE"]
    assert at(3000, 10, retrieval="milliseconds", **varies).storage_class == "STANDARD"


def test_a_minimum_of_ones_own_decides_for_every_class() -> None:
    assert at(3000, 200 * KIB, retrieval="hours", minimum_object_size_bytes=MIB).storage_class == "STANDARD"
    assert at(3000, MIB, retrieval="hours", minimum_object_size_bytes=MIB).storage_class == "GLACIER"


def test_objects_too_large_for_expedited_stay_readable() -> None:
    assert at(3000, 249_999_999, retrieval="minutes").storage_class == "GLACIER"
    large = at(3000, 250_000_000, retrieval="minutes")
    assert (large.storage_class, large.needs_restore) == ("GLACIER_IR", False)


def test_an_expired_object_is_gone_and_can_be_brought_back_for_a_while() -> None:
    plan = at(400, expire_after_days=400)
    assert plan.expired
    assert plan.returns_within is None
    assert (plan.expires_at_age_days, plan.deleted_at_age_days) == (400, 765)
    assert not at(399, expire_after_days=400).expired


def test_the_minimum_stay_is_told() -> None:
    assert at(100).billed_until_age_days == 180
    assert at(10).billed_until_age_days == 0


def test_a_plan_says_itself_in_a_sentence() -> None:
    assert str(at(1)) == "at 1 days: STANDARD, is read at once"
    assert str(at(100, retrieval="hours")) == "at 100 days: GLACIER, comes back within 5 hours (Standard)"
    assert str(at(100, retrieval="minutes")) == "at 100 days: GLACIER, comes back within 5 minutes (Expedited)"
    assert str(at(999, expire_after_days=500)) == "at 999 days: expired at 500 days"


@pytest.mark.parametrize(("age", "size"), [(-1, 0), (0, -1)])
def test_ages_and_sizes_below_zero_are_refused(age: int, size: int) -> None:
    with pytest.raises(ValueError, match=f"^age_days and size_bytes are zero or more: got {age} and {size}$"):
        retrieval_plan({}, age, size)
