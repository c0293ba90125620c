"""What an archive's arguments become."""

import pulumi
import pytest
from components.archive_bucket.refusals import EVERY_OPTION, NORTH_KEY, error_of, problem_of, settings_of, steps
from components.archive_bucket.strategies import Args, archive_args, broken_archive_args
from hypothesis import given

from pulumi_aws_mobile.archive_bucket.args import ArchiveStorageClass, Retrieval
from pulumi_aws_mobile.archive_bucket.lifecycle import Move
from pulumi_aws_mobile.archive_bucket.settings import AccessLogs


@given(archive_args())
def test_arguments_that_work_are_resolved(args: Args) -> None:
    assert settings_of(args).bands[0].smallest == 0


@given(broken_archive_args())
def test_each_kind_of_broken_arguments_is_refused_with_its_path(broken: tuple[Args, str]) -> None:
    args, path = broken
    assert path in [problem.path for problem in error_of(args).problems]


def test_nothing_given_is_a_whole_archive() -> None:
    settings = settings_of({})
    small, moving = settings.bands
    assert (small.smallest, small.below, small.moves, small.noncurrent_move) == (0, 131072, (), None)
    assert (moving.smallest, moving.below) == (131072, None)
    assert moving.moves == (Move(30, ArchiveStorageClass.STANDARD_IA), Move(90, ArchiveStorageClass.GLACIER_IR))
    assert moving.noncurrent_move == Move(30, ArchiveStorageClass.GLACIER_IR)
    assert settings.retrieval is Retrieval.MILLISECONDS
    assert settings.expire_after_days is None
    assert (settings.noncurrent_expire_after_days, settings.keep_newer) == (365, None)
    assert settings.abort_incomplete_upload_days == 7
    assert settings.object_lock is None
    assert settings.access_logs == AccessLogs(bucket_name=None, retention_days=400)
    assert settings.request_metrics
    assert settings.replication is None
    assert (settings.protect, settings.empty_on_destroy) == (True, False)


def test_old_versions_stay_where_they_are_if_they_go_too_soon_to_move() -> None:
    settings = settings_of({"retrieval": "half_day", "noncurrent_versions": {"expire_after_days": 209}})
    assert {band.noncurrent_move for band in settings.bands} == {None}
    settings = settings_of({"retrieval": "half_day", "noncurrent_versions": {"expire_after_days": 210}})
    assert settings.bands[-1].noncurrent_move == Move(30, ArchiveStorageClass.DEEP_ARCHIVE)


def test_whole_numbers_of_other_languages_are_read() -> None:
    assert settings_of({"archive_after_days": 100.0}).bands[-1].moves[-1].after_days == 100


def test_values_of_other_resources_flow_through() -> None:
    key = pulumi.Output.from_input(NORTH_KEY)
    assert settings_of({"region": "eu-west-1", "kms_key_arn": key}).kms_key_arn is key


@pytest.mark.parametrize(
    "args",
    [
        {"transitions": steps((0, "STANDARD_IA"))},
        {"transitions": steps((0, "GLACIER"), (1, "DEEP_ARCHIVE"))},
        {"minimum_object_size_bytes": 1},
        {"expire_after_days": 91},
        {"noncurrent_versions": {"archive_after_days": 0, "expire_after_days": 1}},
        {"replication": {"region": "eu-south-1", "storage_class": "GLACIER_IR"}, "retrieval": "hours"},
    ],
)
def test_extra_charges_can_be_accepted(args: Args) -> None:
    settings_of({**args, "accept_minimum_charges": True})


def test_every_problem_is_listed_at_once() -> None:
    error = error_of(
        {
            "retrival": "hours",
            "transitions": steps((10, "ONEZONE_IA"), (20, "GLACIER_IR")),
            "archive_after_days": 3,
            "expire_after_days": 3,
            "empty_on_destroy": True,
        }
    )
    assert str(error) == (
        'ArchiveBucket "archive": 5 problems'
        f'\n  retrival: got "hours"; allowed: {EVERY_OPTION}; did you mean "retrieval"?'
        "\n  archive_after_days: got 3; allowed: nothing beside transitions; remove archive_after_days or transitions"
        "\n  transitions[0].after_days: got 10; allowed: 30 days or more for ONEZONE_IA; raise it to 30, or set "
        "accept_minimum_charges: true to pay for it"
        '\n  transitions[1].storage_class: got "GLACIER_IR"; allowed: after ONEZONE_IA: GLACIER | DEEP_ARCHIVE; '
        "put the warmer class first, or leave one out: S3 moves objects to colder classes only"
        "\n  empty_on_destroy: got true; allowed: false while protect is true: a protected bucket is never destroyed; "
        "remove it, or set protect: false as well"
    )


def test_what_depends_on_a_refused_option_is_not_reported_too() -> None:
    assert problem_of({"retrieval": "weeks", "expire_after_days": 1}) == (
        'retrieval: got "weeks"; allowed: milliseconds | minutes | hours | half_day; choose one of these'
    )
