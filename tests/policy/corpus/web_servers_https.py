"""Web servers behind a load balancer that redirects to HTTPS, open where they have to be."""

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}

VPC = "vpc-0a1b2c3d4e5f60718"
SUBNETS = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]


def program() -> None:
    balancer_group = aws.ec2.SecurityGroup(
        "balancer",
        vpc_id=VPC,
        description="The load balancer",
        ingress=[
            {
                "description": f"Everybody, port {port}",
                "protocol": "tcp",
                "from_port": port,
                "to_port": port,
                "cidr_blocks": ["0.0.0.0/0"],
                "ipv6_cidr_blocks": ["::/0"],
            }
            for port in (80, 443)
        ],
        egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["10.0.0.0/8"]}],
    )
    group = aws.ec2.SecurityGroup("servers", vpc_id=VPC, description="The servers")
    aws.vpc.SecurityGroupIngressRule(
        "servers-from-balancer",
        security_group_id=group.id,
        referenced_security_group_id=balancer_group.id,
        ip_protocol="tcp",
        from_port=8080,
        to_port=8080,
    )
    aws.vpc.SecurityGroupIngressRule(
        "servers-from-office",
        security_group_id=group.id,
        cidr_ipv4="192.0.2.0/28",
        ip_protocol="tcp",
        from_port=22,
        to_port=22,
    )
    aws.vpc.SecurityGroupEgressRule("servers-out", security_group_id=group.id, cidr_ipv4="0.0.0.0/0", ip_protocol="-1")
    balancer = aws.alb.LoadBalancer(
        "web",
        security_groups=[balancer_group.id],
        subnets=SUBNETS,
        enable_deletion_protection=True,
        drop_invalid_header_fields=True,
        access_logs={"bucket": "access-logs-of-the-shop", "prefix": "web", "enabled": True},
    )
    targets = aws.alb.TargetGroup("web-targets", port=8080, protocol="HTTP", vpc_id=VPC)
    aws.alb.Listener(
        "web-http",
        load_balancer_arn=balancer.arn,
        port=80,
        default_actions=[
            {"type": "redirect", "redirect": {"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301"}}
        ],
    )
    aws.alb.Listener(
        "web-https",
        load_balancer_arn=balancer.arn,
        port=443,
        protocol="HTTPS",
        ssl_policy="ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        certificate_arn="arn:aws:acm:eu-west-1:123456789012:certificate/5e3a1d60-0f2c-4a8c-9d47-1c2b3a4d5e6f",
        default_actions=[{"type": "forward", "target_group_arn": targets.arn}],
    )
    template = aws.ec2.LaunchTemplate(
        "server",
        image_id="ami-0a1b2c3d4e5f60718",
        instance_type="t4g.small",
        vpc_security_group_ids=[group.id],
        metadata_options={"http_tokens": "required", "http_put_response_hop_limit": 1},
    )
    aws.autoscaling.Group(
        "servers-group",
        min_size=2,
        max_size=6,
        vpc_zone_identifiers=SUBNETS,
        health_check_type="ELB",
        health_check_grace_period=120,
        launch_template={"id": template.id, "version": template.latest_version.apply(str)},
        target_group_arns=[targets.arn],
        opts=pulumi.ResourceOptions(ignore_changes=["desiredCapacity"]),
    )
