"""Runs what was deployed to Elastic Beanstalk: PHP applications behind a load balancer of their own, on this machine.

An environment starts at its first use and ends with `running` or `terminate`. How its instances, load balancer,
scaling and deployments differ from AWS's is in docs/sandbox-web-tier.md.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

from pulumi_aws_sandbox.runtime import databases
from pulumi_aws_sandbox.runtime.beanstalk.deployment import Deployment
from pulumi_aws_sandbox.runtime.beanstalk.environment import Environment
from pulumi_aws_sandbox.runtime.beanstalk.software import hint, missing
from pulumi_aws_sandbox.runtime.beanstalk.status import Color, Event, Health, Instance, RolloutFailedError
from pulumi_aws_sandbox.runtime.current import Current

__all__ = [
    "Color",
    "Deployment",
    "Event",
    "Health",
    "Instance",
    "RolloutFailedError",
    "apply",
    "balancer_url",
    "events",
    "health",
    "hint",
    "hold",
    "launch",
    "missing",
    "running",
    "terminate",
    "wake",
]


@contextmanager
def running(server_url: str | None = None) -> Iterator[None]:
    """Let environments and databases run until the block ends, against `server_url` or the AWS in this process."""
    runtime = _Runtime(server_url)
    with databases.running(), closing(runtime), _current.holding(runtime):
        yield


def launch(deployment: Deployment) -> None:
    """Remember a new environment; its instances start when its load balancer gets a request, or at `wake`.

    Raise `RolloutFailedError` for a bundle or options that cannot be read.
    """
    _current.require().launch(deployment)


def apply(deployment: Deployment) -> None:
    """Bring another version or other settings to an environment, by its deployment policy if it runs.

    Return when that is done; raise `RolloutFailedError` with the reason if it fails.
    """
    _current.require().find(deployment.id).apply(deployment)


def wake(environment_id: str) -> None:
    """Start an environment, and wait until its instances are healthy or have shown that they are not."""
    _current.require().find(environment_id).wake()


def hold(environment_id: str, until: float) -> None:
    """Keep instances that have just been launched into an empty environment from serving until then."""
    _current.require().find(environment_id).hold(until)


def terminate(environment_id: str) -> None:
    """End an environment; nothing happens if there is none."""
    _current.require().terminate(environment_id)


def health(environment_id: str) -> Health:
    """Return the health of an environment; raise `LookupError` if there is none."""
    return _current.require().find(environment_id).health()


def events(environment_id: str) -> list[Event]:
    """Return what has happened in an environment, oldest first; raise `LookupError` if there is none."""
    return _current.require().find(environment_id).events


def balancer_url(load_balancer_arn: str) -> str:
    """Return the address on this machine of an environment's load balancer; raise `LookupError` for any other."""
    return _current.require().behind(load_balancer_arn).balancer.url()


class _Runtime:
    """The environments of one sandbox."""

    def __init__(self, server_url: str | None) -> None:
        self._url = server_url
        self._lock = threading.Lock()
        self._environments: dict[str, Environment] = {}

    def launch(self, deployment: Deployment) -> None:
        """Remember a new environment."""
        environment = Environment(deployment, self._url)
        with self._lock:
            if deployment.id in self._environments:
                message = f'there is an environment "{deployment.id}" already'
                raise ValueError(message)
            self._environments[deployment.id] = environment

    def find(self, environment_id: str) -> Environment:
        """Return an environment."""
        with self._lock:
            found = self._environments.get(environment_id)
        if found is None:
            message = f'there is no environment "{environment_id}"'
            raise LookupError(message)
        return found

    def behind(self, load_balancer_arn: str) -> Environment:
        """Return the environment of a load balancer."""
        with self._lock:
            for each in self._environments.values():
                if each.deployment.load_balancer_arn == load_balancer_arn:
                    return each
        message = f'no environment has the load balancer "{load_balancer_arn}"'
        raise LookupError(message)

    def terminate(self, environment_id: str) -> None:
        """End an environment."""
        with self._lock:
            environment = self._environments.pop(environment_id, None)
        if environment is not None:
            environment.close()

    def close(self) -> None:
        """End all environments."""
        with self._lock:
            environments = list(self._environments.values())
            self._environments.clear()
        if environments:
            with ThreadPoolExecutor(max_workers=len(environments)) as pool:
                list(pool.map(Environment.close, environments))


_current: Current[_Runtime] = Current()
"""The environments of the sandbox that was started last."""
