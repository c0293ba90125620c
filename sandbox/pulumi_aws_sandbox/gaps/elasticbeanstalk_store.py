"""What Elastic Beanstalk keeps of one account in one Region, and how its operations are added to moto."""

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pulumi_aws_sandbox.gaps.elasticbeanstalk_refusals import CONFIGURATION, INVALID, refuse
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock

Settings = dict[tuple[str, str, str], str]
"""The settings that were given: by resource name (empty but for scheduled actions), namespace and option."""
Answer = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Version:
    """An application version."""

    label: str
    description: str | None
    bucket: str
    key: str
    status: str
    tags: dict[str, str]
    created: datetime = field(default_factory=clock.today)
    updated: datetime = field(default_factory=clock.today)


@dataclass(slots=True, kw_only=True)
class Template:
    """A saved configuration."""

    name: str
    description: str | None
    stack: str
    settings: Settings
    tags: dict[str, str]
    created: datetime = field(default_factory=clock.today)
    updated: datetime = field(default_factory=clock.today)


@dataclass(slots=True, kw_only=True)
class Application:
    """An application with its versions and saved configurations."""

    name: str
    description: str | None
    tags: dict[str, str]
    lifecycle: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, Version] = field(default_factory=dict)
    templates: dict[str, Template] = field(default_factory=dict)
    created: datetime = field(default_factory=clock.today)
    updated: datetime = field(default_factory=clock.today)


@dataclass(slots=True, kw_only=True)
class Resources:
    """What an environment is made of in other services."""

    launch_template_id: str
    launch_template_name: str
    auto_scaling_group: str
    instance_group_id: str = ""
    """The security group that Elastic Beanstalk makes for the instances, if it does."""
    load_balancer_group_id: str = ""
    """The one that it makes for the load balancer, if it does."""
    load_balancer_arn: str = ""
    endpoint: str = ""
    target_groups: dict[str, str] = field(default_factory=dict)
    """The ARN of each process's target group."""
    listeners: dict[int, str] = field(default_factory=dict)
    """The ARN of each port's listener."""


@dataclass(slots=True, kw_only=True)
class Environment:
    """An environment, also one that is terminated."""

    id: str
    name: str
    application: str
    description: str | None
    version: str
    stack: str
    template: str | None
    settings: Settings
    """What was set through the API."""
    cname: str
    tags: dict[str, str]
    status: str = "Launching"
    brought: Settings = field(default_factory=dict)
    """What the configuration files of its version set."""
    health_check: Mapping[str, str] = field(default_factory=dict)
    """How its Auto Scaling group finds instances unhealthy, in the group's words; only configuration files set it."""
    problem: str = ""
    """Why the last deployment failed, if it did."""
    resources: Resources | None = None
    busy_until: float = 0.0
    """When the last update is over, by the sandbox's clock."""
    reported: int | None = None
    """The minute up to which its health was reported."""
    created: datetime = field(default_factory=clock.today)
    updated: datetime = field(default_factory=clock.today)

    @property
    def shown_status(self) -> str:
        """The status as AWS tells it: an update takes the time that `runtime.durations` says."""
        return "Updating" if self.status == "Ready" and clock.now() < self.busy_until else self.status

    @property
    def alive(self) -> bool:
        """Whether it is not terminated."""
        return self.status != "Terminated"

    @property
    def all_settings(self) -> Settings:
        """What was set in either way; the API's settings win."""
        return self.brought | self.settings

    @property
    def stack_id(self) -> str:
        """The name of its stack in CloudFormation, which its resources are named after."""
        return f"awseb-{self.id}-stack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened."""

    at: datetime
    message: str
    severity: str
    application: str
    environment: Environment | None = None
    version: str | None = None


@dataclass(slots=True)
class Store:
    """The account's applications, environments and events in one Region."""

    account: str
    region: str
    partition: str
    applications: dict[str, Application] = field(default_factory=dict)
    environments: dict[str, Environment] = field(default_factory=dict)
    """By id."""
    events: list[Event] = field(default_factory=list)

    def arn(self, kind: str, *parts: str) -> str:
        """Return the ARN of an application, a version, a template or an environment."""
        return f"arn:{self.partition}:elasticbeanstalk:{self.region}:{self.account}:{kind}/{'/'.join(parts)}"

    def application(self, name: str) -> Application:
        """Return an application; refuse one that does not exist."""
        if name not in self.applications:
            refuse(INVALID, f"No Application named '{name}' found.")
        return self.applications[name]

    def version(self, application: str, label: str) -> Version:
        """Return a version of an application; refuse one that does not exist."""
        if label not in self.application(application).versions:
            refuse(INVALID, f"No Application Version named '{label}' found.")
        return self.applications[application].versions[label]

    def template(self, application: str, name: str) -> Template:
        """Return a saved configuration; refuse one that does not exist."""
        if name not in self.application(application).templates:
            refuse(INVALID, f"No Configuration Template named '{application}/{name}' found.")
        return self.applications[application].templates[name]

    def alive(self, application: str | None = None) -> list[Environment]:
        """Return the environments that are not terminated, of one application or of all."""
        each_alive = [each for each in self.environments.values() if each.alive]
        return [each for each in each_alive if application in {None, each.application}]

    def environment(self, given: Mapping[str, Any], prefix: str = "") -> Environment:
        """Return the environment that a request names by id or name; refuse one that does not exist or is gone."""
        wanted_id, wanted_name = given.get(f"{prefix}EnvironmentId"), given.get(f"{prefix}EnvironmentName")
        if not wanted_id and not wanted_name:
            refuse("InvalidParameterCombination", "Must specify either EnvironmentId or EnvironmentName.")
        found = [each for each in self.alive() if wanted_id in {None, each.id} and wanted_name in {None, each.name}]
        if not found:
            by = f"EnvironmentId = '{wanted_id}'" if wanted_id else f"EnvironmentName = '{wanted_name}'"
            refuse(INVALID, f"No Environment found for {by}.")
        return found[0]

    def tell(self, severity: str, message: str, environment: Environment) -> None:
        """Record an event of an environment."""
        self.events.append(
            Event(
                at=clock.today(),
                message=message,
                severity=severity,
                application=environment.application,
                environment=environment,
                version=environment.version,
            )
        )


def add_operations(*operations: Callable[[Store, dict[str, Any]], Answer | None]) -> None:
    """Answer the operations of Elastic Beanstalk that moto knows by these functions' names."""
    from moto.core import errors  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.elasticbeanstalk.models import EBBackend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.elasticbeanstalk.responses import EBResponse  # noqa: PLC0415 - as above

    # The service's model does not have it; moto would warn of an error without a shape.
    if CONFIGURATION not in errors.COMMON_ERROR_CODES:
        errors.COMMON_ERROR_CODES.append(CONFIGURATION)
    replace(EBBackend, "__init__", _with_store)
    for operation in operations:
        setattr(EBResponse, operation.__name__, _answering(operation))


def name_of_resource(*, lowercase: bool = False, length: int = 12) -> str:
    """Return what makes the name of a resource unique."""
    from moto.moto_api._internal import mock_random  # noqa: PLC0415 - moto loads only when something is deployed

    letters = (string.ascii_lowercase if lowercase else string.ascii_uppercase) + string.digits
    return "".join(mock_random.choice(letters) for _ in range(length))


def _with_store(original: Callable[..., None]) -> Callable[..., None]:
    def initialise(self: Any, region_name: str, account_id: str) -> None:  # noqa: ANN401 - moto's own types
        original(self, region_name, account_id)
        self.store = Store(account_id, region_name, self.partition)

    return initialise


def _answering(operation: Callable[[Store, dict[str, Any]], Answer | None]) -> Callable[[Any], Any]:
    def respond(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        from moto.core.responses import ActionResult, EmptyResult  # noqa: PLC0415 - moto loads only when deploying

        answer = operation(self.elasticbeanstalk_backend.store, dict(self.params))
        return EmptyResult() if answer is None else ActionResult(answer)

    return respond
