"""The deployment policies: how a release comes to the instances of an environment.

https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.rolling-version-deploy.html

What happens when a release does not become healthy is AWS's, too: all at once leaves it everywhere; rolling stops, and
what is done stays done; immutable and traffic splitting end the new instances, and the old ones have never stopped.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from math import ceil
from threading import Event

from pulumi_aws_sandbox.runtime.beanstalk.group import Group, Say, names, why_unhealthy
from pulumi_aws_sandbox.runtime.beanstalk.instances import DeployFailedError, Instance
from pulumi_aws_sandbox.runtime.beanstalk.options import Options
from pulumi_aws_sandbox.runtime.beanstalk.pace import scaled
from pulumi_aws_sandbox.runtime.beanstalk.releases import Release
from pulumi_aws_sandbox.runtime.beanstalk.status import RolloutFailedError
from pulumi_aws_sandbox.runtime.beanstalk.targets import Targets, TargetState

_POLL_SECONDS = 0.02
_CONFIGURATION_BATCHES = 3


class Rollout:
    """Brings one release to a group of instances."""

    def __init__(self, group: Group, targets: Targets, release: Release, say: Say, ended: Event) -> None:
        """Prepare; nothing changes yet."""
        self._group = group
        self._targets = targets
        self._release = release
        self._options: Options = release.options
        self._say = say
        self._ended = ended

    def by_policy(self) -> None:
        """Deploy by the policy of the environment; raise `RolloutFailedError` with the reason if that fails."""
        policies: dict[str, Callable[[], None]] = {
            "AllAtOnce": self._all_at_once,
            "Rolling": self._rolling,
            "RollingWithAdditionalBatch": self._rolling_with_additional_batch,
            "Immutable": self._immutable,
            "TrafficSplitting": self._traffic_splitting,
        }
        policy = policies.get(self._options.policy)
        if policy is None:
            message = f'DeploymentPolicy: got "{self._options.policy}"; allowed: {", ".join(policies)}'
            raise RolloutFailedError(message)
        self._unless_it_fails(policy)

    def by_replacement(self) -> None:
        """Replace the instances, because a setting changed that an instance only gets when it is launched."""
        replace = self._immutable if self._options.immutable_updates else self._replace_in_batches
        self._unless_it_fails(replace)

    def _unless_it_fails(self, roll: Callable[[], None]) -> None:
        try:
            roll()
        except DeployFailedError as error:
            raise RolloutFailedError(str(error)) from error

    def _all_at_once(self) -> None:
        instances = self._group.instances
        self._group.deploy(instances, self._release, leader=True)
        self._group.wait_until_healthy(instances, self._options)

    def _rolling(self) -> None:
        self._roll(self._group.instances, leader=True)

    def _roll(self, instances: Sequence[Instance], *, leader: bool) -> None:
        """Deploy batch by batch, each out of service meanwhile."""
        for batch in _batches(instances, self._options.batches.of(len(instances))):
            self._group.take_out(batch)
            try:
                self._group.deploy(batch, self._release, leader=leader)
            finally:
                # An instance that could not be deployed to still has what it had.
                for each in batch:
                    if each.alive:
                        self._group.put_in(each)
            try:
                self._group.wait_until_healthy(batch, self._options)
            except RolloutFailedError:
                self._group.take_out(batch)
                raise
            self._say("INFO", f"{self._release.deployment.version_label} is on {names(batch)}")
            leader = False

    def _rolling_with_additional_batch(self) -> None:
        old = self._group.instances
        extra = self._launch(self._options.batches.of(len(old)), leader=True)
        self._say("INFO", f"the additional batch is in service: {names(extra)}")
        self._roll(old, leader=False)
        self._group.end(extra)

    def _immutable(self) -> None:
        old = self._group.instances
        new = self._launch(1, leader=True)
        self._say("INFO", f"the first new instance is healthy: {names(new)}")
        if len(old) > 1:
            try:
                new += self._launch(len(old) - 1, leader=False)
            except (DeployFailedError, RolloutFailedError):
                self._group.end(new)
                raise
        self._group.end(old)

    def _traffic_splitting(self) -> None:
        old = self._group.instances
        self._targets.split(0)
        try:
            new = self._launch(len(old), leader=True, new_version=True)
            self._targets.split(self._options.split_percent)
            self._say("INFO", f"{self._options.split_percent}% of the requests go to {names(new)}")
            try:
                self._evaluate(new)
            except RolloutFailedError:
                self._targets.split(0)
                self._group.end(new)
                raise
            self._targets.split(_ALL)
            self._group.end(old)
        finally:
            for each in self._group.instances:
                each.target.new_version = False
            self._targets.split(None)

    def _evaluate(self, new: Sequence[Instance]) -> None:
        """Watch the new instances for the evaluation time."""
        until = time.monotonic() + scaled(self._options.split_minutes * 60)
        while time.monotonic() < until and not self._ended.is_set():
            bad = [each for each in new if not each.alive or each.target.state is TargetState.UNHEALTHY]
            if bad:
                raise RolloutFailedError("; ".join(map(why_unhealthy, bad)))
            time.sleep(_POLL_SECONDS)

    def _replace_in_batches(self) -> None:
        old = self._group.instances
        options, count = self._options, len(old)
        size = count
        if options.rolling_updates:
            size = options.update_batch or ceil(count / _CONFIGURATION_BATCHES)
            kept = options.update_in_service if options.update_in_service is not None else count - size
            size = max(1, min(size, count - kept))
        leader = True
        for batch in _batches(old, size):
            self._group.end(batch)
            self._launch(len(batch), leader=leader)
            leader = False

    def _launch(self, count: int, *, leader: bool, new_version: bool = False) -> list[Instance]:
        """Launch instances with the release and wait until they are healthy; none of them is left if that fails."""
        instances = self._group.launch(count, self._release, leader=leader, new_version=new_version)
        try:
            self._group.wait_until_healthy(instances, self._options)
        except RolloutFailedError:
            self._group.end(instances)
            raise
        return instances


_ALL = 100


def _batches(instances: Sequence[Instance], size: int) -> Iterator[Sequence[Instance]]:
    for start in range(0, len(instances), max(1, size)):
        yield instances[start : start + max(1, size)]
