"""The checks of data sync pass where the service keeps the protocol, and see where it does not.

What they do not prove: that the gateway signs people in and tells who they are; `aws-mobile run` does.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from clients.data_sync.model_server import ModelServer

from aws_mobile_cli.checks.api_caller import ApiCaller, Reply
from aws_mobile_cli.checks.data_sync import People, check_data_sync
from aws_mobile_clients.data_sync import Answer, Request

USER, GUEST = "eu-west-1:user", "eu-west-1:guest"
CLAIMS = [
    "brings two devices that edited offline in step",
    "counts a push once whose answer was lost",
    "keeps a guest's data when they sign in",
    "refuses strangers, and data of another identity",
    "names the value that is too large",
    "deletes a dataset for all devices",
]


@dataclass(frozen=True)
class Caller(ApiCaller):
    """A caller whose API is a model of the service, behind a gateway that lets in whom it is told to."""

    handle: Callable[[str, Request], Answer] | None = None
    guests: bool = False

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Reply:
        del headers
        who = (self.credentials or {}).get("IdentityId", "")
        if not who or (who == GUEST and not self.guests):
            return Reply(403, {"x-amzn-errortype": "AccessDeniedException"}, b'{"message": "no"}')
        url = urlsplit(path)
        request = Request(method, unquote(url.path), dict(parse_qsl(url.query)), json.loads(json.dumps(body)))
        assert self.handle is not None
        answer = self.handle(who, request)
        return Reply(answer.status, {}, json.dumps(answer.body).encode())


class _Recording:
    """A recording with the function's limit and nothing else."""

    def of_type(self, token: str) -> list[Any]:
        variables = {"variables": {"MAX_VALUE_BYTES": "1000"}}
        function = SimpleNamespace(inputs={"handler": "sync.api.handle", "environment": variables})
        return [function] if token == "aws:lambda/function:Function" else []


def _checks(handle: Callable[[str, Request], Answer], *, guests: bool = False, there: bool = True) -> dict[str, bool]:
    user = Caller("", "eu-west-1", {"IdentityId": USER}, handle=handle, guests=guests)
    people = People(user, USER, {"IdentityId": GUEST} if there else None)
    recording: Any = _Recording()
    clients: Any = None
    return {each.claim: each.passed for each in check_data_sync(recording, "api", clients, people)}


@pytest.mark.parametrize(
    ("guests", "there"),
    [
        pytest.param(False, False, id="without guests"),
        pytest.param(False, True, id="guests without data of their own"),
        pytest.param(True, True, id="guests with data of their own"),
    ],
)
def test_a_service_that_keeps_the_protocol_passes(guests: bool, there: bool) -> None:
    server = ModelServer(max_value_bytes=1000)
    assert _checks(server.handle, guests=guests, there=there) == dict.fromkeys(CLAIMS, True)


def test_a_service_that_forgets_tokens_is_seen() -> None:
    server = ModelServer(max_value_bytes=1000)

    def forgetful(identity: str, request: Request) -> Answer:
        answer = server.handle(identity, request)
        server.accounts[identity].tokens.clear()
        return answer

    failed = [claim for claim, passed in _checks(forgetful).items() if not passed]
    assert failed == ["counts a push once whose answer was lost"]


def test_a_service_that_shows_one_peoples_data_to_another_is_seen() -> None:
    server = ModelServer(max_value_bytes=1000)

    def careless(identity: str, request: Request) -> Answer:
        return server.handle(request.query.get("identity", identity), request)

    failed = [claim for claim, passed in _checks(careless).items() if not passed]
    assert failed == ["refuses strangers, and data of another identity"]


def test_a_service_without_the_limit_is_seen() -> None:
    failed = [claim for claim, passed in _checks(ModelServer().handle).items() if not passed]
    assert failed == ["names the value that is too large"]
