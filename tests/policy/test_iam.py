"""What IAM rules have in common: the documents that grant something."""

import pytest
from policy.test_stack import resource

from aws_mobile_guard.aws_types import POLICIES, ROLE
from aws_mobile_guard.iam import documents
from aws_mobile_guard.view import UNKNOWN, UNKNOWN_TEXT

DOCUMENT = '{"Statement": []}'


@pytest.mark.parametrize("type_", POLICIES)
def test_a_policy_has_one_document(type_: str) -> None:
    assert [path for path, _ in documents(resource("p", type_, {"policy": DOCUMENT}))] == ["policy"]
    assert list(documents(resource("p", type_, {"policy": UNKNOWN_TEXT}))) == [("policy", UNKNOWN)]
    assert list(documents(resource("p", type_))) == []


def test_a_role_has_those_of_its_inline_policies() -> None:
    inline = [{"name": "a", "policy": DOCUMENT}, {"name": "b"}, UNKNOWN_TEXT, {"name": "c", "policy": UNKNOWN_TEXT}]
    found = list(documents(resource("r", ROLE, {"inlinePolicies": inline})))
    assert [(path, document is UNKNOWN) for path, document in found] == [
        ("inlinePolicies[0].policy", False),
        ("inlinePolicies", True),
        ("inlinePolicies[3].policy", True),
    ]
    assert list(documents(resource("r", ROLE, {"inlinePolicies": UNKNOWN_TEXT}))) == [("inlinePolicies", UNKNOWN)]
    assert list(documents(resource("r", ROLE))) == []


def test_nothing_else_grants() -> None:
    assert list(documents(resource("k", "aws:kms/key:Key", {"policy": DOCUMENT}))) == []
