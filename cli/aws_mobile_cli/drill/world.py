"""AWS as a drill moves it: a Region is cut and restored, time passes, names lead somewhere, operators ask."""

import json
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any, Protocol
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from aws_mobile_cli.checks.api_caller import ApiCaller, Reply
from aws_mobile_cli.checks.check import Clients
from pulumi_aws_sandbox.runtime import clock, databases, durations, gateway, regions

from .situation import Deployed

_CONNECT_SECONDS = 2
_HEALTH_SECONDS = 10
_EVALUATION_SECONDS = 15
_GOOD = range(200, 300)


@dataclass(frozen=True, slots=True)
class AlarmChange:
    """An alarm that changed its state."""

    region: str
    name: str
    before: str
    after: str


class World(Protocol):
    """What a drill needs of the world around it."""

    def now(self) -> float:
        """Return the time in seconds."""

    def cut(self, region: str) -> None:
        """Lose a Region."""

    def restore(self, region: str) -> None:
        """Get it back."""

    def advance(self, seconds: float) -> list[AlarmChange]:
        """Let time pass and what falls due happen; return the alarms that changed."""

    def resolve(self, resolver_region: str) -> str | None:
        """Return the Region to which the app's name leads a client who is near a Region."""

    def call(
        self, region: str, credentials: Mapping[str, Any] | None, method: str, path: str, body: object = None
    ) -> Reply:
        """Call the app's API in a Region, signed for it; raise `OSError` or `HTTPException` where nothing answers."""

    def ask(self, **request: str) -> Mapping[str, Any]:
        """Return what the recovery function answers an operator."""

    def writers(self) -> tuple[tuple[str, str], ...]:
        """Return the databases that take writes and are open: Region and identifier."""

    def is_watched(self) -> bool:
        """Tell whether the alarm that starts a failover is off."""

    def healthy(self) -> tuple[str, ...]:
        """Return the Regions whose API answers."""

    def let_take(self, seconds: Mapping[str, float]) -> None:
        """Let what AWS does take so long from now on; nothing takes any time if nothing is named."""


class UnansweredError(Exception):
    """The recovery function gave no answer."""


@dataclass(slots=True)
class SandboxWorld:
    """The sandbox, in which a pair was deployed."""

    clients: Clients
    deployed: Deployed
    before_time_passes: list[Callable[[], None]] = field(default_factory=list)
    """What a game day does at each tick."""
    _evaluated_at: float = 0.0

    def now(self) -> float:
        """Return the sandbox's time."""
        return clock.now()

    def cut(self, region: str) -> None:
        """Lose a Region."""
        regions.cut(region)

    def restore(self, region: str) -> None:
        """Get it back."""
        regions.restore(region)

    def advance(self, seconds: float) -> list[AlarmChange]:
        """Let time pass: schedules fire, alarms are evaluated, health checks look, databases replicate."""
        from pulumi_aws_sandbox.runtime.signals import alarms, health, schedules  # noqa: PLC0415 - loads moto

        for each in self.before_time_passes:
            each()
        clock.move(seconds)
        databases.follow()
        schedules.fire_due()
        changes: list[AlarmChange] = []
        if clock.now() - self._evaluated_at >= _EVALUATION_SECONDS:
            self._evaluated_at = clock.now()
            changes = [_change(each) for each in alarms.evaluate()]
        health.statuses()
        return changes

    def resolve(self, resolver_region: str) -> str | None:
        """Return the Region to which Route 53 leads, asked from near a Region."""
        from pulumi_aws_sandbox.runtime.signals import dns  # noqa: PLC0415 - loads moto

        try:
            answer = dns.resolve(self.deployed.domain, resolver_region=resolver_region)
        except LookupError:
            return None
        return None if answer is None else answer.region

    def call(
        self, region: str, credentials: Mapping[str, Any] | None, method: str, path: str, body: object = None
    ) -> Reply:
        """Call the domain's mapping in a Region."""
        regions.require(region)
        # The gateway believes this machine's clock, which a drill leaves far behind.
        ahead = round((clock.now() - time.time()) / 60)
        caller = ApiCaller(gateway.domain_url(self.deployed.domain, region), region, credentials, late_minutes=ahead)
        return caller.call(method, path, body)

    def ask(self, **request: str) -> Mapping[str, Any]:
        """Return what the recovery function answers an operator; raise `UnansweredError` where it does not."""
        region = str(self.deployed.site("recovery")["region"])
        try:
            answer = self.clients("lambda", region).invoke(
                FunctionName=self.deployed.function_name, Payload=json.dumps(request)
            )
        except (ClientError, BotoCoreError) as error:
            raise UnansweredError(str(error)) from error
        said = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            message = f"{said.get('errorType')}: {said.get('errorMessage')}"
            raise UnansweredError(message)
        return said

    def writers(self) -> tuple[tuple[str, str], ...]:
        """Return the databases that take writes and let their servers in, in Regions that answer."""
        found = []
        for region in self._answering():
            for each in self.clients("rds", region).describe_db_instances()["DBInstances"]:
                is_replica = each.get("ReadReplicaSourceDBInstanceIdentifier")
                if not is_replica and each["DBInstanceStatus"] == "available" and _is_open(each):
                    found.append((region, str(each["DBInstanceIdentifier"])))
        return tuple(found)

    def is_watched(self) -> bool:
        """Tell whether the alarm that starts a failover is off."""
        region, name = str(self.deployed.site("recovery")["region"]), str(self.deployed.plan["alarms"]["unreachable"])
        found = self.clients("cloudwatch", region).describe_alarms(AlarmNames=[name])["MetricAlarms"]
        return [each["StateValue"] for each in found] == ["OK"]

    def healthy(self) -> tuple[str, ...]:
        """Return the Regions whose health URL answers well."""
        sites = [self.deployed.site(name) for name in ("primary", "recovery")]
        return tuple(str(site["region"]) for site in sites if _answers(gateway.local_url(str(site["health_url"]))))

    def let_take(self, seconds: Mapping[str, float]) -> None:
        """Let what AWS does take so long from now on."""
        durations.reset()
        durations.set(seconds)

    def _answering(self) -> list[str]:
        named = [str(self.deployed.site(name)["region"]) for name in ("primary", "recovery")]
        return [region for region in named if not regions.is_cut(region)]


def _is_open(instance: Mapping[str, Any]) -> bool:
    """Tell whether somebody listens where servers look for a database."""
    address = instance.get("Endpoint", {}).get("Address")
    if not address:
        return False
    try:
        where = databases.local(address)
        with socket.create_connection((where.host, where.port), timeout=_CONNECT_SECONDS):
            return True
    except (OSError, LookupError):
        return False


def _answers(url: str) -> bool:
    where = urlsplit(url)
    connection = HTTPConnection(where.netloc, timeout=_HEALTH_SECONDS)
    try:
        connection.request("GET", where.path)
        return connection.getresponse().status in _GOOD
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _change(change: Any) -> AlarmChange:  # noqa: ANN401 - the sandbox's own
    return AlarmChange(str(change.region), str(change.name), str(change.before), str(change.after))
