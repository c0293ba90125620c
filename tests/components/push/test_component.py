"""What push notifications register: exact children, inputs and options.

The mocks answer whatever is asked for; that AWS takes these inputs is proved by the sandbox.
"""

import json
from pathlib import Path
from typing import Any

import pulumi
import pytest
from components.push.building import (
    ACCOUNT_FILE,
    AWAY,
    CLIENT_ID,
    EVERYTHING,
    HOME,
    KEY,
    KINDS,
    PLATFORMS,
    PRIVATE_KEY,
    PUSH,
    SYNC_TOPIC,
    TABLE,
    TOPIC,
    Account,
    Args,
    build,
    variables,
)
from components.push.strategies import push_args
from hypothesis import given, settings

from pulumi_aws_mobile.api import settings as api_settings
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.push import PushNotifications
from pulumi_aws_mobile.testing import UNKNOWN, Secret, record

ALARMS = "aws:cloudwatch/metricAlarm:MetricAlarm"
APPLICATIONS = "aws:sns/platformApplication:PlatformApplication"
LOG_GROUPS = "aws:cloudwatch/logGroup:LogGroup"
FEEDBACK = f"arn:aws:iam:{HOME}:123456789012:push-feedback"


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(EVERYTHING, preview=preview).urns) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_nothing_given_makes_a_table_and_two_functions(preview: bool) -> None:
    assert sorted(resource.name for resource in build({}, preview=preview)) == [
        "push",
        "push-key",
        "push-registry",
        "push-registry-function",
        "push-registry-logs",
        "push-registry-permissions",
        "push-registry-role",
        "push-sender",
        "push-sender-function",
        "push-sender-logs",
        "push-sender-permissions",
        "push-sender-role",
        "push-table",
    ]


def test_the_table_is_on_demand_encrypted_and_recoverable() -> None:
    assert build(EVERYTHING).named("push-table").inputs == {
        "attributes": [{"name": "pk", "type": "S"}, {"name": "sk", "type": "S"}],
        "billingMode": "PAY_PER_REQUEST",
        "deletionProtectionEnabled": True,
        "hashKey": "pk",
        "pointInTimeRecovery": {"enabled": True},
        "rangeKey": "sk",
        "region": HOME,
        "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY},
        "tags": {"Name": "push-table", "team": "core"},
        "ttl": {"attributeName": "expires_at", "enabled": True},
    }


def test_the_key_rotates() -> None:
    assert build(EVERYTHING).named("push-key").inputs == {
        "deletionWindowInDays": 30,
        "description": "Encrypts users' devices of push, and what topics tell them",
        "enableKeyRotation": True,
        "region": HOME,
        "tags": {"Name": "push-key", "team": "core"},
    }


def test_table_and_key_are_protected_and_nothing_else() -> None:
    assert {resource.name for resource in build(EVERYTHING) if resource.protect} == {"push-key", "push-table"}


def test_protection_goes_by_an_explicit_argument() -> None:
    recording = build({**EVERYTHING, "protect": False, "deletion_protection": False})
    assert not [resource.name for resource in recording if resource.protect]
    assert recording.named("push-table").inputs["deletionProtectionEnabled"] is False


def test_a_topic_is_encrypted_and_demands_tls() -> None:
    recording = build(EVERYTHING)
    assert recording.named("push-topic-news").inputs == {
        "displayName": "The shop",
        "kmsMasterKeyId": KEY,
        "region": HOME,
        "tags": {"Name": "push-topic-news", "team": "core"},
    }
    (statement,) = json.loads(recording.named("push-topic-offers-policy").inputs["policy"])["Statement"]
    assert (statement["Effect"], statement["Action"]) == ("Deny", "sns:Publish")
    assert statement["Resource"] == f"arn:aws:sns:{HOME}:123456789012:push-topic-offers"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_apples_application_has_the_signing_key_of_the_team() -> None:
    for role, kind in (("push-apns", "APNS"), ("push-apns-sandbox", "APNS_SANDBOX")):
        assert build(EVERYTHING).named(role).inputs == {
            "applePlatformBundleId": "com.example.shop",
            "applePlatformTeamId": "A1B2C3D4E5",
            "failureFeedbackRoleArn": FEEDBACK,
            "platform": kind,
            "platformCredential": Secret(PRIVATE_KEY),
            "platformPrincipal": Secret("F6G7H8I9J0"),
            "region": HOME,
            "successFeedbackRoleArn": FEEDBACK,
            "successFeedbackSampleRate": "10",
        }


def test_googles_and_amazons_applications_have_their_credentials() -> None:
    recording = build(EVERYTHING)
    google, amazon = recording.named("push-fcm").inputs, recording.named("push-adm").inputs
    assert (google["platform"], google["platformCredential"]) == ("GCM", Secret(ACCOUNT_FILE))
    assert "platformPrincipal" not in google
    assert (amazon["platform"], amazon["platformPrincipal"]) == ("ADM", Secret(CLIENT_ID))
    assert amazon["platformCredential"] == Secret("canary-of-the-secret")


def test_without_credentials_there_is_no_application_and_no_role_for_one() -> None:
    recording = build({"topics": {"news": {}}})
    assert not recording.of_type(APPLICATIONS)
    assert "push-feedback" not in {resource.name for resource in recording}


@pytest.mark.parametrize("preview", [True, False])
def test_credentials_are_secrets_whether_or_not_they_were_given_as_secrets(preview: bool) -> None:
    def program() -> None:
        PushNotifications("plain", {"platforms": PLATFORMS})
        PushNotifications("push", {"platforms": {"fcm": {"service_account": pulumi.Output.secret(ACCOUNT_FILE)}}})

    found = record(program, mocks=Account(), preview=preview).of_type(APPLICATIONS)
    assert len(found) == 5
    assert all(isinstance(each.inputs["platformCredential"], Secret) for each in found)


def test_no_credential_reaches_anything_but_its_application() -> None:
    recording = build(EVERYTHING)
    rest = [each.inputs for each in recording if each.type != APPLICATIONS]
    said = json.dumps([rest, recording.component_outputs], default=str)
    assert "canary" not in said
    assert ACCOUNT_FILE not in said


def test_logs_of_deliveries_are_kept_as_long_as_the_others() -> None:
    logs = {
        group.name: (group.inputs.get("name"), group.inputs["retentionInDays"])
        for group in build(EVERYTHING).of_type(LOG_GROUPS)
    }
    for name, kind in KINDS.items():
        whole = f"sns/{HOME}/123456789012/app/{kind}/{name}"
        assert logs[f"{name}-deliveries"] == (whole, 365)
        assert logs[f"{name}-failures"] == (f"{whole}/Failure", 365)


def test_text_messages_have_the_accounts_settings_and_a_permission_of_their_own() -> None:
    recording = build(EVERYTHING)
    assert recording.named("push-sms-preferences").inputs == {
        "defaultSenderId": "SHOP",
        "defaultSmsType": "Promotional",
        "deliveryStatusIamRoleArn": FEEDBACK,
        "deliveryStatusSuccessSamplingRate": "10",
        "monthlySpendLimit": 50,
        "region": HOME,
    }
    assert recording.named("push-sms-permissions").inputs["role"] == "push-sender-role"


def test_text_messages_may_cost_a_dollar_and_must_arrive_unless_told_otherwise() -> None:
    inputs = build({"sms": {}}).named("push-sms-preferences").inputs
    assert (inputs["monthlySpendLimit"], inputs["defaultSmsType"]) == (1, "Transactional")
    assert "defaultSenderId" not in inputs


def test_e_mail_gets_no_silent_messages() -> None:
    assert build(EVERYTHING).named("push-email-editor").inputs == {
        "endpoint": "editor@example.com",
        "filterPolicy": '{"silent": ["false"]}',
        "protocol": "email",
        "region": HOME,
        "topic": f"arn:aws:sns:{HOME}:123456789012:push-topic-news",
    }


def test_the_sender_hears_of_changed_data_and_puts_aside_what_it_could_not_tell() -> None:
    recording = build(EVERYTHING)
    sender = f"arn:aws:lambda:{HOME}:123456789012:push-sender-function"
    assert recording.named("push-sync").inputs == {
        "endpoint": sender,
        "protocol": "lambda",
        "region": HOME,
        "topic": SYNC_TOPIC,
    }
    assert recording.named("push-sender-from-sync").inputs == {
        "action": "lambda:InvokeFunction",
        "function": "push-sender-function",
        "principal": "sns.amazonaws.com",
        "region": HOME,
        "sourceArn": SYNC_TOPIC,
    }
    assert recording.named("push-sender-retries").inputs == {
        "destinationConfig": {"onFailure": {"destination": f"arn:aws:sqs:{HOME}:123456789012:push-dead-letters"}},
        "functionName": "push-sender-function",
        "maximumEventAgeInSeconds": 3600,
        "maximumRetryAttempts": 2,
        "region": HOME,
    }


def test_the_functions_are_told_table_topics_and_platforms() -> None:
    recording = build(EVERYTHING)
    told = variables(recording)
    assert told == variables(recording, "sender")
    assert (told["TABLE_NAME"], told["SMS"]) == (TABLE, "true")
    assert told["TOPIC_BASE"] == f"arn:aws:sns:{HOME}:123456789012:"
    assert json.loads(told["TOPICS"]) == {"news": "push-topic-news", "offers": "push-topic-offers"}
    assert json.loads(told["APPLICATIONS"]) == {
        key: f"arn:aws:sns:{HOME}:123456789012:app/{kind}/{name}"
        for key, (name, kind) in zip(PLATFORMS, KINDS.items(), strict=True)
    }


@pytest.mark.parametrize(
    ("role", "handler", "seconds"),
    [("registry", "push.registry.handle", 20), ("sender", "push.sender.handle", 28)],
)
def test_each_function_runs_its_handler_in_time(role: str, handler: str, seconds: int) -> None:
    recording = build(EVERYTHING)
    function = recording.named(f"push-{role}-function").inputs
    assert (function["handler"], function["timeout"], function["memorySize"]) == (handler, seconds, 512)
    assert recording.named(f"push-{role}-logs").inputs["retentionInDays"] == 365


def test_each_alarm_watches_one_thing_and_tells_the_topic() -> None:
    recording = build(EVERYTHING)
    alarms = {alarm.name: alarm.inputs for alarm in recording.of_type(ALARMS)}
    assert sorted(alarms) == [
        "push-adm-failed",
        "push-apns-failed",
        "push-apns-sandbox-failed",
        "push-fcm-failed",
        "push-reads-throttled",
        "push-registry-errors",
        "push-sender-errors",
        "push-sms-spent",
        "push-untold-changes",
        "push-writes-throttled",
    ]
    assert all(alarm["alarmActions"] == [TOPIC] for alarm in alarms.values())
    spent = alarms["push-sms-spent"]
    assert (spent["metricName"], spent["threshold"], spent["period"]) == ("SMSMonthToDateSpentUSD", 40.0, 86_400)


def test_an_alarm_is_on_while_a_platform_refuses_a_quarter_of_the_messages() -> None:
    alarm = build(EVERYTHING).named("push-apns-sandbox-failed").inputs
    names = {query["id"]: query["metric"]["metricName"] for query in alarm["metricQueries"] if "metric" in query}
    assert names == {"failed": "NumberOfNotificationsFailed", "delivered": "NumberOfNotificationsDelivered"}
    dimensions = alarm["metricQueries"][0]["metric"]["dimensions"]
    assert dimensions == {"Application": "push-apns-sandbox", "Platform": "APNS_SANDBOX"}
    assert (alarm["threshold"], alarm["evaluationPeriods"]) == (25, 3)
    assert alarm["alarmDescription"] == "push: APNs' sandbox refuses a quarter of the messages"


def test_without_a_topic_there_is_no_alarm() -> None:
    assert not build({**EVERYTHING, "alarm_topic_arn": None}).of_type(ALARMS)


def test_regional_children_are_in_the_region_of_the_component() -> None:
    recording = build({**EVERYTHING, "region": AWAY, "sync_topic_arn": SYNC_TOPIC.replace(HOME, AWAY)})
    regional = [each for each in recording if not each.type.startswith(("aws:iam/", "aws-mobile:"))]
    assert {each.inputs.get("region") for each in regional} == {AWAY}


def test_the_outputs_are_what_others_need() -> None:
    assert build(EVERYTHING).component_outputs[PUSH] == {
        "table_name": TABLE,
        "table_arn": f"arn:aws:dynamodb:{HOME}:123456789012:table/{TABLE}",
        "kms_key_arn": KEY,
        "topic_arns": {key: f"arn:aws:sns:{HOME}:123456789012:push-topic-{key}" for key in ("news", "offers")},
        "platform_application_arns": {
            key: f"arn:aws:sns:{HOME}:123456789012:app/{kind}/{name}"
            for key, (name, kind) in zip(PLATFORMS, KINDS.items(), strict=True)
        },
        "registry_function_arn": f"arn:aws:lambda:{HOME}:123456789012:push-registry-function",
        "registry_function_name": "push-registry-function",
        "send_function_arn": f"arn:aws:lambda:{HOME}:123456789012:push-sender-function",
        "send_function_name": "push-sender-function",
        "dead_letters_url": f"https://sqs.{HOME}.amazonaws.com/123456789012/push-dead-letters",
    }


def test_without_topics_and_platforms_their_outputs_are_empty() -> None:
    outputs = build({}).component_outputs[PUSH]
    assert (outputs["topic_arns"], outputs["platform_application_arns"]) == ({}, {})
    assert outputs.get("dead_letters_url") is None


def test_in_a_preview_what_aws_decides_is_unknown() -> None:
    outputs = build({**EVERYTHING, "topics": {}, "emails": {}, "platforms": {}}, preview=True).component_outputs[PUSH]
    known = {"topic_arns", "platform_application_arns"}
    assert set(outputs) == set(PushNotifications.__annotations__)
    assert {value for name, value in outputs.items() if name not in known} == {UNKNOWN}


@pytest.mark.parametrize("preview", [True, False])
def test_the_contributions_are_what_an_api_takes(preview: bool) -> None:
    taken: list[Any] = []

    def program() -> None:
        contributions = PushNotifications("push", EVERYTHING).contributions
        assert {key: each["callers"] for key, each in contributions.items()} == {
            "push_devices": ["signed_in", "guests"],
            "push_messages": ["editors"],
        }
        taken.append(api_settings.resolve("api", {"contributions": contributions}))

    record(program, mocks=Account(), preview=preview)
    assert len(taken) == 1


def test_without_senders_there_is_no_route_to_send_and_guests_have_none_unless_asked() -> None:
    found: list[Any] = []
    record(lambda: found.append(PushNotifications("push", {}).contributions), mocks=Account())
    assert {key: each["callers"] for key, each in found[0].items()} == {"push_devices": ["signed_in"]}


def test_amplifys_clients_have_routes_only_where_asked_for_those_who_may_register() -> None:
    found: list[Any] = []
    args: Args = {"amplify": True, "guests": True}
    record(lambda: found.append(PushNotifications("push", args).contributions), mocks=Account())
    assert {key: each["callers"] for key, each in found[0].items()} == {
        "push_devices": ["signed_in", "guests"],
        "push_amplify": ["signed_in", "guests"],
    }
    assert list(found[0]["push_amplify"]["document"]["paths"]) == [
        "/identify-user",
        "/register-device",
        "/remove-device",
    ]


def test_two_components_do_not_collide() -> None:
    def program() -> None:
        PushNotifications("push", EVERYTHING)
        PushNotifications("other", EVERYTHING)

    assert len(record(program, mocks=Account()).of_type("aws:dynamodb/table:Table")) == 2


def test_bad_input_registers_nothing() -> None:
    def program() -> None:
        with pytest.raises(ArgsError):
            PushNotifications("push", {"sms": {"monthly_spend_limit": 0}})

    assert list(record(program, mocks=Account())) == []


def test_the_callers_options_reach_the_component_and_not_its_children() -> None:
    def program() -> None:
        PushNotifications("push", {}, pulumi.ResourceOptions(protect=False, depends_on=[]))

    assert record(program, mocks=Account()).named("push-table").protect


@settings(max_examples=20, deadline=None)
@given(push_args())
def test_any_valid_options_fit_into_the_functions_environment(args: Args) -> None:
    recording = build(args)
    assert len(recording.of_type(APPLICATIONS)) == len(args.get("platforms", {}))
    assert bool(recording.of_type(ALARMS)) == ("alarm_topic_arn" in args)
    for role in ("registry", "sender"):
        assert sum(len(f"{name}{value}") for name, value in variables(recording, role).items()) < 4096
