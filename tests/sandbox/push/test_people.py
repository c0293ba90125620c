"""SMS within its limits, and e-mail addresses that are asked first."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.exceptions import ClientError
from sandbox.situations.world import TRUST, document

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import clock, outbox, push

NUMBER = "+15550100"


@pytest.fixture
def sns(sandbox: Sandbox) -> Any:  # noqa: ANN401 - a boto3 client
    """Give a client."""
    return sandbox.clients("sns")


def test_a_number_that_opted_out_gets_nothing_until_it_is_opted_in(sns: Any) -> None:  # noqa: ANN401 - a boto3 client
    push.opt_out(NUMBER)
    sns.publish(PhoneNumber=NUMBER, Message="one")
    assert outbox.messages() == []
    assert sns.check_if_phone_number_is_opted_out(phoneNumber=NUMBER)["isOptedOut"]
    assert sns.list_phone_numbers_opted_out()["phoneNumbers"] == [NUMBER]
    sns.opt_in_phone_number(phoneNumber=NUMBER)
    sns.publish(PhoneNumber=NUMBER, Message="two")
    assert [each.body for each in outbox.messages(NUMBER)] == ["two"]


def test_a_month_has_a_spending_limit(sandbox: Sandbox, sns: Any) -> None:  # noqa: ANN401 - a boto3 client
    iam = sandbox.clients("iam")
    role = iam.create_role(RoleName="feedback", AssumeRolePolicyDocument=TRUST.replace("rds.", "sns."))["Role"]["Arn"]
    iam.put_role_policy(RoleName="feedback", PolicyName="logs", PolicyDocument=document("logs:*"))
    sns.set_sms_attributes(attributes={"MonthlySpendLimit": "1", "DeliveryStatusIAMRole": role})
    for _ in range(156):
        sns.publish(PhoneNumber=NUMBER, Message="hello")
    assert len(outbox.messages(NUMBER)) == 155
    assert 0.99 < push.spent("eu-west-1") <= 1
    group = "sns/eu-west-1/123456789012/DirectPublishToPhoneNumber/Failure"
    (event,) = sandbox.clients("logs").filter_log_events(logGroupName=group)["events"]
    assert json.loads(event["message"])["delivery"]["providerResponse"] == "No quota left for account"
    clock.move(31 * 24 * 3600)
    sns.publish(PhoneNumber=NUMBER, Message="a new month")
    assert outbox.messages(NUMBER)[-1].body == "a new month"


def test_the_sender_is_the_preference_unless_the_message_says_another(sns: Any) -> None:  # noqa: ANN401 - a boto3 client
    sns.set_sms_attributes(attributes={"DefaultSenderID": "Example"})
    sns.publish(PhoneNumber=NUMBER, Message="one")
    other = {"AWS.SNS.SMS.SenderID": {"DataType": "String", "StringValue": "Other"}}
    sns.publish(PhoneNumber=NUMBER, Message="two", MessageAttributes=other)
    assert [each.sender for each in outbox.messages(NUMBER)] == ["Example", "Other"]


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("DefaultSMSType", "Fast", "Invalid parameter: DefaultSMSType: got Fast"),
        ("DefaultSenderID", "123", "Invalid parameter: DefaultSenderID: got 123"),
        ("MonthlySpendLimit", "-1", "Invalid parameter: MonthlySpendLimit: got -1"),
        ("Other", "1", "Invalid parameter: Attributes Reason: Invalid attribute name: Other"),
    ],
)
def test_a_preference_that_cannot_be_is_refused(sns: Any, name: str, value: str, why: str) -> None:  # noqa: ANN401 - a boto3 client
    with pytest.raises(ClientError) as raised:
        sns.set_sms_attributes(attributes={name: value})
    assert raised.value.response["Error"]["Message"] == why


def test_a_number_that_is_none_is_refused(sns: Any) -> None:  # noqa: ANN401 - a boto3 client
    with pytest.raises(ClientError) as raised:
        sns.publish(PhoneNumber="12", Message="hello")
    error = raised.value.response["Error"]
    reason = "Invalid parameter: PhoneNumber Reason: 12 is not valid to publish to"
    assert (error["Code"], error["Message"]) == ("InvalidParameter", reason)


def test_an_address_that_is_asked_first_gets_nothing_before_it_agreed(sns: Any) -> None:  # noqa: ANN401 - a boto3 client
    topic = sns.create_topic(Name="news")["TopicArn"]
    with push.confirming():
        arn = sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="ada@example.com", ReturnSubscriptionArn=True)[
            "SubscriptionArn"
        ]
    sns.publish(TopicArn=topic, Message="too early")
    (asked,) = outbox.messages("ada@example.com")
    assert asked.subject == "AWS Notification - Subscription Confirmation"
    assert sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]["PendingConfirmation"] == "true"
    token = parse_qs(urlsplit(asked.body.splitlines()[-1]).query)["Token"][0]
    with pytest.raises(ClientError):
        sns.confirm_subscription(TopicArn=topic, Token="other")
    assert sns.confirm_subscription(TopicArn=topic, Token=token)["SubscriptionArn"] == arn
    sns.publish(TopicArn=topic, Message="now")
    assert outbox.messages("ada@example.com")[-1].body == "now"


def test_a_confirmation_is_good_for_three_days(sns: Any) -> None:  # noqa: ANN401 - a boto3 client
    topic = sns.create_topic(Name="news")["TopicArn"]
    with push.confirming():
        sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="ada@example.com")
    token = outbox.messages()[0].body.rsplit("Token=", 1)[1]
    clock.move(3 * 24 * 3600 + 1)
    with pytest.raises(ClientError) as raised:
        sns.confirm_subscription(TopicArn=topic, Token=token)
    assert raised.value.response["Error"]["Message"] == "Invalid parameter: Token"
