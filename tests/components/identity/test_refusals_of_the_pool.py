"""Options of the pool itself that do not work."""

from typing import Any

import pytest
from components.identity.refusals import OLD, SES, problem_of

REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"existing_user_pool_id": OLD, "region": "eu-north-1"},
        (
            'existing_user_pool_id: got "eu-west-1_old123456"; allowed: a pool in eu-north-1, the Region '
            "of this component; correct one of the two"
        ),
    ),
    (
        {"existing_user_pool_id": "our-pool"},
        (
            'existing_user_pool_id: got "our-pool"; allowed: the id of a user pool, for example '
            "eu-west-1_a1B2c3D4e; choose an allowed value"
        ),
    ),
    (
        {"password": {"min_length": 7}},
        ("password.min_length: got 7; allowed: 8 to 99 characters; choose an allowed value"),
    ),
    (
        {"password": {"temporary_days": 8}},
        ("password.temporary_days: got 8; allowed: 1 to 7 days; choose an allowed value"),
    ),
    ({"password": {"history": 25}}, ("password.history: got 25; allowed: 0 to 24 passwords; choose an allowed value")),
    (
        {"tier": "lite", "password": {"history": 3}},
        ("password.history: got 3; allowed: 0 in the tier lite; remove it, or set tier: essentials or plus"),
    ),
    (
        {"sms": {"role_arn": "arn:aws:iam::123456789012:role/sms"}},
        (
            "sms.external_id: got nothing; allowed: the external id that the role's trust policy asks "
            "for; give it, or remove role_arn"
        ),
    ),
    (
        {"sms": {"role_arn": "sms"}},
        ('sms.role_arn: got "sms"; allowed: the ARN of an IAM role; choose an allowed value'),
    ),
    (
        {"threat_protection": {"mode": "enforced"}},
        ('threat_protection.mode: got "enforced"; allowed: off in the tier essentials; remove it, or set tier: plus'),
    ),
    (
        {"tier": "lite", "threat_protection": {"mode": "audit"}},
        ('threat_protection.mode: got "audit"; allowed: off in the tier lite; remove it, or set tier: plus'),
    ),
    (
        {"threat_protection": {"block_compromised_credentials": True}},
        (
            "threat_protection.block_compromised_credentials: got true; allowed: nothing while "
            "threat_protection is off; remove it, or set tier: plus and leave mode out"
        ),
    ),
    (
        {"tier": "plus", "threat_protection": {"custom_auth_mode": "audit"}},
        (
            'threat_protection.custom_auth_mode: got "audit"; allowed: nothing without challenge: there '
            "is no sign-in of your own; remove it"
        ),
    ),
    (
        {
            "tier": "plus",
            "email": SES,
            "challenge": {"steps": ["email_code"]},
            "threat_protection": {"custom_auth_mode": "off"},
        },
        ('threat_protection.custom_auth_mode: got "off"; allowed: audit | enforced; choose one of these'),
    ),
    (
        {"tier": "plus", "mfa": {"mode": "off"}, "threat_protection": {"account_takeover": {"medium": "mfa_required"}}},
        (
            'threat_protection.account_takeover.medium: got "mfa_required"; allowed: no_action | block '
            "while mfa.mode is off; choose one of these, or set mfa.mode: optional"
        ),
    ),
    (
        {"tier": "plus", "threat_protection": {"account_takeover": {"notify": True}}},
        (
            "threat_protection.account_takeover.notify: got true; allowed: false without the option "
            "email: Cognito tells users by SES only; remove it, or give email"
        ),
    ),
    (
        {"tier": "plus", "threat_protection": {"blocked_ip_ranges": ["10.0.0.1/8"]}},
        (
            'threat_protection.blocked_ip_ranges[0]: got "10.0.0.1/8"; allowed: a CIDR block, for '
            "example 203.0.113.0/24; write address and prefix length"
        ),
    ),
    (
        {"tier": "plus", "threat_protection": {"trusted_ip_ranges": [f"10.{i}.0.0/16" for i in range(201)]}},
        ('threat_protection.trusted_ip_ranges: got "201 blocks"; allowed: at most 200; remove or join some'),
    ),
    *(
        (
            {"email": {**SES, "from_address": sender}},
            (
                f'email.from_address: got "{sender}"; allowed: an address, us@example.com, Us <us@example.com> or '
                '"Us, Inc." <us@example.com>; choose an allowed value'
            ),
        )
        for sender in (
            "Us at example.com",
            "Us, Inc. <us@example.com>",
            "Us: them <us@example.com>",
            "us@example.com,them@example.com",
            "Us <us@example.com,them@example.com>",
        )
    ),
    (
        {"email": {**SES, "identity_arn": "example.com"}},
        ('email.identity_arn: got "example.com"; allowed: the ARN of an SES identity; choose an allowed value'),
    ),
    (
        {"email": {**SES, "identity_arn": "arn:aws:ses:eu-west-1:123456789012:identity/*"}},
        (
            'email.identity_arn: got "arn:aws:ses:eu-west-1:123456789012:identity/*"; allowed: the ARN of an SES '
            "identity; choose an allowed value"
        ),
    ),
    (
        {"messages": {"verification_email": "Your code is {####}."}},
        (
            'messages.verification_email: got "Your code is {####}."; allowed: nothing without the '
            "option email: Cognito's own sender has its own texts; remove it, or give email"
        ),
    ),
    (
        {"email": SES, "messages": {"verification_email": "Your code."}},
        (
            'messages.verification_email: got "Your code."; allowed: 6 to 20000 characters with {####} '
            "for the code; choose an allowed value"
        ),
    ),
    (
        {"messages": {"verification_sms": "Your code is {####}."}},
        (
            'messages.verification_sms: got "Your code is {####}."; allowed: nothing while no such '
            "message is sent; remove it, or add sms to verification"
        ),
    ),
    (
        {"messages": {"code_sms": "Your code is {####}."}},
        (
            'messages.code_sms: got "Your code is {####}."; allowed: nothing while no such message is '
            "sent; remove it, or add sms to mfa.factors"
        ),
    ),
    (
        {"email": SES, "messages": {"code_email": "Your code is {####}."}},
        (
            'messages.code_email: got "Your code is {####}."; allowed: nothing while no such message is '
            "sent; remove it, or add email to mfa.factors"
        ),
    ),
    (
        {"messages": {"invitation_sms": "{username}: {####}"}},
        (
            'messages.invitation_sms: got "{username}: {####}"; allowed: nothing while no such message '
            "is sent; remove it, or give sms"
        ),
    ),
    (
        {"messages": {"invitation_email": "{username}: {####}"}},
        (
            'messages.invitation_email: got "{username}: {####}"; allowed: nothing without the option '
            "email: Cognito's own sender has its own texts; remove it, or give email"
        ),
    ),
    (
        {"email": SES, "messages": {"invitation_email": "{####}"}},
        (
            'messages.invitation_email: got "{####}"; allowed: 6 to 20000 characters with {username} and '
            "{####} for the temporary password; choose an allowed value"
        ),
    ),
    (
        {"logs": {"user_activity": True}},
        (
            "logs.user_activity: got true; allowed: false without threat protection, which writes the "
            "record; remove it, or set tier: plus"
        ),
    ),
    (
        {"logs": {"delivery_errors": False}},
        ('logs: got {"delivery_errors": false}; allowed: something to record; remove logs, or one of the two options'),
    ),
    (
        {"logs": {"retention_days": 8}},
        (
            "logs.retention_days: got 8; allowed: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | "
            "365 | 400 | 545 | 731 | 1096 | 1827 | 2192 | 2557 | 2922 | 3288 | 3653; choose an allowed "
            "value"
        ),
    ),
]


@pytest.mark.parametrize(("args", "line"), REFUSED, ids=[line.partition(";")[0] for _, line in REFUSED])
def test_it_is_refused_with_what_is_allowed_and_what_to_do(args: dict[str, Any], line: str) -> None:
    assert problem_of(args) == line
