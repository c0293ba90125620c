"""How a request is refused before moto answers it: AWS's error, in the shape of the service's protocol."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import NoReturn

Answer = tuple[int, dict[str, str], str]
"""Status, headers and body, as moto answers."""


class RefusedError(Exception):
    """A request that AWS would not let through, with the code that the query protocol knows it by."""

    def __init__(self, code: str, message: str, status: int = 403) -> None:
        """Refuse with AWS's code and message."""
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status


def refuse(code: str, message: str, status: int = 403) -> NoReturn:
    """Refuse the request at hand."""
    raise RefusedError(code, message, status)


@dataclass(frozen=True, slots=True)
class _Names:
    """What one refusal is called by the protocols; `status` is S3's own where it differs."""

    json: str
    s3: str
    ec2: str
    s3_status: int = 403


_CODES = {
    "AccessDenied": _Names("AccessDeniedException", "AccessDenied", "UnauthorizedOperation"),
    "InvalidClientTokenId": _Names("UnrecognizedClientException", "InvalidAccessKeyId", "AuthFailure"),
    "ExpiredToken": _Names("ExpiredTokenException", "ExpiredToken", "RequestExpired", 400),
    "InvalidToken": _Names("UnrecognizedClientException", "InvalidToken", "AuthFailure", 400),
    "SignatureDoesNotMatch": _Names("InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure"),
    "RequestExpired": _Names("InvalidSignatureException", "RequestTimeTooSkewed", "RequestExpired"),
    "MissingAuthenticationToken": _Names("MissingAuthenticationTokenException", "AccessDenied", "AuthFailure"),
}
_QUERY = {"InvalidToken": "InvalidClientTokenId", "RequestExpired": "SignatureDoesNotMatch"}
_OWN_QUERY_CODES = {("sns", "AccessDenied"): "AuthorizationError"}
_JSON_STATUS = 400


def answer(refusal: RefusedError, service: str, headers: Mapping[str, str]) -> Answer:
    """Return a refusal as `service` would answer it; `headers` are those of the request, in lower case."""
    request_id = secrets.token_hex(16)
    names = _CODES.get(refusal.code)
    if service == "s3":
        code = names.s3 if names else refusal.code
        status = names.s3_status if names else refusal.status
        body = _xml("Error", {"Code": code, "Message": refusal.message, "RequestId": request_id, "HostId": request_id})
        return status, {"content-type": "application/xml", "x-amzn-requestid": request_id}, body
    if "x-amz-target" in headers:
        status, answered, body = _json(refusal, names, _JSON_STATUS, request_id)
        if service == "sqs":
            # It spoke the query protocol once, and clients still read that protocol's codes.
            answered["x-amzn-query-error"] = f"{_QUERY.get(refusal.code, refusal.code)};Sender"
        return status, answered, body
    if service == "ec2":
        code = names.ec2 if names else refusal.code
        error = f"<Errors>{_elements('Error', {'Code': code, 'Message': refusal.message})}</Errors>"
        body = f"<Response>{error}<RequestID>{request_id}</RequestID></Response>"
        return refusal.status, {"content-type": "text/xml"}, body
    if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        code = _OWN_QUERY_CODES.get((service, refusal.code)) or _QUERY.get(refusal.code, refusal.code)
        error = _elements("Error", {"Type": "Sender", "Code": code, "Message": refusal.message})
        body = f"<ErrorResponse>{error}<RequestId>{request_id}</RequestId></ErrorResponse>"
        return refusal.status, {"content-type": "text/xml"}, body
    return _json(refusal, names, refusal.status, request_id)


def _json(refusal: RefusedError, names: _Names | None, status: int, request_id: str) -> Answer:
    code = names.json if names else refusal.code
    headers = {"content-type": "application/json", "x-amzn-errortype": code, "x-amzn-requestid": request_id}
    return status, headers, json.dumps({"__type": code, "message": refusal.message, "Message": refusal.message})


def _xml(root: str, fields: Mapping[str, str]) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_elements(root, fields)}'


def _elements(root: str, fields: Mapping[str, str]) -> str:
    inside = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())
    return f"<{root}>{inside}</{root}>"
