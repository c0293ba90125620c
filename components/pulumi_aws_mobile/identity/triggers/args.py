"""What a caller of `Identity` may have run during sign-up and sign-in."""

from enum import Enum
from typing import NotRequired, TypedDict

import pulumi


class CaptchaProvider(str, Enum):
    """Who draws the CAPTCHA and tells whether it was solved."""

    RECAPTCHA = "recaptcha"
    """Google reCAPTCHA, version 2 or 3."""
    HCAPTCHA = "hcaptcha"
    """hCaptcha."""
    TURNSTILE = "turnstile"
    """Cloudflare Turnstile."""


class PreTokenVersion(str, Enum):
    """Which event the hook before token generation gets, by the names of the Cognito API."""

    V1_0 = "V1_0"
    """The claims of the ID token."""
    V2_0 = "V2_0"
    """The claims of the ID token, the claims and scopes of the access token."""
    V3_0 = "V3_0"
    """As V2_0, and for tokens that machines get by client credentials."""


class CaptchaArgs(TypedDict):
    """A CAPTCHA, and how its provider is asked whether it was solved. Give one of `secret` and `secret_arn`."""

    provider: CaptchaProvider
    """Who draws it and tells whether it was solved."""
    site_key: str
    """The public key of the site; an app needs it to draw the CAPTCHA, and gets it with the challenge."""
    secret: NotRequired[pulumi.Input[str]]
    """The secret key of the site, best from a Pulumi secret; it is kept in a secret of its own in Secrets Manager.
    Defaults to the one at `secret_arn`."""
    secret_arn: NotRequired[pulumi.Input[str]]
    """ARN of a Secrets Manager secret whose text is the secret key of the site. Defaults to a new secret that holds
    `secret`."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """ARN of the KMS key that encrypts the secret. Defaults to a new key for `secret`, and to the key that Secrets
    Manager keeps for the account for `secret_arn`."""
    hostnames: NotRequired[list[str]]
    """Where the CAPTCHA may have been solved: up to 10 host names, or package names of Android apps. Defaults to
    anywhere: what the provider's console allows for the key decides."""
    action: NotRequired[str]
    """What the CAPTCHA must have been drawn for: letters, digits, `_`, `-` and `/`. For reCAPTCHA version 3 and
    Turnstile. Defaults to anything."""
    minimum_score: NotRequired[float]
    """The lowest score that passes, 0 (a bot for certain) to 1. For reCAPTCHA version 3, and needed with it: it answers
    with a score whoever asks. Defaults to no score being asked for, as in version 2."""
    on_sign_up: NotRequired[bool]
    """Whether registering needs a solved CAPTCHA too, its token given as `captcha` in the validation data or the client
    metadata of SignUp. Defaults to false."""
    verify_url: NotRequired[str]
    """Where the provider is asked: an https URL, or http on the loopback of a sandbox. Defaults to the provider's own;
    for reCAPTCHA where google.com cannot be reached, https://www.recaptcha.net/recaptcha/api/siteverify."""


class ChallengeArgs(TypedDict):
    """What is asked of a user who signs in, besides the password or instead of it.

    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
    """

    steps: NotRequired[list[str]]
    """What is asked, in this order, each once: `captcha`, `email_code` (a code sent to the verified e-mail address), or
    the name of one of `functions`. 1 to 5; none only with a CAPTCHA for sign-up."""
    after_password: NotRequired[bool]
    """Whether the password comes first, proven by SRP. Defaults to true. Without it at least one step besides the
    CAPTCHA has to tell who it is, and no second factor can be required: Cognito would not ask for it."""
    required: NotRequired[bool]
    """Whether signing in goes through the challenge only. Defaults to true: no client may use a flow that asks for the
    password alone. Managed login and identity providers never ask custom challenges."""
    attempts: NotRequired[int]
    """Wrong answers, over all steps, at which a sign-in fails, 1 to 5. Defaults to 3."""
    captcha: NotRequired[CaptchaArgs]
    """The CAPTCHA of the step `captcha`, and of sign-up where asked. Defaults to none."""
    code_length: NotRequired[int]
    """Digits of an e-mailed code, 6 to 10. Defaults to 6."""
    code_minutes: NotRequired[int]
    """Minutes for which an e-mailed code is good, 1 to 15: Cognito lets no sign-in wait longer for an answer. Defaults
    to 5."""
    code_subject: NotRequired[str]
    """Subject of the e-mail, 1 to 140 characters. Defaults to `Your sign-in code`."""
    code_text: NotRequired[str]
    """Text of the e-mail; `{code}` stands for the code and `{minutes}` for how long it is good. Up to 600 characters.
    Defaults to a short English text with both."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """ARN of the SNS topic that is told when a function of the challenge fails, so that nobody gets through. Defaults
    to no alarm."""
    functions: NotRequired[dict[str, pulumi.Input[str]]]
    """Steps of your own: the ARN of a Lambda function by the name of the step, lower-case letters, digits and `_`. It
    gets Cognito's own events CreateAuthChallenge and VerifyAuthChallengeResponse and answers as Cognito documents for
    them. Defaults to none."""


class HooksArgs(TypedDict):
    """Functions of your own that Cognito calls, by ARN; each in the Region of the user pool.

    https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
    """

    pre_sign_up: NotRequired[pulumi.Input[str]]
    """ARN of a function that may refuse or confirm whoever registers; called once the CAPTCHA has passed, if one is
    asked for. Defaults to none."""
    post_confirmation: NotRequired[pulumi.Input[str]]
    """ARN of a function that hears of each confirmed user. Defaults to none."""
    pre_authentication: NotRequired[pulumi.Input[str]]
    """ARN of a function that may refuse a sign-in. Defaults to none."""
    post_authentication: NotRequired[pulumi.Input[str]]
    """ARN of a function that hears of each sign-in. Defaults to none."""
    pre_token_generation: NotRequired[pulumi.Input[str]]
    """ARN of a function that adds to the tokens or takes from them. Defaults to none."""
    pre_token_version: NotRequired[PreTokenVersion]
    """Which event that function gets; more than V1_0 needs tier essentials or plus. Defaults to V1_0."""
    custom_message: NotRequired[pulumi.Input[str]]
    """ARN of a function that words the messages that Cognito sends. Defaults to none."""


class MigrationArgs(TypedDict):
    """Another user pool of the same account, whose users move here when they next sign in or ask for a new password.

    https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-import-using-lambda.html
    """

    user_pool_id: pulumi.Input[str]
    """The id of the pool that users come from; it tells the Region too."""
    client_id: pulumi.Input[str]
    """The id of an app client of that pool, without a secret, that allows ADMIN_USER_PASSWORD_AUTH."""
    rename: NotRequired[dict[str, str]]
    """Attributes that have another name here: the name here by the name there, for example `custom:plan: custom:tier`.
    Defaults to the same names. Custom attributes that are unknown here are left behind."""
