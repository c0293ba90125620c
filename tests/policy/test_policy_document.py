"""IAM policy documents: what a statement allows, to whom, and under which conditions."""

from typing import Any

import pytest

from aws_mobile_guard.policy_document import PolicyDocument, Statement, account_of


def statement(**parts: Any) -> Statement:  # noqa: ANN401 - any JSON value
    return PolicyDocument(
        {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **parts}}
    ).statements[0]


def test_one_or_a_list_read_the_same() -> None:
    single = PolicyDocument({"Statement": {"Effect": "Allow", "Action": "a:b", "Resource": "r"}}).statements
    many = PolicyDocument({"Statement": [{"Effect": "Allow", "Action": ["a:b"], "Resource": ["r"]}]}).statements
    assert single == many


def test_pulumis_own_spelling_reads_the_same() -> None:
    typed = PolicyDocument({"statement": [{"effect": "Allow", "action": ["a:b"], "resource": ["r"]}]}).statements
    assert typed == PolicyDocument({"Statement": {"Effect": "Allow", "Action": "a:b", "Resource": "r"}}).statements


def test_what_is_no_statement_is_passed_over() -> None:
    assert PolicyDocument({}).statements == ()
    assert PolicyDocument({"Statement": ["x", 1]}).statements == ()


@pytest.mark.parametrize(
    ("parts", "grants"),
    [
        ({"Action": "kms:Decrypt"}, True),
        ({"Action": "KMS:decrypt"}, True),
        ({"Action": "kms:De*"}, True),
        ({"Action": "kms:?ecrypt"}, True),
        ({"Action": "*"}, True),
        ({"Action": "kms:Encrypt"}, False),
        ({"Action": [], "NotAction": "kms:*"}, False),
        ({"Action": [], "NotAction": ["iam:*"]}, True),
        ({"Action": "kms:Decrypt", "Effect": "Deny"}, False),
    ],
)
def test_an_action_is_granted_whatever_its_case_and_through_wildcards(parts: dict, grants: object) -> None:
    assert statement(**parts).grants("kms:Decrypt") is grants


@pytest.mark.parametrize(
    ("parts", "public"),
    [
        ({"Principal": "*"}, True),
        ({"Principal": {"AWS": "*"}}, True),
        ({"Principal": {"AWS": ["arn:aws:iam::1:root", "*"]}}, True),
        ({"NotPrincipal": {"AWS": "1"}}, True),
        ({"Principal": "*", "Effect": "Deny"}, False),
        ({"Principal": {"Service": "s3.amazonaws.com"}}, False),
        ({"Principal": "*", "Condition": {"StringEquals": {"AWS:SourceAccount": "1"}}}, False),
        ({"Principal": "*", "Condition": {"StringNotEquals": {"aws:SourceAccount": "1"}}}, True),
        ({"Principal": "*", "Condition": {"StringLike": {"aws:SourceArn": "*"}}}, True),
        ({"Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}, True),
        ({"Principal": "*", "Condition": {"StringEquals": {"aws:SourceVpce": ["vpce-1"]}}}, False),
    ],
)
def test_a_statement_is_public_unless_a_condition_names_the_callers(parts: dict, public: object) -> None:
    assert statement(**parts).public is public


@pytest.mark.parametrize(
    ("parts", "denies"),
    [
        ({}, True),
        ({"Principal": {"AWS": "*"}}, True),
        ({"Effect": "Allow"}, False),
        ({"Principal": {"AWS": "1"}}, False),
        ({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}, False),
        ({"Condition": {"Bool": {"AWS:SecureTransport": False}}}, True),
        ({"Condition": {"Bool": {"aws:SecureTransport": ["false"]}}}, True),
        ({"Condition": {"BoolIfExists": {"aws:SecureTransport": "false"}}}, False),
        ({"Condition": None}, False),
    ],
)
def test_only_an_unconditional_denial_demands_tls(parts: dict, denies: object) -> None:
    whole = {"Effect": "Deny", "Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}, **parts}
    assert statement(**whole).denies_plain_http is denies


@pytest.mark.parametrize(
    ("principal", "account"),
    [
        ("arn:aws:iam::123456789012:role/web", "123456789012"),
        ("123456789012", "123456789012"),
        ("*", None),
        ("arn:aws:iam::cloudfront:user/x", None),
    ],
)
def test_an_account_is_read_from_an_arn_or_a_number(principal: str, account: object) -> None:
    assert account_of(principal) == account


@pytest.mark.parametrize(
    "key",
    [
        "aws:PrincipalOrgID",
        "aws:PrincipalOrgPaths",
        "aws:PrincipalArn",
        "aws:PrincipalAccount",
        "aws:SourceArn",
        "aws:SourceAccount",
        "aws:SourceOwner",
        "aws:SourceOrgID",
        "aws:SourceVpc",
        "aws:SourceVpce",
        "kms:CallerAccount",
        "s3:DataAccessPointAccount",
        "s3:DataAccessPointArn",
    ],
)
@pytest.mark.parametrize(
    "operator",
    ["ArnEquals", "ArnLike", "StringEquals", "StringEqualsIgnoreCase", "StringLike", "ForAnyValue:StringLike"],
)
def test_a_demand_for_one_of_these_keys_names_the_callers(key: str, operator: str) -> None:
    named = {"Principal": "*", "Condition": {operator: {key: "mine"}}}
    assert not statement(**named).public
    assert statement(**{**named, "Condition": {operator: {key: ["mine", "**"]}}}).public
    assert not statement(**{**named, "Condition": {operator: {key: ["X"]}}}).public
    assert statement(**{**named, "Condition": {f"{operator}IfExists": {key: "mine"}}}).public
    assert statement(**{**named, "Condition": {f"ForAllValues:{operator}": {key: "mine"}}}).public


@pytest.mark.parametrize(
    ("networks", "public"),
    [
        ("203.0.113.5/32", False),
        ("54.1.2.3/8", False),
        ("54.1.2.3/7", True),
        (["54.1.2.0/24", "0.0.0.0/0"], True),
        ("10.0.0.0/7", True),
        ("2a00::/32", False),
        ("2a00::/31", True),
        ("nonsense", True),
    ],
)
def test_networks_name_the_callers_where_they_are_narrow(networks: object, public: object) -> None:
    whole = {"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": networks}}}
    assert statement(**whole).public is public
    assert statement(**{**whole, "Condition": {"NotIpAddress": {"aws:SourceIp": networks}}}).public


def test_values_that_are_no_texts_read_as_iam_writes_them() -> None:
    conditions = {"Bool": {"a:b": [True, False, "x"]}, "NumericEquals": {"c:d": [7], "e:f": 8}}
    assert statement(Condition=conditions).conditions == (
        ("Bool", "a:b", ("true", "false", "x")),
        ("NumericEquals", "c:d", ("7",)),
        ("NumericEquals", "e:f", ("8",)),
    )


def test_principals_are_read_in_every_form() -> None:
    assert statement(Principal="123456789012").principals == (("AWS", "123456789012"),)
    assert statement(Principal=["1", "2"]).principals == (("AWS", "1"), ("AWS", "2"))
    assert statement(Principal={"Service": ["a", "b"], "AWS": "1"}).principals == (
        ("Service", "a"),
        ("Service", "b"),
        ("AWS", "1"),
    )
    assert statement().principals == ()


def test_what_a_statement_leaves_out_is_read_too() -> None:
    assert statement(NotResource=["arn:a"]).not_resources == ("arn:a",)
    assert statement(notResource="arn:a").not_resources == ("arn:a",)
    assert not statement(Effect=None).allows
    assert not statement(Effect=None).denies


@pytest.mark.parametrize("principal", ["a:b:c:d", "a:b:c:d:5", "arn:aws:iam:eu:123456789012"])
def test_an_account_takes_the_fifth_part_of_an_arn(principal: str) -> None:
    fifth = principal.split(":")[4:5]
    assert account_of(principal) == (fifth[0] if fifth else None)
