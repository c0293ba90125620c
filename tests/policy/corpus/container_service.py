"""Containers on Fargate behind a load balancer with access logs, in subnets that another stack made."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}

VPC = "vpc-0a1b2c3d4e5f60718"
PUBLIC = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"]
PRIVATE = ["subnet-0a1b2c3d4e5f60713", "subnet-0a1b2c3d4e5f60714"]


def program() -> None:
    log = aws.cloudwatch.LogGroup("service-log", name="/shop/service", retention_in_days=90)
    outside = aws.ec2.SecurityGroup("outside", vpc_id=VPC, description="Whoever visits the shop")
    inside = aws.ec2.SecurityGroup("inside", vpc_id=VPC, description="The containers")
    aws.vpc.SecurityGroupIngressRule(
        "outside-https",
        security_group_id=outside.id,
        cidr_ipv4="0.0.0.0/0",
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
        description="The shop",
    )
    aws.vpc.SecurityGroupEgressRule(
        "outside-inside", security_group_id=outside.id, referenced_security_group_id=inside.id, ip_protocol="-1"
    )
    aws.vpc.SecurityGroupIngressRule(
        "inside-outside", security_group_id=inside.id, referenced_security_group_id=outside.id, ip_protocol="-1"
    )
    balancer = aws.lb.LoadBalancer(
        "front",
        load_balancer_type="application",
        security_groups=[outside.id],
        subnets=PUBLIC,
        drop_invalid_header_fields=True,
        enable_deletion_protection=True,
        access_logs={"bucket": "access-logs-of-the-shop", "enabled": True},
    )
    targets = aws.lb.TargetGroup("front-targets", port=8080, protocol="HTTP", target_type="ip", vpc_id=VPC)
    listener = aws.lb.Listener(
        "front-https",
        load_balancer_arn=balancer.arn,
        port=443,
        protocol="HTTPS",
        ssl_policy="ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        certificate_arn="arn:aws:acm:eu-west-1:123456789012:certificate/5e3a1d60-0f2c-4a8c-9d47-1c2b3a4d5e6f",
        default_actions=[{"type": "forward", "target_group_arn": targets.arn}],
    )
    trust = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                    "Condition": {
                        "StringEquals": {"aws:SourceAccount": "123456789012"},
                        "ArnLike": {"aws:SourceArn": "arn:aws:ecs:eu-west-1:123456789012:*"},
                    },
                }
            ],
        }
    )
    roles = {name: aws.iam.Role(f"{name}-role", assume_role_policy=trust) for name in ("task", "execution")}
    aws.iam.RolePolicyAttachment(
        "execution-policy",
        role=roles["execution"].name,
        policy_arn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
    )
    aws.iam.RolePolicy(
        "task-policy",
        role=roles["task"].id,
        policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
                        "Resource": "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
                    },
                ],
            }
        ),
    )
    task = aws.ecs.TaskDefinition(
        "service-task",
        family="service",
        cpu="512",
        memory="1024",
        network_mode="awsvpc",
        requires_compatibilities=["FARGATE"],
        execution_role_arn=roles["execution"].arn,
        task_role_arn=roles["task"].arn,
        container_definitions=pulumi.Output.json_dumps(
            [
                {
                    "name": "shop",
                    "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:41",
                    "portMappings": [{"containerPort": 8080}],
                    "secrets": [
                        {
                            "name": "DB_PASSWORD",
                            "valueFrom": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf",
                        }
                    ],
                    "logConfiguration": {
                        "logDriver": "awslogs",
                        "options": {"awslogs-group": log.name, "awslogs-region": "eu-west-1"},
                    },
                }
            ]
        ),
    )
    cluster = aws.ecs.Cluster("shop", settings=[{"name": "containerInsights", "value": "enabled"}])
    aws.ecs.Service(
        "service",
        cluster=cluster.arn,
        task_definition=task.arn,
        desired_count=2,
        launch_type="FARGATE",
        network_configuration={"subnets": PRIVATE, "security_groups": [inside.id], "assign_public_ip": False},
        load_balancers=[{"target_group_arn": targets.arn, "container_name": "shop", "container_port": 8080}],
        opts=pulumi.ResourceOptions(depends_on=[listener]),
    )
