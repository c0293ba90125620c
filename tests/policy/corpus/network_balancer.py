"""A network load balancer that passes TLS to the servers or ends it itself, and one listener that does neither."""

import pulumi_aws as aws

EXPECTED = {"ingest": "lb-delete-protect", "old-tls": "lb-tls-policy"}

VPC = "vpc-0a1b2c3d4e5f60718"


def program() -> None:
    balancer = aws.lb.LoadBalancer(
        "ingest",
        load_balancer_type="network",
        internal=True,
        subnets=["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
    )
    targets = aws.lb.TargetGroup("ingest-targets", port=8883, protocol="TCP", vpc_id=VPC)
    forward = [{"type": "forward", "target_group_arn": targets.arn}]
    aws.lb.Listener("pass", load_balancer_arn=balancer.arn, port=8883, protocol="TCP", default_actions=forward)
    for name, policy in (("tls", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"), ("old-tls", "ELBSecurityPolicy-2016-08")):
        aws.lb.Listener(
            name,
            load_balancer_arn=balancer.arn,
            port=443 if name == "tls" else 8443,
            protocol="TLS",
            ssl_policy=policy,
            certificate_arn="arn:aws:acm:eu-west-1:123456789012:certificate/5e3a1d60-0f2c-4a8c-9d47-1c2b3a4d5e6f",
            default_actions=forward,
        )
