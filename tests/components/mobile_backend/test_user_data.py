"""Users' data in step: a part behind the API, which comes and goes without the others noticing."""

import json

import pulumi
import pytest
from components.mobile_backend.building import BACKEND, POLICY, Account, Args, below, build

from pulumi_aws_mobile.mobile_backend import MobileBackend
from pulumi_aws_mobile.testing import Recording, record

DATA = {"region": "eu-west-1", "data_sync": {}}
GUESTS = {"identity": {"federation": {"guests": True}}}
REST_API = "aws:apigateway/restApi:RestApi"


def parts(recording: Recording) -> list[str]:
    return [part.name for part in recording.children(BACKEND)]


def granted(recording: Recording, role: str) -> set[str]:
    found = {policy.name: policy.inputs["policy"] for policy in recording.of_type(POLICY)}
    document = json.loads(found.get(f"app-identity-{role}-api", '{"Statement": []}'))
    return {arn.partition("/live/")[2] for each in document["Statement"] for arn in each["Resource"]}


@pytest.mark.parametrize("preview", [True, False])
def test_saying_something_of_it_turns_it_on_with_the_api_that_it_needs(preview: bool) -> None:
    assert parts(build(DATA, preview=preview)) == ["app-identity", "app-files", "app-tokens", "app-data", "app-api"]


def test_naming_the_feature_turns_it_on() -> None:
    recording = build({"features": ["sign_in", "core_api", "user_data"]})
    assert parts(recording) == ["app-identity", "app-tokens", "app-data", "app-api"]


def test_its_routes_are_the_apis_and_its_function_answers_them() -> None:
    recording = build(DATA)
    paths = json.loads(recording.of_type(REST_API)[0].inputs["body"])["paths"]
    assert set(paths) == {"/token", "/.well-known/jwks.json", "/sync/datasets", "/sync/datasets/{dataset}"}
    integration = paths["/sync/datasets/{dataset}"]["post"]["x-amazon-apigateway-integration"]
    assert recording.named("app-data-api-function").outputs["arn"] in integration["uri"]


def test_users_may_call_and_guests_may_not() -> None:
    recording = build({**DATA, **GUESTS})
    assert granted(recording, "signed-in") >= {"GET/sync/datasets", "POST/sync/datasets/*", "DELETE/sync/datasets/*"}
    assert granted(recording, "guests") == set()


def test_guests_may_call_where_they_may_keep_data() -> None:
    recording = build({**DATA, **GUESTS, "data_sync": {"guests": True}})
    assert granted(recording, "guests") >= {"GET/sync/datasets", "POST/sync/datasets/*", "DELETE/sync/datasets/*"}


def test_turning_it_off_leaves_the_others_as_they_were() -> None:
    base = {"region": "eu-west-1", "token_exchange": {}}
    one, other = build({**base, "data_sync": {}}), build(base)
    for part in ("app-files", "app-tokens"):
        assert below(one, part) == below(other, part)
    differs = {"app-identity-signed-in-api"}
    identity = below(one, "app-identity")
    assert identity.keys() == below(other, "app-identity").keys()
    assert {name for name, inputs in identity.items() if inputs != below(other, "app-identity")[name]} == differs


@pytest.mark.parametrize(("args", "name"), [(DATA, "app-data-changes"), ({}, None)])
def test_the_topic_of_changes_comes_out(args: Args, name: str | None) -> None:
    def program() -> None:
        pulumi.export("topic", MobileBackend("app", args).data_changes_topic_arn)  # pyrefly: ignore[bad-argument-type]

    recording = record(program, preview=False, mocks=Account())
    assert recording.stack_outputs.get("topic") == (name and recording.named(name).outputs["arn"])
