"""A pool's e-mails and SMS: which address, which template, whose words; they go to the outbox."""

import re
from dataclasses import dataclass

from pulumi_aws_sandbox.runtime import clock, outbox
from pulumi_aws_sandbox.runtime.user_pools import triggers
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, User

_CODE = "{####}"
_USERNAME = "{username}"
_LINK = "{##Click Here##}"
_LINKED = re.compile(r"\{##([^#{}]+)##\}")
_DEFAULT_SENDER = "no-reply@verificationemail.com"
_DEFAULT_AUTHENTICATION = "Your authentication code is {####}. "
_VERIFIED = "true"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a message is for: the trigger's source, the secret in it, and the caller's metadata."""

    source: str
    secret: str
    metadata: Json | None = None


def destination(user: User, attribute: str) -> Json:
    """Return where a code goes, as much as a caller may see of it."""
    return masked(attribute, user.attribute_lookup[attribute])


def masked(attribute: str, value: str) -> Json:
    """Return an address as much as a caller may see of it."""
    if attribute == "email":
        name, _, domain = value.partition("@")
        return {"Destination": f"{name[:1]}***@{domain[:1]}***", "DeliveryMedium": "EMAIL", "AttributeName": attribute}
    shown = "+" + "*" * 7 + value[-4:]
    return {"Destination": shown, "DeliveryMedium": "SMS", "AttributeName": attribute}


def send(  # noqa: PLR0913 - who sends what to whom
    pool: Pool, client: Client | None, user: User, attribute: str, notice: Notice, *, value: str | None = None
) -> Json:
    """Send a notice to a user's e-mail address or phone number and return where it went."""
    address = value or user.attribute_lookup[attribute]
    subject, email, sms = _words(pool, client, user, notice)
    if attribute == "email":
        body, kind = email, "email"
        sender = _sender(pool.extended_config.get("EmailConfiguration") or {})
    else:
        body, kind, subject = sms, "sms", ""
        sender = "Cognito"
    text = _linked(pool, client, user, body, notice.secret)
    text = text.replace(_CODE, notice.secret).replace(_USERNAME, user.username)
    subject = subject.replace(_CODE, notice.secret).replace(_USERNAME, user.username)
    outbox.post(outbox.Message(kind, address, subject, text, sender, pool.region, clock.today()))
    return masked(attribute, address)


def _sender(config: Json) -> str:
    """Return the address that a pool's e-mails come from."""
    identity = (config.get("SourceArn") or "").rpartition(":identity/")[2]
    own = identity if "@" in identity or not identity else f"no-reply@{identity}"
    return config.get("From") or own or _DEFAULT_SENDER


def _words(pool: Pool, client: Client | None, user: User, notice: Notice) -> tuple[str, str, str]:
    """Return subject, e-mail and SMS: the pool's templates, or the trigger's words in their place."""
    subject, email, sms = _templates(pool, notice.source)
    request = {
        "userAttributes": triggers.user_attributes(user),
        "codeParameter": _CODE,
        "linkParameter": _LINK,
        "usernameParameter": _USERNAME if notice.source == "CustomMessage_AdminCreateUser" else None,
        "clientMetadata": notice.metadata or {},
    }
    empty = {"smsMessage": None, "emailMessage": None, "emailSubject": None}
    said = triggers.run(triggers.Occasion(pool, client, notice.source, user.username), request, empty)
    return said["emailSubject"] or subject, said["emailMessage"] or email, said["smsMessage"] or sms


def _templates(pool: Pool, source: str) -> tuple[str, str, str]:
    config = pool.extended_config
    if source == "CustomMessage_AdminCreateUser":
        invite = (config.get("AdminCreateUserConfig") or {}).get("InviteMessageTemplate") or {}
        default = "Your username is {username} and temporary password is {####}. "
        subject = invite.get("EmailSubject") or "Your temporary password"
        return subject, invite.get("EmailMessage") or default, invite.get("SMSMessage") or default
    if source == "CustomMessage_Authentication":
        email = getattr(pool, "email_mfa_config", None) or {}
        sms = (pool.sms_mfa_config or {}).get("SmsAuthenticationMessage") or config.get("SmsAuthenticationMessage")
        subject = email.get("Subject") or "Your authentication code"
        return subject, email.get("Message") or _DEFAULT_AUTHENTICATION, sms or _DEFAULT_AUTHENTICATION
    given = config.get("VerificationMessageTemplate") or {}
    default = "Your verification code is {####}. "
    by_link = given.get("DefaultEmailOption") == "CONFIRM_WITH_LINK"
    prefix = "ByLink" if by_link and source in {"CustomMessage_SignUp", "CustomMessage_ResendCode"} else ""
    subject = given.get(f"EmailSubject{prefix}") or config.get("EmailVerificationSubject") or "Your verification code"
    email = given.get(f"EmailMessage{prefix}") or (
        "Please click the link below to verify your email address. {##Verify Email##} "
        if prefix
        else config.get("EmailVerificationMessage") or default
    )
    return subject, email, given.get("SmsMessage") or config.get("SmsVerificationMessage") or default


def _linked(pool: Pool, client: Client | None, user: User, body: str, secret: str) -> str:
    """Put the confirmation link of the pool's domain where the template has its text between `{##` and `##}`."""
    found = _LINKED.search(body)
    if client is None or found is None:
        return body
    domain = pool.domain.domain if pool.domain else "no-domain"
    host = f"{domain}.auth.{pool.region}.amazoncognito.com"
    query = f"client_id={client.id}&user_name={user.username}&confirmation_code={secret}"
    link = f'<a href="https://{host}/confirmUser?{query}">{found[1]}</a>'
    return body[: found.start()] + link + body[found.end() :]


def auto_verified(pool: Pool, user: User) -> str | None:
    """Return the attribute that a sign-up is confirmed by: the phone number before the e-mail address."""
    wanted = pool.extended_config.get("AutoVerifiedAttributes") or []
    for attribute in ("phone_number", "email"):
        if attribute in wanted and user.attribute_lookup.get(attribute):
            return attribute
    return None


def verified(user: User, attribute: str) -> bool:
    """Tell whether an attribute of a user is verified."""
    return bool(user.attribute_lookup.get(attribute)) and (
        user.attribute_lookup.get(f"{attribute}_verified") == _VERIFIED
    )
