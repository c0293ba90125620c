"""What an archive registers: exact children, inputs and options.

The mocks answer whatever is asked for; that AWS takes these inputs is proved by the sandbox.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pulumi
import pytest
from components.archive_bucket.account import Account
from components.archive_bucket.building import ABROAD, ARCHIVE, EVERYTHING, HOME, KEY, build
from components.archive_bucket.strategies import Args, archive_args
from hypothesis import given, settings

from pulumi_aws_mobile.archive_bucket import ArchiveBucket
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import UNKNOWN, Recorded, record


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(EVERYTHING, preview=preview).urns) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_nothing_given_makes_a_bucket_a_key_and_a_log_bucket(preview: bool) -> None:
    recording = build({}, preview=preview)
    assert sorted(child.name for child in recording.children(ARCHIVE)) == [
        "archive-bucket",
        "archive-bucket-encryption",
        "archive-bucket-lifecycle",
        "archive-bucket-logging",
        "archive-bucket-ownership",
        "archive-bucket-policy",
        "archive-bucket-public-access",
        "archive-bucket-versioning",
        "archive-key",
        "archive-logs",
        "archive-logs-encryption",
        "archive-logs-lifecycle",
        "archive-logs-ownership",
        "archive-logs-policy",
        "archive-logs-public-access",
        "archive-logs-versioning",
        "archive-metrics",
    ]


@pytest.mark.parametrize("preview", [True, False])
def test_everything_is_a_child_of_the_archive(preview: bool) -> None:
    recording = build(EVERYTHING, preview=preview)
    assert {resource.parent for resource in recording if resource.urn != ARCHIVE} == {ARCHIVE}


def test_each_side_is_in_its_region_and_iam_in_none() -> None:
    regions = {child.name: child.inputs.get("region") for child in build(EVERYTHING).children(ARCHIVE)}
    abroad = {name for name in regions if name.startswith("archive-replica-")} | {"archive-replica"}
    abroad |= {"archive-replication-latency"}  # S3 publishes this metric where the copy is
    nowhere = {"archive-replication-role", "archive-replication-permissions"}
    assert {name for name, region in regions.items() if region == ABROAD} == abroad
    assert {name for name, region in regions.items() if region is None} == nowhere
    assert {name for name, region in regions.items() if region == HOME} == set(regions) - abroad - nowhere


def test_without_a_region_the_providers_is_used() -> None:
    assert {child.inputs.get("region") for child in build({}).children(ARCHIVE)} == {None}


def test_everything_that_takes_tags_has_its_name_and_the_callers_tags() -> None:
    children = build({**EVERYTHING, "tags": {"team": "core"}}).children(ARCHIVE)
    tagged = {child.name: child.inputs["tags"] for child in children if "tags" in child.inputs}
    assert tagged == {name: {"Name": name, "team": "core"} for name in tagged}
    assert len(tagged) == 10


def test_what_holds_or_guards_data_is_protected_and_retained() -> None:
    children = build(EVERYTHING).children(ARCHIVE)
    kept = {child.name for child in children if child.protect}
    assert kept == {child.name for child in children if child.retain_on_delete}
    buckets = ("archive-bucket", "archive-logs", "archive-replica", "archive-replica-logs")
    settings = ("versioning", "encryption", "ownership", "public-access", "lifecycle", "policy")
    assert kept == {"archive-key", "archive-replica-key", *buckets} | {
        f"{bucket}-{setting}" for bucket in buckets for setting in settings
    }


def test_protection_goes_by_an_explicit_argument() -> None:
    children = build({**EVERYTHING, "protect": False}).children(ARCHIVE)
    assert {(child.protect, child.retain_on_delete) for child in children} == {(False, False)}


def test_the_outputs_say_where_everything_is() -> None:
    assert build(EVERYTHING).component_outputs[ARCHIVE] == {
        "bucket_name": "archive-bucket",
        "bucket_arn": "arn:aws:s3:::archive-bucket",
        "kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:archive-key",
        "log_bucket_name": "archive-logs",
        "replica_bucket_name": "archive-replica",
        "replica_bucket_arn": "arn:aws:s3:::archive-replica",
        "replica_kms_key_arn": "arn:aws:kms:eu-central-1:123456789012:archive-replica-key",
    }


def test_in_a_preview_what_aws_decides_is_unknown() -> None:
    recording = build(EVERYTHING, preview=True)
    assert set(recording.component_outputs[ARCHIVE].values()) == {UNKNOWN}
    assert recording.named("archive-bucket-policy").inputs["policy"] == UNKNOWN
    assert recording.named("archive-bucket-lifecycle").inputs["rules"][0]["id"] == "tidy-up"


def test_the_component_knows_its_retrieval_plan() -> None:
    plans = []
    record(lambda: plans.append(ArchiveBucket("archive", {"retrieval": "hours"}).retrieval_plan(100)))
    assert [plan.storage_class for plan in plans] == ["GLACIER"]


def test_two_archives_do_not_collide() -> None:
    def program() -> None:
        ArchiveBucket("archive", EVERYTHING)
        ArchiveBucket("archive-2", EVERYTHING)

    names = [resource.name for resource in record(program, mocks=Account())]
    assert len(names) == len(set(names))


def test_values_of_other_resources_flow_through() -> None:
    def program() -> None:
        ArchiveBucket(
            "archive",
            {
                "kms_key_arn": pulumi.Output.from_input(KEY),
                "access_logs": {"bucket_name": pulumi.Output.from_input("l")},
            },
        )

    recording = record(program, mocks=Account())
    assert recording.named("archive-bucket-logging").inputs["targetBucket"] == "l"


def test_refused_arguments_leave_nothing_registered() -> None:
    registered: list[Recorded] = []
    with pytest.raises(ArgsError):
        record(lambda: ArchiveBucket("archive", {"expire_after_days": 1}), on_resource=registered.append)
    assert not registered


@pytest.mark.parametrize("preview", [True, False])
@settings(max_examples=15)
@given(archive_args())
def test_arguments_that_work_build_an_archive_of_unique_names(preview: bool, args: Args) -> None:
    names = [resource.name for resource in build(args, preview=preview)]
    assert len(names) == len(set(names))
    assert all(name == "archive" or name.startswith("archive-") for name in names)


@given(archive_args())
@settings(max_examples=10)
def test_no_child_depends_on_a_component(args: Args) -> None:
    assert not [child for child in build(args).children(ARCHIVE) if ARCHIVE in child.dependencies]


def test_importing_an_archive_loads_none_of_its_services() -> None:
    loaded = (
        "sorted({name.split('.')[1] for name in sys.modules if name.startswith('pulumi_aws.') and name.count('.') > 1})"
    )
    program = f"import sys, pulumi_aws_mobile.archive_bucket; print({loaded})"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert not {"s3", "kms", "iam", "cloudwatch"} & set(ast.literal_eval(answer))
