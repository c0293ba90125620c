"""Pairs in the sandbox: a Region falls silent, and the functions act with the rights of their roles.


What this does not prove: servers, the time that AWS takes, and what clients notice; the drill shows those.
"""

import functools
from dataclasses import dataclass
from typing import Any

import pytest
from components.dr_pair.building import AWAY, HOME, STRATEGIES, Args
from components.dr_pair.deployed import answering, deploy

from pulumi_aws_sandbox import aws as sandboxed
from pulumi_aws_sandbox.runtime import functions
from pulumi_aws_sandbox.runtime.signals import dns

NAME = "api.example.com"
REPLICATED = ("pilot_light", "warm_standby", "multi_site")
_ENOUGH_MINUTES = 20


@dataclass(frozen=True)
class Takeover:
    """What was seen of a pair whose primary Region fell silent."""

    before: Args
    """The recovery function's status while all was well."""
    after: Args
    """Its status when nothing more was to be done."""
    led_to: tuple[str, str]
    """Where clients were led to before and after."""
    records: tuple[Any, Any]
    """The zone's records before and after."""
    old_writer: Args
    new_writer: Args
    ways_out: list[Args]
    """The default routes of the recovery Region's servers."""
    stack: Args | None
    outputs: Args


@functools.cache
def takeover(strategy: str) -> Takeover:
    """Deploy a pair, let its primary Region fall silent, and wait until the other has taken over."""
    with sandboxed.in_process(HOME) as clients, answering() as here, answering() as there:
        pair = deploy(clients, strategy, {HOME: here, AWAY: there})
        zone = pair.recording.named("zone").id
        route53, ec2, rds = clients("route53"), clients("ec2", AWAY), clients("rds", AWAY)

        def look() -> tuple[str, Any]:
            records = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
            return dns.resolve(NAME, "CNAME", resolver_region=HOME).target, records

        pair.see(primary=True)
        pair.minute()
        before, (led, records) = pair.ask("status"), look()
        here.is_well = False
        pair.see(primary=False)
        after = pair.after(_ENOUGH_MINUTES)
        then_led, then_records = look()
        name = pair.outputs.get("stack_name")
        stacks = clients("cloudformation", AWAY).describe_stacks(StackName=name)["Stacks"] if name else [None]
        table = pair.recording.named(f"application-{AWAY}").id
        (found,) = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
        writer = (after["state"]["writer"] or {}).get("identifier", f"database-{AWAY}")
        return Takeover(
            before=before,
            after=after,
            led_to=(led, then_led),
            records=(records, then_records),
            old_writer=pair.database(HOME),
            new_writer=rds.describe_db_instances(DBInstanceIdentifier=writer)["DBInstances"][0],
            ways_out=[route for route in found["Routes"] if route.get("DestinationCidrBlock") == "0.0.0.0/0"],
            stack=stacks[0],
            outputs=pair.outputs,
        )


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_deployed_pair_knows_that_the_primary_region_is_active(strategy: str) -> None:
    before = takeover(strategy).before
    assert (before["run"], before["state"]["active"]) == (None, "primary")


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_when_the_primary_region_is_silent_the_other_takes_over(strategy: str) -> None:
    after = takeover(strategy).after
    assert (after["run"]["status"], after["run"]["trigger"], after["state"]["active"]) == ("done", "alarm", "recovery")


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_old_writer_is_behind_the_fence(strategy: str) -> None:
    seen = takeover(strategy)
    groups = [group["VpcSecurityGroupId"] for group in seen.old_writer["VpcSecurityGroups"]]
    assert groups == [seen.outputs["fence_security_group_ids"][HOME]]


@pytest.mark.parametrize("strategy", REPLICATED)
def test_a_replica_becomes_a_database_of_its_own(strategy: str) -> None:
    writer = takeover(strategy).new_writer
    assert "ReadReplicaSourceDBInstanceIdentifier" not in writer
    assert writer["DBInstanceStatus"] == "available"


def test_a_database_is_restored_under_the_name_of_the_stack() -> None:
    seen = takeover("backup_restore")
    writer = seen.new_writer
    assert writer["DBInstanceIdentifier"] == seen.outputs["stack_name"]
    assert (writer["DBInstanceStatus"], writer["DeletionProtection"]) == ("available", True)


@pytest.mark.parametrize("strategy", ["backup_restore", "pilot_light"])
def test_waiting_servers_get_a_way_out_by_cloudformation(strategy: str) -> None:
    seen = takeover(strategy)
    assert seen.stack is not None
    assert seen.stack["StackStatus"] == "CREATE_COMPLETE"
    assert [way["NatGatewayId"][:4] for way in seen.ways_out] == ["nat-"]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_clients_are_led_over(strategy: str) -> None:
    assert takeover(strategy).led_to == ("one.example.net", "two.example.net")


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_record_changes_in_a_failover(strategy: str) -> None:
    before, after = takeover(strategy).records
    assert before == after


@dataclass(frozen=True)
class Approval:
    """What was seen of a pair for which a person decides."""

    quiet: Args
    """After some minutes in which all was well."""
    probes: list[Args]
    """What the prober said while the primary Region answered, and when it did not."""
    metrics: set[str]
    waiting: Args
    approved: Args


@functools.cache
def approval() -> Approval:
    """Deploy a pair, let its primary Region fall silent, and approve the failover."""
    with sandboxed.in_process(HOME) as clients, answering() as here, answering() as there:
        pair = deploy(clients, "warm_standby", {HOME: here, AWAY: there}, mode="approval")
        prober = pair.outputs["prober_function_name"]
        quiet = pair.after(5)
        probes = [functions.invoke(AWAY, prober, {"tick": True})]
        here.is_well = False
        probes.append(functions.invoke(AWAY, prober, {"tick": True}))
        waiting = pair.after(6, frozenset({"awaiting_approval"}))
        pair.ask("approve", run=waiting["run"]["id"], by="an operator")
        metrics = clients("cloudwatch", AWAY).list_metrics(Namespace="AwsMobile/Recovery")["Metrics"]
        names = {metric["MetricName"] for metric in metrics}
        return Approval(quiet, probes, names, waiting, pair.after(_ENOUGH_MINUTES))


def test_a_region_that_answers_is_not_taken_over() -> None:
    assert (approval().quiet["run"], approval().quiet["state"]["active"]) == (None, "primary")


def test_the_prober_says_whether_the_primary_region_answers() -> None:
    assert approval().probes == [
        {"reachable": True, "traffic": "primary"},
        {"reachable": False, "traffic": "primary"},
    ]
    assert {"PrimaryReachable", "TrafficToRecovery"} <= approval().metrics


def test_by_default_nothing_happens_before_a_person_approves() -> None:
    waiting = approval().waiting
    assert (waiting["run"]["status"], waiting["state"]["active"]) == ("awaiting_approval", "primary")
    assert approval().approved["state"]["active"] == "recovery"
