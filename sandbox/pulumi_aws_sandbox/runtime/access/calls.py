"""What a signed request asks for: the operation, its parameters, and the place it is sent to."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.runtime.access.signatures import Sent, Signature, bucket_in_host

_MODELS = {"monitoring": "cloudwatch", "email": "ses", "elasticloadbalancing": "elbv2"}
"""botocore's name of a service where it is not the name that its requests are signed for."""

_PREFIXES = {"monitoring": "cloudwatch", "email": "ses"}
"""IAM's name of a service where it is not the name that its requests are signed for."""

_STREAMS = "DynamoDBStreams"
"""What requests to streams of tables, which are signed for DynamoDB, call their service."""


@dataclass(frozen=True, slots=True)
class Call:
    """One operation of a service."""

    service: str
    operation: str
    params: Mapping[str, Any]
    region: str
    sent: Sent
    account: str = ACCOUNT
    partition: str = PARTITION

    @property
    def prefix(self) -> str:
        """What IAM calls the service."""
        return _PREFIXES.get(self.service, self.service)

    def text(self, path: str) -> str | None:
        """Return a parameter that is a text, by its path."""
        value: Any = self.params
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        return value if isinstance(value, str) and value else None


def read(sent: Sent, signature: Signature) -> Call:
    """Return the operation of a request; one that no service model knows has the name that it gives itself."""
    operation, params = _parsed(sent, signature.service)
    return Call(signature.service, operation, params, signature.region or "us-east-1", sent)


def _parsed(sent: Sent, service: str) -> tuple[str, dict[str, Any]]:
    import botocore.exceptions  # noqa: PLC0415 - a preview must not pay for it
    from moto.core.parse import PROTOCOL_PARSERS, RequestParserError  # noqa: PLC0415 - as above
    from moto.core.request import Request, determine_request_protocol  # noqa: PLC0415 - as above
    from moto.core.routing import NotFound, get_service_router  # noqa: PLC0415 - as above
    from moto.core.utils import get_service_model  # noqa: PLC0415 - as above

    url, headers = sent.url, dict(sent.headers)
    if service == "s3" and (bucket := bucket_in_host(urlsplit(url).hostname or "")) is not None:
        parts = urlsplit(url)
        url = parts._replace(netloc="s3.amazonaws.com", path=f"/{bucket}{parts.path}").geturl()
        headers.pop("host", None)
    name = _model(service, urlsplit(url).path, headers.get("x-amz-target", ""))
    try:
        request = Request.from_primitives(sent.method, url, headers, sent.body or b"")
        operation, path_params = get_service_router(name).match(request)
    except (NotFound, NotImplementedError, botocore.exceptions.UnknownServiceError):
        return sent.headers.get("x-amz-target", "").split(".")[-1] or sent.query("Action") or "Unknown", {}
    if _is_payload(name, operation.name):
        return operation.name, {**request.args.to_dict(), **path_params}
    protocol = determine_request_protocol(get_service_model(name), request.content_type)
    parser = PROTOCOL_PARSERS[protocol](operation, map_type=dict)
    try:
        params = parser.parse(
            {
                "method": request.method,
                "values": request.values,
                "headers": request.headers,
                "body": request.data,
                "url_path": request.path,
                "url_params": path_params,
            }
        )
    except (RequestParserError, ValueError, KeyError, TypeError):
        # A malformed body is the service's to refuse; what the address says is enough to judge the call.
        params = {}
    return operation.name, {**path_params, **params}


def _model(service: str, path: str, target: str) -> str:
    """Return botocore's name of the service: some are signed for another's."""
    if service == "ses" and path.startswith("/v2/"):
        return "sesv2"
    if target.startswith(_STREAMS):
        return "dynamodbstreams"
    return _MODELS.get(service, service)


@functools.lru_cache(maxsize=512)
def _is_payload(service: str, operation: str) -> bool:
    """Tell whether the whole body of an operation is data that says nothing about what may be done."""
    from moto.core.utils import get_service_model  # noqa: PLC0415 - a preview must not pay for it

    shape = get_service_model(service).operation_model(operation).input_shape
    name = shape.serialization.get("payload") if shape is not None else None
    return bool(name) and shape.members[name].type_name == "blob"
