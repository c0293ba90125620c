"""What single steps decide by states that a run rarely meets."""

from dataclasses import replace

import pytest
from components.dr_pair.functions.plans import plan

from pulumi_aws_mobile.dr_pair.functions.recovery import create, promote, scale, undo, verify
from pulumi_aws_mobile.dr_pair.functions.recovery.effects import DeleteStack, Scale, SetSecurityGroups
from pulumi_aws_mobile.dr_pair.functions.recovery.moves import Do, Done, Fail, Move, View, Wait
from pulumi_aws_mobile.dr_pair.functions.recovery.report import advice
from pulumi_aws_mobile.dr_pair.functions.recovery.sights import DatabaseSeen, EnvironmentSeen, StackSeen, Unreachable
from pulumi_aws_mobile.dr_pair.functions.recovery.state import Fence, Pair, Run, new_pair

NOW = 1_800_000_000
FENCE = Fence("primary", "shop-primary", "sg-fence", ("sg-b", "sg-a"), "r1", NOW, touched=True, confirmed=True)
RUN = Run("r1", "failover", "to_recovery", "alarm", NOW, "create")
DATABASE = DatabaseSeen("shop-recovery", "available", None, "db.example.com", ("sg-recovery",), True, 7)  # noqa: FBT003 - settled
STACK = StackSeen("CREATE_COMPLETE", "why", "r1", "restored", "db.example.com")
ENVIRONMENT = EnvironmentSeen("Ready", "Green", 2, 4, "db.example.com", 2)


def view(strategy: str = "pilot_light", **facts: object) -> View:
    """Return what is known of a run whose old writer is fenced."""
    return View(plan(strategy), replace(new_pair(0), fence=FENCE), RUN.knowing(**facts), NOW)


@pytest.mark.parametrize(
    ("stack", "move"),
    [
        (replace(STACK, status="UPDATE_ROLLBACK_COMPLETE"), Done("the way out stands")),
        (replace(STACK, run=None), Done("the way out stands")),
        (replace(STACK, status="DELETE_IN_PROGRESS"), Wait("the stack shop-recovery is DELETE_IN_PROGRESS")),
        (replace(STACK, status="ROLLBACK_IN_PROGRESS"), Wait("the stack shop-recovery is ROLLBACK_IN_PROGRESS")),
        (
            replace(STACK, status="REVIEW_IN_PROGRESS"),
            Fail("the stack shop-recovery is REVIEW_IN_PROGRESS", is_final=True),
        ),
        (
            replace(STACK, status="ROLLBACK_COMPLETE", run=None),
            Fail("the stack shop-recovery is ROLLBACK_COMPLETE, and no run made it", is_final=True),
        ),
    ],
)
def test_a_way_out_is_taken_waited_for_or_refused(stack: StackSeen, move: Move) -> None:
    assert create.STEP.decide(view(), {"stack": stack}) == move


@pytest.mark.parametrize("status", ["CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"])
def test_a_stack_that_failed_is_deleted_first(status: str) -> None:
    move = create.STEP.decide(view(), {"stack": replace(STACK, status=status)})
    assert isinstance(move, Do)
    assert isinstance(move.effect, DeleteStack)
    assert move.page == f"The stack shop-recovery is {status}: why. It is deleted and created again."


@pytest.mark.parametrize(
    ("stack", "message"),
    [
        (
            replace(STACK, run="r0"),
            "the stack of another run stands, and its database is no copy of today's data",
        ),
        (replace(STACK, database_endpoint=None), "the stack has no outputs Identifier and Endpoint"),
    ],
)
def test_a_restored_database_is_this_run_s_own_or_none(stack: StackSeen, message: str) -> None:
    assert create.STEP.decide(view("backup_restore"), {"stack": stack}) == Fail(message, is_final=True)


@pytest.mark.parametrize(
    ("replica", "move"),
    [
        (None, Fail("there is no database shop-recovery in eu-central-1")),
        (replace(DATABASE, status="failed"), Fail("the database shop-recovery is failed")),
        (
            replace(DATABASE, status="backing-up", source="shop-primary"),
            Wait("the replica shop-recovery is backing-up"),
        ),
        (replace(DATABASE, status="rebooting"), Wait("the database shop-recovery is rebooting")),
        (replace(DATABASE, endpoint=None), Wait("the database shop-recovery is available")),
    ],
)
def test_a_replica_is_not_promoted_in_every_state(replica: DatabaseSeen | None, move: Move) -> None:
    assert promote.STEP.decide(view(), {"replica": replica}) == move


@pytest.mark.parametrize(
    ("environment", "move"),
    [
        (ENVIRONMENT, Done("2 instances, health Green")),
        (replace(ENVIRONMENT, status="Updating"), Wait("the environment is Updating")),
        (replace(ENVIRONMENT, health="Red"), Wait("2 of 2 instances, health Red")),
        (replace(ENVIRONMENT, instances=1), Wait("1 of 2 instances, health Green")),
        (
            replace(ENVIRONMENT, status="Terminated"),
            Fail("there is no environment shop-recovery in eu-central-1"),
        ),
        (
            replace(ENVIRONMENT, hostname="old.example.com"),
            Do(Scale("recovery", "shop-recovery", 2, 4, "db.example.com"), "updating shop-recovery"),
        ),
    ],
)
def test_an_environment_is_updated_once_and_waited_for(environment: EnvironmentSeen, move: Move) -> None:
    assert scale.STEP.decide(view(writer_endpoint="db.example.com"), {"environment": environment}) == move


def test_everything_that_is_wrong_with_the_new_writer_is_said() -> None:
    fenced = replace(DATABASE, status="modifying", source="x", security_group_ids=("sg-fence-recovery",))
    assert verify.STEP.decide(view(), {"answers": False, "database": fenced}) == Wait(
        "the database is modifying; the database is a replica; the database is fenced; the recovery site does not "
        "answer 3 times in a row"
    )


@pytest.mark.parametrize(
    ("writer", "move"),
    [
        (None, Fail("there is no database shop-primary any more", is_final=True)),
        (
            Unreachable("gone"),
            Done(
                "the old writer is opened again once its Region answers",
                pair={"fence": None, "opening": replace(FENCE, confirmed=False)},
            ),
        ),
        (
            replace(DATABASE, security_group_ids=("sg-fence",)),
            Do(SetSecurityGroups("primary", "shop-primary", ("sg-b", "sg-a")), "opening the old writer again"),
        ),
        (
            replace(DATABASE, security_group_ids=("sg-a", "sg-b"), is_settled=False),
            Wait("the database shop-primary is available"),
        ),
        (
            replace(DATABASE, security_group_ids=("sg-a", "sg-b")),
            Done("the old writer is open again", pair={"fence": None}),
        ),
    ],
)
def test_an_old_writer_is_opened_again(writer: DatabaseSeen | Unreachable | None, move: Move) -> None:
    assert undo.decide(view(), {"writer": writer}) == move


def test_what_was_restored_is_told_for_the_stack_file() -> None:
    restored = {"arn": "arn:aws:rds:eu-central-1:123456789012:db:restored", "security_group_id": "sg-1"}
    writer = {"site": "recovery", "identifier": "restored", "endpoint": "db.example.com", "restored": restored}
    pair = Pair(active="recovery", traffic="recovery", takeovers=1, writer=writer)
    assert advice(pair)[:4] == [
        "recovery.takeovers: 1",
        "recovery.restored.arn: arn:aws:rds:eu-central-1:123456789012:db:restored",
        "recovery.restored.host: db.example.com",
        "recovery.restored.security_group_id: sg-1",
    ]
