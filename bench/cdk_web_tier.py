"""What a web tier is in CloudFormation: Elastic Beanstalk, and what is put on the load balancer that it makes."""

from collections.abc import Mapping

from .cdk_rules import Companion, Counterpart, Expression, Properties, Rule, same

_PLACE = {"s3Bucket": "assets", "s3Key": "bundle.zip"}
"""Where the bundle would be: the CDK command line uploads it, before CloudFormation begins."""


def _lifecycle(given: Properties) -> Properties:
    rules = {
        rule: {"enabled": True, "deleteSourceFromS3": given["deleteSourceFromS3"], kept: given[count]}
        for rule, kept, count in (
            ("maxCountRule", "maxCount", "maxCount"),
            ("maxAgeRule", "maxAgeInDays", "maxAgeInDays"),
        )
        if count in given
    }
    return {"resourceLifecycleConfig": {"serviceRole": given["serviceRole"], "versionLifecycleConfig": rules}}


def _options(given: list[Properties]) -> Properties:
    return {
        "optionSettings": [
            {"namespace": one["namespace"], "optionName": one["name"], "value": one["value"]} for one in given
        ]
    }


def _actions(given: list[Properties]) -> Properties:
    return {
        "defaultActions": [
            {{"redirect": "redirectConfig"}.get(name, name): value for name, value in action.items()}
            for action in given
        ]
    }


WEB_TIER: Mapping[str, Rule] = {
    "aws:elasticbeanstalk/application:Application": Counterpart(
        "AWS::ElasticBeanstalk::Application",
        # Its tags are those of the stack.
        same("description") | {"appversionLifecycle": _lifecycle, "tags": ""},
        {"name": "ref"},
    ),
    "aws:elasticbeanstalk/applicationVersion:ApplicationVersion": Counterpart(
        "AWS::ElasticBeanstalk::ApplicationVersion",
        same("description")
        | {
            "application": "applicationName",
            "bucket": lambda _: {"sourceBundle": _PLACE},
            "key": "",
            "name": "",
            "tags": "",
        },
        {"name": "ref"},
    ),
    "aws:elasticbeanstalk/environment:Environment": Counterpart(
        "AWS::ElasticBeanstalk::Environment",
        same("description", "solutionStackName", "tags")
        | {
            "application": "applicationName",
            "settings": _options,
            "version": "versionLabel",
            "waitForReadyTimeout": "",
        },
        {"name": "ref", "cname": "attrEndpointUrl"},
        # CloudFormation tells no load balancer of an environment: a function asks Elastic Beanstalk for it, and its ARN
        # is the physical id.
        companion=Companion(
            "AWS::CloudFormation::CustomResource",
            {"serviceToken": "arn:aws:lambda:eu-west-1:123456789012:function:find-load-balancer"},
            {"loadBalancers.0": "ref"},
            overrides={"EnvironmentName": "@@{index}.name@@"},
        ),
    ),
    "aws:iam/instanceProfile:InstanceProfile": Counterpart(
        "AWS::IAM::InstanceProfile", {"role": lambda given: {"roles": [given]}, "tags": ""}, {"name": "ref"}
    ),
    "aws:lb/listener:Listener": Counterpart(
        "AWS::ElasticLoadBalancingV2::Listener",
        same("loadBalancerArn", "port", "protocol", "tags") | {"defaultActions": _actions},
        {"arn": "ref"},
    ),
    "aws:s3/bucketObjectv2:BucketObjectv2": Expression("an asset, which the CDK command line uploads before"),
}
