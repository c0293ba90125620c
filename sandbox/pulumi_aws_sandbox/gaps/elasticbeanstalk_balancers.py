"""An environment's own Application Load Balancer: target groups, listeners and rules, in moto's elbv2.

Listeners that somebody else puts on it are left alone.
"""

from typing import Any

from pulumi_aws_sandbox.gaps import elasticbeanstalk_fleet as fleet
from pulumi_aws_sandbox.gaps import elasticbeanstalk_options as options
from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import Environment, Resources, Store, name_of_resource
from pulumi_aws_sandbox.gaps.elasticbeanstalk_surroundings import Place, Values, balanced, listed

_BALANCER = "aws:elbv2:loadbalancer"
_DEFAULT_PORT = 80
_POLICY = "ELBSecurityPolicy-2016-08"


def write(store: Store, environment: Environment, resources: Resources, values: Values, place: Place) -> None:
    """Make the load balancer, or bring it in line with an environment's settings; remove it where none is wanted."""
    if not balanced(values):
        remove(store, resources)
        return
    elbv2 = _elbv2(store)
    groups = _security_groups(store, environment, resources, values, place)
    scheme = "internal" if values["aws:ec2:vpc", "ELBScheme"] == "internal" else "internet-facing"
    made = elbv2.load_balancers.get(resources.load_balancer_arn)
    if made is not None and made.scheme != scheme:  # CloudFormation replaces it
        remove(store, resources)
        made = None
    if made is None:
        made = elbv2.create_load_balancer(
            name=f"awseb--AWSEB-{name_of_resource()}",
            security_groups=groups,
            subnet_ids=list(place.load_balancer_subnets),
            scheme=scheme,
            loadbalancer_type="application",
            tags=[{"Key": "elasticbeanstalk:environment-name", "Value": environment.name}],
        )
        made.activate()
        if scheme == "internal":
            made.dns_name = f"internal-{made.dns_name}"
        resources.load_balancer_arn, resources.endpoint = made.arn, made.dns_name
    made.security_groups = groups
    elbv2.set_subnets(made.arn, list(place.load_balancer_subnets), [])
    made.attrs.update(_attributes(values))
    _write_target_groups(elbv2, environment, resources, values, place)
    _write_listeners(elbv2, resources, values)
    fleet.attach(store, resources)
    fleet.let_in(store, resources, groups, int(values[f"{options.PROCESS}default", "Port"]))


def remove(store: Store, resources: Resources) -> None:
    """Delete the load balancer and what belongs to it."""
    elbv2 = _elbv2(store)
    elbv2.delete_load_balancer(resources.load_balancer_arn)
    for arn in resources.target_groups.values():
        elbv2.target_groups.pop(arn, None)
    resources.load_balancer_arn = resources.endpoint = ""
    resources.target_groups, resources.listeners = {}, {}


def taken_port(store: Store, resources: Resources, values: Values) -> int | None:
    """Return a port that the settings want a listener on and that somebody else's listener has."""
    if not balanced(values):
        return None
    made = _elbv2(store).load_balancers.get(resources.load_balancer_arn)
    foreign = {
        int(each.port)
        for each in (made.listeners.values() if made else ())
        if each.arn not in resources.listeners.values()
    }
    return next((port for port in _wanted_listeners(values) if port in foreign), None)


def _security_groups(
    store: Store, environment: Environment, resources: Resources, values: Values, place: Place
) -> list[str]:
    given = listed(values, _BALANCER, "SecurityGroups")
    managed = listed(values, _BALANCER, "ManagedSecurityGroup")
    if given or managed:
        fleet.remove_group(store, resources.load_balancer_group_id)
        resources.load_balancer_group_id = ""
        return list(dict.fromkeys([*given, *managed]))
    if not resources.load_balancer_group_id:
        group = fleet.make_group(store, environment, place.vpc_id, "AWSEBLoadBalancerSecurityGroup")
        resources.load_balancer_group_id = group
    return [resources.load_balancer_group_id]


def _attributes(values: Values) -> dict[str, str]:
    names = {
        "AccessLogsS3Enabled": "access_logs.s3.enabled",
        "AccessLogsS3Bucket": "access_logs.s3.bucket",
        "AccessLogsS3Prefix": "access_logs.s3.prefix",
        "IdleTimeout": "idle_timeout.timeout_seconds",
    }
    return {aws: values[_BALANCER, name] for name, aws in names.items() if values.get((_BALANCER, name))}


def _write_target_groups(
    elbv2: Any,  # noqa: ANN401 - moto's own types
    environment: Environment,
    resources: Resources,
    values: Values,
    place: Place,
) -> None:
    wanted = sorted({space.removeprefix(options.PROCESS) for space, _ in values if space.startswith(options.PROCESS)})
    for process in [each for each in resources.target_groups if each not in wanted]:
        elbv2.target_groups.pop(resources.target_groups.pop(process), None)
    for process in wanted:
        space = f"{options.PROCESS}{process}"
        port, protocol = int(values[space, "Port"]), values[space, "Protocol"]
        made = elbv2.target_groups.get(resources.target_groups.get(process))
        if made is None:
            made = elbv2.create_target_group(
                f"awseb-AWSEB-{name_of_resource()}",
                protocol=protocol,
                port=port,
                vpc_id=place.vpc_id,
                target_type="instance",
                tags=[{"Key": "elasticbeanstalk:environment-name", "Value": environment.name}],
            )
            resources.target_groups[process] = made.arn
        made.port, made.protocol = port, protocol
        made.health_check_protocol = protocol
        made.health_check_path = values[space, "HealthCheckPath"]
        made.health_check_interval_seconds = int(values[space, "HealthCheckInterval"])
        made.health_check_timeout_seconds = int(values[space, "HealthCheckTimeout"])
        made.healthy_threshold_count = values[space, "HealthyThresholdCount"]
        made.unhealthy_threshold_count = values[space, "UnhealthyThresholdCount"]
        made.matcher = {"HttpCode": values[space, "MatcherHTTPCode"]}
        made.attributes |= {
            "deregistration_delay.timeout_seconds": values[space, "DeregistrationDelay"],
            "stickiness.enabled": values[space, "StickinessEnabled"],
            "stickiness.type": values[space, "StickinessType"],
            "stickiness.lb_cookie.duration_seconds": values[space, "StickinessLBCookieDuration"],
        }


def _wanted_listeners(values: Values) -> dict[int, str]:
    """Return the namespace of each port that has a listener."""
    found = {}
    for space in sorted({space for space, _ in values if space.startswith(options.LISTENER)}):
        if values[space, "ListenerEnabled"] == "true":
            port = space.removeprefix(options.LISTENER)
            found[_DEFAULT_PORT if port == "default" else int(port)] = space
    return found


def _write_listeners(elbv2: Any, resources: Resources, values: Values) -> None:  # noqa: ANN401 - moto's own types
    wanted = _wanted_listeners(values)
    for port in [each for each in resources.listeners if each not in wanted]:
        elbv2.delete_listener(resources.listeners.pop(port))
    for port, space in wanted.items():
        protocol = values[space, "Protocol"]
        certificates = listed(values, space, "SSLCertificateArns") if protocol == "HTTPS" else []
        policy = values.get((space, "SSLPolicy")) or (_POLICY if protocol == "HTTPS" else None)
        actions = _forward(resources, values[space, "DefaultProcess"])
        if port not in resources.listeners:
            made = elbv2.create_listener(
                resources.load_balancer_arn, protocol, port, policy, next(iter(certificates), None), actions
            )
            resources.listeners[port] = made.arn
        made = elbv2.modify_listener(
            resources.listeners[port],
            protocol=protocol,
            ssl_policy=policy,
            certificates=[{"CertificateArn": each} for each in certificates],
            actions=actions,
        )
        if not certificates:
            made.certificate, made.certificates = None, []
        _write_rules(elbv2, made, space, resources, values)


def _write_rules(
    elbv2: Any,  # noqa: ANN401 - moto's own types
    listener: Any,  # noqa: ANN401 - moto's own types
    space: str,
    resources: Resources,
    values: Values,
) -> None:
    mark = {"elasticbeanstalk:rule": "true"}
    for arn in [each for each in listener.rules if elbv2.tagging_service.get_tag_dict_for_resource(each) == mark]:
        listener.remove_rule(arn)
    for name in listed(values, space, "Rules"):
        rule = f"aws:elbv2:listenerrule:{name}"
        conditions = [
            {"Field": field, "Values": listed(values, rule, option)}
            for field, option in (("host-header", "HostHeaders"), ("path-pattern", "PathPatterns"))
            if listed(values, rule, option)
        ]
        elbv2.create_rule(
            listener.arn,
            conditions,
            int(values.get((rule, "Priority"), "1")),
            _forward(resources, values.get((rule, "Process"), "default")),
            tags=[{"Key": key, "Value": value} for key, value in mark.items()],
        )


def _forward(resources: Resources, process: str) -> list[dict[str, Any]]:
    return [{"Type": "forward", "TargetGroupArn": resources.target_groups[process]}]


def _elbv2(store: Store) -> Any:  # noqa: ANN401 - moto's own types
    from moto.elbv2.models import elbv2_backends  # noqa: PLC0415 - moto loads only when something is deployed

    return elbv2_backends[store.account][store.region]
