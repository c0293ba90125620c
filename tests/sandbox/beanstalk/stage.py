"""A small PHP application, and environments that run it."""

import io
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from pulumi_aws_sandbox.runtime import beanstalk
from pulumi_aws_sandbox.runtime.beanstalk import Deployment, Health

REGION = "eu-west-1"
ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/notes/50dc6c495c0c9188"
ENVIRONMENT = "e-notes"
ASG = "aws:autoscaling:asg"
COMMAND = "aws:elasticbeanstalk:command"
PROCESS = "aws:elasticbeanstalk:environment:process:default"
PROPERTIES = "aws:elasticbeanstalk:application:environment"
PHP_INI = "aws:elasticbeanstalk:container:php:phpini"

INDEX = r"""<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$version = trim(file_get_contents(__DIR__ . '/../version'));
if ($path === '/health') { http_response_code($version === 'broken' ? 500 : 200); exit; }
if ($path === '/slow') { usleep((int) (1e6 * (float) $_GET['seconds'])); }
if ($path === '/length') { echo strlen(file_get_contents('php://input')); exit; }
if ($path === '/empty') { http_response_code(204); exit; }
if ($path === '/stream') { for ($i = 0; $i < 3; $i++) { echo str_repeat('x', 5000); flush(); usleep(20000); } exit; }
if ($path === '/crash') { posix_kill(getmypid(), SIGKILL); }
if ($path === '/log') { error_log('a word of the application'); }
header('Content-Type: application/json');
echo json_encode(['version' => $version, 'headers' => getallheaders(), 'env' => getenv(), 'server' => $_SERVER,
                  'method' => $_SERVER['REQUEST_METHOD'], 'ini' => ini_get('memory_limit')]);
"""
ROUTES = "location / { try_files $uri $uri/ /index.php?$query_string; }"


def bundle(version: str, files: Mapping[str, str] | None = None) -> bytes:
    """Return a source bundle; `files` are added or, if empty, left out."""
    content = io.BytesIO()
    own = {
        "version": version,
        "public/index.php": INDEX,
        ".platform/nginx/conf.d/elasticbeanstalk/routes.conf": ROUTES,
        **(files or {}),
    }
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in own.items():
            if text:
                # Without a date of its own the same bundle made later would be another one.
                archive.writestr(zipfile.ZipInfo(name), text)
    return content.getvalue()


def deployment(
    version: str = "v1",
    settings: Mapping[tuple[str, str], str] | None = None,
    files: Mapping[str, str] | None = None,
    *,
    name: str = ENVIRONMENT,
    arn: str = ARN,
) -> Deployment:
    """Return what is to run: two instances of a version, checked at /health."""
    return Deployment(
        id=name,
        name=name,
        application="notes",
        version_label=version,
        bundle=bundle(version, files),
        settings={
            (ASG, "MinSize"): "2",
            (ASG, "MaxSize"): "4",
            (PROCESS, "HealthCheckPath"): "/health",
            (PROCESS, "HealthyThresholdCount"): "2",
            (PROCESS, "UnhealthyThresholdCount"): "2",
            (PHP_INI, "document_root"): "/public",
            (COMMAND, "Timeout"): "60",
            **(settings or {}),
        },
        region=REGION,
        load_balancer_arn=arn,
        auto_scaling_group="awseb-notes",
        cname=f"{name}.eu-west-1.elasticbeanstalk.com",
    )


def policy(name: str, size: int = 1, **settings: str) -> dict[tuple[str, str], str]:
    """Return the settings of a deployment policy with batches of so many instances."""
    own = {"DeploymentPolicy": name, "BatchSizeType": "Fixed", "BatchSize": str(size), **settings}
    return {(COMMAND, key): value for key, value in own.items()}


def ask(path: str = "/", method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    """Send one request through the load balancer."""
    connection = HTTPConnection(urlsplit(beanstalk.balancer_url(ARN)).netloc, timeout=30)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def versions(health: Health) -> Counter[str]:
    """Count the instances by their version."""
    return Counter(each.version_label for each in health.instances)


def healthy(count: int) -> Callable[[], bool]:
    """Tell whether so many instances, and no others, are there and healthy."""

    def told() -> bool:
        health = beanstalk.health(ENVIRONMENT)
        return health.color == "Green" and len(health.instances) == count

    return told


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for something of the environment to become true; how long it takes is not what is tested."""
    if not _came_true(condition, seconds):
        message = f"it did not come true: {beanstalk.health(ENVIRONMENT)}, {beanstalk.events(ENVIRONMENT)}"
        raise AssertionError(message)


def until_true(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for something to become true."""
    assert _came_true(condition, seconds)


def _came_true(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class Hammer:
    """Clients that keep calling, and what they were answered."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.failures: list[str] = []
        self._stopped = threading.Event()

    def run(self) -> None:
        host = urlsplit(beanstalk.balancer_url(ARN)).netloc
        connection = HTTPConnection(host, timeout=30)
        while not self._stopped.is_set():
            try:
                connection.request("GET", "/version")
                answer = connection.getresponse()
                text = answer.read().decode()
                found = text.partition('"version":"')[2].partition('"')[0]
                (self.answers if answer.status == 200 else self.failures).append(found or str(answer.status))
            except (OSError, HTTPException) as error:
                self.failures.append(repr(error))
                connection.close()
                connection = HTTPConnection(host, timeout=30)
            self._stopped.wait(0.003)
        connection.close()

    def stop(self) -> None:
        self._stopped.set()


@contextmanager
def hammering(clients: int = 3) -> Iterator[Hammer]:
    """Let clients call while the block lasts, from shortly before it until shortly after."""
    hammer = Hammer()
    threads = [threading.Thread(target=hammer.run) for _ in range(clients)]
    for each in threads:
        each.start()
    try:
        until(lambda: len(hammer.answers) >= 10 or bool(hammer.failures))
        yield hammer
        seen = len(hammer.answers)
        until(lambda: len(hammer.answers) >= seen + 10 or bool(hammer.failures))
    finally:
        hammer.stop()
        for each in threads:
            each.join()
