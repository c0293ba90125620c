"""What roles are granted is compared with what they asked for, in an AWS that answers and refuses."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from botocore.exceptions import ClientError
from sandbox.access.world import REGION, Door, allow, document

from aws_mobile_cli.privileges.ledger import Ledger, Line
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.runtime.access import uses

_PUT = allow("s3:PutObject", "arn:aws:s3:::box/*")
_GET = allow("s3:GetObject", "arn:aws:s3:::box/*")
Statement = Mapping[str, object]


def _put(door: Door) -> None:
    door.holder(door.assume("app"), "s3").put_object(Bucket="box", Key="a", Body=b"")


def _ledger(*statements: Statement, journey: Callable[[Door], None] = _put) -> Ledger:
    ledger = Ledger()
    with uses.recording() as found, in_process(REGION) as operator:
        door = Door(operator, None)
        door.role("app", *statements)
        door.bucket("box")
        with suppress(ClientError):
            journey(door)
    ledger.add(found)
    return ledger


def test_a_grant_that_is_used_is_not_unused() -> None:
    ledger = _ledger(_PUT)
    assert ledger.granted == ledger.used == {Line("app", "s3:PutObject", "box/*")}
    assert ledger.unused == []
    assert ledger.refused == {}


def test_a_grant_that_nobody_uses_is_found() -> None:
    ledger = _ledger(_PUT, _GET)
    assert ledger.unused == [Line("app", "s3:GetObject", "box/*")]


def test_a_grant_on_another_resource_than_the_used_one_is_found() -> None:
    ledger = _ledger(allow("s3:PutObject", ["arn:aws:s3:::box/*", "arn:aws:s3:::chest/*"]))
    assert ledger.unused == [Line("app", "s3:PutObject", "chest/*")]


def test_a_call_that_is_not_granted_is_found() -> None:
    ledger = _ledger(_GET)
    assert ledger.refused == {
        Line("app", "s3:PutObject", "box/a"): "because no identity-based policy allows the s3:PutObject action"
    }


def test_a_grant_whose_condition_does_not_hold_is_not_used() -> None:
    ledger = _ledger(_PUT, allow("s3:PutObject", "arn:aws:s3:::box/b", StringEquals={"aws:RequestedRegion": "mars"}))
    assert ledger.unused == [Line("app", "s3:PutObject", "box/b")]


def test_a_policy_of_aws_is_one_grant() -> None:
    arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"

    def journey(door: Door) -> None:
        door.operator("iam").attach_role_policy(RoleName="app", PolicyArn=arn)
        _put(door)

    ledger = _ledger(journey=journey)
    assert ledger.granted == {Line("app", "*", "policy/AmazonS3FullAccess")}
    assert ledger.unused == []


def test_a_denial_is_no_grant() -> None:
    ledger = _ledger(_PUT, {**_GET, "Effect": "Deny"})
    assert ledger.granted == {Line("app", "s3:PutObject", "box/*")}


def test_what_is_granted_by_exclusion_is_written_so() -> None:
    ledger = _ledger({"Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::chest/*"})
    assert ledger.used == {Line("app", "all but iam:*", "all but arn:aws:s3:::chest/*")}


def test_what_a_role_could_do_at_the_time_counts() -> None:
    def journey(door: Door) -> None:
        _put(door)
        door.operator("iam").put_role_policy(RoleName="app", PolicyName="own", PolicyDocument=document(_GET))

    ledger = _ledger(_PUT, journey=journey)
    ledger.granted.add(Line("app", "s3:PutObject", "box/*"))
    assert ledger.unused == [Line("app", "s3:GetObject", "box/*")]


def test_journeys_add_up() -> None:
    ledger = _ledger(_PUT, _GET)

    def get(door: Door) -> None:
        door.operator("s3").put_object(Bucket="box", Key="a", Body=b"")
        door.holder(door.assume("app"), "s3").get_object(Bucket="box", Key="a")

    other = _ledger(_PUT, _GET, journey=get)
    ledger.used |= other.used
    assert ledger.unused == []
    assert ledger.roles == ["app"]
