"""Simple Notification Service: applications of phones, and preferences of SMS."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler

_GONE = ("NotFound", "NotFoundException")
_CREDENTIALS = {"platformCredential": "PlatformCredential", "platformPrincipal": "PlatformPrincipal"}
_APPLICATION = {
    "applePlatformBundleId": "ApplePlatformBundleID",
    "applePlatformTeamId": "ApplePlatformTeamID",
    "eventDeliveryFailureTopicArn": "EventDeliveryFailure",
    "eventEndpointCreatedTopicArn": "EventEndpointCreated",
    "eventEndpointDeletedTopicArn": "EventEndpointDeleted",
    "eventEndpointUpdatedTopicArn": "EventEndpointUpdated",
    "failureFeedbackRoleArn": "FailureFeedbackRoleArn",
    "successFeedbackRoleArn": "SuccessFeedbackRoleArn",
    "successFeedbackSampleRate": "SuccessFeedbackSampleRate",
}
_SMS = {
    "defaultSenderId": "DefaultSenderID",
    "defaultSmsType": "DefaultSMSType",
    "deliveryStatusIamRoleArn": "DeliveryStatusIAMRole",
    "deliveryStatusSuccessSamplingRate": "DeliveryStatusSuccessSamplingRate",
    "monthlySpendLimit": "MonthlySpendLimit",
    "usageReportS3Bucket": "UsageReportS3Bucket",
}
_SMS_ID = "aws_sns_sms_id"
_LIMIT = "monthlySpendLimit"


def _sns(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "sns", properties)


def _attributes(inputs: Properties, names: dict[str, str]) -> dict[str, str]:
    return {aws: str(inputs[name]) for name, aws in names.items() if inputs.get(name) is not None}


def _make_application(clients: Clients, inputs: Properties) -> str:
    return _sns(clients, inputs).create_platform_application(
        Name=inputs["name"], Platform=inputs["platform"], Attributes=_attributes(inputs, _APPLICATION | _CREDENTIALS)
    )["PlatformApplicationArn"]


def _describe_application(clients: Clients, arn: str, known: Properties) -> Properties | None:
    sns = _sns(clients, known)
    answer = found(lambda: sns.get_platform_application_attributes(PlatformApplicationArn=arn), *_GONE)
    if answer is None:
        return None
    now = answer["Attributes"]
    platform, name = arn.split(":", 5)[-1].removeprefix("app/").split("/", 1)
    there = {ours: now[aws] for ours, aws in _APPLICATION.items() if aws in now}
    gone = {ours: "" for ours in _APPLICATION if ours in known and ours not in there}
    return {"arn": arn, "name": name, "platform": platform, **there, **gone}


def _change_application(clients: Clients, arn: str, _: Properties, old: Properties, new: Properties) -> None:
    names = _APPLICATION | _CREDENTIALS
    before, after = _attributes(old, names), _attributes(new, names)
    changes = {name: after.get(name, "") for name in before | after if before.get(name) != after.get(name)}
    if set(changes) & set(_CREDENTIALS.values()):
        # SNS wants both to change either.
        changes |= {name: after[name] for name in _CREDENTIALS.values() if name in after}
    if changes:
        _sns(clients, new).set_platform_application_attributes(PlatformApplicationArn=arn, Attributes=changes)


def _remove_application(clients: Clients, arn: str, outputs: Properties) -> None:
    sns = _sns(clients, outputs)
    if found(lambda: sns.get_platform_application_attributes(PlatformApplicationArn=arn), *_GONE) is not None:
        sns.delete_platform_application(PlatformApplicationArn=arn)


def _make_sms(clients: Clients, inputs: Properties) -> str:
    _sns(clients, inputs).set_sms_attributes(attributes=_attributes(inputs, _SMS))
    return _SMS_ID


def _describe_sms(clients: Clients, _: str, known: Properties) -> Properties | None:
    now = {name: text for name, text in _sns(clients, known).get_sms_attributes()["attributes"].items() if text}
    if not now:
        return None
    there: Properties = {ours: now[aws] for ours, aws in _SMS.items() if aws in now}
    if _LIMIT in there:
        there[_LIMIT] = int(there[_LIMIT])
    return there


def _change_sms(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    empty = dict.fromkeys(_SMS.values(), "")
    _sns(clients, new).set_sms_attributes(attributes=empty | _attributes(new, _SMS))


def _remove_sms(clients: Clients, _: str, outputs: Properties) -> None:
    """Set everything back, as the provider does: preferences themselves cannot be deleted."""
    _sns(clients, outputs).set_sms_attributes(attributes=dict.fromkeys(_SMS.values(), ""))


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:sns/platformApplication:PlatformApplication",
            make=_make_application,
            describe=_describe_application,
            change=_change_application,
            remove=_remove_application,
            required=frozenset({"platform", "platformCredential"}),
            replace_on=frozenset({"name", "platform"}),
            auto_name=AutoName("name", 256),
            secret_outputs=frozenset({"platformCredential", "platformPrincipal"}),
        ),
        handler(
            "aws:sns/smsPreferences:SmsPreferences",
            make=_make_sms,
            describe=_describe_sms,
            change=_change_sms,
            remove=_remove_sms,
        ),
    )
}
