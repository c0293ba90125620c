"""The core API of a backend: which parts there are, what each is told of the others, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from components.mobile_backend.building import BACKEND, CORE, POLICY, Args, below, build

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.mobile_backend.settings import resolve
from pulumi_aws_mobile.testing import Recording

ROOT = Path(__file__).parents[3]
ENVIRONMENT = "aws:elasticbeanstalk/environment:Environment"
REST_API = "aws:apigateway/restApi:RestApi"


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def parts(recording: Recording) -> list[str]:
    return [part.name for part in recording.children(BACKEND)]


def problems_of(args: Args) -> list[str]:
    with pytest.raises(ArgsError) as caught:
        resolve("app", args)  # pyrefly: ignore[bad-argument-type] - wrong on purpose
    return [str(problem) for problem in caught.value.problems]


def environment_of(recording: Recording) -> dict[str, Any]:
    (environment,) = recording.of_type(ENVIRONMENT)
    return {
        setting["name"]: setting["value"]
        for setting in environment.inputs["settings"]
        if setting["namespace"] == "aws:elasticbeanstalk:application:environment"
    }


@pytest.mark.parametrize("preview", [True, False])
def test_a_core_api_is_an_exchange_servers_and_an_api(preview: bool) -> None:
    assert parts(build(CORE, preview=preview)) == ["app-identity", "app-files", "app-tokens", "app-web", "app-api"]


def test_without_servers_there_is_an_api_for_the_exchange_alone() -> None:
    recording = build({"features": ["sign_in", "core_api"]})
    assert parts(recording) == ["app-identity", "app-tokens", "app-api"]
    (api,) = recording.of_type(REST_API)
    assert set(json.loads(api.inputs["body"])["paths"]) == {"/token", "/.well-known/jwks.json"}


def test_turning_the_core_api_off_leaves_the_others_as_they_were() -> None:
    without = {name: CORE[name] for name in ("region", "identity")}
    one, other = build(CORE), build(without)
    added = {"app-identity-signed-in-api", "app-identity-staff-signed-in-api", "app-identity-guests-api"}
    identity = below(one, "app-identity")
    assert {name: identity[name] for name in identity.keys() - added} == below(other, "app-identity")
    assert below(one, "app-files") == below(other, "app-files")


def test_the_servers_are_told_how_to_verify_tokens_and_what_paths_begin_with() -> None:
    told = environment_of(build(CORE))
    assert told["GREETING"] == "hello"
    assert told["BASE_PATH"] == "/live"
    assert told["TOKEN_ISSUER"] == "eu-west-1_abcdefghi/token-exchange"
    assert told["TOKEN_AUDIENCE"] == "core-api"
    assert told["CALLER_ROLES"] == "app-identity-signed-in:app-identity-group-staff"
    assert len(told["TOKEN_PUBLIC_KEY_1"].split(".")) == 3
    assert "TOKEN_PUBLIC_KEY_2" not in told


def test_paths_begin_with_the_stage_that_was_chosen() -> None:
    assert environment_of(build({**CORE, "api": {**CORE["api"], "stage_name": "v1"}}))["BASE_PATH"] == "/v1"


def test_the_api_reaches_the_servers_by_their_own_load_balancer() -> None:
    recording = build(CORE)
    (environment,), (api,) = recording.of_type(ENVIRONMENT), recording.of_type(REST_API)
    integration = json.loads(api.inputs["body"])["paths"]["/notes"]["get"]["x-amazon-apigateway-integration"]
    assert integration["integrationTarget"] == environment.outputs["loadBalancers"][0]
    assert integration["connectionType"] == "VPC_LINK"
    assert integration["uri"] == f"http://{environment.outputs['cname']}/notes"


def test_each_role_may_call_the_routes_that_name_it() -> None:
    policies = {
        policy.name: json.loads(policy.inputs["policy"])["Statement"]
        for policy in build(CORE).of_type(POLICY)
        if policy.name.endswith("-api")
    }
    assert set(policies) == {
        "app-identity-signed-in-api",
        "app-identity-staff-signed-in-api",
        "app-identity-guests-api",
    }
    (guests,) = policies["app-identity-guests-api"]
    assert [arn.partition("/live/")[2] for arn in guests["Resource"]] == ["GET/about"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            {"features": ["sign_in"], "api": CORE["api"]},
            "api: got options; allowed: nothing without the feature core_api; remove it, or add core_api to features",
        ),
        (
            {**CORE, "token_exchange": {"user_pool_id": "eu-west-1_abc"}},
            (
                "token_exchange.user_pool_id: got an option; allowed: nothing: the backend joins its own parts; "
                "remove it"
            ),
        ),
        (
            {**CORE, "web_tier": {**CORE["web_tier"], "region": "eu-west-1"}},
            "web_tier.region: got a Region; allowed: nothing; move it to region, for every part",
        ),
        (
            {**CORE, "web_tier": {**CORE["web_tier"], "public": True}},
            (
                "web_tier.public: got true; "
                "allowed: false behind the API: whoever else reached the load balancer could say who calls; "
                "remove it: clients call the API"
            ),
        ),
        (
            {**CORE, "web_tier": {"source": "app", "environment": {"TOKEN_ISSUER": "me"}}},
            (
                'web_tier.environment.TOKEN_ISSUER: got "me"; '
                "allowed: nothing: the backend tells servers whom to believe, and what sends; remove it"
            ),
        ),
        (
            {**CORE, "api": {"contributions": {**CORE["api"]["contributions"], "token_exchange": {}}}},
            (
                'api.contributions.token_exchange: got "token_exchange"; '
                "allowed: any key but data_sync, push_amplify, push_devices, push_messages, token_exchange, "
                "which name the backend's own routes; "
                "choose another key"
            ),
        ),
        (
            {"features": ["sign_in", "core_api"], "identity": {"federation": {"enabled": False}}},
            (
                "identity.federation.enabled: got false; "
                "allowed: true beside core_api, which users reach by AWS credentials; "
                "remove it, or take core_api out of features"
            ),
        ),
        (
            {**CORE, "api": {**CORE["api"], "core_api": {"url": "https://core.example.com"}}},
            (
                "api.core_api: got an origin; allowed: nothing beside web_tier, which the backend puts there; "
                "remove it, or web_tier"
            ),
        ),
        (
            {"web_tier": {"source": "app"}},
            (
                "web_tier: got servers; allowed: nothing without a contribution that has the target core_api; "
                "set target: core_api in one of api.contributions, or remove it"
            ),
        ),
        (
            {**CORE, "api": {**CORE["api"], "stage_name": "not a stage"}},
            (
                'api.stage_name: got "not a stage"; '
                "allowed: 1 to 128 letters, digits, hyphens and underscores; choose an allowed value"
            ),
        ),
    ],
)
def test_options_that_cannot_work_are_refused(args: Args, said: str) -> None:
    assert problems_of(args) == [said]


def test_a_contribution_for_servers_needs_servers() -> None:
    (problem,) = problems_of({"api": CORE["api"]})
    assert problem.startswith("api.contributions.core.target: got ")


def test_a_core_api_may_be_any_https_origin() -> None:
    api = {**CORE["api"], "core_api": {"url": "https://core.example.com"}}
    recording = build({"region": "eu-west-1", "api": api})
    paths = json.loads(recording.only("aws:apigateway/restApi:RestApi").inputs["body"])["paths"]
    assert paths["/notes"]["get"]["x-amazon-apigateway-integration"]["uri"] == "https://core.example.com/notes"
    assert not recording.of_type("aws-mobile:index:WebTier")


def test_without_a_core_api_nothing_is_told_of_one() -> None:
    outputs = build({}).component_outputs[BACKEND]
    assert (outputs.get("api_url"), outputs.get("token_issuer"), outputs["environment_names"]) == (None, None, {})
