"""Groups and firewalls that do not work, and options that do not exist."""

from typing import Any

import pytest
from components.identity.refusals import DOMAIN, problem_of

from pulumi_aws_mobile.identity.settings import resolve


def by_rule(claim: str) -> dict[str, Any]:
    """Return groups, and an identity pool that gives one's role by a claim of the user pool's tokens."""
    rules = [{"claim": claim, "value": "gold", "group": "editors"}]
    return {"groups": {"editors": {}}, "federation": {"user_pool": {"role_mapping": {"rules": rules}}}}


def self_chosen(claim: str, client: str = "app") -> str:
    """Return what is said of such a rule."""
    return (
        f'federation.user_pool.role_mapping.rules[0].claim: got "{claim}"; allowed: a claim that users cannot set: '
        f"clients.{client} lets them write this one, and with it choose the role; choose another, for example "
        f"cognito:groups, or give clients.{client} write_attributes without {claim}"
    )


REFUSED: list[tuple[dict[str, Any], str]] = [
    (by_rule("profile"), self_chosen("profile")),
    (
        by_rule("custom:plan")
        | {"attributes": {"plan": {}}, "clients": {"app": {"write_attributes": ["email", "custom:plan"]}}},
        self_chosen("custom:plan"),
    ),
    (
        by_rule("custom:plan")
        | {
            "attributes": {"plan": {}},
            "domain": DOMAIN,
            "clients": {"app": {"write_attributes": ["email"]}, "web": {"callback_urls": ["myapp://back"]}},
            "providers": {
                "company": {
                    "kind": "saml",
                    "metadata_url": "https://example.com/metadata",
                    "attributes": {"email": "mail", "custom:plan": "plan"},
                }
            },
        },
        self_chosen("custom:plan", "web"),
    ),
    (by_rule("email") | {"keep_verified_contacts": False}, self_chosen("email")),
    (by_rule("email") | {"sign_in": ["email", "phone"]}, self_chosen("email")),
    (by_rule("phone_number"), self_chosen("phone_number")),
    (
        {"federation": {"user_pool": {"principal_tags": {"team": "nickname"}}}},
        (
            'federation.user_pool.principal_tags.team: got "nickname"; allowed: a claim that users cannot set: '
            "clients.app lets them write this one, and with it choose the tag; choose another, for example "
            "cognito:groups, or give clients.app write_attributes without nickname"
        ),
    ),
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


@pytest.mark.parametrize(
    "args",
    [
        by_rule("cognito:groups"),
        by_rule("email"),
        by_rule("email_verified"),
        by_rule("phone_number") | {"sign_in": ["email", "phone"]},
        by_rule("custom:plan") | {"attributes": {"plan": {}}},
        by_rule("profile") | {"clients": {"app": {"write_attributes": ["email"]}}},
        by_rule("email") | {"existing_user_pool_id": "eu-west-1_a1B2c3D4e"},
    ],
    ids=str,
)
def test_a_role_may_hang_on_a_claim_that_users_cannot_set(args: dict[str, Any]) -> None:
    assert resolve("users", args).federation is not None
