"""The health checks of a load balancer: one thread for each target."""

import http.client
import threading
from collections.abc import Callable

from pulumi_aws_sandbox.runtime.beanstalk.options import Check
from pulumi_aws_sandbox.runtime.beanstalk.pace import scaled
from pulumi_aws_sandbox.runtime.beanstalk.targets import Target, Targets

_ADDRESS = "127.0.0.1"
_AGENT = "ELB-HealthChecker/2.0"


class Checker:
    """Checks one target until it is stopped."""

    def __init__(self, targets: Targets, target: Target, check: Callable[[], Check]) -> None:
        """Start to check; what to check for is asked anew each time."""
        self._targets = targets
        self._target = target
        self._check = check
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"check-{target.id}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Check no more; a check under way ends with its target or its timeout."""
        self._stopped.set()

    def join(self, seconds: float) -> None:
        """Wait for the end of the last check."""
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self._stopped.is_set():
            check = self._check()
            passed, said = ask(self._target.port, check)
            if self._stopped.is_set():
                return
            self._targets.checked(self._target, check, passed=passed, said=said)
            self._stopped.wait(scaled(check.interval_seconds))


def ask(port: int, check: Check) -> tuple[bool, str]:
    """Check once; return whether it was passed, and what the target said."""
    connection = http.client.HTTPConnection(_ADDRESS, port, timeout=check.timeout_seconds)
    try:
        connection.request("GET", check.path, headers={"User-Agent": _AGENT, "Connection": "close"})
        status = connection.getresponse().status
    except TimeoutError:
        return False, f"{check.path} did not answer within {check.timeout_seconds:g} s"
    except (OSError, http.client.HTTPException) as error:
        return False, f"{check.path} cannot be asked: {error or type(error).__name__}"
    finally:
        connection.close()
    passed = check.accepts(status)
    return passed, f"{check.path} answered {status}" + ("" if passed else f", wanted {check.codes}")
