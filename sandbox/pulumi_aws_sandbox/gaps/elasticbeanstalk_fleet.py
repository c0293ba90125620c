"""An environment's Auto Scaling group, launch template and the instances' security group, in moto's own services.

The instances are processes of this machine, which the runtime starts; EC2 knows none of them.
"""

from typing import Any

from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import Environment, Resources, Store, name_of_resource
from pulumi_aws_sandbox.gaps.elasticbeanstalk_surroundings import Place, Values, listed

_ASG = "aws:autoscaling:asg"
_LAUNCH = "aws:autoscaling:launchconfiguration"


def build(store: Store, environment: Environment, values: Values, place: Place) -> Resources:
    """Make the fleet of an environment."""
    ec2, name = _ec2(store), f"{environment.stack_id}-AWSEBAutoScalingGroup-{name_of_resource()}"
    resources = Resources(
        launch_template_id="",
        launch_template_name=f"AWSEBEC2LaunchTemplate_{name_of_resource()}",
        auto_scaling_group=name,
    )
    _set_instance_group(store, environment, resources, values, place)
    template = ec2.create_launch_template(
        name=resources.launch_template_name,
        description="",
        template_data=_template_data(resources, values),
        tag_spec={"launch-template": _tags(environment)},
    )
    resources.launch_template_id = template.id
    group = _autoscaling(store).create_auto_scaling_group(
        name=name,
        availability_zones=list(place.zones),
        desired_capacity=0,
        max_size=int(values[_ASG, "MaxSize"]),
        min_size=0,
        launch_config_name="",
        launch_template={"LaunchTemplateId": template.id, "Version": "$Latest"},
        vpc_zone_identifier=",".join(place.instance_subnets),
        default_cooldown=int(values[_ASG, "Cooldown"]),
        health_check_period=0,
        health_check_type="EC2",
        load_balancers=[],
        target_group_arns=[],
        placement_group=None,
        termination_policies=[],
        tags=[],
    )
    _write_group(group, environment, values)
    return resources


def change(store: Store, environment: Environment, resources: Resources, values: Values, place: Place) -> None:
    """Bring a fleet in line with an environment's settings."""
    _set_instance_group(store, environment, resources, values, place)
    template = _ec2(store).get_launch_template(resources.launch_template_id)
    data = _template_data(resources, values)
    if template.latest_version().data != data:
        template.create_version(data, "")
    group = _autoscaling(store).autoscaling_groups[resources.auto_scaling_group]
    group.availability_zones = list(place.zones)
    group.vpc_zone_identifier = ",".join(place.instance_subnets)
    group.default_cooldown = int(values[_ASG, "Cooldown"])
    _write_group(group, environment, values)


def attach(store: Store, resources: Resources) -> None:
    """Register the fleet with the target groups of its load balancer."""
    group = _autoscaling(store).autoscaling_groups[resources.auto_scaling_group]
    group.target_group_arns = list(resources.target_groups.values())


def remove(store: Store, resources: Resources) -> None:
    """Delete a fleet."""
    groups = _autoscaling(store).autoscaling_groups
    groups.pop(resources.auto_scaling_group, None)
    ec2 = _ec2(store)
    if resources.launch_template_id in ec2.launch_templates:
        ec2.delete_launch_template(None, resources.launch_template_id)
    for each in (resources.instance_group_id, resources.load_balancer_group_id):
        remove_group(store, each)


def make_group(store: Store, environment: Environment, vpc_id: str, role: str) -> str:
    """Make a security group of Elastic Beanstalk's own and return its id."""
    name = f"{environment.stack_id}-{role}-{name_of_resource()}"
    return _ec2(store).create_security_group(name, f"{role} of {environment.name}", vpc_id, _tags(environment)).id


def remove_group(store: Store, group_id: str) -> None:
    """Delete a security group of Elastic Beanstalk's own, if there is one."""
    ec2 = _ec2(store)
    if group_id and ec2.get_security_group_from_id(group_id) is not None:
        ec2.delete_security_group(group_id=group_id)


def let_in(store: Store, resources: Resources, sources: list[str], port: int) -> None:
    """Let the instances' own security group take traffic from the load balancer."""
    if not resources.instance_group_id:
        return
    ec2 = _ec2(store)
    ec2.get_security_group_from_id(resources.instance_group_id).ingress_rules.clear()
    for source in sources:
        ec2.authorize_security_group_ingress(
            resources.instance_group_id, "tcp", str(port), str(port), [], source_groups=[{"GroupId": source}]
        )


def _set_instance_group(
    store: Store, environment: Environment, resources: Resources, values: Values, place: Place
) -> None:
    wanted = values[_LAUNCH, "DisableDefaultEC2SecurityGroup"] != "true"
    if wanted and not resources.instance_group_id:
        resources.instance_group_id = make_group(store, environment, place.vpc_id, "AWSEBSecurityGroup")
    elif not wanted and resources.instance_group_id:
        remove_group(store, resources.instance_group_id)
        resources.instance_group_id = ""


def _write_group(group: Any, environment: Environment, values: Values) -> None:  # noqa: ANN401 - moto's own types
    group.min_size, group.max_size = int(values[_ASG, "MinSize"]), int(values[_ASG, "MaxSize"])
    # Set so, moto launches no instances of its own.
    group.desired_capacity = min(max(group.desired_capacity or 0, group.min_size), group.max_size)
    group.health_check_type = environment.health_check.get("HealthCheckType", "EC2")
    grace = environment.health_check.get("HealthCheckGracePeriod", "")
    group.health_check_grace_period = int(grace) if grace.isdigit() else 0
    group.capacity_rebalance = values[_ASG, "EnableCapacityRebalancing"] == "true"
    group.tags = [{"Key": key, "Value": value, "PropagateAtLaunch": True} for key, value in _tags(environment).items()]


def _template_data(resources: Resources, values: Values) -> dict[str, Any]:
    own = [resources.instance_group_id] if resources.instance_group_id else []
    tokens = "required" if values[_LAUNCH, "DisableIMDSv1"] == "true" else "optional"
    profile = values[_LAUNCH, "IamInstanceProfile"]
    data: dict[str, Any] = {
        "InstanceType": values.get((_LAUNCH, "InstanceType"))
        or listed(values, "aws:ec2:instances", "InstanceTypes")[0],
        "SecurityGroupIds": [*own, *listed(values, _LAUNCH, "SecurityGroups")],
        "IamInstanceProfile": {"Arn" if profile.startswith("arn:") else "Name": profile},
        "MetadataOptions": {"HttpTokens": tokens},
        "Monitoring": {"Enabled": values[_LAUNCH, "MonitoringInterval"] == "1 minute"},
    }
    volume = {
        "VolumeType": values.get((_LAUNCH, "RootVolumeType")),
        "VolumeSize": _whole(values.get((_LAUNCH, "RootVolumeSize"))),
        "Iops": _whole(values.get((_LAUNCH, "RootVolumeIOPS"))),
        "Throughput": _whole(values.get((_LAUNCH, "RootVolumeThroughput"))),
    }
    given = {name: value for name, value in volume.items() if value is not None}
    if given:
        data["BlockDeviceMappings"] = [{"DeviceName": "/dev/xvda", "Ebs": given}]
    return data


def _whole(value: str | None) -> int | None:
    return int(value) if value else None


def _tags(environment: Environment) -> dict[str, str]:
    own = {
        "Name": environment.name,
        "elasticbeanstalk:environment-id": environment.id,
        "elasticbeanstalk:environment-name": environment.name,
    }
    return {**own, **environment.tags}


def _ec2(store: Store) -> Any:  # noqa: ANN401 - moto's own types
    from moto.ec2.models import ec2_backends  # noqa: PLC0415 - moto loads only when something is deployed

    return ec2_backends[store.account][store.region]


def _autoscaling(store: Store) -> Any:  # noqa: ANN401 - moto's own types
    from moto.autoscaling.models import (  # noqa: PLC0415 - moto loads only when something is deployed
        autoscaling_backends,
    )

    return autoscaling_backends[store.account][store.region]
