"""A recovery site is an exchange, servers and an API in one Region, for the users of another."""

import json
from pathlib import Path
from typing import Any

import pytest
from components.mobile_backend.building import Account
from components.push.building import PLATFORMS
from components.recovery_site.building import SITE, THERE, USERS, build

from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.recovery_site import RecoverySite
from pulumi_aws_mobile.testing import Recording, record

ROOT = Path(__file__).parents[3]
ENVIRONMENT = "aws:elasticbeanstalk/environment:Environment"


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def environment_of(recording: Recording) -> dict[str, Any]:
    (environment,) = recording.of_type(ENVIRONMENT)
    return {setting["name"]: setting["value"] for setting in environment.inputs["settings"]}


def test_the_urns_are_the_reviewed_ones() -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(resource.urn for resource in build(SITE)) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_everything_regional_is_in_the_recovery_region(preview: bool) -> None:
    regions = {resource.inputs["region"] for resource in build(SITE, preview=preview) if "region" in resource.inputs}
    assert regions == {THERE}


def test_the_servers_believe_the_sessions_of_the_primary_regions_roles() -> None:
    assert environment_of(build(SITE))["CALLER_ROLES"] == "app-signed-in:app-group-staff"


def test_the_exchange_asks_the_primary_regions_user_pool() -> None:
    (function,) = [
        each for each in build(SITE).of_type("aws:lambda/function:Function") if "exchange" in each.inputs["handler"]
    ]
    assert function.inputs["environment"]["variables"]["USER_POOL_ID"] == USERS["user_pool_id"]


def test_without_servers_there_is_an_api_for_the_exchange_alone() -> None:
    recording = build({**USERS, "region": THERE})
    assert not recording.of_type(ENVIRONMENT)
    assert len(recording.of_type("aws:apigateway/restApi:RestApi")) == 1


def test_servers_without_instances_wait() -> None:
    waiting = {**SITE, "web_tier": {**SITE["web_tier"], "instances": {"min": 0, "max": 0}}}
    settings = environment_of(build(waiting))
    assert (settings["MinSize"], settings["MaxSize"]) == ("0", "0")


def test_the_primary_regions_roles_may_call_both_apis() -> None:
    def program() -> None:
        identity = Identity("users", {"region": "eu-west-1", "groups": {"staff": {}}})
        users: Any = {
            "user_pool_id": identity.user_pool_id,
            "user_pool_arn": identity.user_pool_arn,
            "identity_pool_id": identity.identity_pool_id,
            "role_arns": [identity.signed_in_role_arn],
        }
        RecoverySite("there", {**SITE, **users}).grant(identity)

    names = {each.name for each in record(program, mocks=Account()).of_type("aws:iam/rolePolicy:RolePolicy")}
    assert {"users-signed-in-recovery-api", "users-staff-signed-in-recovery-api"} <= names


def test_users_data_are_those_of_the_primary_regions_table() -> None:
    table = f"arn:aws:dynamodb:{THERE}:123456789012:table/data"
    replica = {
        "table_name": "data",
        "table_arn": table,
        "stream_arn": f"{table}/stream/2020-01-01T00:00:00.000",
        "kms_key_arn": f"arn:aws:kms:{THERE}:123456789012:key/00000000-0000-0000-0000-000000000000",
    }
    recording = build({**USERS, "region": THERE, "data_sync": {"replica_of": replica}})
    assert not recording.of_type("aws:dynamodb/table:Table")
    variables = recording.named("there-data-api-function").inputs["environment"]["variables"]
    assert variables["TABLE_NAME"] == "data"
    paths = json.loads(recording.only("aws:apigateway/restApi:RestApi").inputs["body"])["paths"]
    assert "/sync/datasets/{dataset}" in paths


def test_devices_register_here_anew_and_hear_of_data_that_change_here() -> None:
    push = {"topics": {"news": {}}, "platforms": {"adm": PLATFORMS["adm"]}, "senders": ["staff"]}
    recording = build({**SITE, "push": push, "data_sync": {}})
    assert recording.named("there-push-table").inputs["region"] == THERE
    (subscription,) = recording.of_type("aws:sns/topicSubscription:TopicSubscription")
    assert subscription.inputs["topic"] == recording.named("there-data-changes").outputs["arn"]
    paths = json.loads(recording.only("aws:apigateway/restApi:RestApi").inputs["body"])["paths"]
    assert {"/devices/{device}", "/messages"} <= set(paths)


def test_apps_are_told_of_this_regions_own_api() -> None:
    recording = build({**SITE, "push": {"topics": {"news": {}}}})
    told = recording.component_outputs[recording.named("there").urn]["client"]
    assert told == {
        "region": THERE,
        "api": {
            "url": "https://there-api-rest-id.execute-api.eu-west-1.amazonaws.com/live",
            "region": THERE,
            "needs_key": False,
        },
        "user_data": False,
        "push": {"topics": ["news"], "amplify": False},
    }


@pytest.mark.parametrize(
    ("only", "host"),
    [(False, "there-api-rest-id.execute-api.eu-west-1.amazonaws.com/live"), (True, "api.example.com")],
)
def test_a_domain_that_both_regions_share_is_told_only_if_nothing_else_answers(only: bool, host: str) -> None:
    domain = {"name": "api.example.com", "hosted_zone_id": "Z1", "records": False, "only": only}
    domain["certificate_arn"] = f"arn:aws:acm:{THERE}:123456789012:certificate/a"
    recording = build({**SITE, "api": {**SITE["api"], "domain": domain}})
    told = recording.component_outputs[recording.named("there").urn]["client"]
    assert told["api"]["url"] == f"https://{host}"
