"""Arguments of archives: those that always work, and those with one thing wrong."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from pulumi_aws_mobile.archive_bucket.args import ArchiveStorageClass
from pulumi_aws_mobile.archive_bucket.storage_classes import STORAGE_CLASSES

Args = dict[str, Any]

KIB = 1024
_COLDEST_STAY = 180
_SIZES = st.one_of(
    st.sampled_from([0, 1, 128 * KIB - 1, 128 * KIB, 128 * KIB + 1, 249_999_999, 250_000_000, 250_000_001]),
    st.integers(0, 5 * KIB**4),
)


def sizes() -> st.SearchStrategy[int]:
    """Return sizes of objects in bytes, the bounds that S3 knows among them."""
    return _SIZES


@st.composite
def transitions(draw: st.DrawFn) -> list[Args]:
    """Draw a list of transitions that S3 takes and that costs nothing extra."""
    classes = sorted(
        draw(st.sets(st.sampled_from(ArchiveStorageClass), min_size=1)), key=lambda name: STORAGE_CLASSES[name].rank
    )
    if ArchiveStorageClass.ONEZONE_IA in classes and ArchiveStorageClass.GLACIER_IR in classes:
        classes.remove(draw(st.sampled_from([ArchiveStorageClass.ONEZONE_IA, ArchiveStorageClass.GLACIER_IR])))
    steps: list[Args] = []
    earliest = 0
    for name in classes:
        least = max(earliest, 30 if name.value.endswith("_IA") else 0)
        after = draw(st.integers(least, least + 400))
        steps.append({"after_days": after, "storage_class": draw(st.sampled_from([name, name.value]))})
        earliest = after + max(STORAGE_CLASSES[name].minimum_stay_days, 1)
    return steps


@st.composite
def moves(draw: st.DrawFn) -> Args:
    """Draw the part of the arguments that says what moves when."""
    args: Args = {}
    if draw(st.booleans()):
        args["transitions"] = draw(transitions())
    else:
        args |= draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "retrieval": st.sampled_from(["milliseconds", "minutes", "hours", "half_day"]),
                    "archive_after_days": st.integers(0, 1000) | st.integers(0, 1000).map(float),
                },
            )
        )
    sizing: dict[str, st.SearchStrategy[Any]] = {
        "transition_default_minimum_object_size": st.sampled_from(
            ["all_storage_classes_128K", "varies_by_storage_class"]
        ),
        "minimum_object_size_bytes": st.integers(128 * KIB, 2**31),
    }
    option = draw(st.sampled_from([None, *sizing]))
    return args if option is None else {**args, option: draw(sizing[option])}


@st.composite
def archive_args(draw: st.DrawFn) -> Args:
    """Draw arguments that always work."""
    args = draw(moves())
    last = int(args["transitions"][-1]["after_days"]) if "transitions" in args else args.get("archive_after_days", 90)
    noncurrent = draw(st.none() | st.integers(30, 300))
    if noncurrent is not None:
        args["noncurrent_versions"] = {
            "archive_after_days": noncurrent,
            "expire_after_days": noncurrent + _COLDEST_STAY + draw(st.integers(0, 300)),
        }
    if draw(st.booleans()):
        args["expire_after_days"] = int(last) + _COLDEST_STAY + draw(st.integers(0, 3000))
    elif noncurrent is not None and draw(st.booleans()):
        args["noncurrent_versions"]["keep_newer"] = draw(st.integers(1, 100))
    if draw(st.booleans()):
        longest = args.get("expire_after_days", 36500)
        args["object_lock"] = {
            "mode": draw(st.sampled_from(["GOVERNANCE", "COMPLIANCE"])),
            "days": draw(st.integers(1, longest)),
        }
    args |= draw(_surroundings())
    return args


@st.composite
def _surroundings(draw: st.DrawFn) -> Args:
    """Draw the options that have nothing to do with moves."""
    args: Args = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "region": st.sampled_from(["eu-west-1", "us-east-2"]),
                "kms_key_arn": st.none(),
                "abort_incomplete_upload_days": st.integers(1, 7),
                "request_metrics": st.just(value=True),
                "protect": st.booleans(),
                "tags": st.dictionaries(st.text("abc", min_size=1), st.text("xyz")),
                "access_logs": st.sampled_from(
                    [{}, {"enabled": False}, {"bucket_name": "logs-of-us"}, {"retention_days": 30}]
                ),
            },
        )
    )
    if draw(st.booleans()):
        args["replication"] = draw(
            st.fixed_dictionaries(
                {"region": st.sampled_from(["eu-central-1", "eu-north-1"])},
                optional={"fifteen_minutes": st.booleans(), "delete_markers": st.booleans()},
            )
        )
    return args


BREAKS: dict[str, Callable[[Args], Args]] = {
    "archive_after_day": lambda args: {**args, "archive_after_day": 3},
    "region": lambda args: {**args, "region": "Ireland"},
    "bucket_name": lambda args: {**args, "bucket_name": "Our.Archive"},
    "transitions": lambda args: _explicit(args, []),
    "transitions[0].after_days": lambda args: _explicit(args, [(29, "STANDARD_IA")]),
    "transitions[1].storage_class": lambda args: _explicit(args, [(30, "GLACIER"), (400, "GLACIER_IR")]),
    "transitions[1].after_days": lambda args: _explicit(args, [(30, "GLACIER"), (119, "DEEP_ARCHIVE")]),
    "archive_after_days": lambda args: {**args, "transitions": [_step(0, "GLACIER")], "archive_after_days": 1},
    "minimum_object_size_bytes": lambda args: {
        **_without(_explicit(args, [(30, "STANDARD_IA")]), "transition_default_minimum_object_size"),
        "minimum_object_size_bytes": 128 * KIB - 1,
    },
    "transition_default_minimum_object_size": lambda args: {
        **args,
        "minimum_object_size_bytes": 2**20,
        "transition_default_minimum_object_size": "varies_by_storage_class",
    },
    "expire_after_days": lambda args: {**_explicit(args, [(100, "GLACIER")]), "expire_after_days": 189},
    "noncurrent_versions.expire_after_days": lambda args: {
        **_explicit(_without(args, "expire_after_days"), [(100, "GLACIER")]),
        "noncurrent_versions": {"archive_after_days": 40, "expire_after_days": 129},
    },
    "noncurrent_versions.keep_newer": lambda args: {
        **_explicit(args, [(0, "GLACIER")]),
        "expire_after_days": 36500,
        "noncurrent_versions": {"keep_newer": 3},
    },
    "abort_incomplete_upload_days": lambda args: {**args, "abort_incomplete_upload_days": 8},
    "object_lock.days": lambda args: {**args, "object_lock": {"mode": "GOVERNANCE"}},
    "object_lock.mode": lambda args: {**args, "object_lock": {"mode": "governance", "days": 1}},
    "kms_key_arn": lambda args: {**args, "kms_key_arn": "alias/ours"},
    "access_logs.retention_days": lambda args: {**args, "access_logs": {"enabled": False, "retention_days": 3}},
    "replication.region": lambda args: {**args, "region": "eu-west-1", "replication": {"region": "eu-west-1"}},
    "replication.kms_key_arn": lambda args: {
        **args,
        "replication": {"region": "eu-south-1", "bucket_arn": "arn:aws:s3:::copy"},
    },
    "empty_on_destroy": lambda args: {**args, "protect": True, "empty_on_destroy": True},
}
"""Ways to break arguments that work, by the path at which the problem is reported."""


def broken_archive_args() -> st.SearchStrategy[tuple[Args, str]]:
    """Return arguments with something wrong, and the path of the problem."""
    return st.sampled_from(sorted(BREAKS)).flatmap(
        lambda path: archive_args().map(lambda args: (BREAKS[path](args), path))
    )


def _explicit(args: Args, steps: list[tuple[int, str]]) -> Args:
    kept = _without(args, "retrieval", "archive_after_days", "minimum_object_size_bytes")
    return {**kept, "transitions": [_step(*step) for step in steps]}


def _step(after_days: int, storage_class: str) -> Args:
    return {"after_days": after_days, "storage_class": storage_class}


def _without(args: Args, *options: str) -> Args:
    return {option: value for option, value in args.items() if option not in options}
