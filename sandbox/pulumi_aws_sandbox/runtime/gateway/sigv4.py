"""Signature Version 4 as API Gateway verifies it, with the words it refuses in.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes

from pulumi_aws_sandbox.runtime.gateway.incoming import Incoming, plain_path
from pulumi_aws_sandbox.runtime.gateway.refusals import INCOMPLETE_SIGNATURE, INVALID_SIGNATURE, refuse

SERVICE = "execute-api"
_ALGORITHM = "AWS4-HMAC-SHA256"
_STAMP = "%Y%m%dT%H%M%SZ"
_SKEW_MINUTES = 5
_LONGEST_SECONDS = 7 * 24 * 3600
_SCOPE_PARTS = 5
_MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says of its own signature."""

    access_key_id: str
    scope: str
    signed_headers: tuple[str, ...]
    value: str
    stamp: str
    token: str | None
    expires: int | None = None
    """The seconds that a URL signed beforehand lasts; `None` where the headers carry the signature."""


def read(incoming: Incoming, region: str) -> Claim | None:
    """Return a request's claim, or `None` if it makes none; refuse one that cannot be read."""
    stated = incoming.lowered.get("authorization")
    if stated is not None:
        return _from_header(incoming, stated, region)
    query = dict(incoming.parameters)
    if "X-Amz-Algorithm" in query or "X-Amz-Credential" in query or "X-Amz-Signature" in query:
        return _from_query(query, region)
    return None


def verify(incoming: Incoming, claim: Claim, secret: str) -> None:
    """Refuse a request unless the secret of its key signed it, and lately."""
    signed_at = _check_time(claim)
    stated = incoming.lowered.get("x-amz-content-sha256")
    digest = hashlib.sha256(incoming.body).hexdigest()
    shown = digest if stated is None else stated.strip()
    canonical, to_sign = _texts(incoming, claim, _as_received, shown)
    key = _key(secret, claim.scope)
    expected = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    # Some signers write a parameter differently in what they sign and in what they send: AWS compares what it means.
    _, meant = _texts(incoming, claim, _rewritten, shown)
    other = hmac.new(key, meant.encode(), hashlib.sha256).hexdigest()
    shown_value = claim.value.encode()
    fits = hmac.compare_digest(expected.encode(), shown_value) | hmac.compare_digest(other.encode(), shown_value)
    if not fits or not hmac.compare_digest(shown.encode(), digest.encode()):
        refuse(
            INVALID_SIGNATURE,
            f"{_MISMATCH}\n\nThe Canonical String for this request should have been\n'{canonical}'\n\n"
            f"The String-to-Sign should have been\n'{to_sign}'\n",
            f"signed at {signed_at:{_STAMP}}",
        )


def _from_header(incoming: Incoming, stated: str, region: str) -> Claim:
    algorithm, _, rest = stated.strip().partition(" ")
    if algorithm != _ALGORITHM:
        for part in stated.split(","):
            _pair(part, stated)
        refuse(INCOMPLETE_SIGNATURE, f"Unsupported AWS 'algorithm': '{algorithm}'.")
    fields: dict[str, str] = {}
    for part in rest.split(","):
        name, value = _pair(part, stated)
        fields[name] = value
    missing = [
        f"Authorization header requires '{name}' parameter."
        for name in ("Credential", "Signature", "SignedHeaders")
        if not fields.get(name)
    ]
    stamp = incoming.lowered.get("x-amz-date")
    if stamp is None:
        missing.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
    if missing or stamp is None:
        refuse(INCOMPLETE_SIGNATURE, " ".join([*missing, f"Authorization={algorithm}"]))
    signed = tuple(fields["SignedHeaders"].lower().split(";"))
    key, scope = _scope(fields["Credential"], stamp, region)
    _require_host(signed)
    return Claim(key, scope, signed, fields["Signature"], stamp, incoming.lowered.get("x-amz-security-token"))


def _pair(part: str, stated: str) -> tuple[str, str]:
    name, equals, value = part.strip().partition("=")
    if not equals:
        message = f"'{name}' not a valid key=value pair (missing equal-sign) in Authorization header: '{stated}'."
        refuse(INCOMPLETE_SIGNATURE, message)
    return name, value


def _from_query(query: Mapping[str, str], region: str) -> Claim:
    if query.get("X-Amz-Algorithm") != _ALGORITHM:
        refuse(INCOMPLETE_SIGNATURE, f"Unsupported AWS 'algorithm': '{query.get('X-Amz-Algorithm', '')}'.")
    missing = [
        f"AWS query-string parameters must include 'X-Amz-{name}'."
        for name in ("Credential", "Date", "SignedHeaders", "Signature")
        if not query.get(f"X-Amz-{name}")
    ]
    if missing:
        refuse(INCOMPLETE_SIGNATURE, " ".join(missing))
    expires = query.get("X-Amz-Expires", str(_SKEW_MINUTES * 60))
    if not expires.isdecimal() or int(expires) > _LONGEST_SECONDS:
        refuse(INCOMPLETE_SIGNATURE, f"X-Amz-Expires must be from 0 to {_LONGEST_SECONDS} seconds: '{expires}'.")
    signed = tuple(query["X-Amz-SignedHeaders"].lower().split(";"))
    key, scope = _scope(query["X-Amz-Credential"], query["X-Amz-Date"], region)
    _require_host(signed)
    token = query.get("X-Amz-Security-Token")
    return Claim(key, scope, signed, query["X-Amz-Signature"], query["X-Amz-Date"], token, int(expires))


def _scope(credential: str, stamp: str, region: str) -> tuple[str, str]:
    """Return the key and the scope of a credential."""
    parts = credential.split("/")
    if len(parts) != _SCOPE_PARTS:
        refuse(
            INCOMPLETE_SIGNATURE,
            f"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
            f"'{credential}'.",
        )
    key, date, named, service, term = parts
    wrong = [
        message
        for holds, message in (
            (named == region, f"Credential should be scoped to a valid region, not '{named}'."),
            (service == SERVICE, f"Credential should be scoped to correct service: '{SERVICE}'."),
            (
                term == "aws4_request",
                f"Credential should be scoped with a valid terminator: 'aws4_request', not '{term}'.",
            ),
            (
                date == stamp[:8],
                (
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    f"'{date}' != '{stamp[:8]}', from '{stamp}'."
                ),
            ),
        )
        if not holds
    ]
    if wrong:
        refuse(INVALID_SIGNATURE, " ".join(wrong))
    return key, f"{date}/{named}/{service}/{term}"


def _require_host(signed: tuple[str, ...]) -> None:
    if "host" not in signed:
        refuse(INVALID_SIGNATURE, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")


def _check_time(claim: Claim) -> datetime:
    """Refuse what was signed too long ago or is not yet valid.

    Clients sign by the real time, however far a test has moved the sandbox's own.
    """
    try:
        signed_at = datetime.strptime(claim.stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        refuse(
            INCOMPLETE_SIGNATURE,
            f"Date must be in ISO-8601 'basic format'. Got '{claim.stamp}'. See http://en.wikipedia.org/wiki/ISO_8601",
        )
    now = datetime.fromtimestamp(time.time(), UTC)
    skew = timedelta(minutes=_SKEW_MINUTES)
    if signed_at > now + skew:
        refuse(
            INVALID_SIGNATURE,
            f"Signature not yet current: {claim.stamp} is still later than {now + skew:{_STAMP}} "
            f"({now:{_STAMP}} + {_SKEW_MINUTES} min.)",
        )
    lasts = skew if claim.expires is None else timedelta(seconds=claim.expires)
    if signed_at < now - lasts:
        allowed = f"{_SKEW_MINUTES} min." if claim.expires is None else f"{claim.expires} sec."
        refuse(
            INVALID_SIGNATURE,
            f"Signature expired: {claim.stamp} is now earlier than {now - lasts:{_STAMP}} ({now:{_STAMP}} - {allowed})",
        )
    return signed_at


def _texts(incoming: Incoming, claim: Claim, written: Callable[[str], str], digest: str) -> tuple[str, str]:
    """Return the canonical request and the text to sign."""
    pairs = [pair.partition("=") for pair in incoming.query.split("&") if pair]
    parameters = sorted(
        (written(name), written(value))
        for name, _, value in pairs
        if claim.expires is None or name != "X-Amz-Signature"
    )
    headers = "".join(
        f"{name}:{_SPACES.sub(' ', incoming.lowered.get(name, '')).strip()}\n" for name in claim.signed_headers
    )
    canonical = "\n".join(
        (
            incoming.method.upper(),
            _canonical_path(incoming.path),
            "&".join(f"{name}={value}" for name, value in parameters),
            headers,
            ";".join(claim.signed_headers),
            digest,
        )
    )
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    return canonical, f"{_ALGORITHM}\n{claim.stamp}\n{claim.scope}\n{hashed}"


def _as_received(text: str) -> str:
    return text


def _rewritten(text: str) -> str:
    return quote_from_bytes(unquote_to_bytes(text), safe="-_.~")


@lru_cache(maxsize=1024)
def _canonical_path(path: str) -> str:
    """Return a path as it is signed: without dots and doubled slashes, and encoded once more."""
    return quote(plain_path(path), safe="/~")


@lru_cache(maxsize=256)
def _key(secret: str, scope: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
