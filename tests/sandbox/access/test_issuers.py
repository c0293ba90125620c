"""Stand-ins for identity providers, seen as a relying party sees them."""

import base64
import hashlib
import io
import json
import signal
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import boto3
import botocore
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError
from sandbox.access.world import Json

from pulumi_aws_sandbox.runtime import clock, issuers
from pulumi_aws_sandbox.runtime.issuers import TokenRefusedError

_ISSUER = "https://id.example.com"
_BACK = "https://app.example.com/back"
_VERIFIER = "a-verifier-that-is-long-enough-to-be-one-of-those"
_CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(_VERIFIER.encode()).digest()).rstrip(b"=").decode()


def _asked(playing: issuers.StandIn, **query: str) -> dict[str, str]:
    given = {"client_id": "app", "redirect_uri": _BACK, "response_type": "code", **query}
    answer = requests.get(f"{playing.url}/authorize", params=given, allow_redirects=False, timeout=10)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{_BACK}?")
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def _exchanged(playing: issuers.StandIn, code: str, **form: str) -> requests.Response:
    given = {"grant_type": "authorization_code", "code": code, "client_id": "app", "redirect_uri": _BACK, **form}
    return requests.post(f"{playing.url}/token", data=given, timeout=10)


def test_a_token_of_a_stand_in_verifies() -> None:
    with issuers.stand_in(_ISSUER) as playing:
        claims = issuers.verified_claims(playing.token(sub="ann", aud="app", email="ann@example.com"))
    assert (claims["iss"], claims["sub"], claims["aud"]) == (_ISSUER, "ann", "app")
    assert claims["email"] == "ann@example.com"


def _reason(token: str, issuer: str | None = None) -> str:
    with pytest.raises(TokenRefusedError) as caught:
        issuers.verified_claims(token, issuer)
    return caught.value.reason


def test_tokens_that_do_not_hold_are_refused_with_the_reason() -> None:
    with issuers.stand_in(_ISSUER) as playing, issuers.stand_in("https://other.example.com") as other:
        token = playing.token(sub="ann", aud="app")
        head, body, signature = token.split(".")
        changed = "A" if signature[0] != "A" else "B"
        assert _reason(f"{head}.{body}.{changed}{signature[1:]}") == "Couldn't verify signed token"
        forged = other.token(sub="ann", aud="app", iss=_ISSUER)
        assert _reason(forged) == "Couldn't verify signed token"
        assert _reason(token, "https://other.example.com") == "Issuer doesn't match providerName"
        assert _reason("opaque") == (
            "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
        )
        assert _reason(playing.token(sub="ann", aud="app", nbf=int(clock.now()) + 60)).startswith("Token is not valid")
        with clock.later(3_601):
            assert _reason(token).startswith("Token expired: ")


def test_an_issuer_is_unknown_once_its_stand_in_has_ended() -> None:
    with issuers.stand_in(_ISSUER) as playing:
        token = playing.token(sub="ann", aud="app")
    assert _reason(token) == (
        f"the sandbox knows no issuer {_ISSUER} and never calls out: play it with issuers.stand_in"
    )


def test_google_may_leave_out_the_scheme() -> None:
    with issuers.stand_in("accounts.google.com") as google:
        assert google.issuer == "https://accounts.google.com"
        token = google.token(sub="ann", aud="app", iss="accounts.google.com")
        assert issuers.verified_claims(token)["iss"] == "https://accounts.google.com"


def test_an_issuer_without_https_is_refused() -> None:
    with pytest.raises(ValueError, match="an issuer has an https address: got") as caught:
        issuers.stand_in("http://id.example.com").__enter__()
    assert str(caught.value) == 'an issuer has an https address: got "http://id.example.com"'


def test_discovery_leads_to_the_keys() -> None:
    with issuers.stand_in(_ISSUER) as playing:
        found = requests.get(f"{playing.url}/.well-known/openid-configuration", timeout=10).json()
        keys = requests.get(found["jwks_uri"], timeout=10).json()["keys"]
    assert found["issuer"] == _ISSUER
    assert [(key["kty"], key["use"], "d" in key) for key in keys] == [("RSA", "sig", False)]


def test_a_code_is_exchanged_once_for_tokens_of_who_is_signed_in() -> None:
    with issuers.stand_in(_ISSUER) as playing:
        playing.sign_in(sub="ann", email="ann@example.com")
        answer = _asked(playing, state="s", nonce="n", code_challenge=_CHALLENGE, code_challenge_method="S256")
        assert answer["state"] == "s"
        tokens = _exchanged(playing, answer["code"], code_verifier=_VERIFIER).json()
        claims = issuers.verified_claims(tokens["id_token"])
        assert (claims["sub"], claims["aud"], claims["nonce"]) == ("ann", "app", "n")
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        said = requests.get(f"{playing.url}/userinfo", headers=bearer, timeout=10).json()
        assert (said["sub"], said["email"]) == ("ann", "ann@example.com")
        again = _exchanged(playing, answer["code"], code_verifier=_VERIFIER)
        assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})


@pytest.mark.parametrize(
    "form",
    [
        {"code_verifier": "another"},
        {"code_verifier": _VERIFIER, "client_id": "other"},
        {"code_verifier": _VERIFIER, "redirect_uri": "https://evil.example.com"},
        {},
    ],
)
def test_a_code_is_good_only_for_whom_it_was_made(form: dict[str, str]) -> None:
    with issuers.stand_in(_ISSUER) as playing:
        playing.sign_in(sub="ann")
        code = _asked(playing, code_challenge=_CHALLENGE, code_challenge_method="S256")["code"]
        assert _exchanged(playing, code, **form).json() == {"error": "invalid_grant"}


def test_a_code_grows_old() -> None:
    with issuers.stand_in(_ISSUER) as playing:
        playing.sign_in(sub="ann")
        code = _asked(playing)["code"]
        with clock.later(601):
            assert _exchanged(playing, code).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": "x", "code_challenge_method": "plain"}, "invalid_request"),
    ],
)
def test_what_it_does_not_offer_is_answered_by_an_error(query: dict[str, str], error: str) -> None:
    with issuers.stand_in(_ISSUER) as playing:
        playing.sign_in(sub="ann")
        assert _asked(playing, **query) == {"error": error}


def test_nobody_signed_in_is_access_denied() -> None:
    with issuers.stand_in(_ISSUER) as playing:
        playing.sign_in(sub="ann")
        playing.sign_out()
        assert _asked(playing, state="s") == {"error": "access_denied", "state": "s"}


def test_a_secret_is_asked_for_where_there_is_one() -> None:
    with issuers.stand_in(_ISSUER) as playing:
        playing.sign_in(sub="ann")
        playing.require_secret("app", "hush")
        refused = _exchanged(playing, _asked(playing)["code"], client_secret="wrong")
        assert (refused.status_code, refused.json()) == (401, {"error": "invalid_client"})
        assert _exchanged(playing, _asked(playing)["code"], client_secret="hush").status_code == 200


def _told(method: str, body: object, path: str = issuers.PATH) -> str:
    answers: list[str] = []

    def other(_: Json, start: Json) -> list[bytes]:
        start("200 OK", [])
        return []

    data = json.dumps(body).encode()
    environ = {
        "PATH_INFO": path,
        "REQUEST_METHOD": method,
        "CONTENT_LENGTH": str(len(data)),
        "wsgi.input": io.BytesIO(data),
    }
    issuers.registrable(other)(environ, lambda status, _: answers.append(status))
    return answers[0]


def test_a_served_sandbox_learns_of_stand_ins() -> None:
    with issuers.StandIn(_ISSUER) as playing:
        token = playing.token(sub="ann", aud="app")
        assert _told("POST", {"issuer": _ISSUER, "url": playing.url}) == "204 No Content"
        assert issuers.verified_claims(token)["sub"] == "ann"
        assert _told("POST", {"issuer": _ISSUER, "url": None}) == "204 No Content"
        assert _reason(token).startswith("the sandbox knows no issuer")


@pytest.mark.parametrize(
    ("method", "body", "status"),
    [
        ("GET", {}, "405 Method Not Allowed"),
        ("POST", {}, "400 Bad Request"),
        ("POST", {"issuer": _ISSUER, "url": "http://192.0.2.1:80"}, "400 Bad Request"),
        ("POST", {"issuer": _ISSUER, "url": "http://id.example.com"}, "400 Bad Request"),
    ],
)
def test_what_is_no_stand_in_on_this_machine_is_not_believed(method: str, body: object, status: str) -> None:
    assert _told(method, body) == status


def test_other_paths_are_left_to_the_server() -> None:
    assert _told("GET", {}, path="/") == "200 OK"


def test_a_sandbox_in_another_process_is_told_of_a_stand_in() -> None:
    command = [sys.executable, "-m", "pulumi_aws_sandbox.serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            sts = boto3.client("sts", "eu-west-1", endpoint_url=url, config=Config(signature_version=botocore.UNSIGNED))
            with issuers.stand_in("https://accounts.google.com", server_url=url) as google:
                role = "arn:aws:iam::123456789012:role/none"
                with pytest.raises(ClientError) as caught:
                    sts.assume_role_with_web_identity(
                        RoleArn=role, RoleSessionName="ann", WebIdentityToken=google.token(sub="ann", aud="app")
                    )
            message = "Not authorized to perform sts:AssumeRoleWithWebIdentity"
            assert caught.value.response["Error"]["Message"] == message
        finally:
            process.send_signal(signal.SIGTERM)
    assert process.returncode == 0
