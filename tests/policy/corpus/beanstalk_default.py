"""A Beanstalk application with what the console leaves by default: HTTP, one server, no VPC, secrets in properties."""

import pulumi_aws as aws

EXPECTED = {
    "web": (
        "eb-enhanced-health eb-https eb-imdsv2 eb-managed-updates eb-multi-az eb-no-plain-secrets eb-rolling"
        " eb-stream-logs eb-vpc"
    ),
}

PROPERTIES = {"DB_HOST": "db.internal", "DB_PASSWORD": "letmein-4711", "PHP_ENV": "production"}


def program() -> None:
    application = aws.elasticbeanstalk.Application("shop")
    aws.elasticbeanstalk.Environment(
        "web",
        application=application.name,
        solution_stack_name="64bit Amazon Linux 2 v3.9.2 running PHP 8.1",
        settings=[
            {"namespace": "aws:autoscaling:launchconfiguration", "name": "IamInstanceProfile", "value": "servers"},
            {"namespace": "aws:autoscaling:asg", "name": "MinSize", "value": "1"},
            {"namespace": "aws:autoscaling:asg", "name": "MaxSize", "value": "2"},
            *(
                {"namespace": "aws:elasticbeanstalk:application:environment", "name": name, "value": value}
                for name, value in PROPERTIES.items()
            ),
        ],
    )
