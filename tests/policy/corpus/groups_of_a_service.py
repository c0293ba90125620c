"""Security groups of a service with its cache and database, some rules inline, some separate, some by loops."""

import pulumi_aws as aws

EXPECTED = {
    "mixed": "sg-mix",
    "db-from-network": "sg-db-source",
    "all-ports": "sg-open-ingress",
    "db": (
        "guard-protect rds-backups rds-cmk rds-delete-protect rds-dr-copy rds-force-tls rds-log-exports"
        " rds-minor-upgrades"
    ),
}

VPC = "vpc-0a1b2c3d4e5f60718"


def program() -> None:
    service = aws.ec2.SecurityGroup("service", vpc_id=VPC, description="The service")
    mixed = aws.ec2.SecurityGroup(
        "mixed",
        vpc_id=VPC,
        description="The cache",
        ingress=[{"protocol": "tcp", "from_port": 6379, "to_port": 6379, "security_groups": [service.id]}],
    )
    aws.ec2.SecurityGroupRule(
        "mixed-more",
        type="ingress",
        security_group_id=mixed.id,
        source_security_group_id=service.id,
        protocol="tcp",
        from_port=6380,
        to_port=6380,
    )
    database = aws.ec2.SecurityGroup("database", vpc_id=VPC, description="The database")
    aws.vpc.SecurityGroupIngressRule(
        "db-from-network",
        security_group_id=database.id,
        cidr_ipv4="10.0.0.0/8",
        ip_protocol="tcp",
        from_port=3306,
        to_port=3306,
    )
    wide = aws.ec2.SecurityGroup("wide", vpc_id=VPC, description="A range that holds more than web ports")
    aws.vpc.SecurityGroupIngressRule(
        "all-ports", security_group_id=wide.id, cidr_ipv6="::/0", ip_protocol="tcp", from_port=80, to_port=8443
    )
    aws.vpc.SecurityGroupIngressRule(
        "from-cloudfront",
        security_group_id=wide.id,
        prefix_list_id="pl-4fa04526",
        ip_protocol="tcp",
        from_port=8080,
        to_port=8080,
    )
    aws.rds.Instance(
        "db",
        engine="mysql",
        engine_version="8.0",
        instance_class="db.t4g.medium",
        allocated_storage=50,
        multi_az=True,
        storage_encrypted=True,
        username="keeper",
        manage_master_user_password=True,
        auto_minor_version_upgrade=False,
        vpc_security_group_ids=[database.id],
        db_subnet_group_name="private",
        final_snapshot_identifier="db-last",
    )
