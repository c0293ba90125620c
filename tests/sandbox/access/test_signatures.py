"""Signatures, made by botocore and verified by the sandbox."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import pytest
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox.access.world import Json

from pulumi_aws_sandbox.runtime.access import signatures
from pulumi_aws_sandbox.runtime.access.errors import RefusedError
from pulumi_aws_sandbox.runtime.access.signatures import Sent

_KEY = "ASIA" + "B" * 16
_SECRET = "a+secret/with=signs"
_IN_QUERY = {SigV4QueryAuth, S3SigV4QueryAuth}
_OF_S3 = {S3SigV4Auth, S3SigV4QueryAuth}
_URL = "https://sqs.eu-west-1.amazonaws.com/queue"


def _signed(kind: Json = SigV4Auth, url: str = _URL, body: bytes = b"{}", **headers: str) -> Sent:
    service = "s3" if kind in _OF_S3 else "sqs"
    request = AWSRequest(method="POST", url=url, data=body, headers=headers)
    kind(Credentials(_KEY, _SECRET, "a-token"), service, "eu-west-1").add_auth(request)
    prepared = request.prepare()
    sent = {name.lower(): _text(value) for name, value in prepared.headers.items()}
    return Sent("POST", prepared.url, {"host": "sqs.eu-west-1.amazonaws.com", **sent}, body)


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _code(sent: Sent, secret: str = _SECRET) -> str | None:
    signature = signatures.read(sent)
    assert signature is not None
    try:
        signatures.verify(sent, signature, secret)
    except RefusedError as refusal:
        return refusal.code
    return None


@given(
    st.sampled_from([SigV4Auth, S3SigV4Auth, SigV4QueryAuth, S3SigV4QueryAuth]),
    st.text("ab/+ ü%", max_size=8),
    st.dictionaries(st.text("ab", min_size=1, max_size=3), st.text("a b&=", max_size=5), max_size=2),
    st.binary(max_size=20),
)
@settings(deadline=None, max_examples=50)
def test_what_botocore_signs_verifies(kind: Json, path: str, query: dict[str, str], body: bytes) -> None:
    # botocore moves the body of a request that is signed in its query into the query.
    sent = _signed(kind, f"{_URL}/{quote(path)}?{urlencode(query)}", b"" if kind in _IN_QUERY else body)
    assert _code(sent) is None
    assert _code(sent, "another") == "SignatureDoesNotMatch"


@pytest.mark.parametrize("kind", [SigV4Auth, S3SigV4Auth])
@pytest.mark.parametrize(
    "change",
    [
        {"method": "PUT"},
        {"url": f"{_URL}?more=1"},
        {"url": f"{_URL}/other"},
        {"body": b"{ }"},
    ],
)
def test_a_request_that_was_changed_does_not_verify(kind: Json, change: dict[str, Json]) -> None:
    assert _code(replace(_signed(kind), **change)) == "SignatureDoesNotMatch"


def test_a_signed_header_that_was_changed_does_not_verify() -> None:
    sent = _signed(**{"X-Amz-Target": "AmazonSQS.SendMessage"})
    assert _code(sent) is None
    headers = {**sent.headers, "x-amz-target": "AmazonSQS.DeleteQueue"}
    assert _code(replace(sent, headers=headers)) == "SignatureDoesNotMatch"


def test_an_old_signature_is_refused() -> None:
    sent = _signed()
    stamp = datetime.fromtimestamp(time.time() - 16 * 60, UTC).strftime("%Y%m%dT%H%M%SZ")
    assert _code(replace(sent, headers={**sent.headers, "x-amz-date": stamp})) == "RequestExpired"


def test_a_date_that_is_none_is_refused() -> None:
    sent = _signed()
    assert _code(replace(sent, headers={**sent.headers, "x-amz-date": "yesterday"})) == "SignatureDoesNotMatch"


def test_a_signature_says_whose_it_is() -> None:
    found = signatures.read(_signed())
    assert found is not None
    assert (found.access_key_id, found.service, found.region, found.token) == (_KEY, "sqs", "eu-west-1", "a-token")


@pytest.mark.parametrize("value", ["", "Bearer x", "AWS4-HMAC-SHA256 Credential=a/b", "AWS key:signature"])
def test_what_is_no_signature_is_none(value: str) -> None:
    assert signatures.read(Sent("GET", _URL, {"authorization": value}, b"")) is None
