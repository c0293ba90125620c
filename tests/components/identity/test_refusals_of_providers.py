"""Providers and domains that lack something, or have too much."""

from typing import Any

import pytest
from components.identity.refusals import APPLE, CERTIFICATE, DOMAIN, GOOGLE, OIDC, problem_of, provider

REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        provider("g", {**GOOGLE, "client_secret_arn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:g"}),
        (
            'providers.g.client_secret_arn: got "both"; allowed: one of client_secret and '
            "client_secret_arn; remove one of the two"
        ),
    ),
    (
        provider("f", {"kind": "facebok", "client_id": "f"}),
        (
            'providers.f.kind: got "facebok"; allowed: facebook | google | amazon | apple | oidc | saml; '
            'did you mean "facebook"?'
        ),
    ),
    (
        provider("t", {"kind": "twitter", "client_id": "t"}),
        (
            'providers.t.kind: got "twitter"; allowed: facebook | google | amazon | apple | oidc | saml; '
            "Twitter (X) speaks neither OpenID Connect nor SAML, so Cognito cannot talk to it: put a "
            "service between them that signs in with X and speaks OpenID Connect, and write kind: oidc "
            "with its issuer"
        ),
    ),
    (
        provider("t", {"kind": "X"}),
        (
            'providers.t.kind: got "X"; allowed: facebook | google | amazon | apple | oidc | saml; '
            "Twitter (X) speaks neither OpenID Connect nor SAML, so Cognito cannot talk to it: put a "
            "service between them that signs in with X and speaks OpenID Connect, and write kind: oidc "
            "with its issuer"
        ),
    ),
    (
        provider("a", {**APPLE, "client_secret": "s"}),
        ('providers.a.client_secret: got "a value"; allowed: nothing for apple; remove it'),
    ),
    (
        provider("a", {**APPLE, "team_id": "abc"}),
        ('providers.a.team_id: got "abc"; allowed: 10 capital letters and digits; choose an allowed value'),
    ),
    (
        provider("company", {"kind": "oidc", "client_id": "c", "client_secret": "s"}),
        ("providers.company.issuer: got nothing; allowed: issuer for oidc; give issuer"),
    ),
    (
        provider("company", {**OIDC, "issuer": "http://id.example.com"}),
        (
            'providers.company.issuer: got "http://id.example.com"; allowed: an https URL without query '
            "and fragment; choose an allowed value"
        ),
    ),
    (
        provider("co", OIDC),
        (
            'providers.co: got "co"; allowed: a name of 3 to 32 letters, digits, hyphens and dots, none '
            "of COGNITO, Facebook, Google, LoginWithAmazon, SignInWithApple; rename the provider: its "
            "key is its name"
        ),
    ),
    (
        provider("Google", OIDC),
        (
            'providers.Google: got "Google"; allowed: a name of 3 to 32 letters, digits, hyphens and '
            "dots, none of COGNITO, Facebook, Google, LoginWithAmazon, SignInWithApple; rename the "
            "provider: its key is its name"
        ),
    ),
    (
        provider("COGNITO", GOOGLE),
        (
            'providers.COGNITO: got "COGNITO"; allowed: a key that is not Cognito\'s name for something else; '
            "rename the provider"
        ),
    ),
    (
        provider("Facebook", GOOGLE),
        (
            'providers.Facebook: got "Facebook"; allowed: a key that is not Cognito\'s name for something else; '
            "rename the provider"
        ),
    ),
    (
        provider("a key", GOOGLE),
        ('providers.a key: got "a key"; allowed: a key of 1 to 40 letters, digits and hyphens; rename the provider'),
    ),
    (
        provider("company", {"kind": "saml"}),
        (
            "providers.company.metadata_url: got nothing; allowed: metadata_url or metadata_file for "
            "saml; give metadata_url or metadata_file"
        ),
    ),
    (
        provider("company", {"kind": "saml", "metadata_url": "http://id.example.com"}),
        ('providers.company.metadata_url: got "http://id.example.com"; allowed: an https URL; choose an allowed value'),
    ),
    (
        provider("company", {"kind": "saml", "metadata_file": "missing.xml"}),
        (
            'providers.company.metadata_file: got "missing.xml"; allowed: the path of a file that '
            "exists; correct the path"
        ),
    ),
    (
        provider("company", {"kind": "saml", "metadata_url": "https://id.example.com", "scopes": ["openid"]}),
        ('providers.company.scopes: got ["openid"]; allowed: nothing for saml; remove it'),
    ),
    (
        provider(
            "company",
            {
                "kind": "saml",
                "metadata_url": "https://id.example.com",
                "attributes": {"email": "email", "username": "sub"},
            },
        ),
        (
            'providers.company.attributes.username: got "sub"; allowed: nothing: Cognito takes the name '
            "from SAML's NameID; remove it"
        ),
    ),
    (
        provider("g", {**GOOGLE, "issuer": "https://id.example.com"}),
        ('providers.g.issuer: got "https://id.example.com"; allowed: nothing for google; remove it'),
    ),
    (
        provider("g", {**GOOGLE, "sign_out": True}),
        ("providers.g.sign_out: got true; allowed: nothing for google; remove it"),
    ),
    (
        provider("g", {**GOOGLE, "scopes": []}),
        ("providers.g.scopes: got []; allowed: at least one scope; write [openid, email, profile], or remove it"),
    ),
    (
        provider("g", {**GOOGLE, "scopes": ["a b"]}),
        ('providers.g.scopes[0]: got "a b"; allowed: a scope without spaces; choose an allowed value'),
    ),
    (
        {
            "domain": DOMAIN,
            "clients": {"app": {"callback_urls": ["myapp://back"]}},
            "providers": {"a": GOOGLE, "b": GOOGLE},
        },
        ('providers.b.kind: got "google"; allowed: one provider of this kind, and a is one; remove one'),
    ),
    (
        provider(
            "g",
            {
                "kind": "google",
                "client_id": "g",
                "client_secret_arn": "arn:aws:secretsmanager:eu-north-1:123456789012:secret:g",
            },
            region="eu-west-1",
        ),
        (
            "providers.g.client_secret_arn: got "
            '"arn:aws:secretsmanager:eu-north-1:123456789012:secret:g"; allowed: a secret in eu-west-1, '
            "the pool's Region; replicate the secret there"
        ),
    ),
    (
        provider("g", {**GOOGLE, "attributes": {"email": "email", "plan": "plan"}}),
        (
            'providers.g.attributes.plan: got "plan"; allowed: a standard attribute, or custom: and one '
            "of attributes; add it to attributes, or remove it"
        ),
    ),
    (
        provider("g", {**GOOGLE, "attributes": {"username": "sub"}}),
        (
            'providers.g.attributes: got {"username": "sub"}; allowed: email among them: the pool '
            "requires it of everybody; say which claim fills email, or make it not required"
        ),
    ),
    (
        provider("g", GOOGLE, standard_attributes={"zoneinfo": {}}),
        (
            'providers.g.attributes: got {"email": "email", "email_verified": "email_verified", '
            '"username": "sub"}; allowed: zoneinfo among them: the pool requires it of everybody; say '
            "which claim fills zoneinfo, or make it not required"
        ),
    ),
    (
        provider(
            "g",
            {**GOOGLE, "attributes": {"email": "email", "custom:plan": "plan"}},
            attributes={"plan": {"mutable": False}},
        ),
        (
            'providers.g.attributes.custom:plan: got "custom:plan"; allowed: a mutable attribute, since '
            "it is written; remove it, or take mutable: false away in a new pool"
        ),
    ),
    (
        {"domain": DOMAIN, "providers": {"g": GOOGLE}},
        (
            'providers: got ["g"]; allowed: providers beside a client with callback_urls: users come '
            "back from them by one of these; give a client callback_urls, for example [myapp://signed-in]"
        ),
    ),
    ({"domain": {}}, ("domain.prefix: got nothing; allowed: exactly one of prefix and custom_domain; give one")),
    (
        {"domain": {"prefix": "our-app", "custom_domain": "auth.example.com"}},
        ('domain.custom_domain: got "auth.example.com"; allowed: nothing beside domain.prefix; remove one of the two'),
    ),
    (
        {"domain": {"custom_domain": "auth.example.com"}},
        (
            "domain.certificate_arn: got nothing; allowed: the ARN of an ACM certificate in us-east-1 "
            "for the custom domain; give it"
        ),
    ),
    (
        {"domain": {"prefix": "our-app", "certificate_arn": CERTIFICATE}},
        (
            'domain.certificate_arn: got "arn:aws:acm:us-east-1:123456789012:certificate/1"; allowed: '
            "nothing beside domain.prefix: AWS has its own; remove it"
        ),
    ),
    (
        {"domain": {"prefix": "cognito-app"}},
        (
            'domain.prefix: got "cognito-app"; allowed: 1 to 63 lower-case letters, digits and inner '
            "hyphens, without the words aws, amazon and cognito; choose an allowed value"
        ),
    ),
    (
        {
            "domain": {
                "custom_domain": "auth.example.com",
                "certificate_arn": CERTIFICATE.replace("us-east-1", "eu-west-1"),
            }
        },
        (
            'domain.certificate_arn: got "arn:aws:acm:eu-west-1:123456789012:certificate/1"; allowed: '
            "the ARN of an ACM certificate in us-east-1; choose an allowed value"
        ),
    ),
    (
        {"tier": "lite", "domain": {**DOMAIN, "managed_login": True}},
        ("domain.managed_login: got true; allowed: false in the tier lite; remove it, or set tier: essentials or plus"),
    ),
    (
        {"domain": {"custom_domain": "example.com", "certificate_arn": CERTIFICATE}},
        (
            'domain.custom_domain: got "example.com"; allowed: a domain below one of your own, for '
            "example auth.example.com; choose an allowed value"
        ),
    ),
]


@pytest.mark.parametrize(("args", "line"), REFUSED, ids=[line.partition(";")[0] for _, line in REFUSED])
def test_it_is_refused_with_what_is_allowed_and_what_to_do(args: dict[str, Any], line: str) -> None:
    assert problem_of(args) == line
