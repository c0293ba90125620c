"""Checks of data sync: a user's devices come to agree, nobody else sees anything, and other devices are told."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

from aws_mobile_clients.data_sync import (
    Answer,
    Conflict,
    Dataset,
    NoAnswerError,
    RefusedError,
    Request,
    SqliteStore,
    SyncManager,
)
from pulumi_aws_mobile.testing import Recording
from pulumi_aws_sandbox.runtime import streams

from .api_caller import ApiCaller, Reply
from .check import Check, Clients, checks_of
from .system import System

check = checks_of(System.DATA_SYNC)

PATH = "/sync/datasets"
_SOMEBODY_ELSE = "eu-west-1:00000000-0000-0000-0000-000000000000"
_DATASET = "aws-mobile:check"
_FOUND, _FORBIDDEN = 200, 403


@dataclass(slots=True)
class _Way:
    """How a device reaches the service: not at all while it is offline, and without an answer while it is deaf."""

    caller: ApiCaller
    online: bool = True
    deaf: bool = False
    """Whether the answer to the next push is lost."""

    def send(self, request: Request) -> Answer:
        """Sign the request and send it."""
        if not self.online:
            message = "the device is offline"
            raise NoAnswerError(message)
        query = f"?{urlencode(request.query, quote_via=quote)}" if request.query else ""
        reply = self.caller.call(request.method, quote(request.path, safe="/") + query, request.body)
        if self.deaf and request.method == "POST":
            self.deaf = False
            message = "the answer was lost"
            raise NoAnswerError(message)
        return Answer(reply.status, reply.said if isinstance(reply.said, dict) else None)


class _Devices:
    """Makes devices, each with a store of its own, and throws them away in the end."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        self._made = 0

    def new(self, caller: ApiCaller, identity: str) -> tuple[SyncManager, _Way]:
        """Return a new device of somebody's, online."""
        self._made += 1
        store = SqliteStore(self._folder / str(self._made))
        self._stack.callback(store.close)
        way = _Way(caller)
        return SyncManager(store, way, identity), way


@dataclass(frozen=True, slots=True)
class People:
    """Who calls the API."""

    user: ApiCaller
    identity: str
    """The user's identity of the identity pool."""
    guest: Mapping[str, str] | None
    """A guest's credentials; none where there are no guests."""


def check_data_sync(recording: Recording, name: str, clients: Clients, people: People) -> Iterator[Check]:
    """Check with the Python client that data sync behind the API `name` does what the documentation says of it."""
    user, identity, guest = people.user, people.identity, people.guest
    with ExitStack() as stack:
        devices = _Devices(stack)
        new = partial(devices.new, user, identity)
        yield check(name, "brings two devices that edited offline in step", lambda: _two_devices(new))
        yield check(name, "counts a push once whose answer was lost", lambda: _lost_answer(new))
        yield check(name, "keeps a guest's data when they sign in", lambda: _signs_in(devices, user, identity, guest))
        yield check(name, "refuses strangers, and data of another identity", lambda: _strangers(user, identity, guest))
        yield check(name, "names the value that is too large", lambda: _oversize(recording, new))
        for sync in recording.of_type("aws-mobile:index:DataSync"):
            outputs = recording.component_outputs[sync.urn]
            topic_arn = str(outputs["changes_topic_arn"])
            if topic_arn.split(":")[3] == user.region:
                yield check(sync.name, "tells of a change on its topic", lambda t=topic_arn: _told(clients, t, new))
        yield check(name, "deletes a dataset for all devices", lambda: _deletes(new))


_New = Callable[[], tuple[SyncManager, _Way]]


def _two_devices(new: _New) -> tuple[bool, str]:
    (phone, phones_way), (tablet, tablets_way) = new(), new()
    one, two = phone.open(_DATASET), tablet.open(_DATASET)
    phones_way.online = tablets_way.online = False
    one.put("colour", "red")
    one.put("of the phone", "1")
    two.put("colour", "blue")
    two.put("of the tablet", "2")
    offline = _fails(one) and one.all() == {"colour": "red", "of the phone": "1"}
    phones_way.online = tablets_way.online = True
    one.synchronize()
    met = two.synchronize(_both)
    one.synchronize()
    agreed = one.all() == two.all() == {"colour": "blue and red", "of the phone": "1", "of the tablet": "2"}
    return offline and agreed and met.conflicts == 1, f"{met.conflicts} conflict; both hold {json.dumps(one.all())}"


def _both(conflict: Conflict) -> str:
    return f"{conflict.local.value} and {conflict.remote.value}"


def _fails(dataset: Dataset) -> bool:
    try:
        dataset.synchronize()
    except NoAnswerError:
        return True
    return False


def _lost_answer(new: _New) -> tuple[bool, str]:
    manager, way = new()
    dataset = manager.open(_DATASET)
    dataset.synchronize()
    before = _count(manager)
    dataset.put("counted", "once")
    way.deaf = True
    lost = _fails(dataset)
    again = dataset.synchronize()
    after = _count(manager)
    return lost and again.pushed == 1 and after == before + 1, f"sent twice, from count {before} to {after}"


def _count(manager: SyncManager) -> int:
    return next((each.sync_count for each in manager.list() if each.name == _DATASET), 0)


def _signs_in(devices: _Devices, user: ApiCaller, identity: str, guest: Mapping[str, str] | None) -> tuple[bool, str]:
    visitor = replace(user, credentials=guest)
    phone, way = devices.new(visitor, "" if guest is None else str(guest["IdentityId"]))
    phone.open(_DATASET).put("of the guest", "3")
    as_guest = "kept on the device"
    try:
        phone.open(_DATASET).synchronize()
        as_guest = "synchronised as a guest"
    except RefusedError as error:
        if error.status != _FORBIDDEN:
            raise
    phone.use_identity(identity)
    way.caller = user
    phone.open(_DATASET).synchronize()
    other, _ = devices.new(user, identity)
    other.open(_DATASET).synchronize()
    there = other.open(_DATASET).all()
    whole = there.get("of the guest") == "3" and "colour" in there
    return whole, f"{as_guest}; after the sign-in another device of the user's holds {len(there)} records, theirs too"


def _strangers(user: ApiCaller, identity: str, guest: Mapping[str, str] | None) -> tuple[bool, str]:
    path = f"{PATH}/{quote(_DATASET, safe='')}"
    unsigned = replace(user, credentials=None).call("GET", path)
    other = user.call("GET", f"{path}?identity={quote(_SOMEBODY_ELSE, safe='')}")
    closed = unsigned.status == other.status == _FORBIDDEN and _said(other, "code") == "IdentityMismatch"
    seen = f"unsigned: {unsigned}; another identity: {other}"
    if guest is None:
        return closed, seen
    visitor = replace(user, credentials=guest)
    theirs, lent = visitor.call("GET", path), visitor.call("GET", f"{path}?identity={quote(identity, safe='')}")
    # Where guests have data of their own, they see those and nothing else.
    nothing = theirs.status == _FORBIDDEN or (theirs.status == _FOUND and "colour" not in theirs.body.decode())
    return closed and nothing and lent.status == _FORBIDDEN, f"{seen}; a guest: {theirs}, for the user's: {lent}"


def _said(reply: Reply, name: str) -> object:
    return reply.said.get(name) if isinstance(reply.said, dict) else None


def _oversize(recording: Recording, new: _New) -> tuple[bool, str]:
    longest = _longest(recording)
    manager, _ = new()
    dataset = manager.open(_DATASET)
    dataset.synchronize()
    dataset.put("too large", "x" * (longest + 1))
    try:
        dataset.synchronize()
    except RefusedError as error:
        named = error.code == "TooLarge" and error.field == "changes[0].value" and error.key == "too large"
        dataset.remove("too large")
        dataset.synchronize()
        return named, f"{error.status} {error.code}, {error.field}; the rest goes on"
    return False, f"a value of {longest + 1} bytes was taken"


def _longest(recording: Recording) -> int:
    """Return the longest value that the service takes, as it is deployed."""
    for function in recording.of_type("aws:lambda/function:Function"):
        if function.inputs["handler"] == _HANDLER:
            return int(function.inputs["environment"]["variables"]["MAX_VALUE_BYTES"])
    message = "no function answers devices"
    raise LookupError(message)


_HANDLER = "sync.api.handle"


def _told(clients: Clients, topic_arn: str, new: _New) -> tuple[bool, str]:
    """Listen on the topic with a queue while a device pushes."""
    sqs, sns = clients("sqs"), clients("sns")
    queue_url = sqs.create_queue(QueueName="aws-mobile-check")["QueueUrl"]
    queue_arn = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sqs.set_queue_attributes(QueueUrl=queue_url, Attributes={"Policy": _lets_in(queue_arn, topic_arn)})
    subscription = sns.subscribe(TopicArn=topic_arn, Protocol="sqs", Endpoint=queue_arn, ReturnSubscriptionArn=True)
    try:
        streams.deliver()
        manager, _ = new()
        dataset = manager.open(_DATASET)
        dataset.put("told", "4")
        dataset.synchronize()
        count = _count(manager)
        streams.deliver()
        messages = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages", [])
    finally:
        sns.unsubscribe(SubscriptionArn=subscription["SubscriptionArn"])
        sqs.delete_queue(QueueUrl=queue_url)
    told = [json.loads(json.loads(each["Body"])["Message"]) for each in messages]
    fits = [each for each in told if each.get("dataset") == _DATASET and each.get("sync_count") == count]
    return len(fits) == 1, f"{len(told)} message(s), for count {count}: {json.dumps(fits)}"


def _lets_in(queue_arn: str, topic_arn: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue_arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": topic_arn}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _deletes(new: _New) -> tuple[bool, str]:
    (phone, _), (tablet, _) = new(), new()
    one, two = phone.open(_DATASET), tablet.open(_DATASET)
    one.synchronize()
    two.synchronize()
    held = len(two.all())
    one.delete()
    two.synchronize()
    gone = _DATASET not in {each.name for each in phone.list()}
    return held > 0 and gone and two.all() == {}, f"{held} records before, {len(two.all())} on the other device after"
