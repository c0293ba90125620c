"""Replicas of replicas that took over: the way back after a failover, and on again."""

from typing import Any

import pytest
from components.ha_database.account import AWAY, COPIES, HOME, INSTANCE, KEY, THERE, build, names, untagged
from hypothesis import given
from hypothesis import settings as searching
from hypothesis import strategies as st

from pulumi_aws_mobile.ha_database.settings import resolve

BOTH = pytest.mark.parametrize("preview", [True, False])
ALREADY = {"region": AWAY, "network": THERE, "promoted": True}
BACK: dict[str, Any] = {"recovery": ALREADY, "home": {"source": "recovery"}}
THEIRS = f"arn:aws:rds:{AWAY}:123456789012:db:restored"


def chain(replicas: dict[str, Any], **options: Any) -> dict[str, Any]:  # noqa: ANN401 - options of any type
    return {"replicas": replicas, **options}


def test_a_replica_at_home_of_one_that_took_over_stands_on_what_the_database_has() -> None:
    recording = build(chain(BACK))
    here = untagged(build({"replicas": {"home": {}}}).named("db-replica-home"))
    found = untagged(recording.named("db-replica-home"))
    assert {name: value for name, value in found.items() if here.get(name) != value} == {
        "dbSubnetGroupName": "db-subnets-name",
        "replicateSourceDb": f"arn:aws:rds:{AWAY}:123456789012:db-replica-recovery",
    }
    assert found["region"] == HOME
    assert found["kmsKeyId"] == "arn:aws:kms:eu-west-1:123456789012:db-key"


def test_beside_its_source_a_replica_has_the_sources_subnets_and_is_told_its_identifier() -> None:
    recording = build(chain({"recovery": ALREADY, "reports": {"region": AWAY, "source": "recovery"}}))
    reports = recording.named("db-replica-reports").inputs
    assert reports["replicateSourceDb"] == "db-replica-recovery-0a1b2c3d"
    assert "dbSubnetGroupName" not in reports
    assert reports["vpcSecurityGroupIds"] == ["db-eu-central-1-security-group-id"]


def test_somebody_elses_instance_can_be_followed() -> None:
    recording = build(chain({"home": {"source": THEIRS}}))
    home = recording.named("db-replica-home").inputs
    assert (home["replicateSourceDb"], home["dbSubnetGroupName"]) == (THEIRS, "db-subnets-name")
    assert names(recording, KEY) == {"db-key"}


def test_the_arn_of_a_source_may_take_the_place_of_its_key_so_that_its_entry_can_go() -> None:
    home = {"promoted": True}
    before = build(chain({**BACK, "home": {**home, "source": "recovery"}})).named("db-replica-home")
    after = build(chain({"home": {**home, "source": THEIRS}})).named("db-replica-home")
    assert {name for name in before.inputs if after.inputs[name] != before.inputs[name]} == {"replicateSourceDb"}
    assert "replicateSourceDb" in after.ignore_changes


@BOTH
def test_the_way_back_changes_nothing_that_is_there(preview: bool) -> None:
    before = {each.urn: each.inputs for each in build(chain({"recovery": ALREADY}), preview=preview)}
    after = {each.urn: each.inputs for each in build(chain(BACK), preview=preview)}
    changed = {urn.rpartition("::")[2] for urn, inputs in before.items() if after[urn] != inputs}
    assert changed == {"db-events"}


def test_the_chain_may_go_on() -> None:
    replicas = {
        "recovery-3": {"region": AWAY, "source": "home"},
        "home": {"source": "recovery", "promoted": True},
        "recovery": ALREADY,
    }
    recording = build(chain(replicas))
    order = [each.name for each in recording.of_type(INSTANCE)]
    assert order == ["db-instance", "db-replica-recovery", "db-replica-home", "db-replica-recovery-3"]
    assert recording.named("db-replica-recovery-3").inputs["replicateSourceDb"] == (
        f"arn:aws:rds:{HOME}:123456789012:db-replica-home"
    )


def test_one_that_took_over_may_have_its_backups_copied() -> None:
    home = {"source": THEIRS, "promoted": True, "copied_to": AWAY, "retention_days": 7}
    recording = build(chain({"home": home}))
    copies = recording.only(COPIES)
    assert copies.name == "db-replica-home-backups"
    assert copies.protect
    assert copies.inputs == {
        "kmsKeyId": "arn:aws:kms:eu-central-1:123456789012:db-eu-central-1-key",
        "region": AWAY,
        "retentionPeriod": 7,
        "sourceDbInstanceArn": f"arn:aws:rds:{HOME}:123456789012:db-replica-home",
    }
    (outputs,) = recording.component_outputs.values()
    assert outputs["replica_backup_arns"] == {"home": "db-replica-home-backups-id"}
    assert outputs["backup_arns"] == {}


def test_backups_may_be_copied_home() -> None:
    recording = build(chain({"recovery": {**ALREADY, "copied_to": HOME}}))
    copies = recording.only(COPIES).inputs
    assert (copies["region"], copies["kmsKeyId"]) == (HOME, "arn:aws:kms:eu-west-1:123456789012:db-key")


def test_the_copies_of_the_first_database_stay_beside_those_of_its_successor() -> None:
    home = {"source": THEIRS, "promoted": True, "copied_to": AWAY}
    recording = build(chain({"home": home}, cross_region_backups={"region": AWAY}))
    assert names(recording, COPIES) == {"db-eu-central-1-backups", "db-replica-home-backups"}
    assert names(recording, KEY) == {"db-key", "db-eu-central-1-key"}


@searching(deadline=None, max_examples=60)
@given(st.integers(1, 8), st.randoms(use_true_random=False))
def test_each_is_made_after_what_it_follows_however_they_are_written(length: int, random: Any) -> None:  # noqa: ANN401 - hypothesis gives a Random
    replicas: dict[str, Any] = {}
    for number in range(length):
        region = {"region": AWAY} if number % 2 == 0 else {}
        source = {"source": f"r{number - 1}"} if number else {"network": THERE}
        replicas[f"r{number}"] = {**region, **source, "promoted": number < length - 1}
    shuffled = dict(random.sample(list(replicas.items()), length))
    args: Any = {"region": HOME, "replicas": shuffled}
    found = resolve("db", args)
    assert list(found.everywhere) == list(found.chain) == list(replicas)
