"""What a caller of `PushNotifications` may ask for."""

from enum import Enum
from typing import NotRequired, TypedDict

import pulumi


class SmsType(str, Enum):
    """How much a text message matters, which decides about its route and its price."""

    TRANSACTIONAL = "Transactional"
    """Must arrive, such as a one-time password."""
    PROMOTIONAL = "Promotional"
    """May be lost, and costs less in some countries."""


class PushTopicArgs(TypedDict):
    """A topic that devices subscribe to."""

    display_name: NotRequired[str]
    """What e-mail and text messages show as their sender, at most 100 characters without line breaks. Defaults to
    nothing, for which SNS shows the topic's name."""


class ApnsPlatformArgs(TypedDict):
    """What Apple wants to know of who sends: a token signing key.

    https://docs.aws.amazon.com/sns/latest/dg/sns-apple-authentication-methods.html
    """

    bundle_id: str
    """The app's bundle id. Give it; it has no default."""
    team_id: str
    """The team id of the developer account: 10 letters and digits. Give it; it has no default."""
    key_id: str
    """The id of the signing key: 10 letters and digits. Give it; it has no default."""
    private_key: pulumi.Input[str]
    """The content of the .p8 file, best a Pulumi secret; it becomes one in any case. Give it; it has no default."""


class FcmPlatformArgs(TypedDict):
    """What Firebase Cloud Messaging wants to know of who sends.

    https://docs.aws.amazon.com/sns/latest/dg/fcm-authentication-methods.html
    """

    service_account: pulumi.Input[str]
    """The content of the service account's JSON file, best a Pulumi secret; it becomes one in any case. Give it; it has
    no default."""


class AdmPlatformArgs(TypedDict):
    """What Amazon Device Messaging wants to know of who sends.

    https://developer.amazon.com/docs/adm/obtain-credentials.html
    """

    client_id: str
    """The client id of the security profile. Give it; it has no default."""
    client_secret: pulumi.Input[str]
    """The client secret, best a Pulumi secret; it becomes one in any case. Give it; it has no default."""


class PushPlatformsArgs(TypedDict):
    """The platforms whose devices can be reached; AWS shows credentials to the platform when it takes them."""

    apns: NotRequired[ApnsPlatformArgs]
    """Apple's devices with apps from the App Store or TestFlight. Defaults to none of them."""
    apns_sandbox: NotRequired[ApnsPlatformArgs]
    """Apple's devices with apps from Xcode. Defaults to none of them."""
    fcm: NotRequired[FcmPlatformArgs]
    """Devices with Google's services. Defaults to none of them."""
    adm: NotRequired[AdmPlatformArgs]
    """Amazon's devices. Defaults to none of them."""


class PushSmsArgs(TypedDict):
    """Text messages. AWS keeps these settings once per account and Region: give them in one place only.

    https://docs.aws.amazon.com/sns/latest/dg/sms_preferences.html
    """

    monthly_spend_limit: NotRequired[int]
    """US dollars in a calendar month, 1 to 100000, after which no text message is sent; AWS has a quota of its own for
    it, 1 until it is raised. Defaults to 1."""
    default_type: NotRequired[SmsType]
    """How much messages matter. Defaults to Transactional."""
    sender_id: NotRequired[str]
    """What telephones show as the sender, where a country allows it: 1 to 11 letters and digits, a letter among them.
    Defaults to what the country has."""


class PushEmailArgs(TypedDict):
    """Somebody who gets a topic's messages by e-mail, and confirms that by a link in a first one."""

    topic: str
    """The key of the topic. Give it; it has no default."""
    address: str
    """The e-mail address. Give it; it has no default."""


class PushFeedbackArgs(TypedDict):
    """What is written down of deliveries."""

    success_percent: NotRequired[int]
    """Of a hundred deliveries that succeeded, how many are written to the log, 0 to 100; those that failed all are.
    Defaults to 5."""


class PushNotificationsArgs(TypedDict):
    """What a `PushNotifications` can be told."""

    topics: NotRequired[dict[str, PushTopicArgs]]
    """The topics that devices may subscribe to, by key: 1 to 32 lower-case letters, digits and hyphens; at most 20.
    Defaults to none."""
    platforms: NotRequired[PushPlatformsArgs]
    """The platforms whose devices can be reached, with their credentials. Defaults to none: then no device can be
    registered."""
    sms: NotRequired[PushSmsArgs]
    """Text messages to telephone numbers, with AWS's settings for them. Defaults to none."""
    emails: NotRequired[dict[str, PushEmailArgs]]
    """Who gets topics' messages by e-mail, by a key: 1 to 32 lower-case letters, digits and hyphens. Defaults to
    nobody."""
    senders: NotRequired[list[str]]
    """The keys of the user groups that may send by the route POST /messages, to any user, topic and number. Defaults
    to none: then there is no such route, and only servers send."""
    guests: NotRequired[bool]
    """Whether guests may register devices too, and not only users who signed in. Defaults to false."""
    amplify: NotRequired[bool]
    """Whether there are the three routes too by which Amplify's clients register devices: /identify-user,
    /register-device and /remove-device. Defaults to false."""
    sync_topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the topic on which a `DataSync` says what changed: the other devices of that identity get a silent
    message. Defaults to none."""
    feedback: NotRequired[PushFeedbackArgs]
    """What is written down of deliveries. Defaults to all that failed, and 5 in a hundred of the others."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the SNS topic that is told when something fails, waits or is throttled. Defaults to no alarms."""
    log_retention_days: NotRequired[int]
    """Days for which logs are kept, those of deliveries too: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545,
    731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653. Defaults to 90."""
    protect: NotRequired[bool]
    """Whether Pulumi refuses to delete or replace the table of devices and its key. Defaults to true."""
    deletion_protection: NotRequired[bool]
    """Whether DynamoDB itself refuses to delete the table. Defaults to true."""
    region: NotRequired[str]
    """The Region of everything. Defaults to the provider's."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags. Defaults to none."""
