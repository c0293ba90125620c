"""What deployments may say of themselves to apps."""

from typing import Any

from hypothesis import strategies as st

Document = dict[str, Any]

REGIONS = st.sampled_from(["eu-west-1", "us-east-1", "ap-southeast-2", "us-gov-west-1"])
_WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
_REDIRECTS = st.lists(
    st.sampled_from(
        ["com.example.app://in", "https://example.com/it's?a=1&b=${c}", "myapp://täg", "https://example.com/%2C"]
    ),
    unique=True,
    max_size=3,
)
_ATTRIBUTES = ["address", "birthdate", "email", "family_name", "gender", "name", "phone_number", "updated_at"]
_PROVIDERS = ["COGNITO", "Facebook", "Google", "LoginWithAmazon", "SignInWithApple", "okta", "Company-SAML"]


def _some(names: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True)


_APP = st.fixed_dictionaries(
    {"id": _WORD, "sign_in_flow": st.sampled_from(["USER_SRP_AUTH", "CUSTOM_AUTH"])},
    optional={
        "callback_urls": _REDIRECTS,
        "logout_urls": _REDIRECTS,
        "scopes": _some(["openid", "email", "https://api.example.com/read"]),
        "providers": _some(_PROVIDERS),
    },
)
_PASSWORD = st.fixed_dictionaries(
    {"min_length": st.integers(6, 99), **dict.fromkeys(("lowercase", "uppercase", "numbers", "symbols"), st.booleans())}
)
_PASSKEYS = st.fixed_dictionaries(
    {"relying_party_id": st.just("example.com"), "user_verification": st.sampled_from(["required", "preferred"])}
)
_PUSH = st.fixed_dictionaries({}, optional={"topics": st.lists(_WORD, max_size=3), "amplify": st.booleans()})


@st.composite
def _sign_in(draw: st.DrawFn, region: str) -> Document:
    return draw(
        st.fixed_dictionaries(
            {"user_pool_id": st.just(f"{region}_a1B2c3D4e"), "apps": st.fixed_dictionaries({"app": _APP})},
            optional={
                "identity_pool_id": st.just(f"{region}:00000000-1111-2222-3333-444444444444"),
                "guests": st.booleans(),
                "hosted_domain": st.just("auth.example.com"),
                "username_attributes": _some(["email", "phone_number"]),
                "required_attributes": _some(_ATTRIBUTES),
                "verified_attributes": _some(["email", "phone_number"]),
                "password": _PASSWORD,
                "mfa": st.sampled_from(["off", "optional", "required"]),
                "mfa_factors": _some(["totp", "sms", "email"]),
                "first_factors": _some(["password", "email_otp", "sms_otp", "passkey"]),
                "passkeys": _PASSKEYS,
                "groups": st.dictionaries(
                    _WORD, st.fixed_dictionaries({}, optional={"precedence": st.integers(0, 2147483647)}), max_size=3
                ),
            },
        )
    )


def _api(region: str) -> st.SearchStrategy[Document]:
    url = st.sampled_from([f"https://a1b2c3.execute-api.{region}.amazonaws.com/live", "https://api.example.com"])
    return st.fixed_dictionaries({"url": url, "region": st.just(region)}, optional={"needs_key": st.booleans()})


def _bucket(region: str) -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries({"name": _WORD, "region": st.just(region)})


@st.composite
def backends(draw: st.DrawFn) -> Document:
    """Return an output `client` of a backend."""
    region = draw(REGIONS)
    stream = {"service": st.sampled_from(["kinesis", "firehose"]), "stream": _WORD, "region": st.just(region)}
    return draw(
        st.fixed_dictionaries(
            {"region": st.just(region), "sign_in": _sign_in(region)},
            optional={
                "api": _api(region),
                "user_data": st.booleans(),
                "push": _PUSH,
                "user_files": _bucket(region),
                "user_files_copy": _bucket("eu-north-1"),
                "analytics": st.fixed_dictionaries({**stream, "schema_version": st.just("2")}),
            },
        )
    )


@st.composite
def sites(draw: st.DrawFn) -> Document:
    """Return an output `client` of a recovery site, in a Region that no backend of `backends` is in."""
    return draw(
        st.fixed_dictionaries(
            {"region": st.just("eu-north-1"), "api": _api("eu-north-1")},
            optional={"user_data": st.booleans(), "push": _PUSH},
        )
    )
