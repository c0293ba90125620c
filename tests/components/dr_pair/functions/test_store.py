"""The state as DynamoDB keeps it."""

from dataclasses import replace

import pytest
from components.dr_pair.functions.plans import RECOVERY_REGION
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_mobile.dr_pair.functions.recovery.state import (
    Fence,
    Pair,
    Run,
    StepRecord,
    new_pair,
    pair_from_item,
    pair_to_item,
    run_from_item,
    run_to_item,
)
from pulumi_aws_mobile.dr_pair.functions.recovery.store import LEASE_SECONDS, LostLeaseError, Table
from pulumi_aws_sandbox.aws import Connection

NOW = 1_800_000_000
FENCE = Fence("primary", "shop-primary", "sg-fence", ("sg-1", "sg-2"), "r1", NOW, touched=True)
RUN = Run(
    id="r1",
    kind="failover",
    direction="to_recovery",
    trigger="alarm",
    started_at=NOW,
    step="fence",
    steps={"guard": StepRecord("done", NOW, NOW, "", 0, 0)},
    facts={"lag_seconds": None, "approved": ["start"], "no_return": True},
    approvals=({"request": "approve", "by": "ada", "accepted": True},),
)

texts = st.text(max_size=9)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def table(aws: Connection) -> Table:
    aws("dynamodb").create_table(
        TableName="pair",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return Table("pair", RECOVERY_REGION, 0)


def test_an_empty_table_is_a_pair_as_the_stack_file_counts_it(table: Table) -> None:
    assert table.pair() == Pair(active="primary", traffic="primary", takeovers=0)
    assert replace(table, takeovers=3).pair() == Pair(active="recovery", traffic="recovery", takeovers=3)
    assert table.run("r1") is None


def test_a_pair_and_a_run_come_back_as_they_were_written(table: Table) -> None:
    lease = table.lease("me", NOW)
    assert lease is not None
    pair = replace(new_pair(0), open_run="r1", fence=FENCE, writer={"site": "recovery", "identifier": "x"})
    pair = pair.with_messages([{"subject": "s", "text": "t"}]).with_refusal({"by": ""})
    table.save(lease, pair, RUN)
    assert (table.pair(), table.run("r1")) == (pair, RUN)


def test_a_lease_is_one_s_alone_until_it_is_over(table: Table) -> None:
    assert table.lease("me", NOW) is not None
    assert table.lease("you", NOW + LEASE_SECONDS - 1) is None
    assert table.lease("you", NOW + LEASE_SECONDS) is not None


def test_a_lease_that_is_given_back_is_free(table: Table) -> None:
    lease = table.lease("me", NOW)
    assert lease is not None
    table.release(table.save(lease, new_pair(0), None))
    taken = table.lease("you", NOW + 1)
    assert taken is not None
    assert taken.pair == new_pair(0)


def test_whose_lease_is_over_writes_nothing_and_frees_nothing(table: Table) -> None:
    mine = table.lease("me", NOW)
    assert mine is not None
    yours = table.lease("you", NOW + LEASE_SECONDS)
    assert yours is not None
    with pytest.raises(LostLeaseError):
        table.save(mine, replace(new_pair(0), open_run="r1"), RUN)
    table.release(mine)
    assert (table.pair(), table.run("r1")) == (new_pair(0), None)
    assert table.lease("third", NOW + LEASE_SECONDS + 1) is None
    table.save(yours, new_pair(0), RUN)
    assert table.run("r1") == RUN


def test_a_lease_writes_as_often_as_it_likes_but_never_from_an_old_state(table: Table) -> None:
    first = table.lease("me", NOW)
    assert first is not None
    second = table.save(first, new_pair(0), None)
    third = table.save(second, replace(new_pair(0), open_run="r1"), RUN)
    with pytest.raises(LostLeaseError):
        table.save(second, new_pair(0), None)
    assert (table.pair().open_run, third.version) == ("r1", first.version + 2)


def test_the_items_are_readable_for_people(aws: Connection, table: Table) -> None:
    lease = table.lease("me", NOW)
    assert lease is not None
    table.save(lease, replace(new_pair(0), open_run="r1"), RUN)
    items = {each["pk"]["S"]: each for each in aws("dynamodb").scan(TableName="pair")["Items"]}
    assert items.keys() == {"pair", "run#r1"}
    assert items["pair"]["active"] == {"S": "primary"}
    assert items["run#r1"]["steps"]["M"]["guard"]["M"]["status"] == {"S": "done"}


@given(facts=st.dictionaries(texts, plain, max_size=4), details=st.dictionaries(texts, texts, max_size=3))
def test_any_run_is_plain_data_and_back(facts: dict[str, object], details: dict[str, str]) -> None:
    steps = {name: StepRecord("waiting", 1, 2, detail, 3, 4) for name, detail in details.items()}
    run = replace(RUN, facts=facts, steps=steps)
    assert run_from_item(run_to_item(run)) == run


@given(fence=st.none() | st.just(FENCE), opening=st.none() | st.just(FENCE), takeovers=st.integers(0, 9))
def test_any_pair_is_plain_data_and_back(fence: Fence | None, opening: Fence | None, takeovers: int) -> None:
    pair = replace(new_pair(takeovers), fence=fence, opening=opening)
    assert pair_from_item(pair_to_item(pair)) == pair
