"""The instances of one environment: launched, put into service, taken out of it, ended."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from pulumi_aws_sandbox.runtime.beanstalk.health_checks import Checker
from pulumi_aws_sandbox.runtime.beanstalk.instances import DeployFailedError, Instance
from pulumi_aws_sandbox.runtime.beanstalk.options import Check, Options
from pulumi_aws_sandbox.runtime.beanstalk.pace import patience
from pulumi_aws_sandbox.runtime.beanstalk.places import zones_of
from pulumi_aws_sandbox.runtime.beanstalk.releases import Release
from pulumi_aws_sandbox.runtime.beanstalk.status import RolloutFailedError
from pulumi_aws_sandbox.runtime.beanstalk.targets import Targets, TargetState
from pulumi_aws_sandbox.runtime.child_processes import Children

_POLL_SECONDS = 0.02
_LAST_SECONDS = 1.0

Say = Callable[[str, str], None]
"""Takes a severity and a message."""


class Group:
    """The instances of one environment; who changes it makes sure to be the only one."""

    def __init__(
        self, targets: Targets, children: Children, server_url: str | None, draining: Callable[[], float], say: Say
    ) -> None:
        """Start without any; `draining` says for how long an instance may still answer that is taken out."""
        self._targets = targets
        self._children = children
        self._url = server_url
        self._draining = draining
        self._say = say
        self._lock = threading.Lock()
        self._instances: list[Instance] = []
        self._checkers: dict[str, Checker] = {}
        self._closed = threading.Event()

    @property
    def instances(self) -> list[Instance]:
        """The instances, oldest first."""
        with self._lock:
            return list(self._instances)

    def launch(self, count: int, release: Release, *, leader: bool, new_version: bool = False) -> list[Instance]:
        """Start instances and put them into service; return them, or raise `DeployFailedError` with none of them left.

        The first is the leader, if there is to be one.
        """
        instances = [self._make(release, new_version=new_version) for _ in range(count)]
        try:
            self.deploy(instances, release, leader=leader)
        except DeployFailedError:
            self.end(instances)
            raise
        for each in instances:
            self.put_in(each)
        return instances

    def deploy(self, instances: Sequence[Instance], release: Release, *, leader: bool) -> None:
        """Deploy a release to several instances at once; raise `DeployFailedError` with what was wrong with each."""

        def deploy(number: int, instance: Instance) -> str | None:
            try:
                instance.deploy(release, leader=leader and number == 0)
            except DeployFailedError as error:
                return str(error)
            self._targets.count_anew(instance.target)
            return None

        with ThreadPoolExecutor(max_workers=max(1, len(instances))) as pool:
            said = list(pool.map(deploy, range(len(instances)), instances))
        wrong = [each for each in said if each is not None]
        if wrong:
            raise DeployFailedError("; ".join(wrong))

    def put_in(self, instance: Instance) -> None:
        """Register an instance with the load balancer."""
        if self._closed.is_set():
            return
        self._targets.register(instance.target)
        with self._lock:
            self._checkers[instance.id] = Checker(self._targets, instance.target, lambda: _check(instance))

    def take_out(self, instances: Sequence[Instance]) -> None:
        """Deregister instances, and wait until the requests under way have ended, for the draining time at most."""
        seconds = self._draining()

        def take_out(instance: Instance) -> None:
            drained = self._targets.deregister(instance.target, seconds if instance.alive else 0.0)
            if not drained and instance.alive:
                self._say("WARN", f"{instance.id}: requests were still under way after {seconds:g} s of draining")
            with self._lock:
                checker = self._checkers.pop(instance.id, None)
            if checker is not None:
                checker.stop()

        with ThreadPoolExecutor(max_workers=max(1, len(instances))) as pool:
            list(pool.map(take_out, instances))

    def end(self, instances: Sequence[Instance]) -> None:
        """Take instances out of service and end them."""
        self.take_out(instances)
        for each in instances:
            with self._lock:
                if each in self._instances:
                    self._instances.remove(each)
            each.kill()

    def wait_until_healthy(self, instances: Sequence[Instance], options: Options) -> None:
        """Wait until instances pass their health checks; raise `RolloutFailedError` if they do not in time.

        A batch counts as healthy after as many good checks in a row as make an unhealthy target healthy again.
        """
        if options.ignore_health:
            return
        until = time.monotonic() + patience(options.timeout_seconds)
        while not self._closed.is_set():
            waiting = [each for each in instances if not _steady(each, options.check.healthy_count)]
            if not waiting:
                return
            dead = [each for each in waiting if not each.alive]
            if dead or time.monotonic() > until:
                raise RolloutFailedError("; ".join(map(why_unhealthy, dead or waiting)))
            time.sleep(_POLL_SECONDS)
        message = "the environment was terminated meanwhile"
        raise RolloutFailedError(message)

    def surplus(self, count: int) -> list[Instance]:
        """Return the instances that go when there are too many: of the fullest zone, the oldest first."""
        left, gone = self.instances, []
        while len(gone) < count and left:
            filled = Counter(each.zone for each in left)
            gone.append(next(each for each in left if filled[each.zone] == max(filled.values())))
            left.remove(gone[-1])
        return gone

    def close(self) -> None:
        """End everything at once, whatever it is doing."""
        self._closed.set()
        with self._lock:
            checkers, self._checkers = list(self._checkers.values()), {}
            self._instances.clear()
        for each in checkers:
            each.stop()
        self._children.close()
        for each in checkers:
            each.join(_LAST_SECONDS)

    def _make(self, release: Release, *, new_version: bool) -> Instance:
        """Make an instance in the zone that has the fewest."""
        with self._lock:
            filled = Counter(each.zone for each in self._instances)
            zone = min(zones_of(release), key=lambda name: filled[name])
            instance = Instance(self._children, zone, self._url, self._say)
            instance.target.new_version = new_version
            self._instances.append(instance)
            return instance


def names(instances: Sequence[Instance]) -> str:
    """Return the ids of instances."""
    return ", ".join(each.id for each in instances)


def why_unhealthy(instance: Instance) -> str:
    """Say what is wrong with an instance."""
    if not instance.alive:
        return f"{instance.id}: its process ended: {instance.how_it_ended}"
    return f"{instance.id}: the health check {instance.target.last_check}"


def _check(instance: Instance) -> Check:
    """Return how an instance is checked: as the release asks that it has."""
    assert instance.release is not None  # noqa: S101 - only what was deployed to is put into service
    return instance.release.options.check


def _steady(instance: Instance, checks: int) -> bool:
    target = instance.target
    return target.state is TargetState.HEALTHY and target.successes >= checks
