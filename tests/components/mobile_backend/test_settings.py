"""What is decided about a backend, and what is said of options that cannot work."""

import pytest
from components.mobile_backend.building import EVERYTHING, HOME, Args

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.identity.args import IdentityArgs
from pulumi_aws_mobile.identity.federation.args import RoleRuleArgs
from pulumi_aws_mobile.mobile_backend.args import MobileBackendArgs
from pulumi_aws_mobile.mobile_backend.settings import LIMITS, MobileBackendSettings, resolve
from pulumi_aws_mobile.user_files.args import UserFilesArgs


def settings_of(args: Args) -> MobileBackendSettings:
    return resolve("app", args)


def problems_of(args: Args, name: str = "app") -> list[str]:
    with pytest.raises(ArgsError) as caught:
        resolve(name, args)
    return [str(problem) for problem in caught.value.problems]


def test_nothing_given_turns_every_feature_on() -> None:
    assert settings_of({}) == MobileBackendSettings(identity={}, user_files={}, guests_read_public=False, groups=())


def test_a_feature_that_is_off_has_no_settings() -> None:
    assert settings_of({"features": ["sign_in"]}).user_files is None


def test_region_and_tags_are_passed_down() -> None:
    settings = settings_of(EVERYTHING)
    assert settings.identity == {
        "groups": {"staff": {}},
        "federation": {"guests": True},
        "region": HOME,
        "tags": {"team": "core"},
    }
    assert settings.user_files == {"guests_read_public": True, "region": HOME, "tags": {"team": "core"}}
    assert (settings.guests_read_public, settings.groups) == (True, ("staff",))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({"features": []}, "features: got []; allowed: one feature or more; name some, or remove it for all of them"),
        (
            {"features": ["user_files"]},
            (
                'features: got ["user_files"]; '
                "allowed: a list with sign_in: the other features are for users who signed in; add sign_in"
            ),
        ),
        (
            {"features": ["sign_in", "sign_in"]},
            'features[1]: got "sign_in"; allowed: each feature once; remove it',
        ),
        (
            {"features": ["sign_in", "chat"]},
            (
                'features[1]: got "chat"; '
                "allowed: sign_in | user_files | core_api | user_data | push | analytics; choose an allowed value"
            ),
        ),
        (
            {"features": ["sign_in", "user_data"]},
            (
                'features: got ["sign_in", "user_data"]; '
                "allowed: a list with core_api, whose API has the routes of user_data; add core_api"
            ),
        ),
        (
            {"data_sync": {"guests": True}},
            (
                "data_sync.guests: got true; allowed: false without guests; "
                "remove it, or set identity.federation.guests: true"
            ),
        ),
        (
            {"data_sync": {"limits": {"max_datasets": 0}}},
            "data_sync.limits.max_datasets: got 0; allowed: 1 to 1000 datasets; choose an allowed value",
        ),
        (
            {"features": ["sign_in"], "user_files": {}},
            (
                "user_files: got options; allowed: nothing without the feature user_files; "
                "remove it, or add user_files to features"
            ),
        ),
        (
            {"identity": {"region": HOME}},
            "identity.region: got a Region; allowed: nothing; move it to region, for every part",
        ),
        (
            {"user_files": {"region": HOME}},
            "user_files.region: got a Region; allowed: nothing; move it to region, for every part",
        ),
        (
            {"user_files": {"signed_in_role_name": "users"}},
            (
                "user_files.signed_in_role_name: got a role; allowed: nothing: the backend names its own roles; "
                "remove it"
            ),
        ),
        (
            {"user_files": {"guests_read_public": True}},
            (
                "user_files.guests_read_public: got true; allowed: false without guests; "
                "remove it, or set identity.federation.guests: true"
            ),
        ),
        (
            {"identity": {"federation": {"enabled": False}}},
            (
                "identity.federation.enabled: got false; "
                "allowed: true beside user_files, which users reach by AWS credentials; "
                "remove it, or take user_files out of features"
            ),
        ),
        (
            {"user_files": {"cors_origins": ["*"]}},
            (
                'user_files.cors_origins[0]: got "*"; '
                "allowed: an https origin, for example https://app.example.org; choose an allowed value"
            ),
        ),
        (
            {"user_files": {"empty_on_destroy": True}},
            (
                "user_files.empty_on_destroy: got true; "
                "allowed: false while protect is true: a protected bucket is never destroyed; "
                "remove it, or set protect: false as well"
            ),
        ),
        (
            {"identity": {"federation": {"user_pool": {"role_mapping": {}}}}},
            (
                "identity.federation.user_pool.role_mapping: got {}; allowed: nothing without groups; "
                "add groups, or remove role_mapping"
            ),
        ),
        (
            {"identity": {"federation": {"guest": True}}},
            (
                "identity.federation.guest: got true; allowed: enabled, guest_statements, guests, oidc, saml, "
                'signed_in_statements, social, user_pool; did you mean "guests"?'
            ),
        ),
        ({"user_files": 3}, "user_files: got 3; allowed: the options of UserFilesArgs; give a mapping of options"),
        (
            {"regions": HOME},
            (
                f'regions: got "{HOME}"; allowed: alarm_topic_arn, analytics, api, data_sync, features, identity, '
                'observability, push, region, tags, token_exchange, user_files, web_tier; did you mean "region"?'
            ),
        ),
    ],
)
def test_options_that_cannot_work_are_refused(args: Args, said: str) -> None:
    assert problems_of(args) == [said]


def test_a_name_of_which_no_bucket_name_can_be_made_is_refused() -> None:
    (problem,) = problems_of({}, "my_app")
    assert problem.startswith('name: got "my_app-identity"; ')


def test_the_problems_of_all_parts_are_told_at_once() -> None:
    args = {
        "region": "Ireland",
        "identity": {"federation": {"oidc": {"a": {}}, "guest_statements": []}},
        "user_files": {"cors_origins": [], "empty_on_destroy": True},
    }
    assert [problem.partition(":")[0] for problem in problems_of(args)] == [
        "region",
        "identity.federation.guest_statements",
        "identity.federation.oidc.a",
        "user_files.cors_origins",
        "user_files.empty_on_destroy",
    ]


def test_the_limits_are_those_of_the_backend_and_its_parts() -> None:
    assert {MobileBackendArgs, RoleRuleArgs, UserFilesArgs, IdentityArgs} <= set(LIMITS)
