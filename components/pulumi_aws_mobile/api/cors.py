"""What browsers are told before and beside the answers: preflights and the headers of refusals. Pure.

https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .integrations import INTEGRATION
from .routes import variables

HEADERS = (
    "Authorization",
    "Content-Type",
    "X-Amz-Content-Sha256",
    "X-Amz-Date",
    "X-Amz-Security-Token",
    "X-Amz-User-Agent",
    "X-Api-Key",
    "X-User-Token",
)
"""The request headers of signatures, keys, user tokens and JSON."""
_STATUS = "204"


@dataclass(frozen=True, slots=True)
class Cors:
    """Which pages may call, and how."""

    origins: tuple[str, ...]
    headers: tuple[str, ...] = ()
    max_age_seconds: int = 7200

    @property
    def origin(self) -> str:
        """The origin that fixed answers name: API Gateway's own cannot follow the request's.

        They carry no credentials and nothing of anyone's, and no cookie ever counts, so that `*` gives nothing away.
        """
        return self.origins[0] if len(self.origins) == 1 else "*"


def preflight(cors: Cors, path: str, methods: Sequence[str]) -> dict[str, Any]:
    """Return the operation OPTIONS of a path with these methods; browsers do not sign it."""
    headers = {
        "Access-Control-Allow-Headers": ",".join(sorted({*HEADERS, *cors.headers})),
        "Access-Control-Allow-Methods": ",".join(sorted({*(method.upper() for method in methods), "OPTIONS"})),
        "Access-Control-Allow-Origin": cors.origin,
        "Access-Control-Max-Age": str(cors.max_age_seconds),
    }
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in sorted(variables(path))
    ]
    return {
        **({"parameters": parameters} if parameters else {}),
        "responses": {
            _STATUS: {
                "description": "What pages may do",
                "headers": {name: {"schema": {"type": "string"}} for name in headers},
            }
        },
        "security": [],
        "x-amazon-apigateway-auth": {"type": "NONE"},
        INTEGRATION: {
            "type": "mock",
            "passthroughBehavior": "when_no_match",
            "requestTemplates": {"application/json": json.dumps({"statusCode": int(_STATUS)})},
            "responses": {
                "default": {
                    "statusCode": _STATUS,
                    "responseParameters": {
                        f"method.response.header.{name}": f"'{value}'" for name, value in headers.items()
                    },
                }
            },
        },
    }


def gateway_responses(cors: Cors) -> dict[str, Any]:
    """Return the headers of API Gateway's own refusals, without which a page cannot tell one from a broken line."""
    headers = {
        "gatewayresponse.header.Access-Control-Allow-Headers": f"'{','.join(sorted({*HEADERS, *cors.headers}))}'",
        "gatewayresponse.header.Access-Control-Allow-Origin": f"'{cors.origin}'",
    }
    return {"DEFAULT_4XX": {"responseParameters": headers}, "DEFAULT_5XX": {"responseParameters": headers}}
