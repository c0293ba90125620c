"""Options of identity pools that always work."""

from typing import Any

from components.identity.federation_building import OIDC_ARN, READ_NEWS, SAML_ARN, TABLE, WRITE_NEWS
from hypothesis import strategies as st

from pulumi_aws_mobile.identity.federation.grants import USER
from pulumi_aws_mobile.identity.pool.attributes import STANDARD

Args = dict[str, Any]

_OWN_NOTES: Args = {
    "actions": ["dynamodb:GetItem", "dynamodb:PutItem"],
    "resources": [TABLE],
    "conditions": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [USER]}},
}
_STATEMENTS = st.lists(st.sampled_from([READ_NEWS, WRITE_NEWS, _OWN_NOTES]), max_size=3)
_NAMES = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
_CLAIMS = _NAMES.filter(lambda name: name not in STANDARD)  # users write standard attributes themselves
_TAGS = st.dictionaries(_NAMES, _NAMES.map(lambda name: f"custom:{name}"), max_size=3)
GROUP = "staff"


def groups() -> st.SearchStrategy[Args]:
    """Return groups; `staff` is always there, since rules name it."""
    plans = st.fixed_dictionaries({"statements": _STATEMENTS})
    others = st.dictionaries(_NAMES.filter(lambda name: name not in ("guests", GROUP)), plans, max_size=2)
    return st.tuples(others, plans).map(lambda both: {**both[0], GROUP: both[1]})


def _rules() -> st.SearchStrategy[list[Args]]:
    rule = st.fixed_dictionaries(
        {"claim": _CLAIMS, "value": st.text(min_size=1, max_size=128, alphabet="abc @."), "group": st.just(GROUP)},
        optional={"match_type": st.sampled_from(["Equals", "Contains", "StartsWith", "NotEqual"])},
    )
    return st.lists(rule, min_size=1, max_size=4, unique_by=lambda drawn: str(sorted(drawn.items())))


def _mapping(*, by_rules: bool) -> st.SearchStrategy[Args]:
    otherwise = {"ambiguous_role_resolution": st.sampled_from(["AuthenticatedRole", "Deny"])}
    if by_rules:
        return st.fixed_dictionaries({"rules": _rules()}, optional=otherwise)
    return st.fixed_dictionaries({}, optional={"rules": _rules(), **otherwise})


def _login(fixed: Args) -> st.SearchStrategy[Args]:
    shape = {name: st.just(value) for name, value in fixed.items()}
    return st.fixed_dictionaries(shape, optional={"role_mapping": _mapping(by_rules=True), "principal_tags": _TAGS})


@st.composite
def _oidc(draw: st.DrawFn) -> Args:
    logins = {}
    for number, key in enumerate(draw(st.sets(_NAMES, max_size=2))):
        new = {"issuer": f"https://login{number}.example.org", "client_ids": ["ios", "android"]}
        logins[key] = draw(_login(draw(st.sampled_from([new, {"provider_arn": f"{OIDC_ARN}/{number}"}]))))
    return logins


@st.composite
def _saml(draw: st.DrawFn) -> Args:
    keys = draw(st.sets(_NAMES, max_size=2))
    return {key: draw(_login({"provider_arn": f"{SAML_ARN}-{number}"})) for number, key in enumerate(keys)}


@st.composite
def federations(draw: st.DrawFn) -> Args:
    """Draw options that always work beside `groups`."""
    social = st.fixed_dictionaries({"app_id": st.just("1")}, optional={"role_mapping": _mapping(by_rules=True)})
    args = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "signed_in_statements": _STATEMENTS,
                "guests": st.booleans(),
                "user_pool": st.fixed_dictionaries(
                    {}, optional={"role_mapping": _mapping(by_rules=False), "principal_tags": _TAGS}
                ),
                "social": st.dictionaries(st.sampled_from(["facebook", "google", "amazon", "apple"]), social),
                "oidc": _oidc(),
                "saml": _saml(),
            },
        )
    )
    if args.get("guests"):
        args["guest_statements"] = draw(_STATEMENTS)
    return args
