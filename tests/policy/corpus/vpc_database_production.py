"""A database as production wants it, in private subnets, by a team's own component with an alias of its old type."""

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}

PROTECT = pulumi.ResourceOptions(protect=True)


class Net(pulumi.ComponentResource):
    """Two private subnets with flow logs."""

    vpc: aws.ec2.Vpc
    subnets: list[aws.ec2.Subnet]

    def __init__(self, name: str) -> None:
        super().__init__("team:network:Net", name, {}, None)
        child = pulumi.ResourceOptions(parent=self)
        self.vpc = aws.ec2.Vpc(name, cidr_block="10.1.0.0/16", opts=child)
        aws.ec2.DefaultSecurityGroup(f"{name}-nothing", vpc_id=self.vpc.id, opts=child)
        log = aws.cloudwatch.LogGroup(f"{name}-flows", retention_in_days=90, opts=child)
        role = aws.iam.Role(
            f"{name}-flows-role",
            assume_role_policy=pulumi.Output.json_dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
                            "Action": "sts:AssumeRole",
                        }
                    ],
                }
            ),
            opts=child,
        )
        aws.ec2.FlowLog(
            f"{name}-flow-log",
            vpc_id=self.vpc.id,
            traffic_type="REJECT",
            log_destination=log.arn,
            iam_role_arn=role.arn,
            opts=child,
        )
        table = aws.ec2.RouteTable(f"{name}-private", vpc_id=self.vpc.id, opts=child)
        self.subnets = []
        for index, zone in enumerate(("eu-west-1a", "eu-west-1b")):
            subnet = aws.ec2.Subnet(
                f"{name}-private-{zone}",
                vpc_id=self.vpc.id,
                cidr_block=f"10.1.{index}.0/24",
                availability_zone=zone,
                opts=child,
            )
            aws.ec2.RouteTableAssociation(
                f"{name}-private-{zone}", subnet_id=subnet.id, route_table_id=table.id, opts=child
            )
            self.subnets.append(subnet)
        self.register_outputs({})


def program() -> None:
    net = Net("net")
    key = aws.kms.Key("db-key", enable_key_rotation=True, deletion_window_in_days=30, opts=PROTECT)
    copy_key = aws.kms.Key(
        "copy-key", region="eu-central-1", enable_key_rotation=True, deletion_window_in_days=30, opts=PROTECT
    )
    servers = aws.ec2.SecurityGroup("servers", vpc_id=net.vpc.id, description="The web servers")
    group = aws.ec2.SecurityGroup("db-group", vpc_id=net.vpc.id, description="The database")
    aws.vpc.SecurityGroupIngressRule(
        "db-from-servers",
        security_group_id=group.id,
        referenced_security_group_id=servers.id,
        ip_protocol="tcp",
        from_port=6432,
        to_port=6432,
        description="The web servers",
    )
    parameters = aws.rds.ParameterGroup(
        "db-parameters",
        family="postgres16",
        parameters=[{"name": "rds.force_ssl", "value": "1", "apply_method": "immediate"}],
    )
    database = aws.rds.Instance(
        "db",
        engine="postgres",
        engine_version="16",
        instance_class="db.m7g.large",
        allocated_storage=100,
        max_allocated_storage=500,
        storage_type="gp3",
        storage_encrypted=True,
        kms_key_id=key.arn,
        multi_az=True,
        port=6432,
        username="keeper",
        manage_master_user_password=True,
        db_subnet_group_name=aws.rds.SubnetGroup("db-subnets", subnet_ids=[one.id for one in net.subnets]).name,
        vpc_security_group_ids=[group.id],
        parameter_group_name=parameters.name,
        publicly_accessible=False,
        backup_retention_period=14,
        deletion_protection=True,
        skip_final_snapshot=False,
        final_snapshot_identifier="db-last",
        enabled_cloudwatch_logs_exports=["postgresql", "upgrade"],
        iam_database_authentication_enabled=True,
        copy_tags_to_snapshot=True,
        opts=PROTECT,
    )
    aws.rds.InstanceAutomatedBackupsReplication(
        "db-copies",
        region="eu-central-1",
        source_db_instance_arn=database.arn,
        kms_key_id=copy_key.arn,
        retention_period=14,
    )
    pulumi.export("secret", database.master_user_secrets[0].secret_arn)
