"""Groups and firewalls that do not work, and options that do not exist."""

from typing import Any

import pytest
from components.identity.refusals import DOMAIN, problem_of

REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"groups": {"our editors": {}}},
        (
            'groups.our editors: got "our editors"; allowed: 1 to 40 letters, digits, hyphens and '
            "underscores; rename the group"
        ),
    ),
    (
        {"groups": {"guests": {}}},
        (
            'groups.guests: got "guests"; allowed: any key but guests, signed-in, signed_in, which name '
            "those in no group; choose another key"
        ),
    ),
    (
        {"groups": {"editors": {"precedence": -1}}},
        ("groups.editors.precedence: got -1; allowed: 0 to 2147483647; choose an allowed value"),
    ),
    (
        {"groups": {"editors": {"statements": [{"actions": ["s3:GetObject"], "resources": ["*"]}]}}},
        (
            'groups.editors.statements[0].resources[0]: got "*"; allowed: ARNs, since s3:GetObject knows '
            "resources; name the resources"
        ),
    ),
    (
        {"groups": {"editors": {"statements": [{"actions": ["s3:*"], "resources": ["arn:aws:s3:::b/k"]}]}}},
        (
            'groups.editors.statements[0].actions[0]: got "s3:*"; allowed: an IAM action without '
            "wildcards, for example s3:GetObject; choose an allowed value"
        ),
    ),
    (
        {
            "federation": {"enabled": False},
            "groups": {"editors": {"statements": [{"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::b/k"]}]}},
        },
        (
            'groups.editors.statements: got [{"actions": ["s3:GetObject"], "resources": '
            '["arn:aws:s3:::b/k"]}]; allowed: nothing while federation.enabled is false: members get no '
            "AWS credentials; remove it, or federation.enabled"
        ),
    ),
    (
        {"firewall": {"captcha": ["sign_up"]}},
        (
            'firewall.captcha: got ["sign_up"]; allowed: nothing without domain and captcha_on: there '
            "are no pages to show a CAPTCHA; give domain.prefix; or write captcha_on: api and let the "
            "apps use the AWS WAF SDK"
        ),
    ),
    (
        {"firewall": {"captcha_on": "pages"}},
        (
            'firewall.captcha_on: got "pages"; allowed: api without domain: there are no pages to show a '
            "CAPTCHA; give domain.prefix, or write captcha_on: api"
        ),
    ),
    (
        {"firewall": {"captcha": [], "captcha_on": "api"}},
        ('firewall.captcha_on: got "api"; allowed: nothing while firewall.captcha is empty; remove one of the two'),
    ),
    (
        {"firewall": {"captcha": ["sign_out"]}},
        ('firewall.captcha[0]: got "sign_out"; allowed: sign_up | sign_in | forgot_password; choose an allowed value'),
    ),
    (
        {"firewall": {"requests_per_five_minutes": 9}},
        ("firewall.requests_per_five_minutes: got 9; allowed: 10 to 2000000000 requests; choose an allowed value"),
    ),
    (
        {"domain": DOMAIN, "firewall": {"captcha": ["sign_in", "sign_in"]}},
        ('firewall.captcha: got ["sign_in", "sign_in"]; allowed: each once; remove what is there twice'),
    ),
    (
        {"regoin": "eu-west-1"},
        (
            'regoin: got "eu-west-1"; allowed: attributes, challenge, clients, deletion_protection, '
            "devices, domain, email, existing_user_pool_id, federation, firewall, first_factors, groups, "
            "hooks, keep_verified_contacts, logs, messages, mfa, migration, passkeys, password, protect, "
            "providers, recovery, region, resource_servers, self_sign_up, sign_in, sms, "
            "standard_attributes, tags, threat_protection, tier, username_aliases, verification; did you "
            'mean "region"?'
        ),
    ),
    ({"clients": []}, ("clients: got []; allowed: a mapping; write it as keys and values")),
    (
        {"region": "Ireland"},
        ('region: got "Ireland"; allowed: an AWS Region, for example eu-west-1; choose an allowed value'),
    ),
    ({"protect": "yes"}, ('protect: got "yes"; allowed: true or false; write true or false')),
]


@pytest.mark.parametrize(("args", "line"), REFUSED, ids=[line.partition(";")[0] for _, line in REFUSED])
def test_it_is_refused_with_what_is_allowed_and_what_to_do(args: dict[str, Any], line: str) -> None:
    assert problem_of(args) == line
