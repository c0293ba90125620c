"""A file system for two servers with fixed addresses, and the group that lets them mount it."""

import pulumi_aws as aws

EXPECTED = {
    "files": "guard-protect",
    "server-group": "sg-open-ingress",
    "server-0": "lt-imdsv2",
}

VPC = "vpc-0a1b2c3d4e5f60718"
SUBNETS = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]


def program() -> None:
    group = aws.ec2.SecurityGroup(
        "server-group",
        vpc_id=VPC,
        description="Servers that mount files",
        ingress=[
            aws.ec2.SecurityGroupIngressArgs(protocol="tcp", from_port=22, to_port=22, cidr_blocks=["203.0.113.7/32"]),
            aws.ec2.SecurityGroupIngressArgs(protocol="tcp", from_port=2049, to_port=2049, self=True),
            aws.ec2.SecurityGroupIngressArgs(protocol="tcp", from_port=8000, to_port=9000, cidr_blocks=["0.0.0.0/0"]),
        ],
    )
    files = aws.efs.FileSystem("files", encrypted=True, lifecycle_policies=[{"transition_to_ia": "AFTER_30_DAYS"}])
    for index, subnet in enumerate(SUBNETS):
        aws.efs.MountTarget(f"mount-{index}", file_system_id=files.id, subnet_id=subnet, security_groups=[group.id])
        aws.ec2.Instance(
            f"server-{index}",
            ami="ami-0a1b2c3d4e5f60718",
            instance_type="t4g.small",
            subnet_id=subnet,
            vpc_security_group_ids=[group.id],
            metadata_options={"http_tokens": "required" if index else "optional", "http_endpoint": "enabled"},
        )
