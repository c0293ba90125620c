"""What is decided about an identity pool, and what is said of options that cannot work."""

from typing import Any

import pytest
from components.identity.federation_building import (
    EVERYTHING,
    GROUPS,
    OIDC_ARN,
    READ_NEWS,
    SAML_ARN,
    STAFF_BY_EMAIL,
    Args,
    resolved,
)

from pulumi_aws_mobile.errors import ArgsError, Problems
from pulumi_aws_mobile.identity.federation.args import AmbiguousRoleResolution, RoleMatchType
from pulumi_aws_mobile.identity.federation.rules import check_role_names
from pulumi_aws_mobile.identity.federation.settings import FederationSettings, RoleMapping, RoleRule


def settings_of(federation: Args, groups: Args | None = None) -> FederationSettings:
    settings = resolved(federation, groups)
    assert settings is not None
    return settings


def problems_of(federation: Args, groups: Args | None = None, region: str | None = None) -> list[str]:
    with pytest.raises(ArgsError) as caught:
        resolved(federation, groups, region)
    return [str(problem) for problem in caught.value.problems]


def test_nothing_given_makes_an_identity_pool_without_guests() -> None:
    assert settings_of({}) == FederationSettings()


def test_it_can_be_turned_off() -> None:
    assert resolved({"enabled": False}) is None


def test_groups_are_followed_by_the_token_and_users_in_none_keep_the_common_role() -> None:
    assert settings_of({}, GROUPS).pool_mapping == RoleMapping((), AmbiguousRoleResolution.AUTHENTICATED_ROLE)


def test_without_groups_everyone_has_the_common_role() -> None:
    assert settings_of({}).pool_mapping is None


def test_a_user_whom_no_rule_fits_is_denied_by_default() -> None:
    rules = [{"claim": "email", "value": "a@example.org", "group": "admins"}]
    mapping = settings_of({"user_pool": {"role_mapping": {"rules": rules}}}, GROUPS).pool_mapping
    rule = RoleRule("email", RoleMatchType.EQUALS, "a@example.org", "admins")
    assert mapping == RoleMapping((rule,), AmbiguousRoleResolution.DENY)


@pytest.mark.parametrize(
    ("federation", "tagged"),
    [
        ({}, False),
        ({"user_pool": {"principal_tags": {"plan": "custom:plan"}}}, True),
        ({"saml": {"company": {"provider_arn": SAML_ARN, "principal_tags": {"plan": "p"}}}}, True),
        ({"oidc": {"known": {"provider_arn": OIDC_ARN, "principal_tags": {"plan": "p"}}}}, True),
        ({"oidc": {"known": {"provider_arn": OIDC_ARN}}}, False),
    ],
)
def test_sessions_are_tagged_where_tags_are_asked_for(federation: Args, tagged: bool) -> None:
    assert settings_of(federation).tagged is tagged


def test_everything_together_works() -> None:
    settings = settings_of(EVERYTHING, GROUPS)
    assert (list(settings.social), list(settings.oidc), list(settings.saml)) == (
        ["amazon", "apple", "facebook", "google"],
        ["known", "partner"],
        ["company"],
    )


def test_options_of_an_identity_pool_that_is_off_are_refused() -> None:
    assert problems_of({"enabled": False, "guests": True}) == [
        "federation.guests: got true; allowed: nothing while federation.enabled is false; remove guests or enabled"
    ]


def test_permissions_for_guests_without_guests_are_refused() -> None:
    (problem,) = problems_of({"guest_statements": [READ_NEWS]})
    assert problem.startswith('federation.guest_statements: got [{"actions": ["sns:GetTopicAttributes"], ')
    assert problem.endswith("; allowed: nothing without guests; remove it, or set guests: true")


@pytest.mark.parametrize("option", ["signed_in_statements", "guest_statements"])
def test_a_wildcard_resource_is_refused(option: str) -> None:
    statement = {"actions": ["s3:GetObject"], "resources": ["*"]}
    assert problems_of({option: [statement], "guests": True}) == [
        (
            f'federation.{option}[0].resources[0]: got "*"; allowed: ARNs, since s3:GetObject knows resources; '
            "name the resources"
        )
    ]


@pytest.mark.parametrize("region", ["cn-north-1", "us-gov-west-1"])
def test_regions_with_an_issuer_of_their_own_are_refused(region: str) -> None:
    assert problems_of({}, region=region) == [
        (
            f"federation.enabled: got true; "
            f"allowed: false in {region}, where identity pools have an issuer of their own; "
            "set it to false, or choose a Region of the partition aws"
        )
    ]


@pytest.mark.parametrize("option", ["oidc", "saml"])
def test_keys_that_cannot_be_names_are_refused(option: str) -> None:
    arn = OIDC_ARN if option == "oidc" else SAML_ARN
    assert problems_of({option: {"Our_Login": {"provider_arn": arn}}}) == [
        (
            f'federation.{option}.Our_Login: got "Our_Login"; '
            "allowed: a key of at most 20 lowercase letters, digits and single hyphens, a letter first; rename it"
        )
    ]


@pytest.mark.parametrize(
    ("login", "said"),
    [
        (
            {},
            (
                "federation.oidc.partner: got {}; allowed: issuer with client_ids, or provider_arn; "
                "say which provider it is"
            ),
        ),
        (
            {"issuer": "https://login.example.org"},
            "federation.oidc.partner.client_ids: got []; allowed: 1 to 100 entries; name at least one",
        ),
        (
            {"issuer": "https://login.example.org", "client_ids": ["a", "b", "a"]},
            'federation.oidc.partner.client_ids: got "a"; allowed: each entry once; remove it',
        ),
        (
            {"issuer": "https://login.example.org/", "client_ids": ["a"]},
            (
                'federation.oidc.partner.issuer: got "https://login.example.org/"; '
                "allowed: an https URL without a slash at its end; choose an allowed value"
            ),
        ),
        (
            {"issuer": "http://login.example.org", "client_ids": ["a"]},
            (
                'federation.oidc.partner.issuer: got "http://login.example.org"; '
                "allowed: an https URL without a slash at its end; choose an allowed value"
            ),
        ),
        (
            {"issuer": "https://login.example.org", "provider_arn": OIDC_ARN},
            (
                'federation.oidc.partner.issuer: got "https://login.example.org"; '
                "allowed: nothing beside provider_arn: that provider has its own; remove one of the two"
            ),
        ),
        (
            {"provider_arn": SAML_ARN},
            (
                f'federation.oidc.partner.provider_arn: got "{SAML_ARN}"; '
                "allowed: the ARN of an IAM OpenID Connect provider; choose an allowed value"
            ),
        ),
        (
            {"issuer": "https://a.example.org", "client_ids": ["a"], "thumbprints": ["ab"]},
            'federation.oidc.partner.thumbprints[0]: got "ab"; allowed: 40 hexadecimal digits; choose an allowed value',
        ),
        (
            {"issuer": "https://a.example.org", "client_ids": ["a"], "role_mapping": {}},
            (
                "federation.oidc.partner.role_mapping.rules: got nothing; "
                "allowed: 1 to 25 rules: only the user pool's tokens name roles; add rules, or remove role_mapping"
            ),
        ),
    ],
)
def test_oidc_providers_that_cannot_work_are_refused(login: Args, said: str) -> None:
    assert problems_of({"oidc": {"partner": login}}) == [said]


def test_an_issuer_is_named_once() -> None:
    login = {"issuer": "https://login.example.org", "client_ids": ["a"]}
    assert problems_of({"oidc": {"one": login, "two": login}}) == [
        (
            'federation.oidc.two.issuer: got "https://login.example.org"; '
            "allowed: another issuer than federation.oidc.one's: an account has one IAM provider per URL; "
            "add the client ids to federation.oidc.one"
        )
    ]


@pytest.mark.parametrize(("option", "arn"), [("oidc", OIDC_ARN), ("saml", SAML_ARN)])
def test_a_provider_that_exists_is_named_once(option: str, arn: str) -> None:
    assert problems_of({option: {"one": {"provider_arn": arn}, "two": {"provider_arn": arn}}}) == [
        (
            f'federation.{option}.two.provider_arn: got "{arn}"; '
            f"allowed: another provider than federation.{option}.one's; remove one of the two"
        )
    ]


def test_a_saml_provider_is_named() -> None:
    assert problems_of({"saml": {"company": {}}}) == [
        "federation.saml.company.provider_arn: got nothing; allowed: a text; give it; it has no default"
    ]


def test_a_social_provider_that_is_not_known_is_refused() -> None:
    assert problems_of({"social": {"facebok": {"app_id": "1"}}}) == [
        (
            'federation.social.facebok: got {"app_id": "1"}; allowed: amazon, apple, facebook, google; '
            'did you mean "facebook"?'
        )
    ]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([], "federation.user_pool.role_mapping.rules: got []; allowed: 1 to 25 entries; name at least one"),
        (
            [{**STAFF_BY_EMAIL, "group": "admin"}],
            (
                'federation.user_pool.role_mapping.rules[0].group: got "admin"; '
                'allowed: a key in groups: admins, staff; did you mean "admins"?'
            ),
        ),
        (
            [{**STAFF_BY_EMAIL, "claim": "two words"}],
            (
                'federation.user_pool.role_mapping.rules[0].claim: got "two words"; '
                "allowed: the name of a claim: 1 to 64 characters without spaces; choose an allowed value"
            ),
        ),
        (
            [{**STAFF_BY_EMAIL, "match_type": "Equal"}],
            (
                'federation.user_pool.role_mapping.rules[0].match_type: got "Equal"; '
                'allowed: Equals | Contains | StartsWith | NotEqual; did you mean "Equals"?'
            ),
        ),
    ],
)
def test_rules_that_cannot_work_are_refused(rules: list[Args], said: str) -> None:
    assert problems_of({"user_pool": {"role_mapping": {"rules": rules}}}, GROUPS) == [said]


def test_more_than_25_rules_are_refused() -> None:
    rules = [{**STAFF_BY_EMAIL, "value": f"staff.{number}"} for number in range(26)]
    (problem,) = problems_of({"user_pool": {"role_mapping": {"rules": rules}}}, GROUPS)
    assert problem.endswith("; allowed: 1 to 25 entries; remove some")


def test_a_mapping_without_groups_is_refused() -> None:
    assert problems_of({"user_pool": {"role_mapping": {}}}) == [
        "federation.user_pool.role_mapping: got {}; allowed: nothing without groups; add groups, or remove role_mapping"
    ]
    rule = {"claim": "a", "value": "b", "group": "admins"}
    assert problems_of({"social": {"google": {"app_id": "1", "role_mapping": {"rules": [rule]}}}}) == [
        (
            'federation.social.google.role_mapping.rules[0].group: got "admins"; '
            "allowed: a key in groups: there are none; add the group, or name another"
        )
    ]


def test_session_tags_that_aws_would_refuse_are_refused() -> None:
    tags: dict[str, Any] = {"aws:plan": "plan", **{f"tag{number}": "claim" for number in range(50)}}
    assert problems_of({"user_pool": {"principal_tags": tags}}) == [
        (
            'federation.user_pool.principal_tags.aws:plan: got "aws:plan"; '
            "allowed: 1 to 128 letters, digits, spaces and _.:/=+-@, not beginning with aws:; rename the tag"
        ),
        "federation.user_pool.principal_tags: got 51; allowed: at most 50 tags; remove some",
    ]


def test_every_problem_is_told_at_once() -> None:
    assert (
        len(
            problems_of(
                {
                    "guest_statements": [{"actions": ["s3:GetObject"], "resources": ["files"]}],
                    "oidc": {"A": {}, "b": {"issuer": "https://b.example.org"}},
                    "user_pool": {"role_mapping": {}, "principal_tags": {"aws:a": "b"}},
                },
                region="cn-north-1",
            )
        )
        == 8
    )


@pytest.mark.parametrize(
    ("name", "groups", "said"),
    [
        ("i" * 46, {}, []),
        ("i" * 47, {}, [f'name: got "{"i" * 47}"; allowed: 46 characters or fewer; roles are named after it']),
        ("identity", {"a" * 41: {}}, []),
        (
            "identity",
            {"a" * 42: {}},
            [
                (
                    f'groups.{"a" * 42}: got "{"a" * 42}"; allowed: a key of at most 41 characters; '
                    "shorten it: a role is named after it"
                )
            ],
        ),
        (
            "identity",
            {"guests": {}},
            [
                (
                    'groups.guests: got "guests"; allowed: any key but guests, signed-in, signed_in, '
                    "which name those in no group; choose another key"
                )
            ],
        ),
    ],
)
def test_names_of_which_no_role_name_can_be_made_are_refused(name: str, groups: Args, said: list[str]) -> None:
    problems = Problems()
    check_role_names(name, groups, problems)
    assert [str(problem) for problem in problems] == said
