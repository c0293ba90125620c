"""What is decided about users' files, and what is said of options that cannot work."""

import pulumi
import pytest
from components.user_files.building import EVERYTHING, Args

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.user_files.settings import UserFilesSettings, resolve

EVERY_OPTION = (
    "abort_incomplete_upload_days, access_logs, bucket_name, cors_origins, empty_on_destroy, group_role_names, "
    "guest_role_name, guests_read_public, kms_key_arn, noncurrent_expire_after_days, protect, region, "
    "replication, signed_in_role_name, tags, users_write_public"
)


def settings_of(args: Args) -> UserFilesSettings:
    return resolve("files", args)


def problems_of(args: Args, name: str = "files") -> list[str]:
    with pytest.raises(ArgsError) as caught:
        resolve(name, args)
    return [str(problem) for problem in caught.value.problems]


def test_nothing_given_lets_nobody_in_and_keeps_what_is_written() -> None:
    settings = settings_of({})
    assert (settings.signed_in_role_name, settings.group_role_names, settings.guest_role_name) == (None, {}, None)
    assert (settings.protect, settings.empty_on_destroy, settings.cors_origins) == (True, False, ())
    assert (settings.noncurrent_expire_after_days, settings.abort_incomplete_upload_days) == (30, 7)


def test_whole_numbers_may_arrive_as_floats() -> None:
    assert settings_of({"noncurrent_expire_after_days": 90.0}).noncurrent_expire_after_days == 90


def test_everything_together_works() -> None:
    assert settings_of(EVERYTHING).guest_role_name == "guests"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            {"guests_read_public": True},
            (
                "guest_role_name: got nothing; allowed: the role of guests, beside guests_read_public; "
                "give it, or remove guests_read_public"
            ),
        ),
        (
            {"guest_role_name": "guests"},
            (
                "guest_role_name: got a role; allowed: nothing without guests_read_public; "
                "remove it, or set guests_read_public: true"
            ),
        ),
        (
            {"group_role_names": {"admins": "a"}},
            (
                "signed_in_role_name: got nothing; allowed: the role of everyone who is signed in, "
                "beside group_role_names; give it, or remove group_role_names"
            ),
        ),
        (
            {"signed_in_role_name": "arn:aws:iam::123456789012:role/users"},
            (
                'signed_in_role_name: got "arn:aws:iam::123456789012:role/users"; allowed: the name of an IAM role; '
                "choose an allowed value"
            ),
        ),
        (
            {"cors_origins": ["http://app.example.org"]},
            (
                'cors_origins[0]: got "http://app.example.org"; '
                "allowed: an https origin, for example https://app.example.org; choose an allowed value"
            ),
        ),
        (
            {"signed_in_role_name": "users", "group_role_names": {"a b": "a"}},
            (
                'group_role_names.a b: got "a b"; allowed: the key of a group: 1 to 40 letters, digits, hyphens and '
                "underscores; rename it"
            ),
        ),
        (
            {"cors_origins": ["*"]},
            (
                'cors_origins[0]: got "*"; '
                "allowed: an https origin, for example https://app.example.org; choose an allowed value"
            ),
        ),
        (
            {"cors_origins": ["https://app.example.org/"]},
            (
                'cors_origins[0]: got "https://app.example.org/"; '
                "allowed: an https origin, for example https://app.example.org; choose an allowed value"
            ),
        ),
        ({"cors_origins": []}, "cors_origins: got []; allowed: 1 to 100 origins; remove it"),
        (
            {"abort_incomplete_upload_days": 8},
            "abort_incomplete_upload_days: got 8; allowed: 1 to 7 days; choose an allowed value",
        ),
        (
            {"noncurrent_expire_after_days": 0},
            "noncurrent_expire_after_days: got 0; allowed: 1 to 36500 days; choose an allowed value",
        ),
        (
            {"empty_on_destroy": True},
            (
                "empty_on_destroy: got true; "
                "allowed: false while protect is true: a protected bucket is never destroyed; "
                "remove it, or set protect: false as well"
            ),
        ),
        (
            {"region": "eu-west-1", "kms_key_arn": "arn:aws:kms:eu-north-1:123456789012:key/1"},
            (
                'kms_key_arn: got "arn:aws:kms:eu-north-1:123456789012:key/1"; '
                "allowed: a key in eu-west-1, where the bucket is; give a key of that Region"
            ),
        ),
        (
            {"access_logs": {"enabled": False, "retention_days": 3}},
            (
                "access_logs.retention_days: got 3; allowed: nothing while access_logs.enabled is false; "
                "remove retention_days or enabled"
            ),
        ),
        (
            {"guest_read_public": True},
            f'guest_read_public: got true; allowed: {EVERY_OPTION}; did you mean "guests_read_public"?',
        ),
    ],
)
def test_options_that_cannot_work_are_refused(args: Args, said: str) -> None:
    assert problems_of(args) == [said]


def test_a_guests_role_that_is_not_made_yet_is_not_shown() -> None:
    assert problems_of({"guest_role_name": pulumi.Output.from_input("guests")})[0].startswith(
        "guest_role_name: got a role; "
    )


@pytest.mark.parametrize("name", ["my_files", "f" * 49, ""])
def test_names_of_which_no_bucket_name_can_be_made_are_refused(name: str) -> None:
    assert problems_of({}, name) == [
        (
            f'name: got "{name}"; allowed: 1 to 48 letters, digits and hyphens, not starting with a hyphen; '
            "rename the component: its buckets are named after it"
        )
    ]


REPLICATIONS: list[tuple[Args, str]] = [
    (
        {"replication": {"region": "eu-central-1"}},
        (
            "region: got nothing; allowed: the bucket's own Region, which the second one's is compared with; "
            "give it beside replication"
        ),
    ),
    (
        {"region": "eu-west-1", "replication": {"region": "eu-west-1"}},
        'replication.region: got "eu-west-1"; allowed: another Region than the bucket\'s; choose a recovery Region',
    ),
    (
        {"region": "eu-west-1", "replication": {"region": "cn-north-1"}},
        (
            'replication.region: got "cn-north-1"; allowed: a Region of the partition aws, like eu-west-1; '
            "S3 does not copy between partitions: choose another Region"
        ),
    ),
    (
        {"region": "eu-west-1", "replication": {}},
        "replication.region: got nothing; allowed: a text; give it; it has no default",
    ),
    (
        {
            "region": "eu-west-1",
            "replication": {"region": "eu-central-1", "kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:key/1"},
        },
        (
            'replication.kms_key_arn: got "arn:aws:kms:eu-west-1:123456789012:key/1"; '
            "allowed: a key in eu-central-1, where the bucket is; give a key of that Region"
        ),
    ),
]


@pytest.mark.parametrize(("args", "said"), REPLICATIONS)
def test_second_buckets_that_cannot_be_are_refused(args: Args, said: str) -> None:
    assert problems_of(args) == [said]


def test_a_second_bucket_wants_a_shorter_name() -> None:
    args = {"region": "eu-west-1", "replication": {"region": "eu-central-1"}}
    assert problems_of(args, "f" * 35) == [
        (
            f'name: got "{"f" * 35}"; allowed: 1 to 34 letters, digits and hyphens, not starting with a hyphen; '
            "rename the component: its buckets and roles are named after it"
        )
    ]


def test_every_problem_is_told_at_once() -> None:
    args = {"cors_origins": ["x"], "guests_read_public": True, "empty_on_destroy": True, "region": "Ireland"}
    assert len(problems_of(args)) == 4
