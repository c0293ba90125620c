"""Whatever users do, and wherever a function ends early: a token is one identity's, and nobody gets another's messages.

What this does not prove: two functions at work at exactly the same moment; another one runs between any two calls.
"""

import contextlib
from collections.abc import Callable

import hypothesis.strategies as st
from components.push.functions.surroundings import ANNA, BERT, TOPICS, CrashError, Service, apple, service
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pulumi_aws_mobile.push.functions.push.table import LEASE_SECONDS

USERS = (ANNA, BERT)
USER = st.sampled_from(USERS)
DEVICE = st.sampled_from(["one", "two"])
TOKEN = st.integers(1, 3).map(apple)
WANTED = st.none() | st.lists(st.sampled_from(TOPICS), unique=True)
PLACE = st.integers(1, 16)


def crash_at(place: int) -> Callable[[int, str], None]:
    """End a function before its call of that number; nothing that comes after reaches AWS either."""

    def between(number: int, _: str) -> None:
        if number >= place:
            raise CrashError

    return between


class Users(RuleBasedStateMachine):
    """Two users with two devices each, of which some have had one another's tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.context = service()
        self.push: Service = self.context.__enter__()
        self.has: dict[str, set[tuple[str, str] | None]] = {}
        """By token, whose it may be: one when a call answered, two after one that ended early."""
        self.told: dict[str, int] = {}

    def teardown(self) -> None:
        self.context.__exit__(None, None, None)

    def _owned(self, user: str, device: str, token: str) -> None:
        for other, owners in self.has.items():
            if other != token:
                owners.discard((user, device))
                if not owners:
                    owners.add(None)
        self.has[token] = {(user, device)}

    def _perhaps(self, user: str, device: str, token: str | None) -> None:
        for owners in self.has.values():
            if (user, device) in owners:
                owners.add(None)
        if token is not None:
            self.has.setdefault(token, {None}).add((user, device))

    @rule(user=USER, device=DEVICE, token=TOKEN, topics=WANTED)
    def register(self, user: str, device: str, token: str, topics: list[str] | None) -> None:
        reply = self.push.register(device, token, identity=user, topics=topics)
        assert reply.status == 200
        self._owned(user, device, token)
        if topics is not None:
            assert reply.body["topics"] == sorted(topics)
        for topic in TOPICS:
            assert (token in self.push.subscribed(topic)) == (topic in reply.body["topics"])

    @rule(user=USER, device=DEVICE, token=TOKEN, topics=WANTED, place=PLACE)
    def register_and_end(self, user: str, device: str, token: str, topics: list[str] | None, place: int) -> None:
        self.push.between = crash_at(place)
        try:
            assert self.push.register(device, token, identity=user, topics=topics).status == 200
        except CrashError:
            self._perhaps(user, device, token)
        else:
            self._owned(user, device, token)
        self._later()

    @rule(first=USER, second=USER, device=DEVICE, token=TOKEN, place=PLACE)
    def register_at_the_same_time(self, first: str, second: str, device: str, token: str, place: int) -> None:
        done: list[int] = []

        def between(number: int, _: str) -> None:
            if number == place:
                done.append(self.push.register(device, token, identity=second).status)

        self.push.between = between
        status = self.push.register(device, token, identity=first).status
        assert {status, *done} <= {200, 503}
        self._perhaps(first, device, token)
        self._perhaps(second, device, token)
        self._later()

    @rule(user=USER, device=DEVICE)
    def remove(self, user: str, device: str) -> None:
        assert self.push.call("DELETE", f"/devices/{device}", identity=user).status == 200
        for owners in self.has.values():
            if (user, device) in owners:
                owners.discard((user, device))
                owners.add(None)

    @rule(user=USER, device=DEVICE, place=PLACE)
    def remove_and_end(self, user: str, device: str, place: int) -> None:
        self.push.between = crash_at(place)
        with contextlib.suppress(CrashError):
            self.push.call("DELETE", f"/devices/{device}", identity=user)
        self._perhaps(user, device, None)
        self._later()

    @rule(
        user=USER, device=DEVICE, topic=st.sampled_from(TOPICS), method=st.sampled_from(["PUT", "DELETE"]), place=PLACE
    )
    def want_and_end(self, user: str, device: str, topic: str, method: str, place: int) -> None:
        self.push.between = crash_at(place)
        with contextlib.suppress(CrashError):
            self.push.call(method, f"/devices/{device}/topics/{topic}", identity=user)
        self._later()

    @rule(token=TOKEN)
    def app_is_removed(self, token: str) -> None:
        if self.push.endpoint(token) is not None:
            self.push.disable(token)

    @rule(user=USER)
    def send(self, user: str) -> None:
        before = {token: len(self.push.heard(token)) for token in self.has}
        self.push.send({"user": user})
        reached = {token for token in self.has if len(self.push.heard(token)) > before[token]}
        for token in reached:
            assert user in {owner[0] for owner in self.has[token] if owner is not None}
        self._forget_dead(user)

    @rule(user=USER, place=PLACE)
    def send_and_end(self, user: str, place: int) -> None:
        self.push.between = crash_at(place)
        with contextlib.suppress(CrashError):
            self.push.send({"user": user})
        self._later()
        for owners in self.has.values():
            if any(owner is not None and owner[0] == user for owner in owners):
                owners.add(None)  # a dead one may have been removed

    @precondition(lambda self: self.has)
    @rule()
    def all_is_repaired_by_later_calls(self) -> None:
        for user in USERS:
            for device in list(self.push.devices(user)):
                (token,) = [each for each, owner in self._claims().items() if owner == f"{user}#{device}"]
                assert self.push.register(device, token, identity=user).status == 200
                self._owned(user, device, token)
            self.push.call("DELETE", "/devices/none", identity=user)
        claims = self._claims()
        assert {each.attributes["Token"] for each in self.push.backend.platform_endpoints.values()} >= set(claims)
        wanted = {
            (topic, self._token_of(user, device))
            for user in USERS
            for device, topics in self.push.devices(user).items()
            for topic in topics
        }
        assert {(topic, token) for topic in TOPICS for token in self.push.subscribed(topic)} == wanted
        assert self.push.subscriptions() == len(wanted)
        assert all(owner is not None for owner in claims.values())

    @invariant()
    def a_token_belongs_to_exactly_one_identity(self) -> None:
        devices = [item for item in self.push.items("i#") if item["sk"]["S"].startswith("d#")]
        digests = [item["digest"]["S"] for item in devices]
        assert len(set(digests)) == len(digests)
        owners = {
            item["pk"]["S"].removeprefix("t#"): item["owner"]["S"] for item in self.push.items("t#") if "owner" in item
        }
        assert owners == {
            item["digest"]["S"]: f"{item['pk']['S'].removeprefix('i#')}#{item['sk']['S'].removeprefix('d#')}"
            for item in devices
        }

    def _claims(self) -> dict[str, str | None]:
        return {item["token"]["S"]: item.get("owner", {}).get("S") for item in self.push.items("t#")}

    def _token_of(self, user: str, device: str) -> str:
        return next(token for token, owner in self._claims().items() if owner == f"{user}#{device}")

    def _later(self) -> None:
        """Let the time of whoever ended early be over."""
        self.push.between = None
        self.push.now += LEASE_SECONDS + 1

    def _forget_dead(self, user: str) -> None:
        """Take for removed what sending found dead."""
        for owners in self.has.values():
            if any(owner is not None and owner[0] == user for owner in owners):
                owners.add(None)


Users.TestCase.settings = settings(
    max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
TestUsers = Users.TestCase
