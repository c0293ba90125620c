"""Streams the logs of instances to CloudWatch Logs, with the rights of their profile, where they are asked for.

https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.cloudwatchlogs.html
"""

import time
from collections.abc import Sequence

from pulumi_aws_sandbox.runtime.beanstalk.environment_variables import Profile
from pulumi_aws_sandbox.runtime.beanstalk.instances import Instance
from pulumi_aws_sandbox.runtime.beanstalk.status import Event
from pulumi_aws_sandbox.runtime.function_logs import LogStream

_PAUSE_SECONDS = 0.5
_APPLICATION = "var/log/php-fpm/www-error.log"
_ENGINE = "var/log/eb-engine.log"


class Logs:
    """The log streams of one environment: one for each instance and file."""

    def __init__(self, environment: str) -> None:
        """Write to the log groups of an environment."""
        self._environment = environment
        self._streams: dict[tuple[str, str], LogStream] = {}
        self._told: Event | None = None
        self._next = 0.0

    def stream(self, instances: Sequence[Instance], events: Sequence[Event]) -> None:
        """Send what is new, now and then; what the profile may not write is lost, as on AWS."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _PAUSE_SECONDS
        new = self._new(events)
        for each in instances:
            if each.profile is None:
                continue
            own = [f"{event.at:%Y/%m/%d %H:%M:%S} [{event.severity}] {event.message}" for event in new]
            self._write(each, each.profile, _ENGINE, [line for line in own if each.id in line])
            self._write(each, each.profile, _APPLICATION, each.new_lines())

    def _new(self, events: Sequence[Event]) -> list[Event]:
        """Return the events that came since the last time."""
        said = list(events)
        before = [number for number, each in enumerate(said) if each is self._told]
        self._told = said[-1] if said else None
        return said[before[0] + 1 :] if before else said

    def _write(self, instance: Instance, profile: Profile, file: str, lines: list[str]) -> None:
        if not lines:
            return
        key = (instance.id, file)
        if key not in self._streams:
            group = f"/aws/elasticbeanstalk/{self._environment}/{file}"
            self._streams[key] = LogStream(profile.connection, group, instance.id)
        self._streams[key].write(lines)
