"""What a deployment says of itself to the apps that use it: the outputs `client`, as plain JSON has them."""

from typing import NotRequired, TypedDict


class ClientAppArgs(TypedDict):
    """One app client that can keep no secret."""

    id: str
    """Its id in the user pool."""
    sign_in_flow: str
    """How its users begin: USER_SRP_AUTH, or CUSTOM_AUTH where a challenge of the app's own is required."""
    callback_urls: NotRequired[list[str]]
    """Where the hosted pages send users back to."""
    logout_urls: NotRequired[list[str]]
    """Where users may land after signing out there."""
    scopes: NotRequired[list[str]]
    """What its tokens may be asked for."""
    providers: NotRequired[list[str]]
    """Who may vouch for its users, by Cognito's names."""


class ClientPasswordArgs(TypedDict):
    """What a password has to be."""

    min_length: int
    """The fewest characters, 6 to 99."""
    lowercase: bool
    """Whether a lower-case letter is needed."""
    uppercase: bool
    """Whether an upper-case letter is needed."""
    numbers: bool
    """Whether a digit is needed."""
    symbols: bool
    """Whether another sign is needed."""


class ClientPasskeyArgs(TypedDict):
    """How passkeys are made."""

    relying_party_id: str
    """The domain that they are for."""
    user_verification: str
    """Whether they ask who holds the device: required or preferred."""


class ClientGroupArgs(TypedDict):
    """One group of users."""

    precedence: NotRequired[int]
    """Its rank; the lowest wins."""


class ClientSignInArgs(TypedDict):
    """Who an app's users are and how they sign in."""

    user_pool_id: str
    """The id of the user pool."""
    apps: dict[str, ClientAppArgs]
    """The app clients by key, those of servers left out."""
    identity_pool_id: NotRequired[str]
    """The id of the identity pool; none where nobody gets AWS credentials."""
    guests: NotRequired[bool]
    """Whether people get credentials without a sign-in. Defaults to false."""
    hosted_domain: NotRequired[str]
    """The domain of the hosted pages."""
    username_attributes: NotRequired[list[str]]
    """What users sign in with: email, phone_number; none for a username."""
    required_attributes: NotRequired[list[str]]
    """The standard attributes that a new user has to have."""
    verified_attributes: NotRequired[list[str]]
    """The contacts that are verified by a code: email, phone_number."""
    password: NotRequired[ClientPasswordArgs]
    """What a password has to be; nothing is known of an adopted pool."""
    mfa: NotRequired[str]
    """Who needs a second factor: off, optional, required."""
    mfa_factors: NotRequired[list[str]]
    """What it may be: totp, sms, email."""
    first_factors: NotRequired[list[str]]
    """What a sign-in may begin with: password, email_otp, sms_otp, passkey."""
    passkeys: NotRequired[ClientPasskeyArgs]
    """How passkeys are made, where they are a first factor."""
    groups: NotRequired[dict[str, ClientGroupArgs]]
    """The groups by name."""


class ClientApiArgs(TypedDict):
    """The API of one Region."""

    url: str
    """Where apps call it, https, without a slash at the end; http of this machine in a sandbox."""
    region: str
    """The Region that requests are signed for."""
    needs_key: NotRequired[bool]
    """Whether signed routes want a key in the header x-api-key too. Defaults to false."""


class ClientBucketArgs(TypedDict):
    """The bucket with users' files."""

    name: str
    """The bucket's name."""
    region: str
    """Its Region."""


class ClientPushArgs(TypedDict):
    """How devices register for messages, by routes of the API."""

    topics: NotRequired[list[str]]
    """The topics that devices may subscribe to."""
    amplify: NotRequired[bool]
    """Whether there are the routes of Amplify's clients too. Defaults to false."""


class ClientAnalyticsArgs(TypedDict):
    """Where events are sent."""

    service: str
    """kinesis or firehose."""
    stream: str
    """The stream's name."""
    region: str
    """Its Region."""
    schema_version: str
    """The version of the schema that events follow."""


class ClientSiteArgs(TypedDict):
    """What answers apps in one Region, for users whose pools may be in another."""

    region: str
    """The Region."""
    api: NotRequired[ClientApiArgs]
    """The API; none without the feature."""
    user_data: NotRequired[bool]
    """Whether users' data are kept in step by routes of the API. Defaults to false."""
    push: NotRequired[ClientPushArgs]
    """How devices register for messages; none without the feature."""


class ClientBackendArgs(ClientSiteArgs):
    """All that an app has to know of a backend."""

    sign_in: ClientSignInArgs
    """Who the app's users are and how they sign in."""
    user_files: NotRequired[ClientBucketArgs]
    """Where users' files are; none without the feature."""
    user_files_copy: NotRequired[ClientBucketArgs]
    """Where the same files are in the recovery Region; none without a copy."""
    analytics: NotRequired[ClientAnalyticsArgs]
    """Where events are sent; none without the feature."""
