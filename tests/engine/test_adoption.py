"""A failover that was made at AWS is adopted by the program, and so is the way back: in place, and nothing is undone.

What it does not prove: that data travel; the drills do, with databases and servers.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from pulumi_aws_sandbox import aws
from tests.engine.workspace import Run, Workspace

P, R = "eu-west-1", "eu-central-1"
PROGRAM = """
    import json
    from pathlib import Path

    import pulumi
    from pulumi_aws_mobile import HAdatabase, WebTier

    told = json.loads(Path("args.json").read_text())
    database = HAdatabase("ledger", told["database"])
    hosts = {"first": database.endpoint}
    for key in told["database"]["replicas"]:
        hosts[key] = database.reader_endpoints.apply(lambda found, key=key: found[key])
    for site, web in told["web"].items():
        environment = {"RDS_HOSTNAME": hosts[told["writers"][site]]}
        tier = WebTier(site, {"source": "app", "standby": True, "protect": False, "environment": environment, **web})
        pulumi.export(f"{site}-environment", tier.live_environment_name)
    pulumi.export("hosts", hosts)
    pulumi.export("identifiers", {"first": database.identifier})
    pulumi.export("replicas", database.replica_identifiers)
"""
WATCHED = {"MinSize", "MaxSize", "RDS_HOSTNAME"}
REPLACING = {"replace", "create-replacement", "delete-replaced", "delete"}
SERVING, WAITING = {"min": 1, "max": 2}, {"max": 0}
RECOVERY: dict[str, Any] = {"region": R}
FIX = (
    "a failover changed it: tell the program (with a DRPair, raise `takeovers` by one) before the next update, or set "
    "`standby` to false to take it back all the same"
)


def _network(ec2: Any, *zones: str) -> dict[str, Any]:  # noqa: ANN401 - a boto3 client
    """Make a network by hand: the test is quicker than with a `Network`, of which it would show nothing."""
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = (
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{place}.0/24", AvailabilityZone=zone)["Subnet"]
        for place, zone in enumerate(zones)
    )
    return {"vpc_id": vpc, "subnet_ids": [subnet["SubnetId"] for subnet in made]}


class World:
    """The stack, what the runbook does at AWS, and what is there."""

    def __init__(self, workspace: Workspace, operator: aws.Connection) -> None:
        self.workspace = workspace
        self.rds = {region: operator("rds", region) for region in (P, R)}
        self.beanstalk = {region: operator("elasticbeanstalk", region) for region in (P, R)}
        self.ec2 = operator("ec2", P)
        self.networks = {region: _network(operator("ec2", region), f"{region}a", f"{region}b") for region in (P, R)}
        self.answer("one")
        workspace.write(PROGRAM)

    def answer(self, text: str) -> None:
        """Change the application."""
        public = self.workspace.directory / "app" / "public"
        public.mkdir(parents=True, exist_ok=True)
        (public / "index.php").write_text(f'<?php echo "{text}";\n', encoding="utf-8")

    def tell(self, replicas: dict[str, Any], sizes: tuple[dict[str, int], dict[str, int]], *writers: str) -> None:
        """Write what the stack file says: the replicas, the sizes of both web tiers and the databases they use."""
        there = {"recovery": {**replicas["recovery"], "network": self.networks[R]}}
        database = {
            "region": P,
            "network": self.networks[P],
            "guarded": True,
            "replicas": {**replicas, **there},
            "apply_immediately": True,
        }
        web = {}
        for site, region, size in zip(("here", "there"), (P, R), sizes, strict=True):
            network = self.networks[region]
            place = {"vpc_id": network["vpc_id"], "instance_subnet_ids": network["subnet_ids"]}
            web[site] = {"region": region, "network": place, "instances": size}
        told = {"database": database, "web": web, "writers": dict(zip(("here", "there"), writers, strict=True))}
        (self.workspace.directory / "args.json").write_text(json.dumps(told), encoding="utf-8")

    def take_over(self, region: str, key: str, site: str, size: dict[str, int]) -> None:
        """Promote a replica and give the Region's servers their number and the new writer, as the runbook does."""
        out = self.workspace.outputs()
        self.rds[region].promote_read_replica(DBInstanceIdentifier=out["replicas"][key])
        asg, properties = "aws:autoscaling:asg", "aws:elasticbeanstalk:application:environment"
        new = [
            (asg, "MinSize", str(size["min"])),
            (asg, "MaxSize", str(size["max"])),
            (properties, "RDS_HOSTNAME", out["hosts"][key]),
        ]
        self.beanstalk[region].update_environment(
            EnvironmentName=out[f"{site}-environment"],
            OptionSettings=[{"Namespace": space, "OptionName": name, "Value": value} for space, name, value in new],
        )

    def fence(self) -> str:
        """Keep everybody from the first database, as the runbook does; return the group that lets nobody in."""
        instance = self.database(P, self.workspace.outputs()["identifiers"]["first"])
        vpc = instance["DBSubnetGroup"]["VpcId"]
        group = self.ec2.create_security_group(GroupName="fence", Description="nobody", VpcId=vpc)["GroupId"]
        self.rds[P].modify_db_instance(
            DBInstanceIdentifier=instance["DBInstanceIdentifier"], VpcSecurityGroupIds=[group], ApplyImmediately=True
        )
        return group

    def database(self, region: str, identifier: str) -> dict[str, Any]:
        return self.rds[region].describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"][0]

    def servers(self, region: str, site: str) -> dict[str, str]:
        """Return what a failover changes of a web tier, as it is at AWS."""
        client, name = self.beanstalk[region], self.workspace.outputs()[f"{site}-environment"]
        (about,) = client.describe_environments(EnvironmentNames=[name])["Environments"]
        answer = client.describe_configuration_settings(ApplicationName=about["ApplicationName"], EnvironmentName=name)
        found = answer["ConfigurationSettings"][0]["OptionSettings"]
        return {each["OptionName"]: each["Value"] for each in found if each["OptionName"] in WATCHED}


@dataclass
class Story:
    runs: dict[str, Run] = field(default_factory=dict)
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    servers: dict[str, dict[str, str]] = field(default_factory=dict)
    databases: dict[str, dict[str, Any]] = field(default_factory=dict)
    hosts: dict[str, str] = field(default_factory=dict)
    fence: str = ""


@pytest.fixture(scope="module")
def story(make_workspace: Callable[[], Workspace], operator: aws.Connection) -> Story:
    world, story = World(make_workspace(), operator), Story()
    _begin(world, story)
    _fail_over(world, story)
    _fail_back(world, story)
    return story


def _begin(world: World, story: Story) -> None:
    world.tell({"recovery": RECOVERY}, (SERVING, WAITING), "first", "recovery")
    story.runs["first"] = world.workspace.up()
    assert story.runs["first"].code == 0, story.runs["first"].output
    story.runs["again"] = world.workspace.up("--expect-no-changes")
    story.ids["first"] = world.workspace.in_state()
    story.servers["waiting"] = world.servers(R, "there")


def _fail_over(world: World, story: Story) -> None:
    up, workspace = story.runs, world.workspace
    story.fence = world.fence()
    world.take_over(R, "recovery", "there", SERVING)
    story.servers["taken over"] = world.servers(R, "there")
    up["unchanged"] = workspace.up("--expect-no-changes")
    world.answer("two")
    up["new version"] = workspace.up()
    story.servers["after a new version"] = world.servers(R, "there")
    up["refresh"] = workspace.refresh()
    up["refused preview"], up["refused"] = workspace.preview(), workspace.up()
    story.servers["after the refusal"] = world.servers(R, "there")
    promoted = {**RECOVERY, "promoted": True}
    world.tell({"recovery": promoted}, (SERVING, SERVING), "first", "recovery")
    up["adopted"], up["after the adoption"] = workspace.up(), workspace.up("--expect-no-changes")
    story.servers["adopted"] = world.servers(R, "there")
    story.ids["adopted"] = workspace.in_state()
    out = workspace.outputs()
    story.databases["recovery"] = world.database(R, out["replicas"]["recovery"])
    story.databases["first"] = world.database(P, out["identifiers"]["first"])


def _fail_back(world: World, story: Story) -> None:
    up, workspace = story.runs, world.workspace
    promoted, home = {**RECOVERY, "promoted": True}, {"source": "recovery"}
    world.tell({"recovery": promoted, "home": home}, (SERVING, SERVING), "first", "recovery")
    up["successor"] = workspace.up()
    assert up["successor"].code == 0, up["successor"].output
    story.hosts = workspace.outputs()["hosts"]
    story.databases["successor"] = world.database(P, workspace.outputs()["replicas"]["home"])
    world.take_over(P, "home", "here", SERVING)
    workspace.refresh()
    up["refused at home"] = workspace.up()
    replicas = {"recovery": promoted, "home": {**home, "promoted": True}}
    world.tell(replicas, (SERVING, WAITING), "home", "home")
    up["back"], up["after all"], up["drift"] = workspace.up(), workspace.up("--expect-no-changes"), workspace.drift()
    story.ids["back"] = workspace.in_state()
    story.databases["home"] = world.database(P, workspace.outputs()["replicas"]["home"])
    story.servers["home"], story.servers["waiting again"] = world.servers(P, "here"), world.servers(R, "there")


def test_both_sites_are_made_and_stay_as_they_are(story: Story) -> None:
    assert story.runs["again"].code == 0, story.runs["again"].output
    assert (story.servers["waiting"]["MinSize"], story.servers["waiting"]["MaxSize"]) == ("0", "0")


def test_without_a_refresh_a_failover_is_no_change(story: Story) -> None:
    assert story.runs["unchanged"].code == 0, story.runs["unchanged"].output


def test_a_new_version_does_not_undo_a_failover_that_the_state_does_not_know_of(story: Story) -> None:
    assert story.runs["new version"].code == 0, story.runs["new version"].output
    assert story.runs["new version"].changes["there-main-php84"] == "update"
    assert story.servers["after a new version"] == story.servers["taken over"]


@pytest.mark.parametrize("run", ["refused preview", "refused"])
def test_after_a_refresh_taking_it_back_is_refused_with_advice(story: Story, run: str) -> None:
    assert story.runs["refresh"].code == 0, story.runs["refresh"].output
    assert story.runs[run].code != 0
    said = [line.strip() for line in story.runs[run].output.splitlines()]
    (first,) = {line for line in said if "keeps what a failover made of there-main-php84" in line}
    assert first.endswith('WebTier "there" keeps what a failover made of there-main-php84: 2 problems')
    assert {line for line in said if line.endswith(FIX)} == {
        f'instances.min: got "0"; allowed: 1, as it is; {FIX}',
        f'instances.max: got "0"; allowed: 2, as it is; {FIX}',
    }


def test_what_was_refused_is_left_as_it_was(story: Story) -> None:
    assert story.servers["after the refusal"] == story.servers["taken over"]


def test_the_failover_is_adopted_in_place(story: Story) -> None:
    assert story.runs["adopted"].code == 0, story.runs["adopted"].output
    assert not REPLACING & set(story.runs["adopted"].steps.values()) - {"delete"}
    assert story.runs["adopted"].changes == {
        "there-main-php84": "update",
        "ledger-replica-recovery": "update",
        "ledger-replica-recovery-replica-lag": "delete",
    }
    assert story.servers["adopted"] == story.servers["taken over"]


def test_nothing_is_left_to_change_after_the_adoption(story: Story) -> None:
    assert story.runs["after the adoption"].code == 0, story.runs["after the adoption"].output


def test_the_new_writer_stays_one_and_the_old_one_stays_fenced(story: Story) -> None:
    assert "ReadReplicaSourceDBInstanceIdentifier" not in story.databases["recovery"]
    assert story.databases["recovery"]["MultiAZ"] is True
    groups = [group["VpcSecurityGroupId"] for group in story.databases["first"]["VpcSecurityGroups"]]
    assert groups == [story.fence]


def test_the_successor_at_home_follows_the_new_writer(story: Story) -> None:
    made = {name for name, step in story.runs["successor"].changes.items() if step == "create"}
    assert "ledger-replica-home" in made
    source = story.databases["successor"]["ReadReplicaSourceDBInstanceIdentifier"]
    assert source == story.databases["recovery"]["DBInstanceArn"]
    assert not REPLACING & set(story.runs["successor"].steps.values())


def test_taking_back_the_fail_back_is_refused_too(story: Story) -> None:
    assert story.runs["refused at home"].code != 0
    line = f'environment.RDS_HOSTNAME: got "{story.hosts["first"]}"; allowed: {story.hosts["home"]}, as it is; {FIX}'
    assert line in story.runs["refused at home"].output


def test_the_fail_back_is_adopted_in_place(story: Story) -> None:
    assert story.runs["back"].code == 0, story.runs["back"].output
    assert story.runs["back"].changes == {
        "here-main-php84": "update",
        "there-main-php84": "update",
        "ledger-replica-home": "update",
        "ledger-replica-home-replica-lag": "delete",
    }
    assert story.servers["home"] == {"MinSize": "1", "MaxSize": "2", "RDS_HOSTNAME": story.hosts["home"]}
    assert "ReadReplicaSourceDBInstanceIdentifier" not in story.databases["home"]


def test_the_other_region_waits_again(story: Story) -> None:
    assert story.servers["waiting again"] == {"MinSize": "0", "MaxSize": "0", "RDS_HOSTNAME": story.hosts["home"]}


def test_at_the_end_nothing_is_left_to_change_and_everything_is_what_it_was(story: Story) -> None:
    assert story.runs["after all"].code == 0, story.runs["after all"].output
    assert story.runs["drift"].code == 0, story.runs["drift"].output
    stable = ("ledger-instance", "ledger-replica-recovery", "here-main-php84", "there-main-php84", "ledger-secret")
    assert {name: story.ids["back"][name] for name in stable} == {name: story.ids["first"][name] for name in stable}
