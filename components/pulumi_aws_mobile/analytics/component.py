"""The `Analytics` component."""

import pulumi

from pulumi_aws_mobile.identity.federation.grants import create_grant
from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import StatementArgs

from .args import AnalyticsArgs, AnalyticsIngest
from .counting import create_measure
from .documents import send_to_firehose, send_to_kinesis
from .ingest import create_delivery, create_prepare, create_stream
from .lake import create_store
from .querying import create_queries, create_workgroup
from .settings import AnalyticsSettings, resolve
from .watching import create_alarms, create_dashboard, throttled


class Analytics(pulumi.ComponentResource):
    """Takes events from apps, keeps them where they can be asked about, and shows the main numbers.

    Creates: a KMS key and a bucket with its log bucket; a Glue database with the table of events; a Kinesis stream,
    unless apps put events into Firehose directly; the function that checks events and makes them private, with a KMS
    key for hashes; the Firehose delivery stream that writes them as Parquet by day and type, with its role and log; the
    function that counts events, with a queue of batches that it could not count; an Athena workgroup with named
    queries; a dashboard; where asked, alarms; and for each role that is named, a policy to send events. It deliberately
    has no route of its own, believes what a device says of
    itself, and lets nobody read: analysts get their own permissions.
    """

    stream_name: pulumi.Output[str | None]
    """The name of the Kinesis stream; none if apps put events into Firehose."""
    stream_arn: pulumi.Output[str | None]
    """The ARN of the Kinesis stream; none if apps put events into Firehose."""
    delivery_stream_name: pulumi.Output[str]
    """The name of the Firehose delivery stream."""
    delivery_stream_arn: pulumi.Output[str]
    """The ARN of the Firehose delivery stream."""
    bucket_name: pulumi.Output[str]
    """The name of the bucket: events below events/, those that break the schema below broken/, results below
    results/."""
    bucket_arn: pulumi.Output[str]
    """The ARN of the bucket."""
    kms_key_arn: pulumi.Output[str]
    """The ARN of the KMS key that encrypts stream, events and results."""
    database_name: pulumi.Output[str]
    """The name of the Glue database."""
    table_name: pulumi.Output[str]
    """The name of the table of events."""
    workgroup_name: pulumi.Output[str]
    """The name of the Athena workgroup."""
    query_ids: pulumi.Output[dict[str, str]]
    """The ids of the named queries, by name."""
    dashboard_name: pulumi.Output[str]
    """The name of the dashboard."""
    client_config: pulumi.Output[dict[str, str]]
    """What an app has to know: service (kinesis or firehose), stream, region, schema_version."""

    def __init__(self, name: str, args: AnalyticsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create everything; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:Analytics", name, {}, opts)
        direct = settings.ingest is AnalyticsIngest.FIREHOSE
        scope = Scope(self, name, settings.region, settings.tags)
        store = create_store(scope, settings)
        stream = None if direct else create_stream(scope, settings, store)
        prepare = create_prepare(scope, settings, counts=direct)
        delivery = create_delivery(scope, settings, store, prepare, stream)
        measure = None if stream is None else create_measure(scope, settings, store, stream)
        workgroup = create_workgroup(scope, settings, store)
        queries = create_queries(scope, settings, store, workgroup)
        refused = throttled(stream, delivery)
        dashboard = create_dashboard(scope, settings, store.region, delivery, refused)
        if settings.alarm_topic_arn is not None:
            create_alarms(scope, settings, delivery, refused, measure)
        self._send: list[StatementArgs] = (
            send_to_firehose(delivery.arn)
            if stream is None
            else send_to_kinesis(stream.arn, store.kms_key_arn, store.region)
        )
        _create_grants(self, name, settings, self._send)

        self.stream_name = pulumi.Output.from_input(None if stream is None else stream.name)
        self.stream_arn = pulumi.Output.from_input(None if stream is None else stream.arn)
        self.delivery_stream_name = delivery.name
        self.delivery_stream_arn = delivery.arn
        self.bucket_name = store.bucket.name
        self.bucket_arn = store.bucket.arn
        self.kms_key_arn = store.kms_key_arn
        self.database_name = store.database.name
        self.table_name = store.table.name
        self.workgroup_name = workgroup.name
        self.query_ids = pulumi.Output.all(**queries)
        self.dashboard_name = dashboard.dashboard_name
        self.client_config = pulumi.Output.all(
            service=settings.ingest.value,
            stream=delivery.name if stream is None else stream.name,
            region=store.region,
            schema_version=str(settings.schema_version),
        )
        self.register_outputs({output: getattr(self, output) for output in _OUTPUTS})

    def send_statements(self) -> list[StatementArgs]:
        """Return what sending events needs, for roles that are not named in the arguments."""
        return list(self._send)


_OUTPUTS = tuple(Analytics.__annotations__)


def _create_grants(
    analytics: pulumi.Resource, name: str, settings: AnalyticsSettings, statements: list[StatementArgs]
) -> None:
    """Let the users of each role that was named send events."""
    if settings.signed_in_role_name is not None:
        create_grant(analytics, f"{name}-signed-in", settings.signed_in_role_name, statements)
    for key, role_name in settings.group_role_names.items():
        create_grant(analytics, f"{name}-group-{key}", role_name, statements)
    if settings.guest_role_name is not None:
        create_grant(analytics, f"{name}-guests", settings.guest_role_name, statements)
