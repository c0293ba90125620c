"""The protocol as a model: a server of dictionaries that does one request at a time, for tests to measure others by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aws_mobile_clients.data_sync import Answer, Request

_TOMBSTONE_SECONDS = 30 * 86_400
_TOKEN_SECONDS = 7 * 86_400
_DAY = 86_400


@dataclass
class Life:
    """A dataset from its first push to its deletion."""

    born_at_count: int
    sync_count: int
    changed_at: int
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Key to the record as a pull gives it, with `stored_at` besides."""

    @property
    def live(self) -> dict[str, dict[str, Any]]:
        return {key: record for key, record in self.records.items() if record["value"] is not None}

    @property
    def bytes(self) -> int:
        return sum(len(key.encode()) + len(record["value"].encode()) for key, record in self.live.items())


@dataclass
class Account:
    """What one identity has."""

    floor: int = 0
    datasets: dict[str, Life] = field(default_factory=dict)
    tokens: dict[tuple[str, str], tuple[str, Answer, int]] = field(default_factory=dict)


@dataclass
class ModelServer:
    """Answers as the service is to answer."""

    now: int = 1_800_000_000
    """The service's clock, in seconds since 1970; a second goes by with each request."""
    page_records: int = 1000
    max_datasets: int = 20
    max_records: int = 1024
    max_dataset_bytes: int = 1_048_576
    max_value_bytes: int = 262_144
    max_key_bytes: int = 1024
    max_changes: int = 90
    accounts: dict[str, Account] = field(default_factory=dict)
    taken: list[tuple[str, str, int, Mapping[str, Any]]] = field(default_factory=list)
    """Each push that was taken: identity, dataset, sync count and body."""

    def handle(self, identity: str, request: Request) -> Answer:
        """Answer a request that `identity` has signed."""
        self.now += 1
        if request.query.get("identity", identity) != identity:
            return _no(403, "IdentityMismatch", "the store is another identity's", "identity")
        account = self.accounts.setdefault(identity, Account())
        if request.path == "/sync/datasets":
            return self._list(account)
        name = request.path.removeprefix("/sync/datasets/")
        life = account.datasets.get(name)
        if life is not None:
            self._purge(life)
        if request.method == "GET":
            return self._pull(account, life, name, request)
        if request.method == "DELETE":
            return _delete(account, life, name, request)
        return self._push(identity, account, name, request.body or {})

    def _purge(self, life: Life) -> None:
        old = self.now - _TOMBSTONE_SECONDS - _DAY
        gone = [key for key, each in life.records.items() if each["value"] is None and each["stored_at"] < old]
        for key in gone:
            del life.records[key]

    def _list(self, account: Account) -> Answer:
        found = [
            {
                "name": name,
                "sync_count": life.sync_count,
                "records": len(life.live),
                "bytes": life.bytes,
                "changed_at": life.changed_at,
            }
            for name, life in sorted(account.datasets.items())
        ]
        return Answer(200, {"datasets": found})

    def _pull(self, account: Account, life: Life | None, name: str, request: Request) -> Answer:
        since, count = int(request.query.get("since", "0")), account.floor if life is None else life.sync_count
        if since > count:
            return _no(409, "FutureCount", "the count is above the dataset's", "since")
        start, made = 0, count
        if "page" in request.query:
            start, made = (int(each) for each in request.query["page"].split("-"))
        if made != count:
            return _no(409, "DatasetChanged", "the dataset changed since the first page", "page")
        born = count if life is None else life.born_at_count
        if life is None or since <= born or int(request.query["seen_at"]) < self.now - _TOMBSTONE_SECONDS:
            since = 0
        found = [] if life is None else [each for each in life.records.values() if each["sync_count"] > since]
        if since == 0:
            found = [each for each in found if each["value"] is not None]
        found.sort(key=lambda each: (each["sync_count"], each["key"]))
        part = found[start : start + self.page_records]
        body = {
            "dataset": name,
            "since": since,
            "sync_count": count,
            "seen_at": self.now,
            "records": [_shown(each) for each in part],
        }
        if start + len(part) < len(found):
            body["page"] = f"{start + len(part)}-{count}"
        return Answer(200, body)

    def _push(  # noqa: PLR0911 - one return per refusal
        self, identity: str, account: Account, name: str, body: Mapping[str, Any]
    ) -> Answer:
        known = account.tokens.get((name, body["token"]))
        if known is not None and known[2] > self.now - _TOKEN_SECONDS:
            same = known[0] == repr(body)
            return known[1] if same else _no(409, "TokenReused", "the token was another push's", "token")
        life = account.datasets.get(name)
        count = account.floor if life is None else life.sync_count
        held = {} if life is None else life.records
        wrong = self._wrong(count, body["changes"])
        if wrong is not None:
            return wrong
        conflicts = [
            {"key": each["key"], "base": each["base"], "record": _shown(held.get(each["key"]) or _none(each["key"]))}
            for each in body["changes"]
            if each["base"] != held.get(each["key"], {"sync_count": 0})["sync_count"]
        ]
        if conflicts:
            answer = _no(409, "Conflict", "records changed meanwhile", "changes")
            answer.body.update(conflicts=conflicts, sync_count=count)
            return answer
        if life is None and len(account.datasets) >= self.max_datasets:
            return _no(409, "TooManyDatasets", "the identity has too many datasets", "dataset")
        born = count if life is None else life.born_at_count
        after = Life(born, count + 1, self.now, dict(held))
        for change in body["changes"]:
            after.records[change["key"]] = {
                "key": change["key"],
                "value": change["value"],
                "sync_count": count + 1,
                "changed_at": change["changed_at"],
                "device": body["device"],
                "stored_at": self.now,
            }
        if len(after.live) > self.max_records:
            return _no(413, "TooManyRecords", "the dataset has too many records", "dataset")
        if after.bytes > self.max_dataset_bytes:
            return _no(413, "TooLarge", "the dataset is too large", "dataset")
        account.datasets[name] = after
        answer = Answer(
            200,
            {
                "dataset": name,
                "sync_count": after.sync_count,
                "seen_at": self.now,
                "records": len(after.live),
                "bytes": after.bytes,
            },
        )
        account.tokens[name, body["token"]] = (repr(body), answer, self.now)
        self.taken.append((identity, name, after.sync_count, body))
        return answer

    def _wrong(self, count: int, changes: list[dict[str, Any]]) -> Answer | None:
        if len(changes) > self.max_changes:
            return _no(413, "TooLarge", "too many changes in one push", "changes")
        for index, change in enumerate(changes):
            if len(change["key"].encode()) > self.max_key_bytes:
                return _no(413, "TooLarge", "the key is too long", f"changes[{index}].key")
            if change["value"] is not None and len(change["value"].encode()) > self.max_value_bytes:
                return _no(413, "TooLarge", "the value is too large", f"changes[{index}].value")
            if change["base"] > count:
                return _no(409, "FutureCount", "the base is above the dataset's count", f"changes[{index}].base")
        return None


def _delete(account: Account, life: Life | None, name: str, request: Request) -> Answer:
    if life is None:
        return Answer(200, {"dataset": name, "sync_count": account.floor})
    if "base" in request.query and int(request.query["base"]) != life.sync_count:
        return _no(409, "DatasetChanged", "the dataset changed meanwhile", "base")
    account.floor = max(account.floor, life.sync_count)
    del account.datasets[name]
    return Answer(200, {"dataset": name, "sync_count": account.floor})


def _shown(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in ("key", "value", "sync_count", "changed_at", "device")}


def _none(key: str) -> dict[str, Any]:
    return {"key": key, "value": None, "sync_count": 0, "changed_at": 0, "device": ""}


def _no(status: int, code: str, message: str, about: str) -> Answer:
    return Answer(status, {"message": message, "code": code, "field": about})
