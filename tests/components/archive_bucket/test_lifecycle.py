"""The lifecycle rules as they are sent, and how objects are sorted by size."""

from typing import Any

import pytest
from components.archive_bucket.strategies import Args, archive_args, sizes
from hypothesis import given

from pulumi_aws_mobile.archive_bucket.buckets import archive_plan
from pulumi_aws_mobile.archive_bucket.settings import resolve

MIB = 1024 * 1024


def rules(**args: object) -> list[dict[str, Any]]:
    return [dict(rule) for rule in archive_plan(resolve("archive", args), "key").rules]


def test_the_rules_of_an_archive_without_options() -> None:
    assert rules() == [
        {
            "id": "tidy-up",
            "status": "Enabled",
            "filter": {"prefix": ""},
            "abort_incomplete_multipart_upload": {"days_after_initiation": 7},
            "expiration": {"expired_object_delete_marker": True},
            "noncurrent_version_expiration": {"noncurrent_days": 365},
        },
        {
            "id": "move-from-131072-bytes",
            "status": "Enabled",
            "filter": {"object_size_greater_than": 131071},
            "transitions": [{"days": 30, "storage_class": "STANDARD_IA"}, {"days": 90, "storage_class": "GLACIER_IR"}],
            "noncurrent_version_transitions": [{"noncurrent_days": 30, "storage_class": "GLACIER_IR"}],
        },
    ]


def test_expiry_takes_the_place_of_the_delete_marker_rule() -> None:
    assert rules(expire_after_days=400)[0]["expiration"] == {"days": 400}


def test_newer_versions_are_kept_by_the_expiry_of_old_ones_only() -> None:
    tidy_up, moving = rules(noncurrent_versions={"keep_newer": 5})
    assert tidy_up["noncurrent_version_expiration"] == {"noncurrent_days": 365, "newer_noncurrent_versions": 5}
    assert moving["noncurrent_version_transitions"] == [{"noncurrent_days": 30, "storage_class": "GLACIER_IR"}]


def test_a_promise_of_minutes_sorts_large_objects_out() -> None:
    _, usual, large = rules(retrieval="minutes")
    assert (usual["id"], usual["filter"]) == (
        "move-from-131072-bytes",
        {"and_": {"object_size_greater_than": 131071, "object_size_less_than": 250000000}},
    )
    assert usual["transitions"][-1] == {"days": 90, "storage_class": "GLACIER"}
    assert usual["noncurrent_version_transitions"] == [{"noncurrent_days": 30, "storage_class": "GLACIER"}]
    assert (large["id"], large["filter"]) == ("move-from-250000000-bytes", {"object_size_greater_than": 249999999})
    assert large["transitions"][-1] == {"days": 90, "storage_class": "GLACIER_IR"}
    assert large["noncurrent_version_transitions"] == [{"noncurrent_days": 30, "storage_class": "GLACIER_IR"}]


def test_small_objects_that_may_move_have_a_rule_of_their_own() -> None:
    _, small, usual = rules(retrieval="hours", transition_default_minimum_object_size="varies_by_storage_class")
    assert (small["id"], small["filter"]) == ("move-from-0-bytes", {"object_size_less_than": 131072})
    assert small["transitions"] == [{"days": 90, "storage_class": "GLACIER"}]
    assert [step["storage_class"] for step in usual["transitions"]] == ["STANDARD_IA", "GLACIER"]


def test_a_minimum_above_the_bound_for_expedited_leaves_one_rule() -> None:
    _, only = rules(retrieval="minutes", minimum_object_size_bytes=300 * MIB)
    assert only["filter"] == {"object_size_greater_than": 300 * MIB - 1}
    assert only["transitions"][-1]["storage_class"] == "GLACIER_IR"


def test_an_explicit_list_is_sent_as_it_stands() -> None:
    _, moving = rules(
        transitions=[{"after_days": 0, "storage_class": "GLACIER"}, {"after_days": 90, "storage_class": "DEEP_ARCHIVE"}]
    )
    assert moving["transitions"] == [
        {"days": 0, "storage_class": "GLACIER"},
        {"days": 90, "storage_class": "DEEP_ARCHIVE"},
    ]


def test_a_copy_that_starts_cold_has_no_warmer_moves() -> None:
    args: Any = {"retrieval": "half_day", "archive_after_days": 365}
    replication = {"region": "eu-central-1", "storage_class": "GLACIER_IR"}
    copy = resolve("archive", {**args, "replication": replication}).replication
    assert copy is not None
    assert [(move.after_days, move.storage_class.value) for move in copy.bands[-1].moves] == [(365, "DEEP_ARCHIVE")]


def test_a_copy_that_starts_in_the_coldest_class_never_moves() -> None:
    replication = {"region": "eu-central-1", "storage_class": "DEEP_ARCHIVE"}
    copy = resolve("archive", {"retrieval": "hours", "replication": replication}).replication
    assert copy is not None
    assert [(band.moves, band.noncurrent_move) for band in copy.bands] == [((), None), ((), None)]


@given(archive_args(), sizes())
def test_every_size_has_exactly_one_band(args: Args, size: int) -> None:
    settings = resolve("archive", args)
    assert len([band for band in settings.bands if band.holds(size)]) == 1


@given(archive_args())
def test_the_days_of_each_rule_rise_and_its_id_is_its_own(args: Args) -> None:
    sent = rules(**args)
    assert len({rule["id"] for rule in sent}) == len(sent)
    for rule in sent:
        days = [step["days"] for step in rule.get("transitions", [])]
        assert days == sorted(set(days))


@given(archive_args())
def test_incomplete_uploads_are_aborted_by_a_rule_without_sizes(args: Args) -> None:
    aborting = [rule for rule in rules(**args) if "abort_incomplete_multipart_upload" in rule]
    assert [rule["filter"] for rule in aborting] == [{"prefix": ""}]


@pytest.mark.parametrize("retrieval", ["milliseconds", "minutes", "hours", "half_day"])
@given(sizes())
def test_old_versions_reach_the_class_of_current_ones(retrieval: str, size: int) -> None:
    settings = resolve("archive", {"retrieval": retrieval})
    (band,) = [band for band in settings.bands if band.holds(size)]
    last = band.moves[-1].storage_class if band.moves else None
    assert (band.noncurrent_move and band.noncurrent_move.storage_class) == last
