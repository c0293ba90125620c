"""Clients of one sandboxed AWS, in this process or behind a server on this machine.

Credentials are given in code; no configuration file, profile or endpoint of the user's is read. boto3 is imported when
the first client is made.
"""

import threading
from functools import cache
from typing import Any

ACCOUNT = "123456789012"
PARTITION = "aws"
DUMMY = "sandbox"
"""The access key and secret of the account's own."""


class Connection:
    """Gives the boto3 clients of one sandboxed AWS."""

    account = ACCOUNT
    partition = PARTITION

    def __init__(self, region: str, endpoint_url: str | None, credentials: tuple[str, str, str] | None = None) -> None:
        """Work in `region` by default; call `endpoint_url`, or this process if there is none.

        Credentials are a key, its secret and its session token; without any it is the account's own.
        """
        self.region = region
        self._endpoint_url = endpoint_url
        self._credentials = credentials or (DUMMY, DUMMY, None)
        self._clients: dict[tuple[str, str], Any] = {}
        self._session: Any = None
        self._lock = threading.RLock()

    def __call__(self, service: str, region: str | None = None) -> Any:  # noqa: ANN401 - boto3 clients are made at run time
        """Return the client of `service` in `region`."""
        key = (service, region or self.region)
        with self._lock:
            if key not in self._clients:
                self._clients[key] = self._make(*key)
            return self._clients[key]

    @property
    def in_process(self) -> bool:
        """Whether its AWS is in this process."""
        return self._endpoint_url is None

    def signed_by(self, access_key: str, secret_key: str, session_token: str) -> "Connection":
        """Return a connection to the same AWS for whoever holds these credentials."""
        return Connection(self.region, self._endpoint_url, (access_key, secret_key, session_token))

    def _make(self, service: str, region: str) -> Any:  # noqa: ANN401 - boto3 clients are made at run time
        import boto3  # noqa: PLC0415 - a preview must not pay for it
        import botocore.session  # noqa: PLC0415 - a preview must not pay for it
        from botocore.config import Config  # noqa: PLC0415 - a preview must not pay for it

        if self._session is None:
            # Without these a profile or an endpoint of the user's own would be read.
            nowhere = (None, None, "/dev/null", None)
            settings = {"profile": (None, None, None, None), "config_file": nowhere, "credentials_file": nowhere}
            core = botocore.session.Session(session_vars=settings)
            # Reading the service models is most of what the first clients cost: every connection shares them.
            core.register_component("data_loader", _models())
            self._session = boto3.Session(*self._credentials, botocore_session=core)
        options: dict[str, Any] = {
            "retries": {"total_max_attempts": 1},
            "s3": {"addressing_style": "path"},
            "ignore_configured_endpoint_urls": True,
            "proxies": {},
            # botocore would put a longer one together anew for each call, twice.
            "user_agent": "aws-mobile-sandbox",
        }
        make: Any = self._session.client
        client = make(service, region_name=region, endpoint_url=self._endpoint_url, config=Config(**options))
        if self._endpoint_url is None:
            # moto answers before anything is sent; what it does not know must not get further.
            client._endpoint.http_session = _NoNetwork()  # noqa: SLF001 - botocore offers no public way
        return client


class _NoNetwork:
    """Stands where botocore keeps its HTTP session, and sends nothing."""

    def send(self, request: Any) -> None:  # noqa: ANN401 - botocore's prepared request
        """Refuse to send."""
        message = f"the sandbox has no such service and never calls out: {request.method} {request.url}"
        raise NotImplementedError(message)

    def close(self) -> None:
        """Hold nothing that needs closing."""


@cache
def _models() -> Any:  # noqa: ANN401 - botocore's loader
    from botocore.loaders import create_loader  # noqa: PLC0415 - a preview must not pay for it

    return create_loader()
