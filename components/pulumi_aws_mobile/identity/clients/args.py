"""What a caller of `Identity` may ask of what stands on the pool: clients, domain, providers, groups, firewall."""

from enum import Enum
from typing import NotRequired, TypedDict

import pulumi

from pulumi_aws_mobile.statements import StatementArgs


class ClientKind(str, Enum):
    """What runs at the other end."""

    NATIVE = "native"
    """An app on a device: it can keep no secret."""
    WEB = "web"
    """A page in a browser that signs in by the hosted pages, with the code flow and PKCE: it can keep no secret."""
    SERVER = "server"
    """A program on a server: it keeps a secret."""


class ProviderKind(str, Enum):
    """The identity providers that Cognito knows."""

    FACEBOOK = "facebook"
    """Facebook Login."""
    GOOGLE = "google"
    """Sign in with Google."""
    AMAZON = "amazon"
    """Login with Amazon."""
    APPLE = "apple"
    """Sign in with Apple."""
    OIDC = "oidc"
    """Any provider of OpenID Connect."""
    SAML = "saml"
    """Any provider of SAML 2.0."""


class CaptchaOn(str, Enum):
    """Where the firewall asks for a CAPTCHA."""

    PAGES = "pages"
    """On the hosted pages, which show the puzzle by themselves."""
    API = "api"
    """On the calls of apps, which have to show it with the AWS WAF SDK and send its token along."""
    BOTH = "both"
    """On both."""


class ClientArgs(TypedDict):
    """One app client."""

    kind: NotRequired[ClientKind]
    """What runs there; another kind later makes another client with another id. Defaults to native."""
    callback_urls: NotRequired[list[str]]
    """Where the hosted pages send users back to, at most 100: https, or an app's scheme such as `myapp://signed-in`.
    The first is the default. Needs `domain`. Defaults to none: the client does not use the hosted pages."""
    logout_urls: NotRequired[list[str]]
    """Where users may land after signing out there, at most 100. Needs `callback_urls`. Defaults to none."""
    allow_localhost: NotRequired[bool]
    """Whether http://localhost and http://127.0.0.1 are taken as such URLs, for development. Defaults to false."""
    scopes: NotRequired[list[str]]
    """What tokens of the hosted pages may be asked for: openid, email, phone, profile, aws.cognito.signin.user.admin,
    or `server/scope` of `resource_servers`; at most 50. On a server without `callback_urls` they are what the server
    may do by itself. Defaults to openid, email, profile and aws.cognito.signin.user.admin with `callback_urls`."""
    identity_providers: NotRequired[list[str]]
    """Who may vouch for users: keys of `providers`, and COGNITO for the pool's own users. Defaults to all."""
    access_token_minutes: NotRequired[int]
    """Minutes for which an access token works, 5 to 1440. Defaults to 60."""
    id_token_minutes: NotRequired[int]
    """Minutes for which an ID token works, 5 to 1440. Defaults to 60."""
    refresh_token_hours: NotRequired[int]
    """Hours for which a user stays signed in, 1 to 87600, longer than the other tokens. Defaults to 720 (30 days)."""
    rotate_refresh_tokens: NotRequired[bool]
    """Whether each refresh gives a new refresh token and ends the old one; needs the tier essentials. Apps then refresh
    by GetTokensFromRefreshToken, as current AWS SDKs and Amplify do. Defaults to true where the tier has it.
    https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html"""
    refresh_grace_seconds: NotRequired[int]
    """Seconds for which the old refresh token still works, for an answer that got lost, 0 to 60. Defaults to 30."""
    session_minutes: NotRequired[int]
    """Minutes that a user has for each step of a sign-in, 3 to 15. Defaults to 3, or as long as an e-mailed code is
    good."""
    admin_passwords: NotRequired[bool]
    """Whether whoever may call AdminInitiateAuth by IAM may sign users in with the password itself: what another pool's
    `migration` needs of this one. Not on a server, nor beside a required challenge. Defaults to false."""
    read_attributes: NotRequired[list[str]]
    """Attributes that the app may read, `custom:` before those of `attributes`. Defaults to all standard ones."""
    write_attributes: NotRequired[list[str]]
    """Attributes that the app may write, and its users with it; none that is immutable, and all that the pool requires
    or a provider fills in. Defaults to all standard ones, and those that its providers fill in."""


class DomainArgs(TypedDict):
    """Where the hosted sign-in pages and the token endpoint are; one of `prefix` and `custom_domain` is given."""

    prefix: NotRequired[str]
    """The first part of PREFIX.auth.REGION.amazoncognito.com: 1 to 63 lower-case letters, digits and hyphens, unique in
    the Region, without the words aws, amazon and cognito."""
    custom_domain: NotRequired[str]
    """A domain of your own, for example auth.example.com; its parent domain has an A record. Needs `certificate_arn`.
    https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html"""
    certificate_arn: NotRequired[pulumi.Input[str]]
    """ARN of the ACM certificate of the custom domain, in us-east-1."""
    managed_login: NotRequired[bool]
    """Whether the pages are those of managed login, in Cognito's own style, or of the classic hosted UI. Defaults to
    true where the tier has it."""


class ProviderArgs(TypedDict):
    """One identity provider. Twitter (X) speaks neither OpenID Connect nor SAML: put an OIDC bridge before it."""

    kind: ProviderKind
    """Which one it is. Give it; there is no default.
    https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html"""
    client_id: NotRequired[str]
    """The id that the provider gave the app; Apple's Services ID. Every kind but saml needs it."""
    client_secret: NotRequired[pulumi.Input[str]]
    """The secret that goes with it, best from `config.require_secret`; kept as a secret. Every kind but apple and saml
    needs this or `client_secret_arn`."""
    client_secret_arn: NotRequired[pulumi.Input[str]]
    """ARN of a Secrets Manager secret whose text is the client secret, in the pool's Region."""
    team_id: NotRequired[str]
    """Apple's team id, 10 letters and digits; apple needs it."""
    key_id: NotRequired[str]
    """The id of the private key at Apple, 10 letters and digits; apple needs it."""
    private_key: NotRequired[pulumi.Input[str]]
    """The private key, the text of Apple's .p8 file; kept as a secret. apple needs this or `private_key_arn`."""
    private_key_arn: NotRequired[pulumi.Input[str]]
    """ARN of a Secrets Manager secret whose text is the private key, in the pool's Region."""
    issuer: NotRequired[str]
    """The https URL under which the provider publishes `.well-known/openid-configuration`; oidc needs it."""
    metadata_url: NotRequired[str]
    """The https URL of the SAML metadata; saml needs this or `metadata_file`."""
    metadata_file: NotRequired[str]
    """Path of a file with the SAML metadata, from where the program runs."""
    sign_out: NotRequired[bool]
    """Whether signing out also signs out at the SAML provider. Defaults to false."""
    scopes: NotRequired[list[str]]
    """What is asked of the provider. Defaults to what `attributes` need: the profile and the e-mail address."""
    attributes: NotRequired[dict[str, str]]
    """Which claim of the provider fills which attribute of the pool: `{"email": "email"}`; `custom:` before those of
    `attributes`. Defaults to email, email_verified where the provider says it, and username.
    https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-specifying-attribute-mapping.html"""


class GroupArgs(TypedDict):
    """One group of users; its key is its name."""

    precedence: NotRequired[int]
    """Whose role wins for a user in several groups: the lowest number, 0 to 2147483647. Defaults to last."""
    description: NotRequired[str]
    """What it is for, at most 2048 characters. Defaults to none."""
    statements: NotRequired[list[StatementArgs]]
    """What its members may do with AWS. Defaults to nothing by themselves; other components may allow more."""


class ResourceServerArgs(TypedDict):
    """An API that tokens can be made for; its key is the identifier, which stands before each scope."""

    scopes: dict[str, str]
    """What can be allowed, by name, each with a description of 1 to 256 characters; at most 100. Give them; there is no
    default.
    https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html"""


class FirewallArgs(TypedDict):
    """An AWS WAF web ACL before the pool."""

    captcha: NotRequired[list[str]]
    """What asks for a CAPTCHA first: sign_up, sign_in, forgot_password. Defaults to sign_up and sign_in where
    `captcha_on` can work.
    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html"""
    captcha_on: NotRequired[CaptchaOn]
    """Where it is asked. Defaults to pages with `domain`; without, no CAPTCHA is asked unless this says api."""
    requests_per_five_minutes: NotRequired[int]
    """Requests that one IP address may make in five minutes, 10 to 2000000000. Defaults to 1000: many phones share the
    address of a mobile network."""
    managed_rules: NotRequired[bool]
    """Whether AWS's rules against known bad addresses and common attacks apply. Defaults to true."""
    count_only: NotRequired[bool]
    """Whether matches are only counted, to watch the rules before they act. Defaults to false."""
    log_retention_days: NotRequired[int]
    """Days for which the record of requests is kept, one of the periods of CloudWatch Logs. Defaults to 400."""
