"""Signatures of requests: whose key signed one, and whether it was really that key.

botocore's own signers compute what the signature should have been.
"""

import hashlib
import hmac
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from pulumi_aws_sandbox.runtime.access.errors import refuse

_AUTHORIZATION = re.compile(
    r"^AWS4-HMAC-SHA256\s+Credential=(?P<key>[^/,\s]+)/(?P<date>\d{8})/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request,"
    r"\s*SignedHeaders=(?P<headers>[^,\s]+),\s*Signature=(?P<signature>[0-9a-f]+)$"
)
_CREDENTIAL = re.compile(r"^(?P<key>[^/]+)/(?P<date>\d{8})/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request$")
_STAMP = "%Y%m%dT%H%M%SZ"
_SKEW_SECONDS = 15 * 60
_MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it arrived; the names of its headers are in lower case."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None
    """`None` where the body is a stream that only its reader may read."""

    def query(self, name: str) -> str | None:
        """Return a parameter of its query."""
        found = parse_qs(urlsplit(self.url).query, keep_blank_values=True).get(name)
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Signature:
    """What a request says of its own signature."""

    access_key_id: str
    service: str
    region: str
    token: str | None
    value: str
    signed_headers: tuple[str, ...] = ()
    stamp: str = ""
    expires: str | None = None
    in_query: bool = False


def read(sent: Sent) -> Signature | None:
    """Return a request's signature, or `None` if it carries none: from its headers, or from a URL signed beforehand."""
    if found := _AUTHORIZATION.match(sent.headers.get("authorization", "")):
        return Signature(
            access_key_id=found["key"],
            service=found["service"],
            region=found["region"],
            token=sent.headers.get("x-amz-security-token"),
            value=found["signature"],
            signed_headers=tuple(found["headers"].split(";")),
            stamp=sent.headers.get("x-amz-date", ""),
        )
    query = dict(parse_qsl(urlsplit(sent.url).query, keep_blank_values=True))
    if found := _CREDENTIAL.match(query.get("X-Amz-Credential", "")):
        return Signature(
            access_key_id=found["key"],
            service=found["service"],
            region=found["region"],
            token=query.get("X-Amz-Security-Token"),
            value=query.get("X-Amz-Signature", ""),
            signed_headers=tuple(query.get("X-Amz-SignedHeaders", "host").split(";")),
            stamp=query.get("X-Amz-Date", ""),
            expires=query.get("X-Amz-Expires", "0"),
            in_query=True,
        )
    if "AWSAccessKeyId" in query and "Signature" in query:
        return Signature(
            access_key_id=query["AWSAccessKeyId"],
            service="s3",
            region="",
            token=query.get("x-amz-security-token"),
            value=query["Signature"],
            expires=query.get("Expires", "0"),
            in_query=True,
        )
    return None


def verify(sent: Sent, signature: Signature, secret: str) -> None:
    """Raise `RefusedError` unless the secret of its key signed a request, and lately."""
    from botocore.credentials import Credentials  # noqa: PLC0415 - a preview must not pay for it

    credentials = Credentials(signature.access_key_id, secret, signature.token)
    if not signature.stamp:
        _check_old_style_url(sent, signature, credentials)
        return
    _check_time(signature)
    if not _body_is_as_signed(sent) or not hmac.compare_digest(
        _expected(sent, signature, credentials), signature.value
    ):
        refuse("SignatureDoesNotMatch", _MISMATCH)


def _check_time(signature: Signature) -> None:
    try:
        signed_at = datetime.strptime(signature.stamp, _STAMP).replace(tzinfo=UTC).timestamp()
        lasts = int(signature.expires) if signature.expires is not None else _SKEW_SECONDS
    except ValueError:
        refuse("SignatureDoesNotMatch", _MISMATCH)
    # Clients sign by the real time, however far a test has moved the sandbox's own.
    age = time.time() - signed_at
    if signature.in_query and age > lasts:
        refuse("AccessDenied", "Request has expired")
    if abs(age) > max(lasts, _SKEW_SECONDS):
        refuse("RequestExpired", "The difference between the request time and the current time is too large.")


def _body_is_as_signed(sent: Sent) -> bool:
    stated = sent.headers.get("x-amz-content-sha256", "")
    is_digest = re.fullmatch(r"[0-9a-f]{64}", stated) is not None
    return not is_digest or sent.body is None or hashlib.sha256(sent.body).hexdigest() == stated


def _expected(sent: Sent, signature: Signature, credentials: Any) -> str:  # noqa: ANN401 - botocore's own types
    from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth, SigV4QueryAuth  # noqa: PLC0415 - as above
    from botocore.awsrequest import AWSRequest  # noqa: PLC0415 - as above

    if signature.in_query:
        kind = S3SigV4QueryAuth if signature.service == "s3" else SigV4QueryAuth
    else:
        kind = S3SigV4Auth if signature.service == "s3" else SigV4Auth
    parts = urlsplit(sent.url)
    pairs = [pair for pair in parts.query.split("&") if not pair.startswith("X-Amz-Signature=")]
    url = parts._replace(query="&".join(pairs) if signature.in_query else parts.query).geturl()
    headers = {name: sent.headers[name] for name in signature.signed_headers if name in sent.headers}
    request = AWSRequest(method=sent.method, url=url, data=sent.body or b"", headers=headers)
    request.context["timestamp"] = signature.stamp
    signer: Any = kind(credentials, signature.service, signature.region)
    signed = signer.string_to_sign(request, signer.canonical_request(request))
    return signer.signature(signed, request)


def _check_old_style_url(sent: Sent, signature: Signature, credentials: Any) -> None:  # noqa: ANN401 - botocore's types
    """Check an S3 URL in the older style, which botocore still signs for some Regions."""
    from botocore.auth import HmacV1QueryAuth  # noqa: PLC0415 - a preview must not pay for it
    from botocore.compat import HTTPHeaders  # noqa: PLC0415 - as above

    expires = signature.expires or ""
    if not signature.in_query or not expires.isdecimal():
        refuse("SignatureDoesNotMatch", _MISMATCH)
    if time.time() > int(expires):
        refuse("AccessDenied", "Request has expired")
    parts = urlsplit(sent.url)
    own = ("AWSAccessKeyId=", "Signature=", "Expires=", "x-amz-security-token=")
    kept = "&".join(pair for pair in parts.query.split("&") if not pair.startswith(own))
    headers = HTTPHeaders()
    headers["Date"] = expires
    signer: Any = HmacV1QueryAuth(credentials)
    signer._get_date = lambda: expires  # noqa: SLF001 - botocore would begin to count now, and not when it was signed
    # The name of the bucket is in the path here; in front of the host it is part of what is signed too.
    path = parts.path
    if (bucket := bucket_in_host(parts.hostname or "")) is not None:
        path = f"/{bucket}{path}"
    expected = signer.get_signature(sent.method, parts._replace(query=kept), headers, auth_path=path)
    if not hmac.compare_digest(str(expected), signature.value):
        refuse("SignatureDoesNotMatch", _MISMATCH)


def bucket_in_host(host: str) -> str | None:
    """Return the bucket that the host of an S3 address names, or `None` if its path names it."""
    found = re.match(r"^(?P<bucket>.+?)\.s3(?:[.-][^/]*)?\.amazonaws\.com", host)
    return found["bucket"] if found else None
