"""Clients that Cognito would refuse or that could not sign anybody in."""

from typing import Any

import pytest
from components.identity.refusals import DOMAIN, GOOGLE, client, problem_of

REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"clients": {}}, ("clients: got {}; allowed: at least one client; remove it for one native client, or name one")),
    (
        {"clients": {"an app": {}}},
        ('clients.an app: got "an app"; allowed: a key of 1 to 40 letters, digits and hyphens; rename the client'),
    ),
    (client(kind="robot"), ('clients.app.kind: got "robot"; allowed: native | web | server; choose one of these')),
    (
        client(kind="web"),
        ("clients.app.callback_urls: got nothing; allowed: at least one URL for a web client; say where users return"),
    ),
    (
        client(logout_urls=["myapp://out"]),
        (
            'clients.app.logout_urls: got ["myapp://out"]; allowed: nothing without callback_urls: the '
            "client does not use the hosted pages; remove it, or give callback_urls"
        ),
    ),
    (
        client(scopes=["openid"], kind="native"),
        (
            'clients.app.scopes: got ["openid"]; allowed: nothing without callback_urls: the client does '
            "not use the hosted pages; remove it, or give callback_urls"
        ),
    ),
    (
        client(callback_urls=["myapp://back"]),
        (
            'clients.app.callback_urls: got ["myapp://back"]; allowed: nothing without domain, where the '
            "hosted pages and the token endpoint are; give domain.prefix, or remove it"
        ),
    ),
    (
        {"domain": DOMAIN, **client(callback_urls=["http://example.com/back"])},
        (
            'clients.app.callback_urls[0]: got "http://example.com/back"; allowed: https://…, an app\'s '
            "scheme such as myapp://…; write such a URL, without a fragment (#)"
        ),
    ),
    (
        {"domain": DOMAIN, **client(callback_urls=["http://localhost:3000"])},
        (
            'clients.app.callback_urls[0]: got "http://localhost:3000"; allowed: https://…, an app\'s '
            "scheme such as myapp://…; set allow_localhost: true, for development only"
        ),
    ),
    (
        {"domain": DOMAIN, **client(callback_urls=["https://example.com/#back"], allow_localhost=True)},
        (
            'clients.app.callback_urls[0]: got "https://example.com/#back"; allowed: https://…, an app\'s '
            "scheme such as myapp://…, or http://localhost…; write such a URL, without a fragment (#)"
        ),
    ),
    (
        {"domain": DOMAIN, **client(callback_urls=["javascript://alert"])},
        (
            'clients.app.callback_urls[0]: got "javascript://alert"; allowed: https://…, an app\'s scheme '
            "such as myapp://…; write such a URL, without a fragment (#)"
        ),
    ),
    (
        {"domain": DOMAIN, **client(callback_urls=["myapp://back"], logout_urls=["out"])},
        (
            'clients.app.logout_urls[0]: got "out"; allowed: https://…, an app\'s scheme such as '
            "myapp://…; write such a URL, without a fragment (#)"
        ),
    ),
    (
        {"domain": DOMAIN, **client(callback_urls=[f"myapp://{i}" for i in range(101)])},
        ('clients.app.callback_urls: got "101 URLs"; allowed: at most 100; remove some'),
    ),
    (
        {"domain": DOMAIN, **client(callback_urls=["myapp://back"] * 2)},
        (
            'clients.app.callback_urls: got ["myapp://back", "myapp://back"]; allowed: each once; remove '
            "what is there twice"
        ),
    ),
    (
        {"domain": DOMAIN, **client(callback_urls=["myapp://back"], scopes=["mail"])},
        (
            'clients.app.scopes[0]: got "mail"; allowed: aws.cognito.signin.user.admin, email, openid, '
            'phone, profile, server/scope; did you mean "email"?'
        ),
    ),
    (
        {"domain": DOMAIN, **client(callback_urls=["myapp://back"], scopes=["email"])},
        ('clients.app.scopes: got ["email"]; allowed: openid beside email; add openid'),
    ),
    (
        {"domain": DOMAIN, **client(callback_urls=["myapp://back"], scopes=[])},
        ("clients.app.scopes: got []; allowed: at least one scope; remove it, or name one"),
    ),
    (
        {"domain": DOMAIN, **client(kind="server", scopes=["openid"])},
        (
            'clients.app.scopes[0]: got "openid"; allowed: server/scope of resource_servers; remove it: '
            "without callback_urls no user signs in here"
        ),
    ),
    (
        {"resource_servers": {"api": {"scopes": {"read": "Read"}}}, **client(kind="server", scopes=["api/read"])},
        (
            'clients.app.scopes: got ["api/read"]; allowed: nothing without domain, where the hosted '
            "pages and the token endpoint are; give domain.prefix, or remove it"
        ),
    ),
    (
        {
            "domain": DOMAIN,
            "resource_servers": {"api": {"scopes": {"read": "Read"}}},
            **client(kind="server", scopes=["api/reed"]),
        },
        ('clients.app.scopes[0]: got "api/reed"; allowed: server/scope of resource_servers; did you mean "api/read"?'),
    ),
    (
        {
            "domain": DOMAIN,
            "resource_servers": {"api": {"scopes": {"read": "Read"}}},
            **client(kind="server", scopes=["api/read"], identity_providers=["COGNITO"]),
        },
        ('clients.app.identity_providers: got ["COGNITO"]; allowed: nothing where no user signs in; remove it'),
    ),
    (
        {
            "domain": DOMAIN,
            "resource_servers": {"api": {"scopes": {f"s{i}": "S" for i in range(51)}}},
            **client(kind="server", scopes=[f"api/s{i}" for i in range(51)]),
        },
        ('clients.app.scopes: got "51 scopes"; allowed: at most 50; remove some'),
    ),
    (
        {"resource_servers": {"our api": {"scopes": {"read": "Read"}}}},
        (
            'resource_servers.our api: got "our api"; allowed: an identifier of 1 to 256 characters '
            'without spaces, " and \\; rename it'
        ),
    ),
    (
        {"resource_servers": {"api": {"scopes": {}}}},
        ('resource_servers.api.scopes: got "0 scopes"; allowed: 1 to 100; add or remove some'),
    ),
    (
        {"resource_servers": {"api": {"scopes": {"a/b": "Both"}}}},
        (
            'resource_servers.api.scopes.a/b: got "a/b"; allowed: a name of 1 to 256 characters without '
            'spaces, ", / and \\; rename the scope'
        ),
    ),
    (
        {"resource_servers": {"api": {"scopes": {"read": ""}}}},
        (
            'resource_servers.api.scopes.read: got ""; allowed: a description of 1 to 256 characters; '
            "choose an allowed value"
        ),
    ),
    (
        client(identity_providers=["google"]),
        ('clients.app.identity_providers[0]: got "google"; allowed: COGNITO; add it to providers, or remove it'),
    ),
    (
        client(identity_providers=["cognito"]),
        ('clients.app.identity_providers[0]: got "cognito"; allowed: COGNITO; did you mean "COGNITO"?'),
    ),
    (
        client(identity_providers=[]),
        ("clients.app.identity_providers: got []; allowed: at least one; name one, or remove identity_providers"),
    ),
    (
        client(access_token_minutes=4),
        ("clients.app.access_token_minutes: got 4; allowed: 5 to 1440 minutes; choose an allowed value"),
    ),
    (
        client(refresh_token_hours=87601),
        ("clients.app.refresh_token_hours: got 87601; allowed: 1 to 87600 hours; choose an allowed value"),
    ),
    (
        client(refresh_token_hours=1),
        (
            "clients.app.refresh_token_hours: got 1; allowed: longer than access_token_minutes, which is "
            "60 minutes; raise it, or lower access_token_minutes"
        ),
    ),
    (
        client(access_token_minutes=600, refresh_token_hours=10),
        (
            "clients.app.refresh_token_hours: got 10; allowed: longer than access_token_minutes, which "
            "is 600 minutes; raise it, or lower access_token_minutes"
        ),
    ),
    (
        client(id_token_minutes=600, refresh_token_hours=10),
        (
            "clients.app.refresh_token_hours: got 10; allowed: longer than id_token_minutes, which is "
            "600 minutes; raise it, or lower id_token_minutes"
        ),
    ),
    (
        client(refresh_grace_seconds=61),
        ("clients.app.refresh_grace_seconds: got 61; allowed: 0 to 60 seconds; choose an allowed value"),
    ),
    (
        client(rotate_refresh_tokens=False, refresh_grace_seconds=5),
        ("clients.app.refresh_grace_seconds: got 5; allowed: nothing while refresh tokens do not rotate; remove it"),
    ),
    (
        {"tier": "lite", **client(rotate_refresh_tokens=True)},
        (
            "clients.app.rotate_refresh_tokens: got true; allowed: false in the tier lite; remove it, or "
            "set tier: essentials or plus"
        ),
    ),
    (
        client(session_minutes=2),
        ("clients.app.session_minutes: got 2; allowed: 3 to 15 minutes; choose an allowed value"),
    ),
    (
        client(read_attributes=["plan"]),
        (
            'clients.app.read_attributes[0]: got "plan"; allowed: a standard attribute, or custom: and '
            "one of attributes; add it to attributes, or remove it"
        ),
    ),
    (
        {"attributes": {"plan": {"mutable": False}}, **client(write_attributes=["custom:plan"])},
        (
            'clients.app.write_attributes[0]: got "custom:plan"; allowed: a mutable attribute, since it '
            "is written; remove it, or take mutable: false away in a new pool"
        ),
    ),
    (
        {"attributes": {"plan": {}}, **client(write_attributes=["plan"])},
        (
            'clients.app.write_attributes[0]: got "plan"; allowed: a standard attribute, or custom: and '
            'one of attributes; did you mean "custom:plan"?'
        ),
    ),
    (
        client(write_attributes=["email_verified"]),
        (
            'clients.app.write_attributes[0]: got "email_verified"; allowed: a standard attribute, or '
            "custom: and one of attributes; remove it: Cognito sets it by itself"
        ),
    ),
    (
        client(write_attributes=["name"]),
        (
            'clients.app.write_attributes: got ["name"]; allowed: email among them, since the pool requires it or a '
            "provider fills it in; add it, or remove write_attributes"
        ),
    ),
    (
        {
            "domain": DOMAIN,
            "providers": {"google": {**GOOGLE, "attributes": {"email": "email", "picture": "picture", "name": "name"}}},
            **client(callback_urls=["myapp://back"], write_attributes=["email"]),
        },
        (
            'clients.app.write_attributes: got ["email"]; allowed: name, picture among them, since the pool requires '
            "it or a provider fills it in; add it, or remove write_attributes"
        ),
    ),
    (
        client(write_attributes=[]),
        ("clients.app.write_attributes: got []; allowed: at least one; name one, or remove write_attributes"),
    ),
    (
        client(read_attributes=["email", "email"]),
        ('clients.app.read_attributes: got ["email", "email"]; allowed: each once; remove what is there twice'),
    ),
]


@pytest.mark.parametrize(("args", "line"), REFUSED, ids=[line.partition(";")[0] for _, line in REFUSED])
def test_it_is_refused_with_what_is_allowed_and_what_to_do(args: dict[str, Any], line: str) -> None:
    assert problem_of(args) == line
