"""Arguments of identities: those that always work, and those with one thing wrong."""

from collections.abc import Callable
from typing import Any

from components.identity.refusals import APPLE, CERTIFICATE, GOOGLE, OIDC, SES
from hypothesis import strategies as st

Args = dict[str, Any]

_KEYS = st.sampled_from(["app", "web", "Tablet-2", "worker"])
_TABLE = "arn:aws:dynamodb:eu-west-1:123456789012:table/news"
_API = "https://api.example.com"
_STANDARD = ["birthdate", "family_name", "given_name", "name", "picture", "updated_at"]
_NAMES = st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=20)


def _sub(*values: str, least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=least, unique=True)


def _maybe(**options: st.SearchStrategy[Any]) -> st.SearchStrategy[Args]:
    return st.fixed_dictionaries({}, optional=options)


@st.composite
def _sign_in(draw: st.DrawFn, tier: str) -> Args:
    """Draw who signs in with what, by which factors, and how they get back in."""
    args: Args = {}
    sign_in = draw(st.sampled_from([["email"], ["phone"], ["email", "phone"], ["username"]]))
    args["sign_in"] = sign_in
    if sign_in == ["username"]:
        args["username_aliases"] = draw(_sub("email", "preferred_username"))
        args["verification"] = ["email"]
    sends_sms = "phone" in sign_in
    if draw(st.booleans()):
        args["email"] = SES | draw(_maybe(reply_to=st.just("help@example.com"), configuration_set=st.just("ours")))
    mode = draw(st.sampled_from(["off", "optional", "required"]))
    factors = ["totp", "sms"] if sends_sms else ["totp"]
    if mode != "off" and tier != "lite" and "email" in args and draw(st.booleans()):
        factors.append("email")
    args["mfa"] = {"mode": mode} if mode == "off" else {"mode": mode, "factors": factors}
    if tier != "lite" and mode != "required" and draw(st.booleans()):
        others = draw(_sub("email_otp", "passkey"))
        args["first_factors"] = ["password", *others]
        if "passkey" in others:
            args["passkeys"] = {"relying_party_id": "auth.example.com"}
    if "email" not in args["mfa"].get("factors", []):
        recovery = draw(st.sampled_from([["email"], ["admin"], None]))
        args |= {"recovery": recovery} if recovery else {}
    if draw(st.booleans()):
        args["devices"] = {"remember": draw(st.sampled_from(["ask", "always"])), "skip_mfa": mode != "off"}
    return args


@st.composite
def _custom_attribute(draw: st.DrawFn) -> Args:
    kind = draw(st.sampled_from(["string", "number", "boolean", "datetime"]))
    args: Args = {"type": kind, **draw(_maybe(mutable=st.booleans()))}
    if kind == "string" and draw(st.booleans()):
        args["min_length"], args["max_length"] = sorted((draw(st.integers(0, 2048)), draw(st.integers(0, 2048))))
    if kind == "number" and draw(st.booleans()):
        args["min_value"], args["max_value"] = sorted((draw(st.integers(-99, 99)), draw(st.integers(-99, 99))))
    return args


@st.composite
def _client(draw: st.DrawFn, tier: str, *, pages: bool) -> Args:
    """Draw a client; `pages` tells whether there is a domain."""
    args: Args = draw(
        _maybe(
            access_token_minutes=st.integers(5, 1440),
            id_token_minutes=st.integers(5, 1440) | st.just(30.0),
            refresh_token_hours=st.integers(25, 87600),
            session_minutes=st.integers(3, 15),
            read_attributes=_sub("email", "name", "email_verified", least=1),
        )
    )
    if tier != "lite":
        args |= draw(st.sampled_from([{}, {"rotate_refresh_tokens": False}, {"refresh_grace_seconds": 60}]))
    kinds = ["native", "server", "web", "machine"] if pages else ["native", "server"]
    kind = draw(st.sampled_from(kinds))
    if kind == "machine":
        args.pop("refresh_grace_seconds", None)
        return args | {"kind": "server", "scopes": [f"{_API}/read"]}
    args["kind"] = kind
    if kind == "web" or (pages and draw(st.booleans())):
        args["callback_urls"] = draw(_sub("myapp://in", "com.example.app://in", "https://example.com/in?a=b", least=1))
        args |= draw(
            _maybe(
                logout_urls=_sub("myapp://out", "https://example.com/out"),
                scopes=st.sampled_from([["openid"], ["openid", "phone"], ["aws.cognito.signin.user.admin"]]),
            )
        )
    return args


@st.composite
def _around(draw: st.DrawFn, tier: str, sign_in: list[str]) -> Args:
    """Draw what stands on the pool; providers know no phone numbers, so nobody who needs one comes from them."""
    args: Args = {}
    pages = draw(st.booleans())
    if pages:
        custom = {"custom_domain": "auth.example.com", "certificate_arn": CERTIFICATE}
        args["domain"] = draw(st.sampled_from([{"prefix": "our-app"}, custom, {"prefix": "x", "managed_login": False}]))
        args["resource_servers"] = {_API: {"scopes": {"read": "Read the news"}}}
    args["clients"] = draw(st.dictionaries(_KEYS, _client(tier, pages=pages), min_size=1))
    if sign_in != ["phone"] and any("callback_urls" in client for client in args["clients"].values()):
        known = {"google": GOOGLE, "apple": APPLE, "company": OIDC, "fb": {**GOOGLE, "kind": "facebook"}}
        args["providers"] = {key: known[key] for key in draw(_sub(*known))}
    if draw(st.booleans()):
        args["groups"] = draw(
            st.dictionaries(
                st.sampled_from(["editors", "readers", "a_b"]),
                _maybe(
                    precedence=st.integers(0, 9),
                    statements=st.just([{"actions": ["dynamodb:GetItem"], "resources": [_TABLE]}]),
                ),
            )
        )
    if draw(st.booleans()):
        captcha = {"captcha_on": "api"} | draw(_maybe(captcha=_sub("sign_up", "sign_in", "forgot_password", least=1)))
        args["firewall"] = draw(st.sampled_from([{}, captcha, {"managed_rules": False}, {"count_only": True}]))
    return args


@st.composite
def identity_args(draw: st.DrawFn) -> Args:
    """Draw arguments that always work."""
    tier = draw(st.sampled_from(["lite", "essentials", "plus"]))
    args: Args = {"tier": tier} | draw(_sign_in(tier))
    args |= draw(_around(tier, args["sign_in"]))
    if args.get("providers"):
        args["standard_attributes"] = {}
    else:
        options = _maybe(required=st.booleans(), mutable=st.booleans())
        args["standard_attributes"] = draw(st.dictionaries(st.sampled_from(_STANDARD), options))
    args["attributes"] = draw(st.dictionaries(_NAMES, _custom_attribute(), max_size=5))
    if tier == "plus":
        modes = st.sampled_from(["audit", "enforced"])
        args |= draw(_maybe(threat_protection=_maybe(mode=modes, block_compromised_credentials=st.booleans())))
    args |= draw(
        _maybe(
            region=st.just("eu-west-1"),
            self_sign_up=st.booleans(),
            keep_verified_contacts=st.booleans(),
            password=_maybe(min_length=st.integers(8, 99), temporary_days=st.integers(1, 7)),
            deletion_protection=st.booleans(),
            protect=st.booleans(),
            logs=st.just({}),
            federation=st.sampled_from([{}, {"guests": True}]),
            tags=st.dictionaries(st.text("abc", min_size=1), st.text("xyz")),
        )
    )
    if args.get("domain", {}).get("prefix") and "passkeys" in args:
        args["passkeys"] = {"relying_party_id": "example.com"}
    return args


BREAKS: dict[str, Callable[[Args], Args]] = {
    "attribute": lambda args: {**args, "attribute": {}},
    "attributes.custom:plan": lambda args: {**args, "attributes": {"custom:plan": {}}},
    "attributes.plan.max_length": lambda args: {**args, "attributes": {"plan": {"min_length": 2, "max_length": 1}}},
    "clients": lambda args: {**args, "clients": {}, "providers": {}},
    "clients.app.callback_urls[0]": lambda args: _with_client(args, callback_urls=["http://example.com"]),
    "clients.app.refresh_token_hours": lambda args: _with_client(args, refresh_token_hours=1),
    "clients.app.session_minutes": lambda args: _with_client(args, session_minutes=16),
    "domain.prefix": lambda args: {**args, "domain": {"prefix": "Our app"}, "passkeys": None, "first_factors": None},
    "email.identity_arn": lambda args: {**args, "email": {"from_address": "us@example.com"}},
    "existing_user_pool_id": lambda args: {**args, "existing_user_pool_id": "pool"},
    "firewall.requests_per_five_minutes": lambda args: {**args, "firewall": {"requests_per_five_minutes": 9}},
    "groups.our editors": lambda args: {**args, "groups": {"our editors": {}}},
    "mfa.factors": lambda args: {**args, "mfa": {"mode": "required", "factors": []}, "devices": None},
    "password.min_length": lambda args: {**args, "password": {"min_length": 100}},
    "providers.x.kind": lambda args: {**args, "providers": {"x": {"kind": "x", "client_id": "1"}}},
    "recovery": lambda args: {**args, "recovery": ["phone"]},
    "sign_in": lambda args: {**args, "sign_in": ["username", "email"], "username_aliases": []},
    "standard_attributes.sub": lambda args: {**args, "standard_attributes": {"sub": {}}},
    "threat_protection.mode": lambda args: {**args, "tier": "essentials", "threat_protection": {"mode": "enforced"}},
    "tier": lambda args: {**args, "tier": "gold"},
    "verification": lambda args: {**args, "verification": [], "self_sign_up": True},
}
"""Ways to break arguments that work, by the path at which the problem is reported."""


def broken_identity_args() -> st.SearchStrategy[tuple[Args, str]]:
    """Return arguments with something wrong, and the path of the problem."""
    return st.sampled_from(sorted(BREAKS)).flatmap(
        lambda path: identity_args().map(lambda args: (BREAKS[path](args), path))
    )


def _with_client(args: Args, **options: Any) -> Args:  # noqa: ANN401 - any options of a client
    return {**args, "domain": args.get("domain", {"prefix": "our-app"}), "clients": {"app": options}, "providers": {}}
