"""Options about what Cognito calls that cannot work, and what is said of each: path, got, allowed, fix."""

from typing import Any

from components.identity.trigger_building import CAPTCHA, EMAIL, SECRET_ARN, Args, function_arn

OLD_POOL = "eu-west-1_Old000000"


def asking(*steps: str, **options: Any) -> Args:  # noqa: ANN401 - options of any type
    """Return the options of a challenge with these steps, and of somebody who sends codes."""
    return {"challenge": {"steps": list(steps), **options}, "email": EMAIL}


REFUSALS: list[tuple[Args, list[tuple[str, str, str, str]]]] = [
    (
        {"challenge": {}},
        [
            ("challenge.steps", "nothing", "1 to 5 of captcha, email_code", "name what is asked"),
        ],
    ),
    (
        {"challenge": {"steps": []}},
        [
            ("challenge.steps", "[]", "1 to 5 of captcha, email_code", "name what is asked"),
        ],
    ),
    (
        asking("email_code", "email_code"),
        [
            ("challenge.steps[1]", '"email_code"', "each step once", "remove it"),
        ],
    ),
    (
        asking("email_kode"),
        [
            ("challenge.steps[0]", '"email_kode"', "captcha, email_code", 'did you mean "email_code"?'),
        ],
    ),
    (
        asking("riddle", "email_code", functions={"puzzle": function_arn("puzzle")}),
        [
            (
                "challenge.steps[0]",
                '"riddle"',
                "captcha, email_code, puzzle",
                "give its function in challenge.functions",
            ),
            (
                "challenge.functions.puzzle",
                '"arn:aws:lambda:eu-west-1:123456789012:function:puzzle"',
                "functions of challenge.steps",
                "name it among the steps, or remove it",
            ),
        ],
    ),
    (
        asking(*"abcdef", functions={step: function_arn(step) for step in "abcdef"}),
        [
            ("challenge.steps", '["a", "b", "c", "d", "e", "f"]', "1 to 5 steps", "leave some out"),
        ],
    ),
    (
        asking("email_code", functions={"email_code": function_arn("mine")}),
        [
            (
                "challenge.functions.email_code",
                '"email_code"',
                "a name other than captcha and email_code",
                "call the step otherwise",
            ),
        ],
    ),
    (
        {"challenge": {"steps": ["captcha"]}},
        [
            ("challenge.captcha", "nothing", "the CAPTCHA that the step captcha asks", "give it, or remove the step"),
        ],
    ),
    (
        asking("email_code", captcha=CAPTCHA),
        [
            (
                "challenge.captcha",
                '"turnstile"',
                "a CAPTCHA that somebody is asked",
                "add the step captcha, or set on_sign_up: true",
            ),
        ],
    ),
    (
        asking("captcha", captcha={"provider": "turnstile", "site_key": "1x00000000"}),
        [
            (
                "challenge.captcha.secret",
                "nothing",
                "one of secret and secret_arn",
                "give the secret key from the provider's console",
            ),
        ],
    ),
    (
        asking("captcha", captcha=CAPTCHA | {"secret_arn": SECRET_ARN}),
        [
            ("challenge.captcha.secret", '"(secret)"', "one of secret and secret_arn", "remove one of them"),
        ],
    ),
    (
        asking("captcha", captcha=CAPTCHA | {"secret": " "}),
        [
            (
                "challenge.captcha.secret",
                '"(blank)"',
                "the secret key from the provider's console",
                "give it, or its secret_arn",
            ),
        ],
    ),
    (
        asking("captcha", captcha=CAPTCHA | {"provider": "hcaptcha", "action": "go", "minimum_score": 0.5}),
        [
            (
                "challenge.captcha.minimum_score",
                "0.5",
                "nothing with hcaptcha: only reCAPTCHA's scores rise with trust",
                "remove it",
            ),
            ("challenge.captcha.action", '"go"', "nothing with hcaptcha, which knows no actions", "remove it"),
        ],
    ),
    (
        asking("captcha", captcha=CAPTCHA | {"verify_url": "http://captcha.example.com"}),
        [
            (
                "challenge.captcha.verify_url",
                '"http://captcha.example.com"',
                "an https URL, or an http URL on the loopback",
                "choose an allowed value",
            ),
        ],
    ),
    (
        {"challenge": {"steps": ["email_code"]}},
        [
            (
                "challenge.steps[0]",
                '"email_code"',
                ("a step that sends no e-mail, without email: Cognito's own sender cannot be used by functions"),
                "give email with an SES identity",
            ),
        ],
    ),
    (
        asking("email_code") | {"verification": ["sms"]},
        [
            (
                "challenge.steps[0]",
                '"email_code"',
                ("a step without e-mail, where verification does not verify addresses: codes go to verified ones only"),
                "add email to verification",
            ),
        ],
    ),
    (
        asking("email_code") | {"sign_in": ["phone"]},
        [
            (
                "challenge.steps[0]",
                '"email_code"',
                ("a step without e-mail, where verification does not verify addresses: codes go to verified ones only"),
                "add email to verification",
            ),
        ],
    ),
    (
        asking("email_code", code_minutes=10) | {"clients": {"app": {"session_minutes": 8}}},
        [
            (
                "challenge.code_minutes",
                "10",
                "at most 8, the lowest session_minutes of the clients: the sign-in ends before the code",
                "lower it, or raise session_minutes",
            ),
        ],
    ),
    (
        asking("captcha", captcha=CAPTCHA, code_length=8),
        [
            ("challenge.code_length", "8", "nothing without the step email_code", "remove it, or add the step"),
        ],
    ),
    (
        asking("email_code", code_length=5, code_minutes=16, attempts=6, code_text="no code", code_subject="a\nb"),
        [
            ("challenge.code_length", "5", "6 to 10 digits", "choose an allowed value"),
            ("challenge.code_minutes", "16", "1 to 15 minutes", "choose an allowed value"),
            ("challenge.attempts", "6", "1 to 5 wrong answers", "choose an allowed value"),
            (
                "challenge.code_text",
                '"no code"',
                "a text of up to 600 characters with {code} in it",
                "choose an allowed value",
            ),
            ("challenge.code_subject", '"a\nb"', "one line of 1 to 140 characters", "choose an allowed value"),
        ],
    ),
    (
        asking("email_code", after_password=False, required=False) | {"mfa": {"mode": "required"}},
        [
            (
                "challenge.after_password",
                "false",
                "true while mfa.mode is required: Cognito asks second factors after a password only",
                "remove it, or set mfa.mode: optional",
            ),
        ],
    ),
    (
        asking("captcha", captcha=CAPTCHA, after_password=False),
        [
            (
                "challenge.after_password",
                "false",
                "true where the CAPTCHA is all that is asked: it does not tell who it is",
                "remove it, or add the step email_code",
            ),
        ],
    ),
    (
        asking("email_code")
        | {
            "migration": {"user_pool_id": OLD_POOL, "client_id": "abc"},
            "first_factors": ["password", "email_otp"],
            "clients": {
                "app": {},
                "web": {"callback_urls": ["https://example.com"]},
                "social": {"callback_urls": ["https://example.com"], "identity_providers": ["google"]},
            },
        },
        [
            (
                "challenge.required",
                "true",
                ("false with migration: users move by a sign-in that sends the password and is asked nothing else"),
                "set required: false, or remove it",
            ),
            (
                "challenge.required",
                "true",
                "false with email_otp among first_factors: such a sign-in is not asked the challenge",
                "set required: false, or remove the factor",
            ),
            (
                "challenge.required",
                "true",
                "false with clients.web.callback_urls: the hosted pages ask for the password alone",
                "set required: false, or leave COGNITO out of clients.web.identity_providers",
            ),
        ],
    ),
    (
        {"hooks": {"post_confirmation": "welcome"}},
        [
            ("hooks.post_confirmation", '"welcome"', "the ARN of a Lambda function", "choose an allowed value"),
        ],
    ),
    (
        {
            "region": "eu-central-1",
            "hooks": {"pre_sign_up": function_arn("hook")},
            **asking("riddle", functions={"riddle": function_arn("riddle")}),
        },
        [
            (
                "hooks.pre_sign_up",
                '"arn:aws:lambda:eu-west-1:123456789012:function:hook"',
                "a function in eu-central-1, the Region of the user pool",
                "deploy it there",
            ),
            (
                "challenge.functions.riddle",
                '"arn:aws:lambda:eu-west-1:123456789012:function:riddle"',
                "a function in eu-central-1, the Region of the user pool",
                "deploy it there",
            ),
        ],
    ),
    (
        {"hooks": {"pre_token_version": "V2_0"}, "tier": "lite"},
        [
            (
                "hooks.pre_token_version",
                '"V2_0"',
                "nothing without pre_token_generation, the function that it is for",
                "remove it, or give the function",
            ),
            (
                "hooks.pre_token_version",
                '"V2_0"',
                "V1_0 in the tier lite",
                "remove it, or set tier: essentials or plus",
            ),
        ],
    ),
    (
        {"migration": {"user_pool_id": "old", "client_id": "a b"}},
        [
            (
                "migration.user_pool_id",
                '"old"',
                "the id of a user pool, for example eu-west-1_a1B2c3D4e",
                "choose an allowed value",
            ),
            ("migration.client_id", '"a b"', "the id of an app client", "choose an allowed value"),
        ],
    ),
    (
        {
            "migration": {
                "user_pool_id": OLD_POOL,
                "client_id": "abc",
                "rename": {
                    "custom:a": "custom:tier",
                    "custom:b": "custom:tier",
                    "custom:c": "level",
                    "d": "custom:x",
                },
            },
            "attributes": {"tier": {}},
        },
        [
            (
                "migration.rename.custom:b",
                '"custom:tier"',
                "each attribute once",
                "rename the other one, or leave one out",
            ),
            (
                "migration.rename.custom:c",
                '"level"',
                "a standard attribute, or a custom one with custom:",
                "write custom: before it",
            ),
            (
                "migration.rename.d",
                '"custom:x"',
                "an attribute that is among attributes",
                "add it there, or remove this",
            ),
        ],
    ),
]
