"""Auto Scaling: keeps as many healthy instances as there should be, without anybody asking."""

import threading
import time
from collections.abc import Callable

from pulumi_aws_sandbox.runtime.beanstalk.group import Group, Say, names, why_unhealthy
from pulumi_aws_sandbox.runtime.beanstalk.instances import DeployFailedError
from pulumi_aws_sandbox.runtime.beanstalk.pace import scaled
from pulumi_aws_sandbox.runtime.beanstalk.releases import Release
from pulumi_aws_sandbox.runtime.beanstalk.targets import TargetState

_LOOK_SECONDS = 0.05
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 15.0
# An instance that lived so long was well: its successor need not wait.
_SETTLED_SECONDS = 10.0


class Healer:
    """Replaces instances of one environment that are gone or unhealthy."""

    def __init__(self, group: Group, say: Say) -> None:
        """Start with nothing to heal."""
        self._group = group
        self._say = say
        self._pause = 0.0
        self._not_before = 0.0
        self._last_loss = 0.0

    def heal(self, release: Release, desired: int, grace_seconds: float | None) -> None:
        """Replace what is broken, then come to the desired number of instances.

        What the load balancer finds unhealthy is broken after the grace period, or not at all without one.
        """
        now = time.monotonic()
        for each in self._group.instances:
            due = grace_seconds is not None and now - each.launched_at >= scaled(grace_seconds)
            unhealthy = due and each.target.state is TargetState.UNHEALTHY
            # Nothing is under way now, so what is out of service was left so by a deployment that failed.
            left_out = each.target.state is TargetState.UNUSED
            if not each.alive or unhealthy or left_out:
                self._say("WARN", f"{why_unhealthy(each)}; it is replaced")
                self._group.end([each])
                self._lost()
        count = len(self._group.instances)
        if count > desired:
            gone = self._group.surplus(count - desired)
            self._group.end(gone)
            self._say("INFO", f"ended {names(gone)}: {desired} instances are wanted")
        elif count < desired and time.monotonic() >= self._not_before:
            self._launch(desired - count, release)

    def _launch(self, count: int, release: Release) -> None:
        try:
            new = self._group.launch(count, release, leader=False)
        except DeployFailedError as error:
            self._say("ERROR", f"an instance could not be launched: {error}")
            self._lost()
        else:
            self._say("INFO", f"launched {names(new)}: {len(self._group.instances)} instances are wanted")

    def _lost(self) -> None:
        """Wait longer each time that instances do not last; they would use up this machine."""
        now = time.monotonic()
        lasted = now - self._last_loss > _SETTLED_SECONDS
        self._last_loss = now
        self._pause = 0.0 if lasted else min(max(self._pause * 2, _FIRST_PAUSE_SECONDS), _LONGEST_PAUSE_SECONDS)
        self._not_before = now + self._pause


class Watch:
    """Looks after an environment again and again, in a thread of its own."""

    def __init__(self, name: str, look: Callable[[], None]) -> None:
        """Start to look."""
        self._look = look
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"watch-{name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def join(self) -> None:
        """Wait for the end of the last look."""
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(_LOOK_SECONDS):
            self._look()
