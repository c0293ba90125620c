"""Web servers behind a load balancer that speaks HTTP, with SSH open to the world."""

import base64

import pulumi_aws as aws

EXPECTED = {
    "everything": "sg-open-ingress",
    "ssh": "sg-open-ingress",
    "rdp-v6": "sg-open-ingress",
    "server": "lt-imdsv2",
    "servers-group": "asg-spread",
    "web": "lb-delete-protect lb-headers lb-logs",
    "web-http": "lb-https",
    "web-https": "lb-tls-policy",
}

VPC = "vpc-0a1b2c3d4e5f60718"
SUBNETS = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]


def program() -> None:
    balancer_group = aws.ec2.SecurityGroup("balancer", vpc_id=VPC, description="The load balancer")
    for port in (80, 443):
        aws.vpc.SecurityGroupIngressRule(
            f"balancer-{port}",
            security_group_id=balancer_group.id,
            cidr_ipv4="0.0.0.0/0",
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
        )
    group = aws.ec2.SecurityGroup("servers", vpc_id=VPC, description="The servers")
    aws.vpc.SecurityGroupIngressRule(
        "ssh", security_group_id=group.id, cidr_ipv4="0.0.0.0/0", ip_protocol="tcp", from_port=22, to_port=22
    )
    aws.ec2.SecurityGroupRule(
        "rdp-v6",
        type="ingress",
        security_group_id=group.id,
        ipv6_cidr_blocks=["::/0"],
        protocol="tcp",
        from_port=3389,
        to_port=3389,
    )
    aws.ec2.SecurityGroupRule(
        "out",
        type="egress",
        security_group_id=group.id,
        cidr_blocks=["0.0.0.0/0"],
        protocol="-1",
        from_port=0,
        to_port=0,
    )
    aws.ec2.SecurityGroup(
        "everything",
        vpc_id=VPC,
        description="Left from a bad day",
        ingress=[
            {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/1", "128.0.0.0/1"]},
            {"protocol": "tcp", "from_port": 443, "to_port": 443, "self": True},
        ],
    )
    balancer = aws.lb.LoadBalancer(
        "web", load_balancer_type="application", security_groups=[balancer_group.id], subnets=SUBNETS
    )
    targets = aws.lb.TargetGroup("web-targets", port=80, protocol="HTTP", vpc_id=VPC)
    forward = [{"type": "forward", "target_group_arn": targets.arn}]
    aws.lb.Listener("web-http", load_balancer_arn=balancer.arn, port=80, protocol="HTTP", default_actions=forward)
    aws.lb.Listener(
        "web-https",
        load_balancer_arn=balancer.arn,
        port=443,
        protocol="HTTPS",
        ssl_policy="ELBSecurityPolicy-2016-08",
        certificate_arn="arn:aws:acm:eu-west-1:123456789012:certificate/5e3a1d60-0f2c-4a8c-9d47-1c2b3a4d5e6f",
        default_actions=forward,
    )
    template = aws.ec2.LaunchTemplate(
        "server",
        image_id="ami-0a1b2c3d4e5f60718",
        instance_type="t4g.small",
        vpc_security_group_ids=[group.id],
        user_data=base64.b64encode(b"#!/bin/sh\nsystemctl start shop\n").decode(),
    )
    aws.autoscaling.Group(
        "servers-group",
        min_size=1,
        max_size=3,
        vpc_zone_identifiers=SUBNETS[:1],
        launch_template={"id": template.id, "version": "$Latest"},
        target_group_arns=[targets.arn],
    )
