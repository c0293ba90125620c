"""One environment: its instances behind its load balancer, started at first use."""

import threading
from dataclasses import replace

from pulumi_aws_sandbox.runtime import clock, regions
from pulumi_aws_sandbox.runtime.beanstalk import releases, software
from pulumi_aws_sandbox.runtime.beanstalk.balancer import Balancer
from pulumi_aws_sandbox.runtime.beanstalk.deployment import Deployment
from pulumi_aws_sandbox.runtime.beanstalk.group import Group, why_unhealthy
from pulumi_aws_sandbox.runtime.beanstalk.healing import Healer, Watch
from pulumi_aws_sandbox.runtime.beanstalk.instances import DeployFailedError
from pulumi_aws_sandbox.runtime.beanstalk.logs import Logs
from pulumi_aws_sandbox.runtime.beanstalk.options import Options
from pulumi_aws_sandbox.runtime.beanstalk.places import grace_seconds
from pulumi_aws_sandbox.runtime.beanstalk.releases import Release
from pulumi_aws_sandbox.runtime.beanstalk.rollouts import Rollout
from pulumi_aws_sandbox.runtime.beanstalk.scaling import Scaler, is_measured
from pulumi_aws_sandbox.runtime.beanstalk.status import Color, Event, Health, RolloutFailedError
from pulumi_aws_sandbox.runtime.beanstalk.targets import TargetState
from pulumi_aws_sandbox.runtime.child_processes import Children

_KEPT_EVENTS = 1000
_NOT_STARTED = "no instance has been started, because nothing has asked for one yet"
_ENDED = "the environment has ended"
_LAUNCHING = "the instances are being launched"
_EMPTY = "There are no instances."


class Environment:
    """One environment; nothing of it runs until its load balancer is asked, or until it is woken."""

    def __init__(self, deployment: Deployment, server_url: str | None) -> None:
        """Remember what is to run; raise `RolloutFailedError` if it could not."""
        self._release = _read(deployment)
        self._url = server_url
        self._changing = threading.RLock()
        self._ended = threading.Event()
        self._events: list[Event] = []
        self._group: Group | None = None
        self._watch: Watch | None = None
        self._desired = 0
        self._awake = False
        self._was_empty = False
        self._held_until = 0.0
        self.balancer = Balancer(
            ready=self._ready,
            idle_seconds=lambda: self._options.idle_seconds,
            https=lambda: self._options.https_only,
            reachable=lambda: not regions.is_cut(self.deployment.region),
        )

    @property
    def deployment(self) -> Deployment:
        """What runs, or is to run at first use."""
        return self._release.deployment

    @property
    def events(self) -> list[Event]:
        """What has happened, oldest first."""
        return list(self._events)

    def wake(self) -> None:
        """Start the instances, and wait until they are healthy or have shown that they are not."""
        with self._changing:
            if self._awake or self._ended.is_set() or software.missing():
                return
            release = self._release
            self._say("INFO", f"{release.deployment.name} starts with {release.deployment.version_label}")
            self._remark(release)
            group = self._begin(release)
            try:
                new = group.launch(self._desired, release, leader=True)
                group.wait_until_healthy(new, replace(release.options, ignore_health=False))
            except (DeployFailedError, RolloutFailedError) as error:
                self._say("ERROR", f"the environment did not become healthy: {error}")
            else:
                self._say("INFO", f"{len(new)} instances are healthy")
            if self._ended.is_set():
                return
            self._awake = True
            self._watch = Watch(release.deployment.name, self._look)

    def apply(self, deployment: Deployment) -> None:
        """Bring out another version or other settings; raise `RolloutFailedError` if that fails."""
        with self._changing:
            release, group = _read(deployment), self._group
            self._was_empty = self._options.most == 0
            if not self._awake or group is None:
                self._release = release
                if self._was_empty and release.options.least > 0:
                    self.wake()
                return
            if not group.instances:
                self._fill(group, release)
                return
            mixed = any(each.release is not self._release for each in group.instances)
            rollout = Rollout(group, self.balancer.targets, release, self._say, self._ended)
            label = deployment.version_label
            try:
                if release.differs_for_instances(self._release):
                    self._say("INFO", f"{label}: a setting of the instances changed, so they are replaced")
                    self._remark(release)
                    rollout.by_replacement()
                elif mixed or release.differs_for_application(self._release):
                    self._say("INFO", f"{label} is deployed by the policy {release.options.policy}")
                    self._remark(release)
                    rollout.by_policy()
            except RolloutFailedError as error:
                self._say("ERROR", f"{label} was not deployed: {error}")
                if any(each.release is release for each in group.instances):
                    self._say("WARN", f"some instances have {label}: deploy again, so that all have the same")
                raise
            for each in group.instances:
                each.release = release
            self._adopt(release)
            self._look()

    def close(self) -> None:
        """End everything, whatever it is doing."""
        self._ended.set()
        if self._watch is not None:
            self._watch.stop()
        if self._group is not None:
            self._group.close()
        self.balancer.close()
        if self._watch is not None:
            self._watch.join()
        # Who was about to change something finds out now, and may have written a file meanwhile.
        with self._changing:
            if self._group is not None:
                self._group.close()

    def health(self) -> Health:
        """Return the health of the environment and its instances."""
        group = self._group
        if not self._awake or group is None:
            empty = _EMPTY if self._options.most == 0 else None
            return Health(Color.GREY, (empty or software.hint() or _NOT_STARTED,), ())
        instances = group.instances
        healthy = [each for each in instances if each.alive and each.target.state is TargetState.HEALTHY]
        causes = [why_unhealthy(each) for each in instances if each not in healthy]
        others = [each for each in instances if each.release is not self._release]
        if others:
            expected = self.deployment.version_label
            causes.append(f"{len(others)} of {len(instances)} instances do not have the expected version {expected}")
        if len(instances) < self._desired:
            causes.append(f"{len(instances)} of {self._desired} instances are there")
        if clock.now() < self._held_until:
            return Health(Color.GREY, (_LAUNCHING,), ())
        if not instances and self._desired == 0:
            return Health(Color.GREY, (_EMPTY,), ())
        color = Color.RED if not healthy else Color.YELLOW if causes else Color.GREEN
        return Health(color, tuple(causes), tuple(each.show() for each in instances))

    @property
    def _options(self) -> Options:
        return self._release.options

    def hold(self, until: float) -> None:
        """Serve nothing until then, if there was nothing to serve before."""
        if self._was_empty:
            self._held_until = until

    def _ready(self) -> str | None:
        """Start at the first request; say why nothing can be started."""
        if clock.now() < self._held_until:
            return _LAUNCHING
        if self._awake:
            return None
        self.wake()
        return None if self._awake else software.hint() or _ENDED

    def _begin(self, release: Release) -> Group:
        """Make what instances need."""
        group = Group(
            self.balancer.targets,
            Children("sandbox-eb-"),
            self._url,
            lambda: self._release.options.draining_seconds,
            self._say,
        )
        self._group = group
        self._healer = Healer(group, self._say)
        self._scaler = Scaler(self.balancer.metrics)
        self._logs = Logs(release.deployment.name)
        self._desired = release.options.least
        if self._ended.is_set():
            group.close()
        return group

    def _fill(self, group: Group, release: Release) -> None:
        """Launch the instances of an environment that stands without any."""
        self._adopt(release)
        self._remark(release)
        self._look()
        try:
            group.wait_until_healthy(group.instances, replace(release.options, ignore_health=False))
        except RolloutFailedError as error:
            self._say("ERROR", f"the environment did not become healthy: {error}")

    def _adopt(self, release: Release) -> None:
        self._release = release
        self._desired = min(max(self._desired, release.options.least), release.options.most)

    def _look(self) -> None:
        """Heal and scale, unless a deployment is under way, as Auto Scaling does then."""
        group = self._group
        if regions.is_cut(self.deployment.region):
            return
        if group is None or not self._changing.acquire(blocking=False):
            return
        try:
            if self._ended.is_set():
                return
            self._scale()
            self._healer.heal(self._release, self._desired, grace_seconds(self._release))
            if self._options.stream_logs:
                self._logs.stream(group.instances, self._events)
        except (OSError, RuntimeError) as error:
            # The machine's own troubles; the next look tries again.
            self._say("ERROR", f"the instances could not be looked after: {error}")
        except Exception:
            # A Region that was cut meanwhile takes no logs; the next look tries again.
            if not regions.is_cut(self.deployment.region):
                raise
        finally:
            self._changing.release()

    def _scale(self) -> None:
        wanted = self._desired + self._scaler.increment(self._options.trigger)
        wanted = min(max(wanted, self._options.least), self._options.most)
        if wanted != self._desired:
            self._say("INFO", f"{self._options.trigger.measure} asks for {wanted} instances instead of {self._desired}")
            self._desired = wanted

    def _remark(self, release: Release) -> None:
        """Say what of a release is not done here."""
        for remark in release.bundle.remarks:
            self._say("WARN", remark)
        if release.options.most > release.options.least and not is_measured(release.options.trigger):
            trigger = release.options.trigger
            about = f"the trigger {trigger.measure} ({trigger.statistic}) cannot be measured here"
            self._say("WARN", f"{about}: the number of instances stays as it is")

    def _say(self, severity: str, message: str) -> None:
        self._events.append(Event(clock.today(), severity, message))
        del self._events[:-_KEPT_EVENTS]


def _read(deployment: Deployment) -> Release:
    try:
        return releases.of(deployment)
    except ValueError as error:
        raise RolloutFailedError(str(error)) from error
