"""What each option of an identity may hold by itself."""

from pulumi_aws_mobile import statements
from pulumi_aws_mobile.limits import CONFIDENTIAL, REGION, Between, Limits, Matching, OneOf
from pulumi_aws_mobile.network.settings import RETENTION_DAYS

from .args import IdentityArgs
from .clients.args import ClientArgs, DomainArgs, FirewallArgs, GroupArgs, ProviderArgs, ResourceServerArgs
from .federation import settings as federation_settings
from .pool.args import (
    CustomAttributeArgs,
    DeviceArgs,
    EmailArgs,
    IdentityLogArgs,
    MessageArgs,
    MfaArgs,
    PasskeyArgs,
    PasswordArgs,
    SmsArgs,
    StandardAttributeArgs,
)
from .pool.attributes import LARGEST_NUMBER, LONGEST_STRING
from .triggers import settings as trigger_settings

_RETENTION = OneOf(RETENTION_DAYS)
_LENGTH = Between(0, LONGEST_STRING, "characters")
_NUMBER = Between(-LARGEST_NUMBER, LARGEST_NUMBER)
_MINUTES = Between(5, 1440, "minutes")
_SUBJECT = Matching(r"[^\r\n]{1,140}", "1 to 140 characters on one line")
_CODE_EMAIL = Matching(r"(?=[\s\S]*\{####\})[\s\S]{6,20000}", "6 to 20000 characters with {####} for the code")
_CODE_SMS = Matching(r"(?=[\s\S]*\{####\})[\s\S]{6,140}", "6 to 140 characters with {####} for the code")
_INVITATION = r"(?=[\s\S]*\{####\})(?=[\s\S]*\{username\})"
_INVITED = "with {username} and {####} for the temporary password"
_APPLE_ID = Matching(r"[A-Z0-9]{10}", "10 capital letters and digits")
_HTTPS = Matching(r"https://[A-Za-z0-9.-]+(:\d{1,5})?(/[^\s?#]*)?", "an https URL without query and fragment")
_METADATA = Matching(r"https://[A-Za-z0-9.-]+(:\d{1,5})?(/[^\s#]*)?", "an https URL")
_SECRET_ARN = Matching(
    r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+", "the ARN of a Secrets Manager secret"
)
_PART = r'[^\s<>@,;:()\[\]"\\]+'
_ADDRESS = rf"{_PART}@{_PART}\.{_PART}"
_NAME = r'"[^<>\r\n"\\]+"|[^<>\r\n,;:()\[\]@"\\]+'
"""The name before an address; what separates addresses in a header stands in double quotes only."""

LIMITS: Limits = {
    **statements.LIMITS,
    **trigger_settings.LIMITS,
    **federation_settings.LIMITS,
    IdentityArgs: {
        "region": REGION,
        "existing_user_pool_id": Matching(
            r"[a-z]{2,4}(-[a-z]+)+-\d_[A-Za-z0-9]{1,45}", "the id of a user pool, for example eu-west-1_a1B2c3D4e"
        ),
        "sign_in": OneOf(("email", "phone", "username")),
        "username_aliases": OneOf(("email", "phone", "preferred_username")),
        "verification": OneOf(("email", "sms")),
        "recovery": OneOf(("email", "phone", "admin")),
        "first_factors": OneOf(("password", "email_otp", "sms_otp", "passkey")),
    },
    CustomAttributeArgs: {
        "min_length": _LENGTH,
        "max_length": _LENGTH,
        "min_value": _NUMBER,
        "max_value": _NUMBER,
    },
    StandardAttributeArgs: {},
    PasswordArgs: {
        "min_length": Between(8, 99, "characters"),
        "temporary_days": Between(1, 7, "days"),
        "history": Between(0, 24, "passwords"),
    },
    MfaArgs: {"factors": OneOf(("totp", "sms", "email"))},
    PasskeyArgs: {
        "relying_party_id": Matching(
            r"(?=.{1,127}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+",
            "a domain of at most 127 lower-case letters, digits, hyphens and dots",
        )
    },
    DeviceArgs: {},
    EmailArgs: {
        "from_address": Matching(
            rf"{_ADDRESS}|({_NAME}) <{_ADDRESS}>",
            'an address, us@example.com, Us <us@example.com> or "Us, Inc." <us@example.com>',
        ),
        "identity_arn": Matching(
            r"arn:aws[a-z-]*:ses:[a-z0-9-]+:\d{12}:identity/[^\s*?]+", "the ARN of an SES identity"
        ),
        "reply_to": Matching(_ADDRESS, "an address, us@example.com"),
        "configuration_set": Matching(r"[A-Za-z0-9_-]{1,64}", "1 to 64 letters, digits, hyphens and underscores"),
    },
    SmsArgs: {
        "role_arn": Matching(r"arn:aws[a-z-]*:iam::\d{12}:role/\S+", "the ARN of an IAM role"),
        "external_id": Matching(r"[\w+=,.@:/-]{2,1224}", "2 to 1224 letters, digits and _+=,.@:/-"),
        "sns_region": REGION,
    },
    MessageArgs: {
        "verification_subject": _SUBJECT,
        "verification_email": _CODE_EMAIL,
        "verification_sms": _CODE_SMS,
        "code_subject": _SUBJECT,
        "code_email": _CODE_EMAIL,
        "code_sms": _CODE_SMS,
        "invitation_subject": _SUBJECT,
        "invitation_email": Matching(rf"{_INVITATION}[\s\S]{{6,20000}}", f"6 to 20000 characters {_INVITED}"),
        "invitation_sms": Matching(rf"{_INVITATION}[\s\S]{{6,140}}", f"6 to 140 characters {_INVITED}"),
    },
    IdentityLogArgs: {"retention_days": _RETENTION},
    ClientArgs: {
        "access_token_minutes": _MINUTES,
        "id_token_minutes": _MINUTES,
        "refresh_token_hours": Between(1, 87600, "hours"),
        "refresh_grace_seconds": Between(0, 60, "seconds"),
        "session_minutes": Between(3, 15, "minutes"),
    },
    DomainArgs: {
        "prefix": Matching(
            r"(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
            "1 to 63 lower-case letters, digits and inner hyphens, without the words aws, amazon and cognito",
        ),
        "custom_domain": Matching(
            r"(?=.{1,255}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?){2,}",
            "a domain below one of your own, for example auth.example.com",
        ),
        "certificate_arn": Matching(
            r"arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate/[A-Za-z0-9-]+",
            "the ARN of an ACM certificate in us-east-1",
        ),
    },
    ProviderArgs: {
        "client_secret": CONFIDENTIAL,
        "private_key": CONFIDENTIAL,
        "client_secret_arn": _SECRET_ARN,
        "private_key_arn": _SECRET_ARN,
        "team_id": _APPLE_ID,
        "key_id": _APPLE_ID,
        "issuer": _HTTPS,
        "metadata_url": _METADATA,
        "scopes": Matching(r"[\x21\x23-\x5b\x5d-\x7e]+", "a scope without spaces"),
    },
    GroupArgs: {
        "precedence": Between(0, 2147483647),
        "description": Matching(r"[\s\S]{0,2048}", "at most 2048 characters"),
    },
    ResourceServerArgs: {"scopes": Matching(r"[\s\S]{1,256}", "a description of 1 to 256 characters")},
    FirewallArgs: {
        "captcha": OneOf(("sign_up", "sign_in", "forgot_password")),
        "requests_per_five_minutes": Between(10, 2_000_000_000, "requests"),
        "log_retention_days": _RETENTION,
    },
}
