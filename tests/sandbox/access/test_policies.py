"""What policies say together: AWS's documented cases, and a comparison with a plain oracle."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox.access.world import ACCOUNT, ROOT, Json, role_arn, session_arn

from pulumi_aws_sandbox.runtime.access.policies import (
    ANYONE,
    Decision,
    Policies,
    Principal,
    Question,
    decide,
    evaluate,
    parse,
)

_ME = Principal(session_arn("app"), ACCOUNT, role_arn("app"))
_KEY = "arn:aws:s3:::files/a"


def _document(*statements: Json) -> dict[str, Json]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _allow(action: Json = "s3:GetObject", resource: Json = "*", **more: Json) -> dict[str, Json]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def _deny(action: Json = "s3:GetObject", resource: Json = "*", **more: Json) -> dict[str, Json]:
    return {"Effect": "Deny", "Action": action, "Resource": resource, **more}


def _question(action: str = "s3:GetObject", resource: str | None = _KEY, **context: Json) -> Question:
    return Question(action, resource, context, _ME)


def _answer(**policies: Json) -> tuple[bool, str]:
    decision = decide(_question(), Policies(**policies))
    return decision.allowed, decision.reason


def test_nothing_is_allowed_by_default() -> None:
    assert _answer() == (False, "because no identity-based policy allows the s3:GetObject action")


def test_an_allow_is_enough() -> None:
    assert _answer(identity=(_document(_allow()),)) == (True, "")


def test_an_explicit_deny_wins_wherever_it_stands() -> None:
    for documents in ((_document(_allow(), _deny()),), (_document(_deny()), _document(_allow()))):
        assert _answer(identity=documents) == (False, "with an explicit deny in an identity-based policy")


def test_a_refusal_names_the_statement_that_decides() -> None:
    denial = _deny(Sid="NoReading")
    assert decide(_question(), Policies((_document(_allow(), denial),))) == Decision(
        allowed=False, reason="with an explicit deny in an identity-based policy", statement=denial
    )


def test_a_boundary_allows_nothing_by_itself() -> None:
    reason = "because no identity-based policy allows the s3:GetObject action"
    assert _answer(boundary=(_document(_allow()),)) == (False, reason)


def test_a_boundary_limits_what_is_allowed() -> None:
    identity = (_document(_allow("s3:*")),)
    reason = "because no permissions boundary allows the s3:GetObject action"
    assert _answer(identity=identity, boundary=(_document(_allow("sqs:*")),)) == (False, reason)
    assert _answer(identity=identity, boundary=(_document(_deny("s3:*")),)) == (
        False,
        "with an explicit deny in a permissions boundary",
    )


def test_a_session_policy_limits_what_is_allowed() -> None:
    identity = (_document(_allow("s3:*")),)
    reason = "because no session policy allows the s3:GetObject action"
    assert _answer(identity=identity, session=()) == (False, reason)
    assert _answer(identity=identity, session=(_document(_allow("s3:Get*")),)) == (True, "")


def test_a_resource_policy_lets_a_role_in_without_a_policy_of_its_own() -> None:
    assert _answer(resource=_document(_allow(Principal={"AWS": role_arn("app")}))) == (True, "")


def test_a_resource_policy_for_the_account_leaves_it_to_the_account() -> None:
    for name in (ROOT, ACCOUNT):
        policy = _document(_allow(Principal={"AWS": name}))
        assert _answer(resource=policy)[0] is False
        assert _answer(resource=policy, identity=(_document(_allow()),))[0] is True


def test_a_resource_policy_that_must_allow_can_leave_it_to_the_account() -> None:
    identity = (_document(_allow()),)
    silent = _document(_allow(Principal={"AWS": role_arn("other")}))
    assert _answer(resource=silent, identity=identity, resource_must_allow=True) == (
        False,
        "because no resource-based policy allows the s3:GetObject action",
    )
    delegating = _document(_allow(Principal={"AWS": ROOT}))
    assert _answer(resource=delegating, identity=identity, resource_must_allow=True) == (True, "")
    assert _answer(resource=delegating, resource_must_allow=True)[0] is False


def test_a_boundary_limits_what_a_resource_grants_to_the_role_but_not_to_the_session() -> None:
    boundary = (_document(_allow("sqs:*")),)
    to_role = _document(_allow(Principal={"AWS": role_arn("app")}))
    to_session = _document(_allow(Principal={"AWS": session_arn("app")}))
    assert _answer(resource=to_role, boundary=boundary)[0] is False
    assert _answer(resource=to_session, boundary=boundary)[0] is True


def test_a_resource_policy_denies_whoever_it_does_not_except() -> None:
    denying = _document(_deny(NotPrincipal={"AWS": [role_arn("other"), ROOT]}))
    assert _answer(resource=denying, identity=(_document(_allow()),)) == (
        False,
        "with an explicit deny in a resource-based policy",
    )
    excepting = _document(_deny(NotPrincipal={"AWS": [role_arn("app"), session_arn("app"), ROOT, ACCOUNT]}))
    assert _answer(resource=excepting, identity=(_document(_allow()),))[0] is True


@pytest.mark.parametrize(
    ("principal", "who", "named"),
    [
        ("*", ANYONE, "direct"),
        ({"AWS": "*"}, ANYONE, "direct"),
        ({"AWS": ACCOUNT}, ANYONE, None),
        ({"AWS": role_arn("app")}, _ME, "direct"),
        ({"AWS": ["arn:aws:iam::1:role/x", session_arn("app")]}, _ME, "direct"),
        ({"AWS": ROOT}, _ME, "account"),
        ({"Service": "lambda.amazonaws.com"}, Principal(service="lambda.amazonaws.com"), "direct"),
        ({"Service": "lambda.amazonaws.com"}, _ME, None),
        ({"Service": ["a.amazonaws.com", "b.amazonaws.com"]}, Principal(service="b.amazonaws.com"), "direct"),
        ({"Federated": "accounts.google.com"}, Principal(federated="accounts.google.com"), "direct"),
        ({"AWS": "accounts.google.com"}, Principal(federated="accounts.google.com"), None),
    ],
)
def test_principals_are_named_by_their_kind(principal: Json, who: Principal, named: str | None) -> None:
    policy = _document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})
    assert evaluate([policy], Question("sts:AssumeRole", None, {}, who), resource_based=True).naming == named


@pytest.mark.parametrize(
    ("statement", "action", "resource", "effect"),
    [
        (_allow("S3:getobject"), "s3:GetObject", _KEY, "Allow"),
        (_allow("s3:Get*"), "s3:GetObject", _KEY, "Allow"),
        (_allow("s3:Get*"), "s3:PutObject", _KEY, None),
        (_allow(["sqs:*", "s3:GetObjec?"]), "s3:GetObject", _KEY, "Allow"),
        ({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, "s3:GetObject", _KEY, "Allow"),
        ({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}, "s3:GetObject", _KEY, None),
        ({"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::files/*"}, "s3:GetObject", _KEY, None),
        ({"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::logs/*"}, "s3:GetObject", _KEY, "Deny"),
        (_allow("sqs:ListQueues", "arn:aws:sqs:*:*:*"), "sqs:ListQueues", None, None),
        (_allow("sqs:ListQueues", "*"), "sqs:ListQueues", None, "Allow"),
    ],
)
def test_statements_speak_of_actions_and_resources(
    statement: Json, action: str, resource: str | None, effect: str | None
) -> None:
    assert evaluate([_document(statement)], _question(action, resource)).effect == effect


def test_variables_need_the_version_that_has_them() -> None:
    statement = _allow(resource="arn:aws:s3:::files/${aws:username}")
    question = Question("s3:GetObject", "arn:aws:s3:::files/ann", {"aws:username": "ann"}, _ME)
    assert evaluate([{"Version": "2012-10-17", "Statement": statement}], question).effect == "Allow"
    assert evaluate([{"Version": "2008-10-17", "Statement": statement}], question).effect is None
    assert evaluate([{"Statement": statement}], question).effect is None


def test_a_deny_whose_condition_does_not_hold_is_silent() -> None:
    denial = _deny(Condition={"Bool": {"aws:SecureTransport": "false"}})
    documents = [_document(_allow(), denial)]
    assert evaluate(documents, Question("s3:GetObject", _KEY, {"aws:securetransport": "true"})).effect == "Allow"
    assert evaluate(documents, Question("s3:GetObject", _KEY, {"aws:securetransport": "false"})).effect == "Deny"


@pytest.mark.parametrize("text", ["not json", "[]", '"text"'])
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"policy document|Expecting value"):
        parse(text)


_ACTIONS = ["a:Get", "a:Put", "b:Get"]
_RESOURCES = ["arn:aws:a:::x", "arn:aws:a:::y"]
_ACTION_PATTERNS = {"*": {*_ACTIONS}, "a:*": {"a:Get", "a:Put"}, "*:Get": {"a:Get", "b:Get"}, "a:Put": {"a:Put"}}
_RESOURCE_PATTERNS = {"*": {*_RESOURCES}, "arn:aws:a:::x": {"arn:aws:a:::x"}, "arn:aws:a:::?": {*_RESOURCES}}
_statements = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Deny"]),
        "Action": st.lists(st.sampled_from(sorted(_ACTION_PATTERNS)), min_size=1, max_size=2),
        "Resource": st.sampled_from(sorted(_RESOURCE_PATTERNS)),
    }
)
_documents = st.lists(_statements, max_size=3).map(lambda statements: _document(*statements))


def _effects(documents: list[dict[str, Json]], action: str, resource: str) -> set[str]:
    """Say which effects speak of a request, by tables of what each pattern stands for."""
    return {
        statement["Effect"]
        for each in documents
        for statement in each["Statement"]
        if any(action in _ACTION_PATTERNS[pattern] for pattern in statement["Action"])
        and resource in _RESOURCE_PATTERNS[statement["Resource"]]
    }


@given(
    st.lists(_documents, max_size=2),
    st.none() | st.lists(_documents, max_size=1),
    st.none() | st.lists(_documents, max_size=1),
)
@settings(deadline=None, max_examples=100)
def test_decisions_are_those_of_the_documented_logic(identity: Json, boundary: Json, session: Json) -> None:
    policies = Policies(
        tuple(identity), None if boundary is None else tuple(boundary), None if session is None else tuple(session)
    )
    layers = [identity, *(layer for layer in (boundary, session) if layer is not None)]
    for action in _ACTIONS:
        for resource in _RESOURCES:
            said = [_effects(layer, action, resource) for layer in layers]
            expected = all("Allow" in effects for effects in said) and not any("Deny" in effects for effects in said)
            assert decide(Question(action, resource), policies).allowed is expected


@given(st.lists(_documents, max_size=3), _statements)
@settings(deadline=None, max_examples=100)
def test_another_deny_never_allows_more(identity: Json, statement: Json) -> None:
    more = [*identity, _document({**statement, "Effect": "Deny"})]
    for action in _ACTIONS:
        before = decide(Question(action, _RESOURCES[0]), Policies(tuple(identity))).allowed
        assert before or not decide(Question(action, _RESOURCES[0]), Policies(tuple(more))).allowed
