"""Which database writes after how many takeovers, and what stands in the recovery Region meanwhile."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.dr_pair import RecoveryStrategy
from stack_recovery import PRIMARY, RECOVERY, Recovery, database_options, key_of, reserved, site_of, standby_of
from stack_wiring import writer_for

REPLICATED = [each for each in RecoveryStrategy if each is not RecoveryStrategy.BACKUP_RESTORE]
RESTORED = "arn:aws:rds:eu-central-1:123456789012:db:restored"


def recovery(strategy: RecoveryStrategy, takeovers: int, *, successor: bool | None = None, **asked: Any) -> Recovery:  # noqa: ANN401 - any option
    restored = RESTORED if strategy is RecoveryStrategy.BACKUP_RESTORE and takeovers else None
    ready = takeovers % 2 == 0 if successor is None else successor
    return Recovery(strategy, "eu-central-1", takeovers, ready, restored, asked)


def line(found: Recovery) -> list[tuple[str, str, str | None, bool]]:
    return [(link.key, link.site, link.source, link.promoted) for link in found.links()]


def test_before_any_failover_the_primary_has_one_replica() -> None:
    assert line(recovery(RecoveryStrategy.PILOT_LIGHT, 0)) == [
        ("primary", PRIMARY, None, False),
        ("recovery", RECOVERY, None, False),
    ]


def test_right_after_a_failover_nothing_is_asked_of_the_lost_region() -> None:
    assert line(recovery(RecoveryStrategy.PILOT_LIGHT, 1)) == [
        ("primary", PRIMARY, None, False),
        ("recovery", RECOVERY, None, True),
    ]


def test_the_way_home_is_a_replica_of_the_new_writer() -> None:
    assert line(recovery(RecoveryStrategy.PILOT_LIGHT, 1, successor=True))[-1] == ("home", PRIMARY, "recovery", False)


def test_back_home_the_recovery_region_gets_a_new_replica() -> None:
    assert line(recovery(RecoveryStrategy.WARM_STANDBY, 2))[2:] == [
        ("home", PRIMARY, "recovery", True),
        ("recovery-3", RECOVERY, "home", False),
    ]


def test_a_restored_database_is_not_the_programs_but_its_replica_is() -> None:
    assert line(recovery(RecoveryStrategy.BACKUP_RESTORE, 1, successor=True)) == [
        ("primary", PRIMARY, None, False),
        ("home", PRIMARY, RESTORED, False),
    ]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(REPLICATED), st.integers(0, 9), st.booleans())
def test_the_site_that_writes_has_the_writer_and_the_other_another(
    strategy: RecoveryStrategy, takeovers: int, successor: bool
) -> None:
    found = recovery(strategy, takeovers, successor=successor)
    here = found.active_site
    there = RECOVERY if here == PRIMARY else PRIMARY
    assert writer_for(found, here) == takeovers
    assert site_of(takeovers) == here
    joined = writer_for(found, there)
    if not (found.stance.full_size and there == RECOVERY):
        assert site_of(joined) == there or not (successor or takeovers)
    keys = {link.key for link in found.links()}
    assert key_of(takeovers) in keys
    assert key_of(joined) in keys


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(REPLICATED), st.integers(0, 9), st.booleans())
def test_only_promoted_databases_are_sources(strategy: RecoveryStrategy, takeovers: int, successor: bool) -> None:
    links = recovery(strategy, takeovers, successor=successor).links()
    promoted = {link.key for link in links if link.promoted}
    assert all(link.source in promoted for link in links if link.source is not None)
    assert len([link for link in links if not link.promoted]) == 1 + successor


@pytest.mark.parametrize("strategy", RecoveryStrategy)
def test_a_database_that_is_paired_is_guarded(strategy: RecoveryStrategy) -> None:
    assert database_options(recovery(strategy, 0), {}, "eu-west-1")["guarded"] is True


def test_copied_backups_and_a_replica_are_never_both_there() -> None:
    copied = database_options(recovery(RecoveryStrategy.BACKUP_RESTORE, 0), {}, "eu-west-1")
    replicated = database_options(recovery(RecoveryStrategy.PILOT_LIGHT, 0), {}, "eu-west-1")
    assert copied == {"guarded": True, "cross_region_backups": {"region": "eu-central-1"}}
    assert replicated == {"guarded": True, "replicas": {"recovery": {"region": "eu-central-1"}}}


@pytest.mark.parametrize(
    ("strategy", "size"),
    [
        (RecoveryStrategy.BACKUP_RESTORE, (0, 0)),
        (RecoveryStrategy.PILOT_LIGHT, (0, 0)),
        (RecoveryStrategy.WARM_STANDBY, (2, 4)),
        (RecoveryStrategy.MULTI_SITE, (3, 9)),
    ],
)
def test_servers_wait_as_the_strategy_says(strategy: RecoveryStrategy, size: tuple[int, int]) -> None:
    standby = standby_of(recovery(strategy, 0), {"instances": {"min": 3, "max": 9, "types": ["m7g.large"]}})
    assert standby == {"min": size[0], "max": size[1], "types": ["m7g.large"]}


@pytest.mark.parametrize(
    ("key", "kept"), [("recovery", True), ("home-4", True), ("reports", False), ("home-page", False)]
)
def test_keys_of_the_line_are_kept(key: str, kept: bool) -> None:
    assert reserved(key) is kept
