"""What flows into the lake and what is asked of it: Firehose, which `deliver` drives, and Athena's queries.

Nothing of it runs by itself: whoever moves the clock asks.
"""

from pulumi_aws_sandbox.runtime.lake.pump import Delivery, deliver

__all__ = ["Delivery", "deliver"]
