"""Identities of every shape, and which rules each of them gives up on purpose."""

from typing import Any

from components.identity.federation_strategies import federations, groups
from hypothesis import strategies as st

Args = dict[str, Any]

_SENDER = {
    "from_address": "hello@example.com",
    "identity_arn": "arn:aws:ses:eu-west-1:123456789012:identity/example.com",
}
_CAPTCHA = {"provider": "turnstile", "site_key": "1x00000000000000000000AA", "secret": "canary"}
_CHALLENGES = [
    {"steps": ["email_code"]},
    {"steps": ["captcha"], "captcha": _CAPTCHA},
    {"steps": ["captcha", "email_code"], "captcha": {**_CAPTCHA, "on_sign_up": True}},
]
_CLIENTS = {
    "app": {},
    "ios": {"callback_urls": ["com.example.shop://in"], "logout_urls": ["com.example.shop://out"]},
    "web": {"kind": "web", "callback_urls": ["https://shop.example.com/in"]},
    "server": {"kind": "server"},
    "nightly": {"kind": "server", "scopes": ["api/read"]},
    "admin": {"kind": "server"},
    "local": {"callback_urls": ["http://localhost:8080"], "allow_localhost": True},
}
_SIGN_IN = [["email"], ["phone"], ["email", "phone"]]


@st.composite
def identities(draw: st.DrawFn) -> Args:
    """Draw options, most of which work together."""
    clients = draw(st.sets(st.sampled_from(list(_CLIENTS)), min_size=1, max_size=4))
    optional: dict[str, st.SearchStrategy[Any]] = {
        "sign_in": st.sampled_from(_SIGN_IN),
        "mfa": st.fixed_dictionaries({"mode": st.sampled_from(["off", "optional", "required"])}),
        "password": st.fixed_dictionaries(
            {"min_length": st.integers(8, 30)}, optional={"require_symbols": st.booleans()}
        ),
        "deletion_protection": st.booleans(),
        "protect": st.booleans(),
        "firewall": st.fixed_dictionaries({}, optional={"log_retention_days": st.sampled_from([30, 90, 400])}),
        "logs": st.just({}),
        "challenge": st.sampled_from(_CHALLENGES),
        "migration": st.just({"user_pool_id": "eu-west-1_abc", "client_id": "abc"}),
        "threat_protection": st.fixed_dictionaries({"mode": st.sampled_from(["off", "audit", "enforced"])}),
    }
    fixed: dict[str, st.SearchStrategy[Any]] = {
        "tier": st.sampled_from(["lite", "essentials", "plus"]),
        "email": st.just(_SENDER),
        "domain": st.just({"prefix": "shop-sign-in"}),
        "resource_servers": st.just({"api": {"scopes": {"read": "Reads everything"}}}),
        "clients": st.just({key: _CLIENTS[key] for key in sorted(clients)}),
        "groups": groups(),
        "federation": federations(),
    }
    return draw(st.fixed_dictionaries(fixed, optional=optional))


def given_up(args: Args) -> set[str]:
    """Return the rules that options may turn off on purpose, by production's configuration."""
    password = args.get("password", {})
    threats = args.get("threat_protection", {}).get("mode", "enforced" if args["tier"] == "plus" else "off")
    signs = {
        "cognito-no-guest": args["federation"].get("guests", False),
        "cognito-mfa": args.get("mfa", {}).get("mode") == "off",
        "cognito-password": password.get("min_length", 12) < 12 or not password.get("require_symbols", True),
        "cognito-delete-protect": not args.get("deletion_protection", True),
        "guard-protect": not args.get("protect", True),
        "cognito-auth-flows": "migration" in args,
        "cognito-callbacks": "local" in args["clients"],
        "cognito-public-client": "admin" in args["clients"],
        "log-retention": args.get("firewall", {}).get("log_retention_days", 400) < 90,
        "cognito-threat-standard": threats != "enforced",
    }
    return {rule for rule, off in signs.items() if off}
