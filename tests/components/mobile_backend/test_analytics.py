"""What users do: a part of its own, to which each role may send events."""

import pulumi
import pytest
from components.mobile_backend.building import BACKEND, POLICY, Account, Args, below, build
from components.mobile_backend.test_settings import problems_of

from pulumi_aws_mobile.mobile_backend import MobileBackend
from pulumi_aws_mobile.testing import record

ANALYTICS: Args = {"region": "eu-west-1", "analytics": {}}
EVERYBODY: Args = {"identity": {"groups": {"staff": {}}, "federation": {"guests": True}}}


def senders(args: Args) -> dict[str, str]:
    recording = build(args)
    return {each.name: each.inputs["role"] for each in recording.of_type(POLICY) if "identity" in each.inputs["role"]}


@pytest.mark.parametrize("preview", [True, False])
def test_saying_something_of_it_turns_it_on_without_an_api(preview: bool) -> None:
    parts = [part.name for part in build(ANALYTICS, preview=preview).children(BACKEND)]
    assert parts == ["app-identity", "app-files", "app-analytics"]


def test_naming_the_feature_turns_it_on() -> None:
    recording = build({"features": ["sign_in", "analytics"]})
    assert [part.name for part in recording.children(BACKEND)] == ["app-identity", "app-analytics"]


def test_users_and_members_of_groups_send_events_by_their_own_roles() -> None:
    assert senders({**ANALYTICS, **EVERYBODY, "features": ["sign_in", "analytics"]}) == {
        "app-analytics-signed-in": "app-identity-signed-in",
        "app-analytics-group-staff": "app-identity-group-staff",
    }


def test_guests_send_events_where_cognito_lets_them_through() -> None:
    direct: Args = {**ANALYTICS, "analytics": {"ingest": "firehose"}, "features": ["sign_in", "analytics"]}
    assert senders({**direct, **EVERYBODY})["app-analytics-guests"] == "app-identity-guests"
    assert "app-analytics-guests" not in senders(direct)


def test_turning_it_off_leaves_the_others_as_they_were() -> None:
    base: Args = {"region": "eu-west-1", "data_sync": {}}
    one, other = build({**base, "analytics": {}}), build(base)
    for part in ("app-identity", "app-files", "app-tokens", "app-data", "app-api"):
        assert below(one, part) == below(other, part)


def test_what_apps_have_to_know_comes_out() -> None:
    def program() -> None:
        for name, args in (("app", ANALYTICS), ("without", {})):
            backend = MobileBackend(name, args)
            pulumi.export(name, [backend.analytics_client_config, backend.analytics_dashboard_name])

    recording = record(program, preview=False, mocks=Account())
    told, dashboard = recording.stack_outputs["app"]
    assert (told["service"], told["schema_version"]) == ("kinesis", "1")
    assert dashboard == recording.only("aws:cloudwatch/dashboard:Dashboard").inputs["dashboardName"]
    assert recording.stack_outputs["without"] == [{}, None]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            {"analytics": {"signed_in_role_name": "users"}},
            "analytics.signed_in_role_name: got a role; allowed: nothing: the backend names its own roles; remove it",
        ),
        (
            {"analytics": {"shards": 0}},
            "analytics.shards: got 0; allowed: 1 to 10000 shards; choose an allowed value",
        ),
        (
            {"features": ["sign_in"], "analytics": {}},
            (
                "analytics: got options; allowed: nothing without the feature analytics; "
                "remove it, or add analytics to features"
            ),
        ),
        (
            {"features": ["sign_in", "analytics"], "identity": {"federation": {"enabled": False}}},
            (
                "identity.federation.enabled: got false; "
                "allowed: true beside analytics, which users reach by AWS credentials; "
                "remove it, or take analytics out of features"
            ),
        ),
    ],
)
def test_options_that_cannot_work_are_refused(args: Args, said: str) -> None:
    assert problems_of(args) == [said]
