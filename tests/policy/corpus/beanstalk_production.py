"""A Beanstalk environment behind HTTPS in a VPC, its options a table of a team's own."""

import pulumi_aws as aws

EXPECTED: dict[str, str] = {}

OPTIONS = {
    "aws:autoscaling:asg": {"MinSize": "2", "MaxSize": "6"},
    "aws:autoscaling:launchconfiguration": {"DisableIMDSv1": "true", "IamInstanceProfile": "servers"},
    "aws:ec2:vpc": {
        "VPCId": "vpc-0a1b2c3d4e5f60718",
        "Subnets": "subnet-0a1b2c3d4e5f60711,subnet-0a1b2c3d4e5f60712",
        "ELBSubnets": "subnet-0a1b2c3d4e5f60713,subnet-0a1b2c3d4e5f60714",
        "AssociatePublicIpAddress": "false",
    },
    "aws:elasticbeanstalk:application:environment": {"DB_HOST": "db.internal"},
    "aws:elasticbeanstalk:application:environmentsecrets": {
        "DB_PASSWORD": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf"
    },
    "aws:elasticbeanstalk:cloudwatch:logs": {
        "StreamLogs": "true",
        "RetentionInDays": "90",
        "DeleteOnTerminate": "false",
    },
    "aws:elasticbeanstalk:command": {"DeploymentPolicy": "Immutable"},
    "aws:elasticbeanstalk:environment": {
        "EnvironmentType": "LoadBalanced",
        "LoadBalancerType": "application",
        "ServiceRole": "beanstalk",
    },
    "aws:elasticbeanstalk:healthreporting:system": {"SystemType": "enhanced"},
    "aws:elasticbeanstalk:managedactions": {"ManagedActionsEnabled": "true", "PreferredStartTime": "Tue:02:00"},
    "aws:elasticbeanstalk:managedactions:platformupdate": {"UpdateLevel": "minor"},
    "aws:elbv2:listener:443": {
        "Protocol": "HTTPS",
        "SSLCertificateArns": "arn:aws:acm:eu-west-1:123456789012:certificate/5e3a1d60-0f2c-4a8c-9d47-1c2b3a4d5e6f",
        "SSLPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    },
    "aws:elbv2:listener:default": {"ListenerEnabled": "false"},
}


def program() -> None:
    stack = aws.elasticbeanstalk.get_solution_stack(name_regex="^64bit Amazon Linux 2023 .* PHP", most_recent=True)
    application = aws.elasticbeanstalk.Application("shop")
    aws.elasticbeanstalk.Environment(
        "web",
        application=application.name,
        solution_stack_name=stack.name,
        settings=[
            aws.elasticbeanstalk.EnvironmentSettingArgs(namespace=namespace, name=name, value=value)
            for namespace, options in OPTIONS.items()
            for name, value in options.items()
        ],
    )
