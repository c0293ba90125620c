"""What a backend registers: its parts, what each is told, and that they leave one another alone.

The mocks answer whatever is asked for; that users reach their files is proved by the sandbox.
"""

from pathlib import Path

import pytest
from components.mobile_backend.building import BACKEND, EVERYTHING, HOME, POLICY, Args, below, build

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.mobile_backend import MobileBackend
from pulumi_aws_mobile.testing import UNKNOWN, Recorded, record


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(EVERYTHING, preview=preview).urns) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_nothing_given_makes_both_parts(preview: bool) -> None:
    recording = build({}, preview=preview)
    assert [(part.type, part.name) for part in recording.children(BACKEND)] == [
        ("aws-mobile:index:Identity", "app-identity"),
        ("aws-mobile:index:UserFiles", "app-files"),
    ]


@pytest.mark.parametrize("preview", [True, False])
def test_without_user_files_there_is_only_the_identity(preview: bool) -> None:
    recording = build({"features": ["sign_in"]}, preview=preview)
    assert [part.name for part in recording.children(BACKEND)] == ["app-identity"]


@pytest.mark.parametrize("options", [{}, {"identity": {"groups": {"staff": {}}, "federation": {"guests": True}}}])
def test_turning_user_files_off_leaves_the_identity_as_it_was(options: Args) -> None:
    with_files, without = build(options), build({**options, "features": ["sign_in"]})
    assert below(with_files, "app-identity") == below(without, "app-identity")
    identity = [urn for urn in with_files.urns if "Identity" in urn.rpartition("::")[0]]
    assert identity == [urn for urn in without.urns if "Identity" in urn.rpartition("::")[0]]


def test_users_reach_their_files_by_the_common_role() -> None:
    roles = {policy.name: policy.inputs["role"] for policy in build({}).of_type(POLICY)}
    assert roles == {"app-files-signed-in": "app-identity-signed-in"}


def test_members_of_groups_and_guests_reach_the_files_by_their_own_roles() -> None:
    files = below(build(EVERYTHING), "app-files")
    assert {name: inputs["role"] for name, inputs in files.items() if "role" in inputs} == {
        "app-files-signed-in": "app-identity-signed-in",
        "app-files-group-staff": "app-identity-group-staff",
        "app-files-guests": "app-identity-guests",
    }


def test_guests_reach_no_files_unless_asked() -> None:
    recording = build({"identity": {"federation": {"guests": True}}})
    assert [policy.name for policy in recording.of_type(POLICY)] == ["app-files-signed-in"]


def test_every_part_is_in_the_region() -> None:
    recording = build({"region": HOME})
    regional = [resource for resource in recording if resource.custom and not resource.type.startswith("aws:iam/")]
    assert {resource.inputs.get("region") for resource in regional} == {HOME}


def test_tags_go_to_every_part_and_a_parts_own_win() -> None:
    recording = build({"tags": {"team": "core", "tier": "all"}, "user_files": {"tags": {"tier": "files"}}})
    assert recording.named("app-identity-signed-in").inputs["tags"] == {
        "Name": "app-identity-signed-in",
        "team": "core",
        "tier": "all",
    }
    assert recording.named("app-files-bucket").inputs["tags"] == {
        "Name": "app-files-bucket",
        "team": "core",
        "tier": "files",
    }


def test_options_reach_their_part() -> None:
    recording = build({"user_files": {"noncurrent_expire_after_days": 7}, "identity": {"protect": False}})
    (rule,) = recording.named("app-files-bucket-lifecycle").inputs["rules"]
    assert rule["noncurrentVersionExpiration"] == {"noncurrentDays": 7}
    assert recording.named("app-identity-identity-pool").protect is False


def test_the_outputs_are_those_of_the_parts() -> None:
    recording = build(EVERYTHING)
    outputs = recording.component_outputs[BACKEND]
    identity = recording.component_outputs[recording.named("app-identity").urn]
    assert {name: outputs[name] for name in identity} == identity
    assert outputs["user_files_bucket_name"] == "app-files-bucket"
    assert outputs["group_role_arns"] == {"staff": "arn:aws:iam::123456789012:role/app-identity-group-staff"}


def test_without_user_files_there_is_no_bucket_to_name() -> None:
    recording = build({"features": ["sign_in"]})
    assert recording.component_outputs[BACKEND].get("user_files_bucket_name") is None


def test_in_a_preview_what_aws_decides_is_unknown() -> None:
    recording = build(EVERYTHING, preview=True)
    outputs = recording.component_outputs[BACKEND]
    assert (outputs["user_pool_id"], outputs["user_files_bucket_name"]) == (UNKNOWN, UNKNOWN)
    assert recording.named("app-files-group-staff").inputs["role"] == UNKNOWN


def test_the_parts_can_be_reached() -> None:
    seen: list[object] = []

    def program() -> None:
        backend = MobileBackend("app", {"features": ["sign_in"]})
        seen.extend([type(backend.identity).__name__, backend.user_files])

    record(program, preview=True)
    assert seen == ["Identity", None]


def test_two_backends_do_not_collide() -> None:
    def program() -> None:
        MobileBackend("app", {})
        MobileBackend("app-2", {})

    names = [resource.name for resource in record(program, preview=True)]
    assert len(names) == len(set(names))


def test_refused_arguments_leave_nothing_registered() -> None:
    registered: list[Recorded] = []
    with pytest.raises(ArgsError):
        record(lambda: MobileBackend("app", {"features": []}), on_resource=registered.append)
    assert not registered
