"""The configuration file that a web tier adds to each bundle. Pure."""

import json

from .choices import AutoScalingHealthCheck

EXTENSION_NAME = ".ebextensions/00-pulumi-aws-mobile.config"
"""First by name: files of the application that say otherwise come later and win."""


def extension(check: AutoScalingHealthCheck, grace_seconds: int) -> bytes:
    """Return the file; it is the one way in which Elastic Beanstalk lets the group's health check be set.

    https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environmentconfig-autoscaling-healthchecktype.html
    """
    group = {
        "Type": "AWS::AutoScaling::AutoScalingGroup",
        "Properties": {"HealthCheckType": check.value, "HealthCheckGracePeriod": grace_seconds},
    }
    return (json.dumps({"Resources": {"AWSEBAutoScalingGroup": group}}, indent=2) + "\n").encode()
