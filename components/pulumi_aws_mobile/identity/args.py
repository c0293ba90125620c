"""What a caller of `Identity` may ask for."""

from typing import NotRequired, TypedDict

import pulumi

from .clients.args import ClientArgs, DomainArgs, FirewallArgs, GroupArgs, ProviderArgs, ResourceServerArgs
from .federation.args import FederationArgs
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
    ThreatProtectionArgs,
    UserPoolTier,
)
from .triggers.args import ChallengeArgs, HooksArgs, MigrationArgs


class IdentityArgs(TypedDict):
    """What an `Identity` can be told."""

    region: NotRequired[str]
    """The Region of the pools. Defaults to the provider's."""
    existing_user_pool_id: NotRequired[pulumi.Input[str]]
    """Id of a user pool that exists already, for example eu-west-1_a1B2c3D4e: clients, domain, providers, groups,
    firewall and federation are built on it, and no option that configures the pool itself is taken. Defaults to a new
    pool."""
    tier: NotRequired[UserPoolTier]
    """The feature plan, which also decides the price. Defaults to essentials.
    https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html"""
    sign_in: NotRequired[list[str]]
    """What users sign in with: email, phone, or both; or username alone. Upper and lower case are the same. AWS never
    changes this for a pool that exists. Defaults to email.
    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html"""
    username_aliases: NotRequired[list[str]]
    """What users who sign in with a username may use instead of it: email, phone, preferred_username. AWS never changes
    this for a pool that exists. Defaults to none."""
    self_sign_up: NotRequired[bool]
    """Whether people register by themselves; otherwise an administrator invites them. Defaults to true."""
    verification: NotRequired[list[str]]
    """Which of a new user's contacts are verified by a code: email, sms. Defaults to those of `sign_in`, or email."""
    keep_verified_contacts: NotRequired[bool]
    """Whether a changed address or number takes effect only when it is verified; the old one works until then. Defaults
    to true."""
    standard_attributes: NotRequired[dict[str, StandardAttributeArgs]]
    """The attributes of OpenID Connect that are required or immutable, by name, for example `{"name": {}}`. AWS never
    changes these for a pool that exists. Defaults to the one contact that users sign in with, required."""
    attributes: NotRequired[dict[str, CustomAttributeArgs]]
    """The app's own attributes by name, 1 to 20 characters without `custom:`; at most 50. They can be added later, and
    never changed or removed. Defaults to none."""
    password: NotRequired[PasswordArgs]
    """What a password has to be. Defaults to 12 characters of every kind."""
    recovery: NotRequired[list[str]]
    """How a forgotten password is replaced, in order of preference: email, phone, or both, by a code to a verified
    contact; or admin, by an administrator alone. Never by phone alone. Defaults to email, and phone after it where
    users have a verified phone number or get their second factor by e-mail.
    https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html"""
    mfa: NotRequired[MfaArgs]
    """The second factor. Defaults to an optional one by an authenticator app."""
    first_factors: NotRequired[list[str]]
    """What a sign-in may begin with: password, email_otp, sms_otp, passkey. The password is always among them; the
    others need the tier essentials and cannot stand beside a required second factor. Defaults to password."""
    passkeys: NotRequired[PasskeyArgs]
    """How passkeys are made, where they are a first factor. Defaults to those of `domain.custom_domain`."""
    threat_protection: NotRequired[ThreatProtectionArgs]
    """What is done about leaked passwords and stolen accounts. Defaults to enforced in the tier plus."""
    devices: NotRequired[DeviceArgs]
    """Whether devices are remembered. Defaults to never."""
    email: NotRequired[EmailArgs]
    """Who sends the pool's e-mail. Defaults to Cognito itself, which sends at most 50 e-mails a day for all pools of an
    account: enough to try, not to launch.
    https://docs.aws.amazon.com/cognito/latest/developerguide/limits.html"""
    sms: NotRequired[SmsArgs]
    """How text messages are sent. Defaults to a role for Amazon SNS where an option needs text messages."""
    messages: NotRequired[MessageArgs]
    """The texts that users get. Defaults to Cognito's own."""
    challenge: NotRequired[ChallengeArgs]
    """A sign-in step of the app's own, by Lambda triggers: an e-mailed code or a CAPTCHA. Defaults to none."""
    hooks: NotRequired[HooksArgs]
    """Functions of the app's own that Cognito calls around sign-up and sign-in. Defaults to none."""
    migration: NotRequired[MigrationArgs]
    """A pool from which users are taken over when they sign in, with their passwords. Apps then have to send the
    password itself (USER_PASSWORD_AUTH, over TLS), which clients are allowed only with this. Defaults to none."""
    resource_servers: NotRequired[dict[str, ResourceServerArgs]]
    """APIs that tokens can be made for, by identifier, for example https://api.example.com. Defaults to none."""
    clients: NotRequired[dict[str, ClientArgs]]
    """The apps that sign users in, by key, 1 to 40 letters, digits and hyphens. Defaults to one native app, `app`."""
    domain: NotRequired[DomainArgs]
    """The domain of the hosted sign-in pages; providers and the OAuth options of clients need it. Defaults to none."""
    providers: NotRequired[dict[str, ProviderArgs]]
    """The identity providers that users may come from, by key; for oidc and saml the key is the provider's name. Needs
    `domain`. Defaults to none."""
    groups: NotRequired[dict[str, GroupArgs]]
    """The groups of users by name, 1 to 40 letters, digits, hyphens and underscores. Defaults to none."""
    firewall: NotRequired[FirewallArgs]
    """An AWS WAF web ACL before the pool (billed). Defaults to none."""
    federation: NotRequired[FederationArgs]
    """The identity pool, which turns a signed-in user into temporary AWS credentials. Defaults to one for the clients
    of this component, without guests."""
    logs: NotRequired[IdentityLogArgs]
    """What Cognito records. Defaults to nothing; CloudTrail has the calls."""
    deletion_protection: NotRequired[bool]
    """Whether AWS refuses to delete the pool. Defaults to true."""
    protect: NotRequired[bool]
    """Whether Pulumi refuses to delete or replace the user pool and the identity pool, and leaves them in AWS when they
    go from the program. Defaults to true."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags. Defaults to none."""
