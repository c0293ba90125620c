"""Items whose time to live is over: removed as DynamoDB's own service does.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
"""

from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import clock, regions

_OLDEST_SECONDS = 5 * 365 * 24 * 3600
"""A time further back than five years is taken for a mistake, and its item stays."""


def expire_items(region: str | None = None) -> int:
    """Remove the items of all tables whose time is over by the sandbox's clock; return how many there were."""
    from moto.dynamodb.models import dynamodb_backends  # noqa: PLC0415 - moto loads only when something is deployed

    from pulumi_aws_sandbox.gaps import dynamodb_transactions  # noqa: PLC0415 - loads only when deploying

    backends = [
        backend
        for name, backend in list(dynamodb_backends[ACCOUNT].items())
        if region in {None, name} and not regions.is_cut(name)
    ]
    with dynamodb_transactions.LOCK:
        return sum(_expire(table) for backend in backends for table in list(backend.tables.values()))


def _expire(table: Any) -> int:  # noqa: ANN401 - moto's own types
    from pulumi_aws_sandbox.gaps.dynamodb_streams import expiring  # noqa: PLC0415 - loads only when deploying

    settings = table.ttl
    if settings.get("TimeToLiveStatus") != "ENABLED":
        return 0
    name, now = settings["AttributeName"], clock.now()
    over = [each for each in table.all_items() if _is_over(each.attrs.get(name), now)]
    with expiring():
        for item in over:
            table.delete_item(item.hash_key, item.range_key)
    return len(over)


def _is_over(value: Any, now: float) -> bool:  # noqa: ANN401 - moto's own types
    """Tell whether a time has passed; anything but a number is no time."""
    return value is not None and value.type == "N" and now - _OLDEST_SECONDS <= float(value.value) < now
