"""Signature Version 4: what botocore signs is let in, and nothing that was changed afterwards."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from urllib.parse import quote

import botocore.auth
import pytest
from botocore.credentials import Credentials
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox.access.world import REGION, Door
from sandbox.gateway.calling import IAM, OPERATOR, Api, credentials, deployed, saying, send, sign, signed_url

from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.runtime import clock

_DOCUMENT = {
    "/": {"x-amazon-apigateway-any-method": saying("1", **IAM)},
    "/{path+}": {"x-amazon-apigateway-any-method": saying("1", **IAM)},
}
_METHODS = ["DELETE", "GET", "PATCH", "POST", "PUT"]
_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
_SEGMENTS = _TEXTS.filter(lambda text: text not in {".", ".."}).map(lambda text: quote(text, safe="~"))
_PATHS = st.lists(_SEGMENTS, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts))
_QUERIES = st.lists(st.tuples(_TEXTS, st.one_of(st.just(""), _TEXTS)), max_size=3).map(
    lambda pairs: "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in pairs)
)
_VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=12).map(str.strip)
_HEADERS = st.dictionaries(st.sampled_from(["X-One", "X-Amz-Meta-Two", "x-three"]), _VALUES, max_size=3)
_MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)


@pytest.fixture(scope="module")
def open_api() -> Iterator[Api]:
    """Give one API for many requests; its role's session may call everything."""
    with in_process(REGION) as operator:
        yield deployed(Door(operator, None), _DOCUMENT)


def _target(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


@settings(max_examples=60)
@given(st.sampled_from(_METHODS), _PATHS, _QUERIES, _HEADERS, st.binary(max_size=40))
def test_whatever_botocore_signs_is_let_in(  # noqa: PLR0913, PLR0917 - the parts of a request
    open_api: Api, method: str, path: str, query: str, headers: dict[str, str], body: bytes
) -> None:
    found = open_api.signed(method, _target(path, query), headers, body)
    assert (found.status, found.body) == (200, b"1")


@settings(max_examples=60)
@given(st.data(), _PATHS, _QUERIES, _HEADERS.filter(bool), st.binary(min_size=1, max_size=40))
def test_any_change_to_a_signed_request_is_noticed(  # noqa: PLR0913, PLR0917 - the parts of a request
    open_api: Api, data: st.DataObject, path: str, query: str, headers: dict[str, str], body: bytes
) -> None:
    signed = sign("POST", open_api.url + _target(path, query), headers, body)
    method, change = "POST", data.draw(st.sampled_from(["method", "path", "query", "header", "body", "date"]))
    if change == "method":
        method = data.draw(st.sampled_from([each for each in _METHODS if each != "POST"]))
    elif change == "path":
        path += data.draw(_SEGMENTS)
    elif change == "query":
        query = f"{query}&extra=1" if query else "extra=1"
    elif change == "header":
        name = data.draw(st.sampled_from(sorted(headers)))
        signed[name] += "x"
    elif change == "body":
        body += b"x"
    else:
        moment = datetime.strptime(signed["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        earlier = moment - timedelta(seconds=1) if moment.second else moment + timedelta(seconds=1)
        signed["X-Amz-Date"] = earlier.strftime("%Y%m%dT%H%M%SZ")
    found = open_api.call(method, _target(path, query), signed, body)
    assert (found.status, found.header("x-amzn-ErrorType")) == (403, "InvalidSignatureException")
    assert found.json["message"].startswith(_MISMATCH)


def test_a_mismatch_says_what_should_have_been_signed(open_api: Api) -> None:
    signed = sign("GET", f"{open_api.url}/a%20b?x=1")
    found = open_api.call("GET", "/a%20b?x=2", signed)
    host = open_api.url.split("/")[2]
    stamp = signed["X-Amz-Date"]
    lines = found.json["message"].split("\n")
    assert lines[:4] == [_MISMATCH, "", "The Canonical String for this request should have been", "'GET"]
    assert lines[4:10] == [
        f"/{open_api.id}/live/a%2520b",
        "x=2",
        f"host:{host}",
        f"x-amz-date:{stamp}",
        "",
        "host;x-amz-date",
    ]
    assert lines[11:15] == ["", "The String-to-Sign should have been", "'AWS4-HMAC-SHA256", stamp]
    assert lines[15] == f"{stamp[:8]}/eu-west-1/execute-api/aws4_request"


def test_a_wrong_secret_is_a_mismatch(open_api: Api) -> None:
    found = open_api.signed(by=Credentials("sandbox", "another"))
    assert found.error[:2] == (403, "InvalidSignatureException")


def test_a_query_written_another_way_means_the_same(open_api: Api) -> None:
    signed = sign("GET", f"{open_api.url}/a?name=a%2Fb~")
    assert open_api.call("GET", "/a?name=a/b%7e", signed).status == 200
    assert open_api.call("GET", "/a?name=a/b%7f", signed).status == 403


def _signed_at(moment: datetime, url: str) -> dict[str, str]:
    with patch.object(botocore.auth, "get_current_datetime", lambda: moment):
        return sign("GET", url)


@pytest.mark.parametrize("minutes", [-4, 4])
def test_clocks_may_differ_by_five_minutes(open_api: Api, minutes: int) -> None:
    moment = datetime.now(UTC) + timedelta(minutes=minutes)
    assert open_api.call("GET", "/a", _signed_at(moment, f"{open_api.url}/a")).status == 200


def test_an_old_signature_is_expired(open_api: Api) -> None:
    moment = datetime.now(UTC) - timedelta(minutes=6)
    found = open_api.call("GET", "/a", _signed_at(moment, f"{open_api.url}/a"))
    assert found.error[:2] == (403, "InvalidSignatureException")
    assert found.json["message"].startswith(f"Signature expired: {moment:%Y%m%dT%H%M%SZ} is now earlier than ")
    assert found.json["message"].endswith(" - 5 min.)")


def test_a_signature_of_the_future_is_not_yet_current(open_api: Api) -> None:
    moment = datetime.now(UTC) + timedelta(minutes=6)
    found = open_api.call("GET", "/a", _signed_at(moment, f"{open_api.url}/a"))
    assert found.json["message"].startswith(f"Signature not yet current: {moment:%Y%m%dT%H%M%SZ} is still later than ")
    assert found.json["message"].endswith(" + 5 min.)")


def test_clients_sign_by_the_real_time_whatever_the_sandbox_thinks_it_is(open_api: Api) -> None:
    with clock.later(3600):
        assert open_api.signed(path="/a").status == 200


def test_a_url_signed_beforehand_is_let_in_until_it_expires(open_api: Api) -> None:
    url = signed_url("GET", f"{open_api.url}/a?b=c")
    assert send("GET", url).status == 200
    assert send("GET", f"{url}&d=e").error[:2] == (403, "InvalidSignatureException")
    with patch.object(botocore.auth, "get_current_datetime", lambda: datetime.now(UTC) - timedelta(seconds=90)):
        expired = send("GET", signed_url("GET", f"{open_api.url}/a"))
    assert expired.json["message"].endswith(" - 60 sec.)")


def test_a_payload_must_be_the_one_whose_digest_is_stated(open_api: Api) -> None:
    for stated in ("UNSIGNED-PAYLOAD", "0" * 64):
        found = open_api.signed("POST", "/a", {"X-Amz-Content-SHA256": stated}, b"{}")
        assert found.error[:2] == (403, "InvalidSignatureException")


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        (
            "Bearer abc",
            "'Bearer abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'.",
        ),
        ("Digest a=b", "Unsupported AWS 'algorithm': 'Digest'."),
        (
            "AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/execute-api/aws4_request",
            (
                "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' "
                "parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
                "Authorization=AWS4-HMAC-SHA256"
            ),
        ),
    ],
)
@pytest.mark.parametrize("path", ["/a", "/"])
def test_what_is_no_signature_is_said_to_be_none(open_api: Api, path: str, stated: str, message: str) -> None:
    found = open_api.call("GET", path, {"Authorization": stated})
    assert found.error == (403, "IncompleteSignatureException", {"message": message})


@pytest.mark.parametrize(
    ("service", "region", "message"),
    [
        ("s3", REGION, "Credential should be scoped to correct service: 'execute-api'."),
        ("execute-api", "eu-central-1", "Credential should be scoped to a valid region, not 'eu-central-1'."),
    ],
)
def test_a_signature_for_something_else_is_refused(open_api: Api, service: str, region: str, message: str) -> None:
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest

    request = AWSRequest("GET", f"{open_api.url}/a")
    SigV4Auth(OPERATOR, service, region).add_auth(request)
    found = open_api.call("GET", "/a", dict(request.headers.items()))
    assert found.error == (403, "InvalidSignatureException", {"message": message})


def test_the_host_must_be_signed(open_api: Api) -> None:
    signed = sign("GET", f"{open_api.url}/a")
    signed["Authorization"] = signed["Authorization"].replace("SignedHeaders=host;", "SignedHeaders=")
    message = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
    assert open_api.call("GET", "/a", signed).error == (403, "InvalidSignatureException", {"message": message})


def test_an_unknown_key_is_not_recognized(open_api: Api) -> None:
    message = "The security token included in the request is invalid."
    for by in (Credentials("AKIAIOSFODNN7EXAMPLE", "secret"), Credentials("ASIAIOSFODNN7EXAMPLE", "secret", "token")):
        found = open_api.signed(path="/a", by=by)
        assert found.error == (403, "UnrecognizedClientException", {"message": message})


def test_a_session_is_known_by_its_token_and_ends(aws: Door) -> None:
    from sandbox.access.world import allow

    api = deployed(aws, _DOCUMENT)
    aws.role("caller", allow("execute-api:Invoke", "*"))
    given_out = aws.assume("caller")
    assert api.signed(path="/a", by=credentials(given_out)).status == 200
    for token in (None, "another"):
        by = Credentials(given_out["AccessKeyId"], given_out["SecretAccessKey"], token)
        assert api.signed(path="/a", by=by).error[1] == "UnrecognizedClientException"
    with clock.later(3601):
        found = api.signed(path="/a", by=credentials(given_out))
    message = "The security token included in the request is expired"
    assert found.error == (403, "ExpiredTokenException", {"message": message})
