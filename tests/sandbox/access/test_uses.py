"""What roles make use of is recorded while somebody wants to know."""

import pytest
from botocore.exceptions import ClientError
from sandbox.access.world import REGION, ROOT, Door, allow, document, role_arn

from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.runtime.access import roles, uses
from pulumi_aws_sandbox.runtime.access.uses import Use

_WRITE = allow("s3:PutObject", "arn:aws:s3:::box/*")


def _with_role(door: Door) -> None:
    door.role("writer", _WRITE)
    door.bucket("box")


def _shown(use: Use) -> tuple[str, str | None, bool]:
    return use.question.action, use.question.resource, use.allowed


def test_a_request_of_a_role_is_kept_with_its_action_and_resource() -> None:
    with uses.recording() as found, in_process(REGION) as operator:
        door = Door(operator, None)
        _with_role(door)
        door.holder(door.assume("writer"), "s3").put_object(Bucket="box", Key="a", Body=b"")
    assert [_shown(use) for use in found.all()] == [("s3:PutObject", "arn:aws:s3:::box/a", True)]
    assert found.all()[0].question.principal.role_arn == role_arn("writer")


def test_requests_of_one_kind_are_kept_once() -> None:
    with uses.recording() as found, in_process(REGION) as operator:
        door = Door(operator, None)
        _with_role(door)
        client = door.holder(door.assume("writer"), "s3")
        for _ in range(3):
            client.put_object(Bucket="box", Key="a", Body=b"")
    assert len(found.all()) == 1


def test_a_refused_request_is_kept_with_the_reason() -> None:
    with uses.recording() as found, in_process(REGION) as operator:
        door = Door(operator, None)
        _with_role(door)
        with pytest.raises(ClientError):
            door.holder(door.assume("writer"), "s3").delete_object(Bucket="box", Key="a")
    assert [(*_shown(use), use.reason) for use in found.all()] == [
        (
            "s3:DeleteObject",
            "arn:aws:s3:::box/a",
            False,
            "because no identity-based policy allows the s3:DeleteObject action",
        )
    ]


def test_what_a_service_does_with_a_role_is_kept_too() -> None:
    with uses.recording() as found, in_process(REGION) as operator:
        _with_role(Door(operator, None))
        assert roles.may(role_arn("writer"), "s3:PutObject", "arn:aws:s3:::box/a")
    assert [_shown(use) for use in found.all()] == [("s3:PutObject", "arn:aws:s3:::box/a", True)]


def test_a_use_has_the_policies_of_its_time_and_the_role_those_of_the_end() -> None:
    with uses.recording() as found, in_process(REGION) as operator:
        door = Door(operator, None)
        _with_role(door)
        door.holder(door.assume("writer"), "s3").put_object(Bucket="box", Key="a", Body=b"")
        operator("iam").put_role_policy(
            RoleName="writer", PolicyName="own", PolicyDocument=document(allow("s3:GetObject", "arn:aws:s3:::box/*"))
        )
    actions = [document["Statement"][0]["Action"] for document in found.all()[0].documents]
    assert actions == ["s3:PutObject"]
    role = found.roles[role_arn("writer")]
    assert [document["Statement"][0]["Action"] for document in role.inline.values()] == ["s3:GetObject"]
    assert role.trust["Statement"][0]["Principal"] == {"AWS": ROOT}


def test_attached_policies_and_boundaries_are_kept_with_the_role() -> None:
    with uses.recording() as found, in_process(REGION) as operator:
        iam = operator("iam")
        arn = iam.create_policy(PolicyName="write", PolicyDocument=document(_WRITE))["Policy"]["Arn"]
        Door(operator, None).role("writer", PermissionsBoundary=arn)
        iam.attach_role_policy(RoleName="writer", PolicyArn=arn)
    role = found.roles[role_arn("writer")]
    assert list(role.managed) == [arn]
    assert role.boundary == role.managed[arn]


def test_the_operator_leaves_no_trace() -> None:
    with uses.recording() as found, in_process(REGION) as operator:
        _with_role(Door(operator, None))
        operator("s3").put_object(Bucket="box", Key="a", Body=b"")
    assert found.all() == []


def test_nothing_is_kept_after_the_recording(aws: Door) -> None:
    with uses.recording() as found:
        pass
    _with_role(aws)
    aws.holder(aws.assume("writer"), "s3").put_object(Bucket="box", Key="a", Body=b"")
    assert found.all() == []


def test_two_cannot_record_at_once() -> None:
    with uses.recording(), pytest.raises(RuntimeError) as raised, uses.recording():
        pass
    assert str(raised.value) == "what roles make use of is being recorded already"
