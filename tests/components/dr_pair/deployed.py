"""Two Regions of the sandbox with what somebody else made there: a network and a database each, and no servers."""

import contextlib
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws
from components.dr_pair.building import AWAY, HOME, Args, changed

from pulumi_aws_mobile.dr_pair import DRPair
from pulumi_aws_mobile.testing import Recording, record
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks
from pulumi_aws_sandbox.runtime import clock, functions
from pulumi_aws_sandbox.runtime.signals import alarms, health, schedules

PAIR = "urn:pulumi:stack::project::aws-mobile:index:DRPair::pair"
_CIDRS = {HOME: "10.0", AWAY: "10.1"}


@dataclass
class Health:
    """A site that answers, as long as it is well."""

    url: str
    is_well: bool = True


@contextlib.contextmanager
def answering() -> Iterator[Health]:
    """Run a site's health URL on this machine."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if health.is_well else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    health = Health(f"http://127.0.0.1:{server.server_port}/health")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield health
    finally:
        server.shutdown()
        server.server_close()


def ground(region: str) -> Args:
    """Create a network with a security group in a Region."""
    vpc = aws.ec2.Vpc(f"vpc-{region}", cidr_block=f"{_CIDRS[region]}.0.0/16", region=region)
    subnets = [
        aws.ec2.Subnet(
            f"subnet-{region}{zone}",
            vpc_id=vpc.id,
            cidr_block=f"{_CIDRS[region]}.{place}.0/24",
            availability_zone=f"{region}{zone}",
            region=region,
        )
        for place, zone in enumerate("ab")
    ]
    gateway = aws.ec2.InternetGateway(f"gateway-{region}", vpc_id=vpc.id, region=region)
    tables = {
        role: aws.ec2.RouteTable(
            f"{role}-{region}", vpc_id=vpc.id, region=region, opts=pulumi.ResourceOptions(depends_on=[gateway])
        ).id
        for role in ("application", "data")
    }
    group = aws.ec2.SecurityGroup(f"group-{region}", description="Databases", vpc_id=vpc.id, region=region)
    subnet_group = aws.rds.SubnetGroup(f"subnets-{region}", subnet_ids=[subnet.id for subnet in subnets], region=region)
    ids: Any = [subnet.id for subnet in subnets]
    return {
        "group": group.id,
        "subnet_group": subnet_group.name,
        "network": {
            "vpc_id": vpc.id,
            "cidr": f"{_CIDRS[region]}.0.0/16",
            "subnet_ids": ids,
            "public_subnet_ids": ids,
            "application_route_table_ids": {"all": tables["application"]},
            "data_route_table_ids": {"all": tables["data"]},
        },
    }


def database(region: str, on: Args, **more: Any) -> "aws.rds.Instance":  # noqa: ANN401 - inputs of any type
    """Create a database in a Region."""
    return aws.rds.Instance(
        f"database-{region}",
        instance_class="db.t4g.medium",
        backup_retention_period=7,
        storage_encrypted=True,
        db_subnet_group_name=on["subnet_group"],
        vpc_security_group_ids=[on["group"]],
        skip_final_snapshot=True,
        region=region,
        **more,
    )


def told(instance: "aws.rds.Instance", on: Args) -> Args:
    """Return what a pair is told of a database."""
    return {
        "identifier": instance.identifier,
        "arn": instance.arn,
        "vpc_id": on["network"]["vpc_id"],
        "security_group_ids": [on["group"]],
        "port": 3306,
    }


@dataclass
class Deployed:
    """A pair and its two Regions."""

    aws: Any
    recording: Recording

    @property
    def outputs(self) -> Args:
        """What the pair tells."""
        return self.recording.component_outputs[PAIR]

    def ask(self, request: str, **more: str) -> Any:  # noqa: ANN401 - any JSON
        """Send an operator's request to the recovery function."""
        return functions.invoke(AWAY, self.outputs["function_name"], {"request": request, **more})

    @staticmethod
    def minute() -> None:
        """Let a minute pass: the clock calls who is due, and the alarms look at what was measured."""
        clock.move(60)
        schedules.fire_due()
        alarms.evaluate()

    def see(self, *, primary: bool) -> None:
        """Say what Route 53's checkers see of the endpoints, where they look: nobody else finds this machine."""
        for name, well in (("pair-primary-endpoint", primary), ("pair-recovery-endpoint", True)):
            for check in (each for each in self.recording if each.name == name):
                health.script(check.id, "healthy" if well else "unhealthy")

    def after(self, minutes: int, ends: frozenset[str] = frozenset({"done"})) -> Any:  # noqa: ANN401 - any JSON
        """Return the recovery function's status once its run has come to one of these ends, or the minutes are over."""
        answer = self.ask("status")
        for _ in range(minutes):
            if answer["run"] is not None and answer["run"]["status"] in ends:
                break
            self.minute()
            answer = self.ask("status")
        return answer

    def database(self, region: str) -> Args:
        """Return a Region's database as RDS tells it."""
        identifier = self.recording.named(f"database-{region}").outputs["identifier"]
        return self.aws("rds", region).describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"][0]


def deploy(clients: Any, strategy: str, sites: dict[str, Health], **more: Any) -> Deployed:  # noqa: ANN401 - inputs of any type
    """Deploy a pair by a strategy, with health URLs of this machine."""

    def program() -> None:
        here, there = ground(HOME), ground(AWAY)
        writer = database(
            HOME, here, engine="mysql", engine_version="8.4", allocated_storage=20, username="owner", password="x" * 20
        )
        key = aws.kms.Key("copied", region=AWAY)
        zone = aws.route53.Zone("zone", name="example.com")
        args: Any = {
            "strategy": strategy,
            "mode": "automatic",
            "domain": {"name": "api.example.com", "hosted_zone_id": zone.id},
            "primary": {
                "region": HOME,
                "health_url": pulumi.Output.from_input(sites[HOME].url),
                "target_host": "one.example.net",
                "database": told(writer, here),
                "network": here["network"],
            },
            "recovery": {
                "region": AWAY,
                "health_url": pulumi.Output.from_input(sites[AWAY].url),
                "target_host": "two.example.net",
                "kms_key_arn": key.arn,
                "network": there["network"],
            },
            **more,
        }
        if strategy == "backup_restore":
            copies = aws.rds.InstanceAutomatedBackupsReplication(
                "copies", source_db_instance_arn=writer.arn, kms_key_id=key.arn, region=AWAY
            )
            args = changed(args, "recovery.backups_arn", copies.id)
            args = changed(args, "recovery.restore", {"instance_class": "db.t4g.medium"})
            args = changed(args, "recovery.instance_security_group_id", there["group"])
        else:
            replica = database(AWAY, there, replicate_source_db=writer.arn, kms_key_id=key.arn)
            args = changed(args, "recovery.database", told(replica, there))
        DRPair("pair", args)

    return Deployed(clients, record(program, mocks=DeployMocks(Sandbox(clients))))
