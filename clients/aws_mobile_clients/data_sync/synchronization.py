"""One synchronisation of one dataset: send again what has no answer, pull, let conflicts be decided, push."""

import json
from dataclasses import dataclass, replace

from . import protocol
from .errors import SyncBusyError
from .handlers import Handler, Side
from .merging import Merge, decided_for, is_ahead, merge
from .protocol import Answer, Pulled, RemoteRecord, Request, Taken
from .setting import Setting
from .store import PendingPush, Place, Progress, Record
from .text import checked_value

_ROUNDS = 8
"""How often a synchronisation starts anew because another device was quicker."""
_OK = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one synchronisation did."""

    pulled: int = 0
    """Records that other devices had changed."""
    pushed: int = 0
    """Changes of this device that the service took, among them those whose answer was lost before."""
    conflicts: int = 0
    """Conflicts that the handler decided."""
    retries: int = 0
    """Rounds after the first."""


class Synchronization:
    """One call of `synchronize`."""

    def __init__(self, setting: Setting, place: Place, handler: Handler) -> None:
        """Be about to synchronise the dataset at `place`."""
        self._setting = setting
        self._store = setting.store
        self._place = place
        self._handler = handler
        self._outcome = Outcome()
        self._anew = False
        """Whether the next pull asks for everything: the service is not what this device remembers."""

    def run(self) -> Outcome:
        """Send again what has no answer yet; then pull and push until no other device comes between."""
        left = self._store.pending(self._place)
        if left is not None:
            self._push(left)
        for turn in range(_ROUNDS):
            if turn:
                self._outcome = replace(self._outcome, retries=turn)
            if self._pull() and self._push_all():
                return self._outcome
        raise SyncBusyError(self._place.dataset, _ROUNDS)

    def _pull(self) -> bool:
        """Pull what is new and merge it; `False` if the dataset changed on the way and it must be done again."""
        pulled = self._fetch()
        if pulled is None:
            return False
        if pulled.since and is_ahead(self._store.records(self._place), pulled.sync_count):
            self._anew = True
            return False
        self._anew = False
        self._merge(pulled)
        return True

    def _fetch(self) -> Pulled | None:
        """Fetch all pages of a pull; `None` if they are not of one count, or if the service was set back."""
        progress = Progress() if self._anew else self._store.progress(self._place)
        query = {"identity": self._place.identity, "since": str(progress.since)}
        if progress.since:
            query["seen_at"] = str(progress.seen_at)
        first: Pulled | None = None
        page: str | None = None
        while True:
            answer = self._send("GET", query if page is None else {**query, "page": page})
            if answer.status != _OK:
                self._anew = self._anew or protocol.code(answer) == "FutureCount"
                return None
            found, page = protocol.read_page(answer)
            if first is not None and found.sync_count != first.sync_count:
                return None
            first = found if first is None else replace(first, records=first.records + found.records)
            if page is None:
                return first

    def _merge(self, pulled: Pulled) -> None:
        """Merge a pull in one transaction; the handler is asked outside of it, as it may take its time."""
        decisions: dict[tuple[str, int, int], str | Side | None] = {}
        while True:
            with self._store.transaction():
                held = self._store.records(self._place)
                merged = merge(self._place.dataset, held, pulled, decisions)
                if not merged.open:
                    self._keep(merged, pulled)
                    break
            for conflict in merged.open:
                decision = self._handler(conflict)
                if isinstance(decision, str):
                    checked_value(decision)
                decisions[decided_for(held[conflict.key], conflict.remote)] = decision
        conflicts = self._outcome.conflicts + len(decisions)
        self._outcome = replace(self._outcome, pulled=self._outcome.pulled + merged.news, conflicts=conflicts)

    def _keep(self, merged: Merge, pulled: Pulled) -> None:
        """Store a merge."""
        edits = self._store.progress(self._place).edits
        for record in merged.saved:
            self._store.save(self._place, record)
        for record in merged.revived:
            edits += 1
            self._store.save(self._place, replace(record, edit=edits))
        for each in merged.decided:
            edits += 1
            self._store.save(self._place, Record(each.key, each.value, each.base, self._setting.clock(), edits))
        for key in merged.dropped:
            self._store.drop(self._place, key)
        self._store.set_progress(self._place, Progress(pulled.sync_count, pulled.seen_at, edits))

    def _push_all(self) -> bool:
        """Push the changes that stood when this began, oldest first; `False` if another device was quicker."""
        last = self._store.progress(self._place).edits
        while True:
            push = self._next_push(last)
            if push is None:
                return True
            if not self._push(push):
                return False

    def _next_push(self, last: int) -> PendingPush | None:
        """Store the next push with a token of its own before it is sent."""
        with self._store.transaction():
            edited = sorted(
                (each for each in self._store.records(self._place).values() if 0 < each.edit <= last),
                key=lambda each: each.edit,
            )
            if not edited:
                return None
            changes: list[dict[str, str | int | None]] = []
            size = 0
            for record in edited[: self._setting.max_changes]:
                change = {
                    "key": record.key,
                    "value": record.value,
                    "base": record.base,
                    "changed_at": record.changed_at,
                }
                size += len(json.dumps(change))
                if changes and size > self._setting.max_push_bytes:
                    break
                changes.append(change)
            body = {"token": self._setting.new_token(), "device": self._setting.device, "changes": changes}
            push = PendingPush(body, {record.key: record.edit for record in edited[: len(changes)]})
            self._store.set_pending(self._place, push)
            return push

    def _push(self, push: PendingPush) -> bool:
        """Send a push; `False` if it was not taken because the service holds something newer."""
        request = Request(
            "POST", f"/sync/datasets/{self._place.dataset}", {"identity": self._place.identity}, push.body
        )
        answer = self._setting.transport.send(request)
        if answer.status == _OK:
            self._settle(push, protocol.read_taken(answer))
            return True
        if not protocol.is_judged(answer):
            raise protocol.failure(answer, request)
        code = protocol.code(answer)
        with self._store.transaction():
            self._store.set_pending(self._place, None)
            if code == "Conflict":
                self._rebase(*protocol.read_conflicts(answer))
        self._anew = self._anew or code == "FutureCount"
        if code not in {"Conflict", "FutureCount"}:
            raise protocol.failure(answer, request)
        return False

    def _settle(self, push: PendingPush, taken: Taken) -> None:
        """Store that a push was taken; what was edited since it was sent stays a local change, on the new base."""
        with self._store.transaction():
            known = self._store.pending(self._place)
            if known is None or known.body["token"] != push.body["token"]:
                return  # another process of the app was answered first
            for change in push.body["changes"]:
                record = self._store.record(self._place, change["key"])
                if record is not None:
                    same = record.edit == push.edits[record.key]
                    edit = 0 if same else record.edit
                    self._store.save(self._place, replace(record, base=taken.sync_count, edit=edit))
            progress = self._store.progress(self._place)
            # The next count is not enough: the dataset may have been deleted and made again by this very push. Then
            # no record had a count that it could be based on, and the next pull tells what is gone.
            same_life = progress.since == 0 or any(change["base"] for change in push.body["changes"])
            if same_life and progress.since + 1 == taken.sync_count:
                progress = replace(progress, since=taken.sync_count, seen_at=taken.seen_at)
                self._store.set_progress(self._place, progress)
            self._store.set_pending(self._place, None)
        self._outcome = replace(self._outcome, pushed=self._outcome.pushed + len(push.edits))

    def _rebase(self, sync_count: int, conflicts: tuple[RemoteRecord, ...]) -> None:
        """Look at what a refused push met that no pull would tell of, so that the next round does not stand still.

        A record that was removed, as this device knows or a complete pull left out, is no conflict: the change was made
        knowing that it is gone, and only its base is put right. A live one means that this device has a wrong picture.
        """
        since = self._store.progress(self._place).since
        for remote in conflicts:
            record = self._store.record(self._place, remote.key)
            # Of a record that is there no longer the service has no count; the pull was complete if nothing is newer.
            known = remote.sync_count <= since if remote.sync_count else sync_count == since
            if not known or record is None or not record.is_edited:
                continue
            if remote.value is None:
                self._store.save(self._place, replace(record, base=remote.sync_count))
            else:
                self._anew = True

    def _send(self, method: str, query: dict[str, str]) -> Answer:
        """Ask about the dataset; anything but an answer or "it changed meanwhile" is an error."""
        request = Request(method, f"/sync/datasets/{self._place.dataset}", query)
        answer = self._setting.transport.send(request)
        if answer.status != _OK and protocol.code(answer) not in {"DatasetChanged", "FutureCount"}:
            raise protocol.failure(answer, request)
        return answer
