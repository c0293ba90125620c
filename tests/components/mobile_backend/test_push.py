"""Messages to users' devices: a part behind the API, joined to users' data and to the servers."""

import json

import pulumi
import pytest
from components.mobile_backend.building import BACKEND, CORE, POLICY, Account, Args, below, build
from components.mobile_backend.test_settings import problems_of
from components.push.building import PLATFORMS

from pulumi_aws_mobile.mobile_backend import MobileBackend
from pulumi_aws_mobile.testing import Recording, record

PUSH: Args = {"region": "eu-west-1", "push": {"topics": {"news": {}}}}
EDITORS: Args = {**PUSH, "identity": {"groups": {"editors": {}}}, "push": {"senders": ["editors"]}}
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"


def paths(recording: Recording) -> set[str]:
    return set(json.loads(recording.only("aws:apigateway/restApi:RestApi").inputs["body"])["paths"])


def granted(recording: Recording, role: str) -> set[str]:
    found = {policy.name: policy.inputs["policy"] for policy in recording.of_type(POLICY)}
    document = json.loads(found.get(f"app-identity-{role}-api", '{"Statement": []}'))
    return {arn.partition("/live/")[2] for each in document["Statement"] for arn in each["Resource"]}


@pytest.mark.parametrize("preview", [True, False])
def test_saying_something_of_it_turns_it_on_with_the_api_that_it_needs(preview: bool) -> None:
    parts = [part.name for part in build(PUSH, preview=preview).children(BACKEND)]
    assert parts == ["app-identity", "app-files", "app-tokens", "app-push", "app-api"]


def test_naming_the_feature_turns_it_on() -> None:
    recording = build({"features": ["sign_in", "core_api", "push"]})
    assert [part.name for part in recording.children(BACKEND)] == ["app-identity", "app-tokens", "app-push", "app-api"]


def test_its_routes_are_the_apis() -> None:
    own = {"/token", "/.well-known/jwks.json"}
    devices = {"/devices", "/devices/{device}", "/devices/{device}/topics/{topic}"}
    assert paths(build(PUSH)) == own | devices
    assert paths(build(EDITORS)) == own | devices | {"/messages"}
    amplify = {"/identify-user", "/register-device", "/remove-device"}
    assert paths(build({**PUSH, "push": {"amplify": True}})) == own | devices | amplify


def test_users_register_devices_and_only_the_named_groups_send() -> None:
    recording = build(EDITORS)
    assert "POST/messages" not in granted(recording, "signed-in")
    assert "PUT/devices/*" in granted(recording, "signed-in")
    assert "POST/messages" in granted(recording, "editors")


def test_guests_register_devices_where_they_may() -> None:
    guests: Args = {"identity": {"federation": {"guests": True}}}
    assert granted(build({**PUSH, **guests}), "guests") == set()
    assert "PUT/devices/*" in granted(build({**PUSH, **guests, "push": {"guests": True}}), "guests")


def test_devices_are_told_of_changed_data_once_a_platform_reaches_them() -> None:
    both: Args = {"region": "eu-west-1", "data_sync": {}}
    told = build({**both, "push": {"platforms": {"adm": PLATFORMS["adm"]}}})
    topic = told.named("app-data-changes").outputs["arn"]
    assert [each.inputs["topic"] for each in told.of_type(SUBSCRIPTION)] == [topic]
    assert not build({**both, "push": {}}).of_type(SUBSCRIPTION)
    alone = build({"region": "eu-west-1", "push": {"platforms": {"adm": PLATFORMS["adm"]}}})
    assert not alone.of_type(SUBSCRIPTION)


def test_servers_may_send_and_know_by_which_function() -> None:
    recording = build({**CORE, "push": {}})
    function = recording.named("app-push-sender-function")
    (policy,) = [each for each in recording.of_type(POLICY) if each.name == "app-web-instance-role-permissions"]
    assert {
        "Effect": "Allow",
        "Action": ["lambda:InvokeFunction"],
        "Resource": [function.outputs["arn"]],
    } in json.loads(policy.inputs["policy"])["Statement"]
    settings = recording.named("app-web-main-php84").inputs["settings"]
    values = {each["name"]: each["value"] for each in settings}
    assert values["SEND_FUNCTION"] == "app-push-sender-function"


def test_servers_that_nobody_gave_push_are_told_nothing_of_it() -> None:
    settings = build(CORE).named("app-web-main-php84").inputs["settings"]
    assert "SEND_FUNCTION" not in {each["name"] for each in settings}


def test_turning_it_off_leaves_the_others_as_they_were() -> None:
    base: Args = {"region": "eu-west-1", "data_sync": {}}
    one, other = build({**base, "push": {}}), build(base)
    for part in ("app-files", "app-tokens", "app-data"):
        assert below(one, part) == below(other, part)


def test_its_topics_and_function_come_out() -> None:
    def program() -> None:
        for name, args in (("app", PUSH), ("without", {})):
            backend = MobileBackend(name, args)
            pulumi.export(name, [backend.push_topic_arns, backend.send_function_name])

    recording = record(program, preview=False, mocks=Account())
    topic = recording.named("app-push-topic-news").outputs["arn"]
    assert recording.stack_outputs["app"] == [{"news": topic}, "app-push-sender-function"]
    assert recording.stack_outputs["without"] == [{}, None]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            {"features": ["sign_in", "push"]},
            (
                'features: got ["sign_in", "push"]; '
                "allowed: a list with core_api, whose API has the routes of push; add core_api"
            ),
        ),
        (
            {"push": {"guests": True}},
            "push.guests: got true; allowed: false without guests; remove it, or set identity.federation.guests: true",
        ),
        (
            {"push": {"senders": ["editors"]}},
            'push.senders[0]: got "editors"; allowed: none, there are no groups; name one of identity.groups',
        ),
        (
            {"push": {"senders": ["editors"]}, "identity": {"groups": {"staff": {}, "writers": {}}}},
            'push.senders[0]: got "editors"; allowed: staff | writers; name one of identity.groups',
        ),
        (
            {"push": {"sync_topic_arn": "arn:aws:sns:eu-west-1:123456789012:changes"}},
            "push.sync_topic_arn: got an option; allowed: nothing: the backend joins its own parts; remove it",
        ),
        (
            {"push": {"emails": {"editor": {"topic": "news", "address": "editor@example.com"}}}},
            'push.emails.editor.topic: got "news"; allowed: none, there are no topics; name one of topics',
        ),
        (
            {**CORE, "push": {}, "web_tier": {"source": "app", "environment": {"SEND_FUNCTION": "mine"}}},
            (
                'web_tier.environment.SEND_FUNCTION: got "mine"; '
                "allowed: nothing: the backend tells servers whom to believe, and what sends; remove it"
            ),
        ),
    ],
)
def test_options_that_cannot_work_are_refused(args: Args, said: str) -> None:
    assert problems_of(args) == [said]
