"""What SNS hands to the gateways of phones, and to phone numbers: kept as the gateways would get it.

`messages()` are the notifications, `expire(token)` lets a gateway say that an app was removed, `opt_out(number)` lets a
person answer STOP. SMS and e-mails are in `runtime.outbox`, and so is each notification, as JSON.
"""

from pulumi_aws_sandbox.runtime.push.confirmations import confirming
from pulumi_aws_sandbox.runtime.push.gateways import PushMessage, expire, messages
from pulumi_aws_sandbox.runtime.push.sms import opt_out, spent

__all__ = ["PushMessage", "confirming", "expire", "messages", "opt_out", "spent"]
