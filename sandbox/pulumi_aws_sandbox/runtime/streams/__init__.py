"""Event source mappings: functions that are run with what is new in the streams of tables and of Kinesis.

Nothing happens by itself: `deliver()` hands over what is there now, and `expire_items()` removes items whose time is
over, as DynamoDB does within days.
"""

from pulumi_aws_sandbox.runtime.streams.delivering import Delivery, deliver
from pulumi_aws_sandbox.runtime.streams.expiry import expire_items

__all__ = ["Delivery", "deliver", "expire_items"]
