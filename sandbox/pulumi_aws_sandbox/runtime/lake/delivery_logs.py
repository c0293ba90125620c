"""What Firehose writes into a delivery stream's log of errors, if its role may.

https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html
"""

import json
from typing import Any

from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.access import sessions
from pulumi_aws_sandbox.runtime.access.errors import RefusedError


def write(region: str, stream: Any, config: dict[str, Any], code: str, message: str) -> None:  # noqa: ANN401 - moto's own type
    """Write one error; where the log or the permission is missing, nobody hears of it, as on AWS."""
    from botocore.exceptions import ClientError  # noqa: PLC0415 - a preview must not pay for it

    logs = config.get("CloudWatchLoggingOptions") or {}
    if not logs.get("Enabled"):
        return
    line = {
        "deliveryStreamARN": stream.delivery_stream_arn,
        "destination": config["BucketARN"],
        "deliveryStreamVersionId": int(stream.version_id),
        "message": message,
        "errorCode": code,
    }
    try:
        session = sessions.assume_as_service(config["RoleARN"], "firehose.amazonaws.com", stream.delivery_stream_name)
        credentials = session.access_key_id, session.secret_access_key, session.session_token
        Connection(region, None, credentials)("logs").put_log_events(
            logGroupName=logs["LogGroupName"],
            logStreamName=logs["LogStreamName"],
            logEvents=[{"timestamp": int(clock.now() * 1000), "message": json.dumps(line)}],
        )
    except (RefusedError, ClientError):
        return
