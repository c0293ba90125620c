"""The `DRPair` component."""

from dataclasses import asdict

import pulumi

from pulumi_aws_mobile.scope import Scope

from .actors import Around, create_actors, create_schedule
from .alarms import alarm_names, create_traffic_alarm, create_unreachable_alarm, create_watching_alarms
from .args import DRPairArgs
from .creation import create_creation
from .fence import create_fence, fence_ids
from .health import create_checks
from .model import compare
from .peering import create_peering
from .plan import plan_text
from .records import create_records
from .replicas import create_table_replicas, create_user_pool_replica
from .settings import resolve
from .store import create_store, find_account


class DRPair(pulumi.ComponentResource):
    """A primary and a recovery Region, joined by one strategy: when the first is lost, the second takes over.

    Creates, in the recovery Region: a table in which a failover keeps its state, with its key; a topic for alarms where
    none is given; the prober and the recovery function, called each minute, with a queue for what the latter could not
    deal with; the alarms that act and those that tell; for strategies that create things, the template in a bucket and
    CloudFormation's role; replicas of DynamoDB tables. In each Region: a fence, a security group that lets nobody in.
    Between them, with multi_site: a peering with its routes and rules. For Route 53: the health checks and, with a
    domain, the records. In the primary Region, where asked: the replica of the user pool. All of it is made beforehand:
    a failover changes no role, no record and no health check. It deliberately makes no database, no servers and no API,
    and takes nothing away in the primary Region.
    """

    strategy: pulumi.Output[str]
    """The strategy, as given or chosen."""
    function_name: pulumi.Output[str]
    """The name of the recovery function, which operators call."""
    function_arn: pulumi.Output[str]
    """The ARN of the recovery function."""
    prober_function_name: pulumi.Output[str]
    """The name of the function that asks the primary Region for its health."""
    table_name: pulumi.Output[str]
    """The table in which the failovers keep their state."""
    topic_arn: pulumi.Output[str]
    """The topic that is told of every alarm and every step."""
    fence_security_group_ids: pulumi.Output[dict[str, str]]
    """The ids of the fences by Region."""
    traffic_alarm_name: pulumi.Output[str]
    """The alarm that is on while clients belong to the recovery Region."""
    unreachable_alarm_name: pulumi.Output[str]
    """The alarm that is on while the primary Region gives no answer."""
    health_check_ids: pulumi.Output[dict[str, str]]
    """The ids of the health checks by site, for records of your own; the recovery Region has one only with
    multi_site."""
    record_fqdn: pulumi.Output[str | None]
    """The name that clients call; none without a domain."""
    template_url: pulumi.Output[str | None]
    """Where the template of what a failover creates is; none where everything stands already."""
    stack_name: pulumi.Output[str | None]
    """The name of the stack that a failover creates, and of its database; none where everything stands already."""
    rto_seconds: pulumi.Output[float]
    """After how many seconds everything works again, by the model."""
    rpo_seconds: pulumi.Output[float]
    """How many seconds of writes are lost, by the model."""
    strategies: pulumi.Output[dict[str, dict[str, float]]]
    """What each strategy would reach here and cost in a month, by the model; what to plan for is `high`."""

    def __init__(self, name: str, args: DRPairArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the pair; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:DRPair", name, {}, opts)
        scope = Scope(self, name, settings.recovery.region, settings.tags)
        account = find_account(self)
        store = create_store(scope, settings, account)
        fences = {
            "primary": create_fence(scope, "primary", settings.primary),
            "recovery": create_fence(scope, "recovery", settings.recovery),
        }
        if settings.both_answer:
            create_peering(scope, settings.primary, settings.recovery)
        creation = create_creation(scope, settings, account, store)
        names = alarm_names(store)
        plan = plan_text(name, settings, topic_arn=store.topic_arn, alarm_names=names, fences=fences, creation=creation)
        actors = create_actors(scope, settings, Around(account, store, creation, names, plan))
        traffic = create_traffic_alarm(scope, store, names)
        unreachable = create_unreachable_alarm(scope, settings, store, actors, names)
        create_watching_alarms(scope, settings, store)
        create_schedule(scope, actors)
        checks = create_checks(scope, settings, traffic.name)
        fqdn = create_records(scope, settings, checks)
        create_table_replicas(scope, settings)
        create_user_pool_replica(scope, settings)

        reached = compare(settings.situation)
        self.strategy = pulumi.Output.from_input(settings.strategy.value)
        self.function_name = actors.recovery.function_name
        self.function_arn = actors.recovery.arn
        self.prober_function_name = actors.prober.function_name
        self.table_name = store.table_name
        self.topic_arn = store.topic_arn
        self.fence_security_group_ids = fence_ids(settings, fences)
        self.traffic_alarm_name = traffic.name
        self.unreachable_alarm_name = unreachable.name
        self.health_check_ids = checks.ids
        self.record_fqdn = pulumi.Output.from_input(fqdn)
        self.template_url = pulumi.Output.from_input(creation.template_url if creation else None)
        self.stack_name = pulumi.Output.from_input(creation.stack_name if creation else None)
        self.rto_seconds = pulumi.Output.from_input(reached[settings.strategy].rto_seconds)
        self.rpo_seconds = pulumi.Output.from_input(reached[settings.strategy].rpo_seconds)
        self.strategies = pulumi.Output.from_input({key.value: asdict(one) for key, one in reached.items()})
        self.register_outputs({output: getattr(self, output) for output in DRPair.__annotations__})
