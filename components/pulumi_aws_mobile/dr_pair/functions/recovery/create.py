"""create: what the site lacks is made by CloudFormation."""

from .effects import CreateStack, DeleteStack, PutTraffic
from .looking import stack_looks
from .moves import Do, Done, Fail, Move, Sights, Step, View, Wait
from .sights import StackSeen

_MOST_STACKS = 3
_COMPLETE = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"})
_FAILED = frozenset({"CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"})


def divert(view: View) -> Do | None:
    """Lead clients away from a writer that may still take writes, before another one is made.

    What the old writer would take from here on is lost, so that nobody may be led to it, even if it comes back.
    """
    if view.fence_is_confirmed or view.pair.traffic == view.target.name or view.writer is None:
        return None
    effect = PutTraffic(view.target.name)
    facts = {"no_return": True, "diverted": True}
    return Do(effect, "the old writer is not fenced: leading clients away", facts, {"traffic": view.target.name})


def _decide(view: View, seen: Sights) -> Move:  # noqa: PLR0911 - one for each state that AWS tells
    if "stack" not in seen or view.target.create is None:
        return Done("everything stands", is_skipped=True)
    stack: StackSeen | None = seen["stack"]
    name = view.target.create.stack_name
    if stack is None:
        return _creation(view)
    if stack.status in _COMPLETE:
        return _taken(view, stack)
    if stack.status in _FAILED:
        if stack.run is None:
            return Fail(f"the stack {name} is {stack.status}, and no run made it", is_final=True)
        if int(view.run.facts.get("stacks", 0)) >= _MOST_STACKS:
            return Fail(f"the stack {name} failed {_MOST_STACKS} times: {stack.reason}", is_final=True)
        page = f"The stack {name} is {stack.status}: {stack.reason}. It is deleted and created again."
        return Do(DeleteStack(view.target.name, view.target.create), f"{stack.status}: {stack.reason}", page=page)
    if stack.status.endswith("_IN_PROGRESS") and stack.status != "REVIEW_IN_PROGRESS":
        return Wait(f"the stack {name} is {stack.status}")
    return Fail(f"the stack {name} is {stack.status}", is_final=True)


def _creation(view: View) -> Move:
    create = view.target.create
    if create is None:
        return Done("everything stands", is_skipped=True)
    away = divert(view) if view.creates_database else None
    if away is not None:
        return away
    stacks = int(view.run.facts.get("stacks", 0)) + 1
    if stacks > _MOST_STACKS:
        return Fail(f"the stack {create.stack_name} was created {_MOST_STACKS} times and is gone", is_final=True)
    # CloudFormation takes a token once: the same creation asked for twice is one, another one needs another token.
    token = view.run.id if stacks == 1 else f"{view.run.id}-{stacks}"
    effect = CreateStack(view.target.name, create, view.run.id, token)
    facts = {"no_return": True} if view.creates_database else {}
    return Do(effect, f"creating the stack {create.stack_name}", facts, then_facts={"stacks": stacks})


def _taken(view: View, stack: StackSeen) -> Move:
    """Use a stack that stands; one that another run made is of use only for what holds no data."""
    if not view.creates_database:
        return Done("the way out stands")
    if stack.run != view.run.id:
        return Fail("the stack of another run stands, and its database is no copy of today's data", is_final=True)
    if not stack.database_identifier or not stack.database_endpoint:
        return Fail("the stack has no outputs Identifier and Endpoint", is_final=True)
    facts: dict[str, object] = {
        "writer_identifier": stack.database_identifier,
        "writer_endpoint": stack.database_endpoint,
    }
    if stack.database_arn and stack.database_security_group_id:
        facts["restored"] = {"arn": stack.database_arn, "security_group_id": stack.database_security_group_id}
    return Done(f"the database {stack.database_identifier} is restored", facts)


STEP = Step(stack_looks, _decide, patience_minutes=180)
