"""Ways of signing in that do not work together, or that Cognito does not have."""

from typing import Any

import pytest
from components.identity.refusals import CERTIFICATE, SES, problem_of

REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"sign_in": []}, ("sign_in: got []; allowed: at least one; name one, or remove sign_in")),
    (
        {"sign_in": ["email", "email"]},
        ('sign_in: got ["email", "email"]; allowed: each once; remove what is there twice'),
    ),
    (
        {"sign_in": ["username", "email"]},
        (
            'sign_in: got ["username", "email"]; allowed: email, phone or both; or username alone; keep '
            "username and write username_aliases: [email], or remove username"
        ),
    ),
    ({"sign_in": ["mail"]}, ('sign_in[0]: got "mail"; allowed: email | phone | username; choose an allowed value')),
    (
        {"username_aliases": ["email"]},
        (
            'username_aliases: got ["email"]; allowed: nothing unless users sign in with a username; '
            "remove it, or write sign_in: [username]"
        ),
    ),
    (
        {
            "sign_in": ["username"],
            "username_aliases": ["preferred_username"],
            "standard_attributes": {"preferred_username": {}},
        },
        (
            "standard_attributes.preferred_username.required: got true; allowed: false while it is one "
            "of username_aliases: users choose it after they signed up; write required: false"
        ),
    ),
    (
        {"sign_in": ["username"], "username_aliases": ["email", "email"]},
        ('username_aliases: got ["email", "email"]; allowed: each once; remove what is there twice'),
    ),
    (
        {"verification": []},
        (
            "verification: got []; allowed: email: people who register by themselves prove each contact "
            "that they sign in with; write verification: [email]"
        ),
    ),
    (
        {"sign_in": ["email", "phone"], "verification": ["email"]},
        (
            'verification: got ["email"]; allowed: email and sms: people who register by themselves '
            "prove each contact that they sign in with; write verification: [email, sms]"
        ),
    ),
    (
        {"sign_in": ["username"], "username_aliases": ["phone"]},
        (
            'verification: got ["email"]; allowed: email and sms: people who register by themselves '
            "prove each contact that they sign in with; write verification: [email, sms]"
        ),
    ),
    (
        {"verification": ["email", "email"]},
        ('verification: got ["email", "email"]; allowed: each once; remove what is there twice'),
    ),
    ({"recovery": []}, ("recovery: got []; allowed: at least one; name one, or remove recovery")),
    (
        {"recovery": ["phone"]},
        (
            'recovery: got ["phone"]; allowed: email; email and phone; or admin: who takes over a phone '
            "number would take over the account; write recovery: [email, phone]"
        ),
    ),
    (
        {"recovery": ["admin", "email"]},
        ('recovery: got ["admin", "email"]; allowed: admin alone, or email and phone; remove admin or the others'),
    ),
    (
        {"recovery": ["email"], "email": SES, "mfa": {"factors": ["email"]}},
        (
            'recovery: got ["email"]; allowed: email and phone while mfa.factors has email: a code does '
            "not go where the second factor goes; write recovery: [email, phone]"
        ),
    ),
    (
        {"recovery": ["email", "phone"], "mfa": {"mode": "required"}},
        (
            'recovery: got ["email", "phone"]; allowed: email or admin while mfa.mode is required: a '
            "code does not go where the second factor may go; remove phone"
        ),
    ),
    ({"mfa": {"factors": []}}, ("mfa.factors: got []; allowed: at least one; name a factor")),
    ({"mfa": {"mode": "required", "factors": []}}, ("mfa.factors: got []; allowed: at least one; name a factor")),
    (
        {"mfa": {"mode": "off", "factors": ["totp"]}},
        ('mfa.factors: got ["totp"]; allowed: nothing while mfa.mode is off; remove factors, or set mode: optional'),
    ),
    (
        {"mfa": {"factors": ["totp", "totp"]}},
        ('mfa.factors: got ["totp", "totp"]; allowed: each once; remove what is there twice'),
    ),
    (
        {"mfa": {"factors": ["email"]}},
        (
            'mfa.factors[0]: got "email"; allowed: totp and sms without the option email: Cognito sends '
            "codes for sign-in by SES only; give email, or remove the factor"
        ),
    ),
    (
        {"tier": "lite", "email": SES, "mfa": {"factors": ["email"]}},
        (
            'mfa.factors[0]: got "email"; allowed: totp and sms in the tier lite; remove it, or set '
            "tier: essentials or plus"
        ),
    ),
    (
        {"sign_in": ["phone"], "mfa": {"factors": ["totp"]}},
        (
            'mfa.factors: got ["totp"]; allowed: sms among them where the pool sends text messages: the '
            "AWS provider turns both on together; add sms, or remove what sends text messages"
        ),
    ),
    (
        {"mfa": {"mode": "sometimes"}},
        ('mfa.mode: got "sometimes"; allowed: off | optional | required; choose one of these'),
    ),
    (
        {"mfa": {"factors": ["fax"]}},
        ('mfa.factors[0]: got "fax"; allowed: totp | sms | email; choose an allowed value'),
    ),
    ({"first_factors": []}, ("first_factors: got []; allowed: at least one; name a factor")),
    (
        {"first_factors": ["email_otp"]},
        (
            'first_factors: got ["email_otp"]; allowed: password and others: Cognito cannot turn the '
            "password off; add password"
        ),
    ),
    (
        {"tier": "lite", "first_factors": ["password", "email_otp"]},
        (
            'first_factors[1]: got "email_otp"; allowed: password alone in the tier lite; remove it, or '
            "set tier: essentials or plus"
        ),
    ),
    (
        {"mfa": {"mode": "required"}, "first_factors": ["password", "email_otp"]},
        (
            'first_factors[1]: got "email_otp"; allowed: password alone while mfa.mode is required: only '
            "a password has a second factor; remove it, or set mfa.mode: optional"
        ),
    ),
    (
        {
            "mfa": {"mode": "required"},
            "first_factors": ["password", "passkey"],
            "passkeys": {"relying_party_id": "example.com"},
        },
        (
            'first_factors[1]: got "passkey"; allowed: password alone while mfa.mode is required: only a '
            "password has a second factor; remove it, or set mfa.mode: optional"
        ),
    ),
    (
        {"first_factors": ["password", "passkey"]},
        (
            "passkeys.relying_party_id: got nothing; allowed: the domain for which passkeys are made; "
            "give it, or give domain.custom_domain"
        ),
    ),
    (
        {"passkeys": {"relying_party_id": "example.com"}},
        (
            'passkeys: got {"relying_party_id": "example.com"}; allowed: nothing while passkey is not '
            "one of first_factors; remove it, or write first_factors: [password, passkey]"
        ),
    ),
    (
        {
            "first_factors": ["password", "passkey"],
            "passkeys": {"relying_party_id": "example.com"},
            "domain": {"custom_domain": "auth.example.com", "certificate_arn": CERTIFICATE},
        },
        (
            'passkeys.relying_party_id: got "example.com"; allowed: auth.example.com, the custom domain '
            "of the sign-in pages; remove it"
        ),
    ),
    (
        {"passkeys": {"relying_party_id": "https://example.com"}},
        (
            'passkeys.relying_party_id: got "https://example.com"; allowed: a domain of at most 127 '
            "lower-case letters, digits, hyphens and dots; choose an allowed value"
        ),
    ),
    (
        {"devices": {"remember": "never", "skip_mfa": True}},
        ("devices.skip_mfa: got true; allowed: false while devices.remember is never; remove one of the two"),
    ),
    (
        {"devices": {"skip_mfa": True}, "mfa": {"mode": "off"}},
        ("devices.skip_mfa: got true; allowed: false while mfa.mode is off; remove it"),
    ),
]


@pytest.mark.parametrize(("args", "line"), REFUSED, ids=[line.partition(";")[0] for _, line in REFUSED])
def test_it_is_refused_with_what_is_allowed_and_what_to_do(args: dict[str, Any], line: str) -> None:
    assert problem_of(args) == line
