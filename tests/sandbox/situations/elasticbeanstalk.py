"""Situations of elasticbeanstalk, and the environment that others are put on."""

import io
import zipfile

from pulumi_aws_sandbox.solution_stacks import EARLIER, OWN

from .world import OTHER_TAGS, TAGS, TRUST, Inputs, Situation, World

STACK = f"64bit Amazon Linux 2023 v{OWN} running PHP 8.4"
EARLIER_STACK = f"64bit Amazon Linux 2023 v{EARLIER} running PHP 8.4"
PAGE = "<?php echo 'here';\n"


def setting(namespace: str, name: str, value: str) -> Inputs:
    return {"namespace": namespace, "name": name, "value": value}


def bundle(page: str = PAGE, **files: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as target:
        for name, text in {"index.php": page, **files}.items():
            target.writestr(name, text)
    return held.getvalue()


def application(world: World) -> str:
    return world.make("aws:elasticbeanstalk/application:Application", {})["name"]


def version(world: World, owner: str, page: str = PAGE) -> str:
    name = world.bucket()
    world.sandbox.clients("s3").put_object(Bucket=name, Key="app.zip", Body=bundle(page))
    inputs = {"application": owner, "bucket": name, "key": "app.zip"}
    return world.make("aws:elasticbeanstalk/applicationVersion:ApplicationVersion", inputs)["name"]


def profile(world: World) -> str:
    role = world.make("aws:iam/role:Role", {"assumeRolePolicy": TRUST.replace("rds.", "ec2.")})["name"]
    return world.make("aws:iam/instanceProfile:InstanceProfile", {"role": role})["name"]


def settings(world: World) -> list[Inputs]:
    subnets = world.subnets()
    vpc = world.sandbox.clients("ec2").describe_subnets(SubnetIds=subnets)["Subnets"][0]["VpcId"]
    group = world.make("aws:ec2/securityGroup:SecurityGroup", {"vpcId": vpc})["id"]
    return [
        setting("aws:ec2:vpc", "VPCId", vpc),
        setting("aws:ec2:vpc", "Subnets", ",".join(reversed(subnets))),
        setting("aws:ec2:vpc", "ELBSubnets", ",".join(subnets)),
        setting("aws:ec2:vpc", "ELBScheme", "internal"),
        setting("aws:autoscaling:launchconfiguration", "IamInstanceProfile", profile(world)),
        setting("aws:autoscaling:launchconfiguration", "SecurityGroups", group),
        setting("aws:elasticbeanstalk:environment", "LoadBalancerType", "application"),
    ]


def environment_inputs(world: World, **more: object) -> Inputs:
    owner = application(world)
    label = version(world, owner)
    return {
        "application": owner,
        "version": label,
        "solutionStackName": EARLIER_STACK,
        "settings": settings(world),
        **more,
    }


def environment(world: World, **more: object) -> Inputs:
    return world.make("aws:elasticbeanstalk/environment:Environment", environment_inputs(world, **more))


def _application(world: World) -> tuple[Inputs, Inputs]:
    role = world.role_arn()
    first = {
        "description": "one",
        "appversionLifecycle": {"serviceRole": role, "maxCount": 10, "deleteSourceFromS3": True},
        "tags": TAGS,
    }
    return first, {
        "description": "two",
        "appversionLifecycle": {"serviceRole": role, "maxAgeInDays": 30},
        "tags": OTHER_TAGS,
    }


def _version(world: World) -> tuple[Inputs, Inputs]:
    name = world.bucket()
    world.sandbox.clients("s3").put_object(Bucket=name, Key="app.zip", Body=bundle())
    first = {
        "application": application(world),
        "bucket": name,
        "key": "app.zip",
        "description": "one",
        "process": True,
        "tags": TAGS,
    }
    return first, {**first, "description": "two", "forceDelete": True, "tags": OTHER_TAGS}


def _template(world: World) -> tuple[Inputs, Inputs]:
    first = {
        "application": application(world),
        "solutionStackName": STACK,
        "description": "one",
        "settings": [
            setting("aws:autoscaling:asg", "MinSize", "2"),
            setting("aws:autoscaling:asg", "Cooldown", "60"),
        ],
    }
    return first, {**first, "description": "two", "settings": [setting("aws:autoscaling:asg", "MinSize", "3")]}


def _environment(world: World) -> tuple[Inputs, Inputs]:
    first = environment_inputs(world, cnamePrefix="the-live-one", description="one", tags=TAGS)
    first["settings"].append(setting("aws:autoscaling:asg", "Cooldown", "60"))
    return first, {
        **first,
        "version": version(world, first["application"], "<?php echo 'there';\n"),
        "solutionStackName": STACK,
        "description": "two",
        "settings": [
            setting("aws:autoscaling:asg", "MinSize", "2"),
            *first["settings"][:-1],
            setting("aws:elasticbeanstalk:application:environment", "A_KEY", "a value"),
        ],
        "tags": OTHER_TAGS,
    }


SITUATIONS: dict[str, Situation] = {
    "aws:elasticbeanstalk/application:Application": _application,
    "aws:elasticbeanstalk/applicationVersion:ApplicationVersion": _version,
    "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate": _template,
    "aws:elasticbeanstalk/environment:Environment": _environment,
}
