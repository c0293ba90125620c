"""Carries requests over HTTPS, signed by AWS Signature Version 4 with the temporary credentials of an identity pool."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from .errors import NoAnswerError
from .protocol import Answer, Request

_TIMEOUT_SECONDS = 35.0
"""API Gateway itself gives up after 29."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Temporary credentials, as an identity pool gives them."""

    access_key_id: str
    secret_key: str
    session_token: str


class HttpTransport:
    """Sends requests to an API."""

    def __init__(
        self, url: str, region: str, credentials: Callable[[], Keys], timeout_seconds: float = _TIMEOUT_SECONDS
    ) -> None:
        """Send to the API at `url`, the stage's own; ask `credentials` for those that are good now before each call."""
        self._url = urlsplit(url.rstrip("/"))
        self._region = region
        self._credentials = credentials
        self._timeout_seconds = timeout_seconds

    def send(self, request: Request) -> Answer:
        """Send the request once; what breaks on the way is a `NoAnswerError`, as nobody knows how far it came."""
        target = f"{self._url.path}{quote(request.path, safe='/')}"
        if request.query:
            target += f"?{urlencode(request.query, quote_via=quote)}"
        # Not escaped: what is sent is as long as what the service counts.
        data = b"" if request.body is None else json.dumps(request.body, ensure_ascii=False).encode()
        headers = self._signed(request.method, target, data)
        kind = HTTPSConnection if self._url.scheme == "https" else HTTPConnection
        connection = kind(self._url.netloc, timeout=self._timeout_seconds)
        try:
            connection.request(request.method, target, body=data or None, headers=headers)
            answer = connection.getresponse()
            wait = answer.getheader("Retry-After", "")
            return Answer(answer.status, _json(answer.read()), int(wait) if wait.isdigit() else None)
        except (OSError, HTTPException) as error:
            message = f"no answer from {self._url.netloc}: {error}"
            raise NoAnswerError(message) from error
        finally:
            connection.close()

    def _signed(self, method: str, target: str, data: bytes) -> dict[str, str]:
        """Return the headers of a signed call."""
        keys = self._credentials()
        headers = {"Content-Type": "application/json"} if data else {}
        signed = AWSRequest(method, f"{self._url.scheme}://{self._url.netloc}{target}", headers=headers, data=data)
        owner = Credentials(keys.access_key_id, keys.secret_key, keys.session_token)
        SigV4Auth(owner, "execute-api", self._region).add_auth(signed)
        return dict(signed.headers.items())


def _json(body: bytes) -> Any:  # noqa: ANN401 - any JSON
    """Return the body as JSON; `None` if it is none."""
    try:
        return json.loads(body)
    except ValueError:
        return None
