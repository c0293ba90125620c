"""How an environment comes to run a version with its settings, in other services and in the runtime.

What AWS does within minutes is done when the answer comes. A deployment that fails leaves what AWS leaves: the version
and the settings that ran before, an event of severity ERROR, and a health that is not green.
"""

from contextlib import suppress
from typing import Any

from pulumi_aws_sandbox.gaps import elasticbeanstalk_balancers as balancers
from pulumi_aws_sandbox.gaps import elasticbeanstalk_bundles as bundles
from pulumi_aws_sandbox.gaps import elasticbeanstalk_fleet as fleet
from pulumi_aws_sandbox.gaps.elasticbeanstalk_reports import health_of
from pulumi_aws_sandbox.gaps.elasticbeanstalk_store import Environment, Settings, Store
from pulumi_aws_sandbox.gaps.elasticbeanstalk_surroundings import place, problems_around
from pulumi_aws_sandbox.gaps.elasticbeanstalk_validation import effective, problems_of
from pulumi_aws_sandbox.runtime import clock, durations


class _UpdateFailedError(Exception):
    """An environment's resources cannot become what its settings say."""


def launch(store: Store, environment: Environment) -> None:
    """Make an environment's resources and tell the runtime of it."""
    from pulumi_aws_sandbox.runtime import beanstalk  # noqa: PLC0415 - the runtime needs what the gaps offer

    content = bundles.of_version(store, environment.application, environment.version)
    environment.brought, environment.health_check = bundles.brought(content)
    values = effective(environment.all_settings)
    where = place(store, values)
    environment.resources = fleet.build(store, environment, values, where)
    balancers.write(store, environment, environment.resources, values, where)
    try:
        beanstalk.launch(_deployment(store, environment, environment.version, content, environment.all_settings))
    except beanstalk.RolloutFailedError as error:
        _fail(store, environment, error)
    else:
        environment.problem = ""
        store.tell("INFO", f"Successfully launched environment: {environment.name}", environment)
    environment.status = "Ready"


def deploy(store: Store, environment: Environment, version: str, settings: Settings, stack: str) -> None:
    """Bring an environment to a version, settings and a stack, or leave it as it was."""
    from pulumi_aws_sandbox.runtime import beanstalk  # noqa: PLC0415 - the runtime needs what the gaps offer

    content = bundles.of_version(store, environment.application, version)
    brought, health_check = bundles.brought(content)
    environment.status = "Updating"
    store.tell("INFO", "Environment update is starting.", environment)
    try:
        _check_brought(store, brought | settings)
        _write(store, environment, brought | settings)
        _bring_out(_deployment(store, environment, version, content, brought | settings))
    except (_UpdateFailedError, beanstalk.RolloutFailedError) as error:
        _write(store, environment, environment.all_settings)
        _fail(store, environment, error)
    else:
        if version != environment.version:
            environment.version = version
            store.tell("INFO", "New application version was deployed to running EC2 instances.", environment)
        environment.settings, environment.stack, environment.problem = settings, stack, ""
        environment.brought, environment.health_check = brought, health_check
        _write(store, environment, environment.all_settings)
        store.tell("INFO", "Environment update completed successfully.", environment)
    finally:
        environment.status = "Ready"


def take_time(environment: Environment) -> None:
    """Let an update last as long as `runtime.durations` says: new instances of an empty environment serve then."""
    from pulumi_aws_sandbox.runtime import beanstalk  # noqa: PLC0415 - the runtime needs what the gaps offer

    seconds = durations.of("scale")
    if seconds > 0:
        environment.busy_until = clock.now() + seconds
        with suppress(LookupError):  # it could not be launched
            beanstalk.hold(environment.id, environment.busy_until)


def _check_brought(store: Store, settings: Settings) -> None:
    problems = problems_of(settings) or problems_around(store, effective(settings))
    if problems:
        text = "; ".join(each.text for each in problems)
        message = f'"option_settings" in one of the configuration files failed validation: {text}'
        raise _UpdateFailedError(message)


def _bring_out(deployment: Any) -> None:  # noqa: ANN401 - the runtime's own type, loaded late
    from pulumi_aws_sandbox.runtime import beanstalk  # noqa: PLC0415 - the runtime needs what the gaps offer

    try:
        beanstalk.health(deployment.id)
    except LookupError:  # it could not be launched before
        beanstalk.launch(deployment)
    else:
        beanstalk.apply(deployment)


def _fail(store: Store, environment: Environment, error: Exception) -> None:
    environment.problem = str(error)
    store.tell("ERROR", f"Failed to deploy application. {error}", environment)


def _write(store: Store, environment: Environment, settings: Settings) -> None:
    resources, values = environment.resources, effective(settings)
    assert resources is not None  # noqa: S101 - an environment that is ready has them
    taken = balancers.taken_port(store, resources, values)
    if taken is not None:
        message = f"A listener already exists on port {taken} of the load balancer."
        raise _UpdateFailedError(message)
    where = place(store, values)
    fleet.change(store, environment, resources, values, where)
    balancers.write(store, environment, resources, values, where)


def _deployment(store: Store, environment: Environment, version: str, content: bytes, settings: Settings) -> Any:  # noqa: ANN401 - the runtime's own type, loaded late
    from pulumi_aws_sandbox.runtime import beanstalk  # noqa: PLC0415 - the runtime needs what the gaps offer

    resources = environment.resources
    assert resources is not None  # noqa: S101 - they are made before anything is deployed
    return beanstalk.Deployment(
        id=environment.id,
        name=environment.name,
        application=environment.application,
        version_label=version,
        bundle=content,
        settings=effective(settings),
        region=store.region,
        load_balancer_arn=resources.load_balancer_arn,
        auto_scaling_group=resources.auto_scaling_group,
        cname=environment.cname,
    )


def restart(store: Store, environment: Environment) -> None:
    """Start what runs of an environment anew, all instances at once."""
    from pulumi_aws_sandbox.runtime import beanstalk  # noqa: PLC0415 - the runtime needs what the gaps offer

    awake = bool(health_of(environment)[2])
    content = bundles.of_version(store, environment.application, environment.version)
    environment.status = "Updating"
    try:
        beanstalk.terminate(environment.id)
        beanstalk.launch(_deployment(store, environment, environment.version, content, environment.all_settings))
        if awake:
            beanstalk.wake(environment.id)
        store.tell("INFO", "restartAppServer completed successfully.", environment)
    except beanstalk.RolloutFailedError as error:
        _fail(store, environment, error)
    finally:
        environment.status = "Ready"


def demolish(store: Store, environment: Environment, *, resources: bool = True) -> None:
    """End what runs of an environment, and delete its resources."""
    from pulumi_aws_sandbox.runtime import beanstalk  # noqa: PLC0415 - the runtime needs what the gaps offer

    beanstalk.terminate(environment.id)
    if resources and environment.resources is not None:
        balancers.remove(store, environment.resources)
        fleet.remove(store, environment.resources)
    environment.resources = None


def shown_settings(environment: Environment) -> Settings:
    """Return the settings as AWS shows them: with the security groups of its own making."""
    shown, resources = environment.all_settings, environment.resources
    if resources is None:
        return shown
    launch = ("", "aws:autoscaling:launchconfiguration", "SecurityGroups")
    groups = [resources.instance_group_id, shown.get(launch, "")]
    shown[launch] = ",".join(each for each in groups if each)
    if resources.load_balancer_group_id:
        shown["", "aws:elbv2:loadbalancer", "SecurityGroups"] = resources.load_balancer_group_id
    return {key: value for key, value in shown.items() if value}
