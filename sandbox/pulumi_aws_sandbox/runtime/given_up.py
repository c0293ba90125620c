"""What becomes of an event that a function failed on and nobody waits for.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
"""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from pulumi_aws_sandbox.runtime import clock, destinations

_ATTEMPTS = 1
_FUNCTION_FAILED = "200"
_LONGEST_MESSAGE = 1024


def put_aside(function: Any, event: str, answer: bytes) -> list[str]:  # noqa: ANN401 - moto's own type
    """Send an event to the function's dead-letter queue or topic, and a record of it to its destination on failure.

    Return why anything did not get there: Lambda tells nobody but its metrics.
    """
    error = json.loads(answer)
    request_id = str(error.get("requestId") or uuid.uuid4())
    refused = []
    letters = (function.kept_by_sandbox.get("DeadLetterConfig") or {}).get("TargetArn")
    if letters:
        attributes = {
            "RequestID": request_id,
            "ErrorCode": _FUNCTION_FAILED,
            "ErrorMessage": str(error.get("errorMessage") or "unknown")[:_LONGEST_MESSAGE],
        }
        refused.append(destinations.send(letters, function.role, event, attributes))
    for kept in function.event_invoke_config:
        destination = ((kept.config.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination")
        if destination:
            about = json.dumps(_record(function, request_id, event, error))
            refused.append(destinations.send(destination, function.role, about))
    return [each for each in refused if each is not None]


def _record(function: Any, request_id: str, event: str, error: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own type, any JSON
    moment = datetime.fromtimestamp(clock.now(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "version": "1.0",
        "timestamp": moment,
        "requestContext": {
            "requestId": request_id,
            "functionArn": f"{function.function_arn}:$LATEST",
            "condition": "RetriesExhausted",
            "approximateInvokeCount": _ATTEMPTS,
        },
        "requestPayload": json.loads(event),
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "responsePayload": error,
    }
