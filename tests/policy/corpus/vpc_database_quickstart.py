"""A database that the whole internet can reach, in a VPC of two public subnets; its password is configuration."""

import pulumi
import pulumi_aws as aws

EXPECTED = {
    "main": "vpc-flow-logs",
    "public-0": "subnet-public-ip",
    "public-1": "subnet-public-ip",
    "db-open": "sg-db-source sg-open-ingress",
    "db-subnets": "rds-private-subnets",
    "db": (
        "guard-protect rds-backups rds-cmk rds-delete-protect rds-dr-copy rds-encrypted rds-final-snapshot"
        " rds-force-tls rds-log-exports rds-managed-password rds-multi-az rds-private"
    ),
}


def program() -> None:
    vpc = aws.ec2.Vpc("main", cidr_block="10.0.0.0/16", enable_dns_hostnames=True)
    gateway = aws.ec2.InternetGateway("gateway", vpc_id=vpc.id)
    table = aws.ec2.RouteTable("public", vpc_id=vpc.id, routes=[{"cidr_block": "0.0.0.0/0", "gateway_id": gateway.id}])
    subnets = []
    for index, zone in enumerate(["eu-west-1a", "eu-west-1b"]):
        subnet = aws.ec2.Subnet(
            f"public-{index}",
            vpc_id=vpc.id,
            cidr_block=f"10.0.{index}.0/24",
            availability_zone=zone,
            map_public_ip_on_launch=True,
        )
        aws.ec2.RouteTableAssociation(f"public-{index}-routes", subnet_id=subnet.id, route_table_id=table.id)
        subnets.append(subnet)
    group = aws.ec2.SecurityGroup(
        "db-open",
        vpc_id=vpc.id,
        ingress=[{"protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_blocks": ["0.0.0.0/0"]}],
        egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
    )
    database = aws.rds.Instance(
        "db",
        engine="postgres",
        engine_version="16",
        instance_class="db.t4g.micro",
        allocated_storage=20,
        db_name="app",
        username="postgres",
        password=pulumi.Config().require_secret("password"),
        db_subnet_group_name=aws.rds.SubnetGroup("db-subnets", subnet_ids=[subnet.id for subnet in subnets]).name,
        vpc_security_group_ids=[group.id],
        publicly_accessible=True,
        skip_final_snapshot=True,
    )
    pulumi.export("endpoint", database.endpoint)
