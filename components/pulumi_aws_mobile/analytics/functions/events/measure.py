"""Counts events as they come, as a consumer of the Kinesis stream.

https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from .counting import Counts
from .reading import BrokenEventError, read_event
from .settings import settings


def handle(event: Mapping[str, Any], _context: object) -> None:
    """Publish the numbers of a batch. If that fails, the whole batch comes again, and none of it was counted."""
    told, counts = settings(), Counts()
    for record in event["Records"]:
        kinesis = record["kinesis"]
        arrived_at = int(kinesis["approximateArrivalTimestamp"] * 1000)
        try:
            counts.add(read_event(base64.b64decode(kinesis["data"], validate=True), told), arrived_at)
        except (BrokenEventError, binascii.Error):
            counts.add_broken(record["eventID"], arrived_at)
    counts.publish(told)
