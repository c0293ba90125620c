"""An app's HTTP client: signs its calls by AWS Signature Version 4, as botocore does, and sends them to an API."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from pulumi_aws_sandbox.runtime import clock

_TIMEOUT_SECONDS = 35
"""API Gateway itself gives up after 29."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an API answers."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def said(self) -> Any:  # noqa: ANN401 - any JSON
        """The body as JSON; as text if it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return self.body.decode(errors="replace")

    @property
    def error(self) -> str:
        """The kind of error, as AWS names it in a header."""
        return self.headers.get("x-amzn-errortype", "")

    def __str__(self) -> str:
        """Say it in a few words."""
        about = self.said.get("message", "") if isinstance(self.said, dict) else ""
        return " ".join(filter(None, [str(self.status), self.error, re.split(r"\n|\. ", about)[0]]))


@dataclass(frozen=True, slots=True)
class ApiCaller:
    """Somebody who calls the API under `url`, with credentials or without."""

    url: str
    """Where the API is reached; the sandbox's own address."""
    region: str
    credentials: Mapping[str, str] | None = None
    """`AccessKeyId`, `SecretKey` and `SessionToken`, as an identity pool gives them."""
    late_minutes: int = field(default=0, kw_only=True)
    """How far the caller's clock is behind."""

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Reply:
        """Send one call; sign it if there are credentials."""
        data = b"" if body is None else json.dumps(body).encode()
        given = {**({"Content-Type": "application/json"} if data else {}), **(headers or {})}
        request = AWSRequest(method, f"{self.url}{path}", headers=given, data=data)
        if self.credentials is not None:
            self._sign(request)
        where = urlsplit(request.url or "")
        connection = HTTPConnection(where.netloc, timeout=_TIMEOUT_SECONDS)
        try:
            target = f"{where.path}?{where.query}" if where.query else where.path
            connection.request(method, target, body=data or None, headers=dict(request.headers.items()))
            answer = connection.getresponse()
            lower = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, lower, answer.read())
        finally:
            connection.close()

    def _sign(self, request: AWSRequest) -> None:
        keys = self.credentials or {}
        owner = Credentials(keys["AccessKeyId"], keys["SecretKey"], keys["SessionToken"])
        now = datetime.fromtimestamp(clock.now(), UTC) - timedelta(minutes=self.late_minutes)
        # The sandbox's clock is ahead of this machine's after a code was waited out.
        with patch("botocore.auth.get_current_datetime", lambda **_: now.replace(tzinfo=None)):
            SigV4Auth(owner, "execute-api", self.region).add_auth(request)
