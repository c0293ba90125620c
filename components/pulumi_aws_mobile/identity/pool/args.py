"""What a caller of `Identity` may ask of the user pool itself: its attributes, passwords, factors and messages."""

from enum import Enum
from typing import NotRequired, TypedDict

import pulumi


class UserPoolTier(str, Enum):
    """The feature plan of a user pool."""

    LITE = "lite"
    """Passwords, MFA by SMS and TOTP, the classic hosted UI."""
    ESSENTIALS = "essentials"
    """Also managed login, passkeys, one-time codes, MFA by e-mail, rotating refresh tokens and a password history."""
    PLUS = "plus"
    """Also threat protection and the record of sign-ins."""


class AttributeType(str, Enum):
    """The type of a custom attribute."""

    STRING = "string"
    """A text."""
    NUMBER = "number"
    """A whole number."""
    BOOLEAN = "boolean"
    """True or false."""
    DATETIME = "datetime"
    """A date and time in ISO 8601."""


class MfaMode(str, Enum):
    """Who needs a second factor."""

    OFF = "off"
    """Nobody; there is none."""
    OPTIONAL = "optional"
    """Those who set one up."""
    REQUIRED = "required"
    """Everybody."""


class ThreatMode(str, Enum):
    """What threat protection does."""

    OFF = "off"
    """Nothing."""
    AUDIT = "audit"
    """It assesses each sign-in and lets it pass."""
    ENFORCED = "enforced"
    """It assesses each sign-in and acts on the risk."""


class TakeoverAction(str, Enum):
    """What happens to a sign-in that looks like an account takeover."""

    NO_ACTION = "no_action"
    """It passes."""
    MFA_IF_CONFIGURED = "mfa_if_configured"
    """A user with a second factor has to show it; others pass."""
    MFA_REQUIRED = "mfa_required"
    """A user with a second factor has to show it; others are refused."""
    BLOCK = "block"
    """It is refused."""


class UserVerification(str, Enum):
    """Whether a passkey asks who holds the device, by fingerprint, face or PIN."""

    REQUIRED = "required"
    """Always; authenticators that cannot do it are refused."""
    PREFERRED = "preferred"
    """Where the authenticator can."""


class RememberDevices(str, Enum):
    """Which devices the pool remembers."""

    NEVER = "never"
    """None."""
    ASK = "ask"
    """Those for which the user agrees in the app."""
    ALWAYS = "always"
    """Every one."""


class CustomAttributeArgs(TypedDict):
    """One attribute of the app's own; its key is the name without `custom:`."""

    type: NotRequired[AttributeType]
    """What it holds. Defaults to string."""
    mutable: NotRequired[bool]
    """Whether its value can change after it was set; AWS never changes this. Defaults to true."""
    min_length: NotRequired[int]
    """Characters that a string has at least, 0 to 2048. Defaults to 0."""
    max_length: NotRequired[int]
    """Characters that a string has at most, 0 to 2048. Defaults to 2048."""
    min_value: NotRequired[int]
    """The smallest number, -9007199254740991 to 9007199254740991. Defaults to -9007199254740991."""
    max_value: NotRequired[int]
    """The largest number, -9007199254740991 to 9007199254740991. Defaults to 9007199254740991."""


class StandardAttributeArgs(TypedDict):
    """How the pool treats one of the standard attributes of OpenID Connect."""

    required: NotRequired[bool]
    """Whether nobody signs up without it. Defaults to true for an attribute that is named here."""
    mutable: NotRequired[bool]
    """Whether its value can change after it was set. Defaults to true."""


class PasswordArgs(TypedDict):
    """What a password has to be."""

    min_length: NotRequired[int]
    """Characters, 8 to 99. Defaults to 12."""
    require_lowercase: NotRequired[bool]
    """Whether it has a lower-case letter. Defaults to true."""
    require_uppercase: NotRequired[bool]
    """Whether it has an upper-case letter. Defaults to true."""
    require_numbers: NotRequired[bool]
    """Whether it has a digit. Defaults to true."""
    require_symbols: NotRequired[bool]
    """Whether it has a special character. Defaults to true."""
    temporary_days: NotRequired[int]
    """Days for which the password of an invitation works, 1 to 7. Defaults to 7."""
    history: NotRequired[int]
    """How many of a user's last passwords are not taken again, 0 to 24; above 0 needs the tier essentials. Defaults to
    0."""


class MfaArgs(TypedDict):
    """The second factor."""

    mode: NotRequired[MfaMode]
    """Who needs it. Defaults to optional."""
    factors: NotRequired[list[str]]
    """What it may be: totp (an authenticator app), sms, email; email needs the tier essentials and `email`; sms is
    among them wherever the pool sends text messages, since the AWS provider turns both on together. Defaults to totp,
    and sms in such a pool.
    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html"""


class PasskeyArgs(TypedDict):
    """Passkeys as a first factor."""

    relying_party_id: NotRequired[str]
    """The domain for which passkeys are made, 1 to 127 characters; the custom domain where there is one. Defaults to
    `domain.custom_domain`; without one it has to be given.
    https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html"""
    user_verification: NotRequired[UserVerification]
    """Whether the authenticator asks who holds it. Defaults to required."""


class TakeoverArgs(TypedDict):
    """What is done at each level of risk that a sign-in is by somebody else."""

    low: NotRequired[TakeoverAction]
    """At low risk. Defaults to no_action."""
    medium: NotRequired[TakeoverAction]
    """At medium risk. Defaults to mfa_if_configured, or no_action without MFA."""
    high: NotRequired[TakeoverAction]
    """At high risk. Defaults to mfa_required, or block without MFA."""
    notify: NotRequired[bool]
    """Whether the user is told by e-mail about medium and high risk; needs `email`. Defaults to true with `email`."""


class ThreatProtectionArgs(TypedDict):
    """Threat protection: compromised passwords and account takeover; needs the tier plus."""

    mode: NotRequired[ThreatMode]
    """What it does with sign-ins by password. Defaults to enforced in the tier plus.
    https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html"""
    custom_auth_mode: NotRequired[ThreatMode]
    """What it does with sign-ins by the triggers of `challenge`: audit or enforced. Defaults to `mode` where there is
    such a challenge."""
    account_takeover: NotRequired[TakeoverArgs]
    """What is done at each level of risk. Defaults to asking for the second factor from medium risk on."""
    block_compromised_credentials: NotRequired[bool]
    """Whether passwords that were leaked elsewhere are refused. Defaults to true."""
    blocked_ip_ranges: NotRequired[list[str]]
    """CIDR blocks from which every request is refused, at most 200. Defaults to none."""
    trusted_ip_ranges: NotRequired[list[str]]
    """CIDR blocks from which no request is assessed, at most 200. Defaults to none."""


class DeviceArgs(TypedDict):
    """The devices of a user."""

    remember: NotRequired[RememberDevices]
    """Which are remembered. Defaults to ask.
    https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html"""
    skip_mfa: NotRequired[bool]
    """Whether a remembered device stands in for the second factor. Defaults to false."""


class EmailArgs(TypedDict):
    """The Amazon SES identity that sends the pool's e-mail."""

    from_address: str
    """The sender, `us@example.com` or `Us <us@example.com>`. Give it; there is no default."""
    identity_arn: pulumi.Input[str]
    """ARN of a verified SES identity that may send from that address. Give it; there is no default.
    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html"""
    reply_to: NotRequired[str]
    """The address that answers go to. Defaults to the sender."""
    configuration_set: NotRequired[pulumi.Input[str]]
    """Name of an SES configuration set, 1 to 64 letters, digits, hyphens and underscores. Defaults to none."""


class SmsArgs(TypedDict):
    """How text messages are sent."""

    role_arn: NotRequired[pulumi.Input[str]]
    """ARN of a role that Cognito assumes to send them; needs `external_id`. Defaults to a role of the component's own
    that may send text messages and nothing else.
    https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-sms.html"""
    external_id: NotRequired[str]
    """The external id that the role's trust asks for. Defaults to one made of project, stack and name."""
    sns_region: NotRequired[str]
    """The Region that sends, where the pool's own cannot. Defaults to the pool's."""


class MessageArgs(TypedDict):
    """The texts that users get; `{####}` stands for the code. Each defaults to Cognito's own text."""

    verification_subject: NotRequired[str]
    """Subject of the e-mail with the code that verifies an address, 1 to 140 characters; needs `email`."""
    verification_email: NotRequired[str]
    """That e-mail, 6 to 20000 characters of text or HTML with `{####}`; needs `email`."""
    verification_sms: NotRequired[str]
    """The text message with the code that verifies a phone number, 6 to 140 characters with `{####}`."""
    code_subject: NotRequired[str]
    """Subject of the e-mail with a sign-in code, 1 to 140 characters; needs email as second factor."""
    code_email: NotRequired[str]
    """That e-mail, 6 to 20000 characters of text or HTML with `{####}`; needs email as second factor."""
    code_sms: NotRequired[str]
    """The text message with a sign-in code, 6 to 140 characters with `{####}`."""
    invitation_subject: NotRequired[str]
    """Subject of the e-mail to a user whom an administrator made, 1 to 140 characters; needs `email`."""
    invitation_email: NotRequired[str]
    """That e-mail, 6 to 20000 characters with `{username}` and `{####}`, the temporary password; needs `email`."""
    invitation_sms: NotRequired[str]
    """The text message to such a user, 6 to 140 characters with `{username}` and `{####}`."""


class IdentityLogArgs(TypedDict):
    """What Cognito records in CloudWatch Logs."""

    delivery_errors: NotRequired[bool]
    """Whether e-mails and text messages that could not be sent are recorded. Defaults to true.
    https://docs.aws.amazon.com/cognito/latest/developerguide/exporting-quotas-and-usage.html"""
    user_activity: NotRequired[bool]
    """Whether sign-ins and their risk are recorded; needs threat protection. Defaults to true with it."""
    retention_days: NotRequired[int]
    """Days for which records are kept, one of the periods of CloudWatch Logs. Defaults to 400."""
