"""Registers devices, gives them topics, and removes them.

What is wanted is written first, in one transaction: whose the token is, and what the device wants. Then SNS is told, by
whoever holds the lease on the token's claim. Where this ends early, the next call for the device does the rest.
"""

from dataclasses import dataclass, replace

from botocore.exceptions import BotoCoreError, ClientError

from . import items, writes
from .endpoints import Endpoints
from .failures import BUSY, CONFLICT, Failure, busy, refuse_unknown
from .items import Claim, Device, Own
from .surroundings import Surroundings
from .table import LEASE_SECONDS, Table, new_id

MOST_DEVICES = 50
"""Of one identity: what one message to a user may cost."""
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Registration:
    """What a device says of itself."""

    identity: str
    device: str
    platform: str
    token: str
    topics: tuple[str, ...] | None
    """`None` to leave them as they are."""

    @property
    def digest(self) -> str:
        """What the token is known by."""
        return items.digest_of(self.platform, self.token)

    @property
    def owner(self) -> str:
        """How the claim names the device."""
        return items.owner_of(self.identity, self.device)


class Devices:
    """The devices of all identities."""

    def __init__(self, table: Table, endpoints: Endpoints, around: Surroundings, now: int) -> None:
        """Work with these, at this time."""
        self._table = table
        self._endpoints = endpoints
        self._around = around
        self._now = now

    def all_of(self, identity: str) -> list[Device]:
        """Return the devices of an identity, sorted by name."""
        return sorted(self._table.own(identity).devices.values(), key=lambda device: device.name)

    def register(self, asked: Registration) -> Device:
        """See to it that the token is this device's, and nobody else's, and that SNS knows both."""
        for _ in range(_ATTEMPTS):
            own = self._table.own(asked.identity)
            self._collect_all(asked.identity, own)
            device = own.devices.get(asked.device)
            if device is None and len(own.devices) >= MOST_DEVICES:
                message = f"device: an identity has at most {MOST_DEVICES}; remove one first"
                raise Failure(CONFLICT, "TooManyDevices", message, "device")
            claim = self._table.claim(asked.digest)
            if device is not None and self._is_settled(asked, device, claim):
                return device
            done = self._claim_new(asked, device) if claim is None else self._claim_known(asked, device)
            if done is not None:
                if device is not None and device.digest != asked.digest:
                    self._collect(asked.identity, device.digest)
                return done
        raise busy()

    def want(self, identity: str, name: str, topic: str, *, wanted: bool) -> Device:
        """Subscribe a device to a topic, or end that."""
        for _ in range(_ATTEMPTS):
            own = self._table.own(identity)
            self._collect_all(identity, own)
            device = own.devices.get(name)
            if device is None:
                refuse_unknown("device", "no such device of yours is registered")
            topics = (set(device.topics) | {topic}) if wanted else (set(device.topics) - {topic})
            changed = replace(device, topics=tuple(sorted(topics)), version=new_id())
            if changed.topics != device.topics and not self._table.commit([writes.put(identity, changed, device)]):
                continue
            if self._settle(items.owner_of(identity, name), changed):
                return changed
        raise busy()

    def remove(self, identity: str, name: str, only: str | None = None) -> bool:
        """Remove a device, where one is named only in that version; tell whether there was one."""
        for _ in range(_ATTEMPTS):
            own = self._table.own(identity)
            device = own.devices.get(name)
            if device is None or (only is not None and device.version != only):
                self._collect_all(identity, own)
                return False
            if self._table.commit([writes.delete(identity, device), *writes.leave(identity, device)]):
                self._collect_all(identity, replace(own, left=(*own.left, device.digest)))
                return True
        raise busy()

    def _is_settled(self, asked: Registration, device: Device, claim: Claim | None) -> bool:
        """Tell whether there is nothing to do: apps register whenever they start."""
        if claim is None or claim.owner != asked.owner or device.digest != asked.digest:
            return False
        wanted = device.topics if asked.topics is None else asked.topics
        known = {key for key in wanted if key in self._around.topics}
        return device.topics == wanted and self._endpoints.is_well(claim, known)

    def _claim_new(self, asked: Registration, before: Device | None) -> Device | None:
        """Register a token that nobody has; `None` if somebody was quicker."""
        endpoint = self._endpoints.make(asked.platform, asked.token)
        device = self._device(asked, before)
        claim = Claim(asked.digest, asked.platform, asked.token, asked.owner, endpoint, {}, new_id())
        first = writes.claim_first(claim, endpoint, self._now + LEASE_SECONDS)
        if not self._table.commit(
            [
                first,
                writes.put(asked.identity, device, before),
                *writes.replace_token(asked.identity, asked.digest, before),
            ]
        ):
            return None
        self._finish(claim, device)
        return device

    def _claim_known(self, asked: Registration, before: Device | None) -> Device | None:
        """Register a token that is known: this device's, another's, or nobody's any more; `None` to look again."""
        claim = self._table.lease(asked.digest)
        if claim is None:
            return None
        try:
            if claim.owner != asked.owner:
                # Before the token is another's, it hears nothing more of what its owner wanted to hear.
                self._endpoints.unsubscribe(claim, claim.subscriptions)
            self._endpoints.ensure(claim)
            device = self._device(asked, before)
            parts = [
                writes.take(claim, asked.owner),
                writes.put(asked.identity, device, before),
                *writes.replace_token(asked.identity, asked.digest, before),
            ]
            if claim.owner not in {None, asked.owner}:
                parts.append(writes.taken_from(claim))
            if not self._table.commit(parts):
                self._table.release(claim)
                return None
        except (BotoCoreError, ClientError, Failure):
            self._table.release(claim)
            raise
        self._finish(claim, device)
        return device

    def _device(self, asked: Registration, before: Device | None) -> Device:
        """Return the device as it is to be; a token that was another's brings no topics along."""
        kept = () if before is None else before.topics
        topics = kept if asked.topics is None else asked.topics
        return Device(asked.device, asked.platform, asked.digest, topics, new_id(), self._now)

    def _settle(self, owner: str, device: Device) -> bool:
        """Tell SNS what a device wants; `False` if the token is no longer the device's."""
        claim = self._table.lease(device.digest)
        if claim is None:
            return False
        if claim.owner != owner:
            self._table.release(claim)
            return False
        self._finish(claim, device)
        return True

    def _finish(self, claim: Claim, device: Device) -> None:
        """Tell SNS what a device wants, and give the lease back."""
        try:
            self._endpoints.ensure(claim)
            self._endpoints.subscribe(claim, device.topics)
        finally:
            self._table.release(claim)

    def _collect_all(self, identity: str, own: Own) -> None:
        for digest in own.left:
            self._collect(identity, digest)

    def _collect(self, identity: str, digest: str) -> None:
        """Clean up a token that the identity had, unless somebody has it; what is being worked on has to wait."""
        claim = self._table.claim(digest)
        if claim is not None and claim.owner is None:
            try:
                claim = self._table.lease(digest)
                if claim is not None and not self._cleaned(claim):
                    return
            except Failure as failure:
                if failure.status == BUSY:
                    return
                raise
        self._table.drop(items.left_key(identity, digest))

    def _cleaned(self, claim: Claim) -> bool:
        """Remove what SNS knows of a token that nobody has, and the claim; tell whether it needs no further look."""
        if claim.owner is not None:
            self._table.release(claim)
            return True
        self._endpoints.remove(claim)
        if self._table.forget(claim):
            return True
        self._table.release(claim)
        return False
