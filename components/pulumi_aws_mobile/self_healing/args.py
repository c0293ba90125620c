"""What a caller of `SelfHealing` may ask for."""

from typing import NotRequired, TypedDict

import pulumi


class HealedEnvironmentArgs(TypedDict):
    """An Elastic Beanstalk environment that is healed."""

    application_name: pulumi.Input[str]
    """The name of its application. Give it; it has no default."""
    environment_name: pulumi.Input[str]
    """Its name. Give it; it has no default."""
    load_balancer_arn: NotRequired[pulumi.Input[str]]
    """The ARN of its Application Load Balancer; with `target_group_arn`. Defaults to watching the numbers of Degraded
    and Severe instances, which take the load balancer's checks into account; the environment has to publish
    `InstancesDegraded` and `InstancesSevere`, as `health.metrics` of a `WebTier` says."""
    target_group_arn: NotRequired[pulumi.Input[str]]
    """The ARN of its target group, whose count of unhealthy instances is watched then; with `load_balancer_arn`.
    Elastic Beanstalk makes others of both when it rebuilds. Defaults to the same as `load_balancer_arn`."""
    stuck_minutes: NotRequired[int]
    """Minutes for which the environment is Degraded, Severe or silent before its application servers are started anew,
    1 to 60. Defaults to 10.
    https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-cloudwatch.html"""
    unhealthy_minutes: NotRequired[int]
    """Minutes for which an instance is unhealthy before it is replaced, 1 to 60. Auto Scaling
    replaces such instances by itself where its health check asks the load balancer; this is for those that it does not
    get rid of. Defaults to 5."""
    disk_percent: NotRequired[int]
    """How full the root file system of an instance may get before the instance is replaced, 50 to 99 %. The
    environment has to publish the metric `RootFilesystemUtil` of its instances. Defaults to not looking."""
    rebuild: NotRequired[bool]
    """Whether the environment is rebuilt when starting its servers anew did not help. That makes all its resources
    anew, the load balancer with its ARN too, so that what names the load balancer needs a deployment afterwards; and
    Elastic Beanstalk does it with the function's permissions, which get AWS's policy
    AdministratorAccess-AWSElasticBeanstalk for it. Defaults to false.
    https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/concepts-roles-user.html"""


class HealedDatabaseArgs(TypedDict):
    """An RDS instance that is healed."""

    identifier: pulumi.Input[str]
    """Its identifier. Give it; it has no default."""
    arn: pulumi.Input[str]
    """Its ARN. Give it; it has no default."""
    silent_minutes: NotRequired[int]
    """Minutes without any sign of life, or without connections while requests fail, before it is rebooted; where it
    has a standby, by failover. 1 to 60. Defaults to 5."""
    load_balancer_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the load balancer whose requests fail when the database takes no connections. Defaults to looking at
    signs of life alone."""
    free_gib: NotRequired[int]
    """Free storage in GiB below which its storage grows by a fifth, at least 10 GiB; 1 to 1024. Defaults to 2."""
    largest_gib: NotRequired[int]
    """The most storage in GiB that it may grow to, 20 to 65536. Defaults to no growth: RDS's own storage autoscaling is
    the better choice where the database has it."""


class HealedQueueArgs(TypedDict):
    """An SQS queue that is healed."""

    url: pulumi.Input[str]
    """Its URL. Give it; it has no default."""
    arn: pulumi.Input[str]
    """Its ARN. Give it; it has no default."""
    dead_letter_url: pulumi.Input[str]
    """The URL of the queue that takes poisoned messages; FIFO if this one is. Give it; it has no default."""
    dead_letter_arn: pulumi.Input[str]
    """The ARN of that queue. Give it; it has no default."""
    max_receives: NotRequired[int]
    """How often a message may be received before it counts as poisoned, 1 to 1000. Defaults to 5."""
    oldest_minutes: NotRequired[int]
    """How old the oldest message may get before the queue is looked at, 1 to 1440 minutes. Defaults to 15."""


class RetriesArgs(TypedDict):
    """How often, and how quickly, something is tried."""

    attempts: NotRequired[int]
    """Actions on a target before a human is paged, 1 to 10. Defaults to 3."""
    first_seconds: NotRequired[int]
    """The pause after the first action, 30 to 3600 seconds. Defaults to 180."""
    factor: NotRequired[float]
    """How much longer each pause is than the one before, 1 to 10. Up to half the difference is added by chance.
    Defaults to 2."""
    settle_seconds: NotRequired[int]
    """How long nothing may be wrong before an incident is over, 0 to 3600 seconds. Defaults to 120."""


class BreakerArgs(TypedDict):
    """When a target is left to humans."""

    actions: NotRequired[int]
    """The most actions on a target within a window, 1 to 20, across incidents. Defaults to 5."""
    window_minutes: NotRequired[int]
    """The window, 10 to 1440 minutes. While the breaker is open there is one trial in each. Defaults to 60."""


class SelfHealingArgs(TypedDict):
    """What a `SelfHealing` can be told."""

    page_topic_arn: pulumi.Input[str]
    """The ARN of the SNS topic that is told when healing did not help. Give it; it has no default."""
    environments: NotRequired[dict[str, HealedEnvironmentArgs]]
    """Elastic Beanstalk environments by a name of your own. Defaults to none."""
    databases: NotRequired[dict[str, HealedDatabaseArgs]]
    """RDS instances by a name of your own. Defaults to none."""
    queues: NotRequired[dict[str, HealedQueueArgs]]
    """SQS queues by a name of your own. Defaults to none."""
    retries: NotRequired[RetriesArgs]
    """How often something is tried. Defaults to three times, 3 and then 6 minutes apart or a little more."""
    breaker: NotRequired[BreakerArgs]
    """When a target is left to humans. Defaults to five actions within an hour."""
    tick_minutes: NotRequired[int]
    """How often the function follows up, 1 to 5 minutes. Defaults to 1."""
    key_arns: NotRequired[list[pulumi.Input[str]]]
    """The ARNs of the KMS keys that encrypt the topic and the queues, where they are keys of your own. Defaults to
    none."""
    protect: NotRequired[bool]
    """Whether AWS and Pulumi refuse to delete the table of what was tried. Defaults to true."""
    region: NotRequired[str]
    """The Region of everything. Defaults to the provider's."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags. Defaults to none."""
