"""`python -m bench.data_sync --rounds N`: what calls of data sync cost, by the function's own code in the sandbox.

Prints the requests that the function makes to DynamoDB, the bytes that come and go, its own time, and how many pushes
are taken while several devices push at once. The function's own time is all that passes outside of calls to DynamoDB,
which is the sandbox's here and no measure of AWS's.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from .errors import BenchError

SIZES = (10, 100, 1000)
WRITERS = (1, 2, 4, 8)
_REGION = "eu-west-1"
_TABLE = "data-sync"
_VALUE = "v" * 100
_MOVED = 10
"""Records that a call moves where it does not move all."""
_CHANGES = 90
_OK = 200


@dataclass(frozen=True, slots=True)
class Cost:
    """What one kind of call costs, at one size of the dataset."""

    call: str
    records: int
    """Records of the dataset."""
    requests: int
    """To DynamoDB."""
    sent: int
    """Bytes of the request's body."""
    received: int
    """Bytes of the answer's body."""
    seconds: float
    """The function's own time, a median."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Devices that push at the same time, one change after the other."""

    datasets: str
    """`one` or `many`."""
    writers: int
    taken: int
    busy: int
    """Pushes that were told to come again."""
    seconds: float
    tries: float
    """Transactions for each push that was taken."""


@dataclass(frozen=True, slots=True)
class SyncCosts:
    """What was measured."""

    costs: Sequence[Cost]
    crowds: Sequence[Crowd]


def measure_sync(project: Path, rounds: int) -> SyncCosts:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "bench.data_sync", "--rounds", str(rounds)]
    answer = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise BenchError(answer.stderr.strip())
    said = json.loads(answer.stdout)
    return SyncCosts([Cost(**one) for one in said["costs"]], [Crowd(**one) for one in said["crowds"]])


@dataclass
class _Watch:
    """Counts calls to DynamoDB, and how long each thread waits for them."""

    requests: int = 0
    transactions: int = 0
    waits: threading.local = field(default_factory=threading.local)

    def wrap(self, original: Any) -> Any:  # noqa: ANN401 - botocore's own
        """Return botocore's call with this watch around it."""

        def watched(client: Any, operation: str, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 - as above
            started = time.perf_counter()
            try:
                return original(client, operation, arguments)
            finally:
                self.waits.seconds = getattr(self.waits, "seconds", 0.0) + time.perf_counter() - started
                self.requests += 1
                self.transactions += operation == "TransactWriteItems"

        return watched


@dataclass
class _Service:
    watch: _Watch
    handle: Any

    def call(
        self, identity: str, method: str, dataset: str | None = None, body: object = None, **query: int
    ) -> tuple[dict[str, Any], Cost]:
        """Make one call; return what was answered, and its cost."""
        given = {name: str(value) for name, value in query.items()}
        text = None if body is None else json.dumps(body)
        event = {
            "resource": "/sync/datasets" if dataset is None else "/sync/datasets/{dataset}",
            "httpMethod": method,
            "pathParameters": None if dataset is None else {"dataset": dataset},
            "queryStringParameters": given or None,
            "requestContext": {"identity": {"cognitoIdentityId": identity}},
            "body": text,
        }
        before, self.watch.waits.seconds = self.watch.requests, 0.0
        started = time.perf_counter()
        said = self.handle(event)
        own = time.perf_counter() - started - self.watch.waits.seconds
        cost = Cost("", 0, self.watch.requests - before, len(text or ""), len(said["body"].encode()), own)
        return {"status": said["statusCode"], **json.loads(said["body"])}, cost

    def push(
        self, identity: str, dataset: str, token: str, changes: list[dict[str, Any]]
    ) -> tuple[dict[str, Any], Cost]:
        """Push changes."""
        return self.call(identity, "POST", dataset, {"token": token, "device": "device", "changes": changes})


@contextmanager
def _service() -> "Iterator[_Service]":
    from botocore.client import BaseClient  # noqa: PLC0415 - only the measuring process needs it

    from pulumi_aws_sandbox.aws import in_process  # noqa: PLC0415 - as above

    told = {"TABLE_NAME": _TABLE, "AWS_REGION": _REGION, "AWS_DEFAULT_REGION": _REGION}
    told |= {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    with in_process(_REGION) as clients, patch.dict(os.environ, told):
        from pulumi_aws_mobile.data_sync.functions.sync.api import handle  # noqa: PLC0415 - as above

        clients("dynamodb", _REGION).create_table(
            TableName=_TABLE,
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": kind}
                for name, kind in (("pk", "S"), ("sk", "S"), ("count", "N"))
            ],
            KeySchema=_keys("pk", "sk"),
            LocalSecondaryIndexes=[
                {"IndexName": "by-count", "KeySchema": _keys("pk", "count"), "Projection": {"ProjectionType": "ALL"}}
            ],
            BillingMode="PAY_PER_REQUEST",
        )
        watch = _Watch()
        with patch.object(BaseClient, "_make_api_call", watch.wrap(vars(BaseClient)["_make_api_call"])):
            yield _Service(watch, handle)


def _keys(first: str, second: str) -> list[dict[str, str]]:
    return [{"AttributeName": first, "KeyType": "HASH"}, {"AttributeName": second, "KeyType": "RANGE"}]


def _costs(service: _Service, records: int, rounds: int) -> "Iterator[Cost]":
    """Yield what each kind of call costs over a dataset of so many records."""
    identity, dataset = f"{_REGION}:{records}", "settings"
    keys = [f"key-{number:05d}" for number in range(records)]
    counts: dict[str, int] = {}
    tokens = iter(f"token-{records}-{number}" for number in range(10**9))

    def push(changed: Sequence[str]) -> tuple[dict[str, Any], Cost]:
        changes = [{"key": key, "value": _VALUE, "base": counts.get(key, 0)} for key in changed]
        said, cost = _good(service.push(identity, dataset, next(tokens), changes))
        counts.update(dict.fromkeys(changed, said["sync_count"]))
        return said, cost

    said: dict[str, Any] = {}
    said: dict[str, Any] = {}
    for start in range(0, records, _CHANGES):
        said, _ = push(keys[start : start + _CHANGES])
    found: dict[str, list[Cost]] = {}
    for _ in range(rounds):
        before = said
        said, cost = push(keys[:_MOVED])
        found.setdefault(f"push of {_MOVED}", []).append(cost)
        moved = _good(service.call(identity, "GET", dataset, since=before["sync_count"], seen_at=before["seen_at"]))
        found.setdefault(f"pull of {_MOVED}", []).append(moved[1])
        said, cost = push(keys[:1])
        found.setdefault("push of 1", []).append(cost)
        nothing = _good(service.call(identity, "GET", dataset, since=said["sync_count"], seen_at=said["seen_at"]))
        found.setdefault("pull of nothing", []).append(nothing[1])
        found.setdefault("pull of everything", []).append(_good(service.call(identity, "GET", dataset))[1])
        found.setdefault("list", []).append(_good(service.call(identity, "GET"))[1])
    for call, costs in found.items():
        requests = {cost.requests for cost in costs}
        if len(requests) > 1:
            message = f"{call} made {sorted(requests)} requests, which should always be as many"
            raise BenchError(message)
        own = statistics.median(cost.seconds for cost in costs)
        sent, received = max(cost.sent for cost in costs), max(cost.received for cost in costs)
        yield Cost(call, records, requests.pop(), sent, received, own)
    gone = _good(service.call(identity, "DELETE", dataset))[1]
    yield Cost("delete", records, gone.requests, gone.sent, gone.received, gone.seconds)


def _good(answered: tuple[dict[str, Any], Cost]) -> tuple[dict[str, Any], Cost]:
    if answered[0]["status"] != _OK:
        raise BenchError(json.dumps(answered[0]))
    return answered


def _crowd(service: _Service, datasets: str, writers: int, pushes: int) -> Crowd:
    """Let several devices push at once: to one dataset of one user, or each to that of a user of their own."""
    taken, busy = [0] * writers, [0] * writers
    service.watch.transactions = 0
    barrier = threading.Barrier(writers + 1)

    def work(writer: int) -> None:
        identity = f"{_REGION}:crowd-{writers}" + ("" if datasets == "one" else f"-{writer}")
        base = 0
        barrier.wait()
        for number in range(pushes):
            change = {"key": f"key-{writer}", "value": _VALUE, "base": base}
            said, _ = service.push(identity, f"of-{datasets}", f"token-{datasets}-{writer}-{number}", [change])
            if said["status"] == _OK:
                base = said["sync_count"]
                taken[writer] += 1
            else:
                busy[writer] += 1

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    barrier.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    if datasets == "one":
        count = _good(service.call(f"{_REGION}:crowd-{writers}", "GET", "of-one"))[0]["sync_count"]
        if count != sum(taken):
            message = f"{sum(taken)} pushes were taken, and the count is {count}"
            raise BenchError(message)
    return Crowd(datasets, writers, sum(taken), sum(busy), seconds, service.watch.transactions / max(1, sum(taken)))


def main() -> int:
    """Measure and print what `SyncCosts` holds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, required=True)
    rounds = parser.parse_args().rounds
    try:
        with _service() as service:
            costs = [asdict(cost) for size in SIZES for cost in _costs(service, size, rounds)]
            crowds = [
                asdict(_crowd(service, datasets, writers, rounds))
                for datasets in ("one", "many")
                for writers in WRITERS
            ]
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    json.dump({"costs": costs, "crowds": crowds}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
