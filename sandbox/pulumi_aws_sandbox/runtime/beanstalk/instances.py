"""One instance: an unpacked bundle under PHP's own server, on a port of this machine."""

import re
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from pulumi_aws_sandbox.runtime.beanstalk import bundle
from pulumi_aws_sandbox.runtime.beanstalk.bundle import BundleError
from pulumi_aws_sandbox.runtime.beanstalk.commands import CommandFailedError, Runner, base
from pulumi_aws_sandbox.runtime.beanstalk.environment_variables import (
    Profile,
    UnavailableValueError,
    take_profile,
    variables,
)
from pulumi_aws_sandbox.runtime.beanstalk.options import PHP_INI, Options
from pulumi_aws_sandbox.runtime.beanstalk.releases import Release
from pulumi_aws_sandbox.runtime.beanstalk.software import PHP
from pulumi_aws_sandbox.runtime.beanstalk.status import Instance as Shown
from pulumi_aws_sandbox.runtime.beanstalk.targets import Target
from pulumi_aws_sandbox.runtime.child_processes import Child, Children, program

_WORKERS = "4"
_START_SECONDS = 30
_POLL_SECONDS = 0.01
_LISTENS = re.compile(rb"Development Server \(http://127\.0\.0\.1:(\d+)\) started")
# What PHP's server writes of connections; the application's own lines are worth keeping.
_NOISE = re.compile(r"^\[\d+\] \[[^]]+\] (127\.0\.0\.1:\d+ |PHP [\d.]+ Development Server)")
# The platform's defaults: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/php-configuration-namespace.html
_INI = {
    "allow_url_fopen": "On",
    "display_errors": "Off",
    "max_execution_time": "60",
    "memory_limit": "256M",
    "zlib.output_compression": "Off",
}
_NO_INI = {"document_root", "composer_options"}
# PHP-FPM, which the platform uses, gives the environment's properties to $_SERVER too.
_PREPENDED = "<?php foreach (getenv() as $name => $value) { $_SERVER[$name] ??= $value; $_ENV[$name] ??= $value; }\n"


class DeployFailedError(Exception):
    """A release could not be deployed to an instance; what ran there before still does."""


class Instance:
    """One instance, which may have several releases in turn."""

    def __init__(self, children: Children, zone: str, server_url: str | None, say: Callable[[str, str], None]) -> None:
        """Make an instance without an application; `say` takes a severity and a message."""
        self.id = f"i-{secrets.token_hex(9)[:17]}"
        self.zone = zone
        self.launched_at = time.monotonic()
        self.target = Target(self.id)
        self.release: Release | None = None
        self.profile: Profile | None = None
        self._children = children
        self._url = server_url
        self._say = say
        self._folder = children.folder / self.id
        self._folder.mkdir()
        (self._folder / "prepend.php").write_text(_PREPENDED)
        self._output = self._folder / "output"
        self._deployments = 0
        self._running: Path | None = None
        self._child: Child | None = None
        self._read_so_far = 0

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self._child is not None and self._child.alive

    @property
    def how_it_ended(self) -> str:
        """How its process ended, in words."""
        return "it was never started" if self._child is None else self._child.how_it_ended

    def show(self) -> Shown:
        """Return what is told of it."""
        child, release = self._child, self.release
        return Shown(
            id=self.id,
            zone=self.zone,
            version_label=release.deployment.version_label if release else "",
            state=self.target.state.value if child is not None else "starting",
            pid=child.pid if child is not None else 0,
            port=self.target.port,
        )

    def deploy(self, release: Release, *, leader: bool) -> None:
        """Bring a release here, as the platform does: beside the one that runs, then in its place.

        Raise `DeployFailedError` if that fails; until then the former release serves.
        """
        self._deployments += 1
        folder = self._folder / f"app-{self._deployments}"
        try:
            profile = take_profile(release.options.instance_profile, release.deployment.region, self.id, self._url)
            found = variables(release.options, profile, release.deployment.region)
            for remark in found.remarks:
                self._say("WARN", f"{self.id}: {remark}")
            bundle.unpack(release.deployment.bundle, folder)
            _write_files(release, folder)
            seconds = release.options.timeout_seconds
            runner = Runner(self._children, folder, found.values, seconds, self._tell)
            runner.run_hooks("prebuild")
            runner.run_all(release.bundle.commands, leader=leader)
            runner.run_hooks("predeploy")
            self._replace_process(release.options, folder, base(found.values))
            self.profile, self.release, self._running = profile, release, folder
            runner.run_hooks("postdeploy")
        except (BundleError, CommandFailedError, UnavailableValueError, OSError, RuntimeError) as error:
            # The latter two are the machine's, or the sandbox's that ends meanwhile.
            message = f"{self.id}: {error}"
            raise DeployFailedError(message) from error
        finally:
            self._remove_folders()

    def kill(self) -> None:
        """End it, and leave nothing behind."""
        if self._child is not None:
            self._child.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def new_lines(self) -> list[str]:
        """Return what the application wrote since it was last asked."""
        try:
            with self._output.open("rb") as output:
                output.seek(self._read_so_far)
                written = output.read()
        except FileNotFoundError:
            return []
        whole = written[: written.rfind(b"\n") + 1]
        self._read_so_far += len(whole)
        return [line for line in whole.decode(errors="replace").splitlines() if not _NOISE.match(line)]

    def _tell(self, text: str) -> None:
        self._say("INFO", f"{self.id}: {text}")

    def _replace_process(self, options: Options, folder: Path, values: dict[str, str]) -> None:
        root = folder / options.of(PHP_INI).get("document_root", "/").strip().strip("/")
        if not root.is_dir() or not root.resolve().is_relative_to(folder.resolve()):
            message = f'the document root "{options.of(PHP_INI)["document_root"]}" is not in the source bundle'
            raise BundleError(message)
        if (root / "index.php").is_file() and not bundle.routes_to_front_controller(folder, root):
            self._say(
                "WARN",
                "no configuration in the bundle sends paths without a file to index.php: that works here, and is 404 "
                "on AWS; add .platform/nginx/conf.d/elasticbeanstalk/NAME.conf with a try_files",
            )
        ini = _INI | {name: value for name, value in options.of(PHP_INI).items() if name not in _NO_INI}
        settings = [f"{name}={value}" for name, value in ini.items()]
        settings += [f"auto_prepend_file={self._folder / 'prepend.php'}", "log_errors=On", "html_errors=Off"]
        command = [program(PHP) or PHP, "-S", "127.0.0.1:0", "-t", str(root)]
        command += [part for setting in settings for part in ("-d", setting)]
        if self._child is not None:
            self._child.kill()
        self._output.touch()
        start = self._output.stat().st_size
        # Instances have host names of their own on AWS, and this machine's here. What the environment sets wins.
        environment = {"INSTANCE_ID": self.id, "PHP_CLI_SERVER_WORKERS": _WORKERS, **values}
        self._child = self._children.start(command, env=environment, cwd=root, output=self._output)
        self.target.port = self._port(self._child, start)

    def _port(self, child: Child, start: int) -> int:
        """Wait until the server listens, and return where: it picks a free port itself."""
        until = time.monotonic() + _START_SECONDS
        while child.alive and time.monotonic() < until:
            with self._output.open("rb") as output:
                output.seek(start)
                found = _LISTENS.search(output.read())
            if found is not None:
                return int(found[1])
            time.sleep(_POLL_SECONDS)
        child.kill()
        with self._output.open("rb") as output:
            output.seek(start)
            message = f"PHP did not start: {output.read().decode(errors='replace').strip()}"
        raise BundleError(message)

    def _remove_folders(self) -> None:
        """Remove the folders of releases that do not run here."""
        for each in self._folder.glob("app-*"):
            if each != self._running:
                shutil.rmtree(each, ignore_errors=True)


def _write_files(release: Release, folder: Path) -> None:
    """Write the `files` that belong to the application's own folder."""
    for place, content in release.bundle.files.items():
        path = (folder / place.removeprefix("/var/app/").partition("/")[2]).resolve()
        if path.is_relative_to(folder.resolve()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
