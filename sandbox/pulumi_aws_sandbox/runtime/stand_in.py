"""An identity provider on this machine: OpenID Connect, and what Facebook and Login with Amazon have of their own.

https://openid.net/specs/openid-connect-core-1_0.html, https://openid.net/specs/openid-connect-discovery-1_0.html and
https://datatracker.ietf.org/doc/html/rfc7636 (PKCE).
"""

import base64
import hashlib
import json
import secrets
import threading
import uuid
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from pulumi_aws_sandbox.runtime import clock

_ALGORITHM = "RS256"
_CODE_SECONDS = 600
_TOKEN_SECONDS = 3_600
_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class _Grant:
    """What a code or an access token stands for."""

    subject: str
    audience: str
    claims: dict[str, Any]
    expires_at: float
    redirect_uri: str = ""
    nonce: str | None = None
    challenge: str | None = None


@dataclass(slots=True)
class _User:
    """Whoever is signed in at the provider."""

    subject: str
    claims: dict[str, Any] = field(default_factory=dict)


class StandIn:
    """Plays one issuer: signs its tokens, and answers for it at `url`."""

    def __init__(self, issuer: str) -> None:
        """Play `issuer`."""
        self.issuer = issuer
        self.url = ""
        self._key = _key(issuer)
        self._codes: dict[str, _Grant] = {}
        self._access: dict[str, _Grant] = {}
        self._secrets: dict[str, str] = {}
        self._user: _User | None = None

    def __enter__(self) -> Self:
        """Start to listen."""
        playing = self

        class Handler(_Handler):
            stand_in = playing

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL_SECONDS,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def token(self, *, sub: str, aud: str, seconds: int = _TOKEN_SECONDS, **claims: object) -> str:
        """Return an ID token for a user of an application."""
        now = int(clock.now())
        said = {"iss": self.issuer, "sub": sub, "aud": aud, "iat": now, "exp": now + seconds, **claims}
        return jwt.encode({"alg": _ALGORITHM, "kid": self._key.kid}, said, self._key, algorithms=[_ALGORITHM])

    def access_token(self, *, sub: str, aud: str, seconds: int = _TOKEN_SECONDS, **claims: Any) -> str:  # noqa: ANN401 - any JSON
        """Return an opaque access token, such as Facebook and Login with Amazon give to an application."""
        token = secrets.token_urlsafe(40)
        self._access[token] = _Grant(sub, aud, claims, clock.now() + seconds)
        return token

    def sign_in(self, *, sub: str, **claims: Any) -> None:  # noqa: ANN401 - any JSON
        """Let a user be signed in here: whom the next applications are told of."""
        self._user = _User(sub, claims)

    def sign_out(self) -> None:
        """Let nobody be signed in here."""
        self._user = None

    def require_secret(self, client_id: str, secret: str) -> None:
        """Let an application get tokens only with its secret."""
        self._secrets[client_id] = secret

    def configuration(self) -> dict[str, Any]:
        """Return what discovery tells of the provider."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [_ALGORITHM],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "email", "profile"],
        }

    def keys(self) -> dict[str, Any]:
        """Return the public keys."""
        return dict(KeySet([self._key]).as_dict(private=False))

    def authorize(self, query: dict[str, str]) -> str:
        """Return where a browser is sent that asks for a code: with the code, or with the reason why not."""
        back = query["redirect_uri"]
        answer = {"state": query["state"]} if "state" in query else {}
        if query.get("response_type") != "code":
            answer["error"] = "unsupported_response_type"
        elif self._user is None:
            answer["error"] = "access_denied"
        elif query.get("code_challenge") and query.get("code_challenge_method") != "S256":
            answer["error"] = "invalid_request"
        else:
            answer["code"] = secrets.token_urlsafe(24)
            self._codes[answer["code"]] = _Grant(
                self._user.subject,
                query["client_id"],
                self._user.claims,
                clock.now() + _CODE_SECONDS,
                back,
                query.get("nonce"),
                query.get("code_challenge"),
            )
        return f"{back}{'&' if '?' in back else '?'}{urlencode(answer)}"

    def exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Return tokens for a code, which is good once."""
        client = form.get("client_id", "")
        if client in self._secrets and form.get("client_secret") != self._secrets[client]:
            return 401, {"error": "invalid_client"}
        if form.get("grant_type") != "authorization_code":
            return 400, {"error": "unsupported_grant_type"}
        grant = self._codes.pop(form.get("code", ""), None)
        if grant is None or not _fits(grant, form):
            return 400, {"error": "invalid_grant"}
        nonce: dict[str, Any] = {"nonce": grant.nonce} if grant.nonce else {}
        return 200, {
            "access_token": self.access_token(sub=grant.subject, aud=grant.audience, **grant.claims),
            "id_token": self.token(sub=grant.subject, aud=grant.audience, **grant.claims, **nonce),
            "token_type": "Bearer",
            "expires_in": _TOKEN_SECONDS,
        }

    def user_of(self, access_token: str) -> _Grant | None:
        """Return whom an access token speaks of, or `None` if it is not good."""
        grant = self._access.get(access_token)
        return grant if grant is not None and clock.now() < grant.expires_at else None


def _fits(grant: _Grant, form: dict[str, str]) -> bool:
    """Tell whether a code is used by whom and from where it was asked for, and with the proof it was asked with."""
    proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=")
    return (
        clock.now() < grant.expires_at
        and form.get("client_id") == grant.audience
        and form.get("redirect_uri") == grant.redirect_uri
        and (grant.challenge is None or proof.decode() == grant.challenge)
    )


class _Handler(BaseHTTPRequestHandler):
    """Answers for a stand-in."""

    stand_in: StandIn

    def do_GET(self) -> None:
        """Answer what browsers and relying parties ask."""
        query = _single(urlsplit(self.path).query)
        path = urlsplit(self.path).path
        if path == "/.well-known/openid-configuration":
            self._answer(200, self.stand_in.configuration())
        elif path == "/jwks":
            self._answer(200, self.stand_in.keys())
        elif path == "/authorize" and {"client_id", "redirect_uri"} <= set(query):
            self.send_response(302)
            self.send_header("Location", self.stand_in.authorize(query))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path in {"/userinfo", "/me", "/user/profile"}:
            self._user_info(query)
        elif path == "/debug_token":
            self._answer(200, {"data": self._debugged(query.get("input_token", ""))})
        elif path == "/auth/o2/tokeninfo":
            self._token_info(query.get("access_token", ""))
        else:
            self._answer(404, {"error": "not_found"})

    def do_POST(self) -> None:
        """Answer with tokens for a code."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        form = _single(body)
        basic = self.headers.get("Authorization", "")
        if basic.startswith("Basic "):
            name, _, secret = base64.b64decode(basic.removeprefix("Basic ")).decode().partition(":")
            form |= {"client_id": name, "client_secret": secret}
        if urlsplit(self.path).path == "/token":
            self._answer(*self.stand_in.exchange(form))
        else:
            self._answer(404, {"error": "not_found"})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the server gives
        """Say nothing of requests."""

    def _user_info(self, query: dict[str, str]) -> None:
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ") or query.get("access_token", "")
        grant = self.stand_in.user_of(bearer)
        if grant is None:
            self._answer(401, {"error": "invalid_token"})
        else:
            self._answer(200, {"sub": grant.subject, "id": grant.subject, "user_id": grant.subject, **grant.claims})

    def _debugged(self, token: str) -> dict[str, Any]:
        grant = self.stand_in.user_of(token)
        if grant is None:
            return {"is_valid": False}
        expires = int(grant.expires_at)
        return {"is_valid": True, "app_id": grant.audience, "user_id": grant.subject, "expires_at": expires}

    def _token_info(self, token: str) -> None:
        grant = self.stand_in.user_of(token)
        if grant is None:
            self._answer(200, {"error": "invalid_token", "error_description": "The request has an invalid parameter"})
            return
        left = int(grant.expires_at - clock.now())
        about = {"iss": self.stand_in.issuer, "user_id": grant.subject, "aud": grant.audience, "exp": left}
        self._answer(200, about)

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _single(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}


@cache
def _key(issuer: str) -> RSAKey:
    """Return the key of an issuer, made once: making one takes a while."""
    return RSAKey.generate_key(
        2048, {"kid": f"{urlsplit(issuer).hostname}-{uuid.uuid4()}", "use": "sig", "alg": _ALGORITHM}
    )
