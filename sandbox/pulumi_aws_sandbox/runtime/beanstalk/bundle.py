"""A source bundle: its files, and what its .ebextensions and .platform folders say.

https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/ebextensions.html and
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/platforms-linux-extend.hooks.html
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pulumi_aws_sandbox.runtime.beanstalk.deployment import Settings

_EXTENSIONS = ".ebextensions/"
_NOT_RUN = ("packages", "groups", "users", "sources", "commands", "services", "Resources")
_EXECUTABLE = 0o755


class BundleError(ValueError):
    """A bundle that Beanstalk could not deploy."""


@dataclass(frozen=True, slots=True)
class Command:
    """One of `container_commands`."""

    name: str
    command: str | tuple[str, ...]
    test: str | None
    environment: Mapping[str, str]
    folder: str | None
    ignore_errors: bool
    leader_only: bool


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle's own files say about its deployment."""

    commands: tuple[Command, ...]
    settings: Settings
    files: Mapping[str, str]
    """The content of each of `files`, by its path, as far as it stands in the bundle."""
    remarks: tuple[str, ...]
    """What is done on AWS and not here."""
    health_check: Mapping[str, str]
    """What a bundle sets of the Auto Scaling group's health check, which is the one way to set it."""


def read(content: bytes) -> Bundle:
    """Read a bundle; raise `BundleError` if it is none."""
    commands: list[Command] = []
    settings: dict[tuple[str, str], str] = {}
    files: dict[str, str] = {}
    remarks: list[str] = []
    health_check: dict[str, str] = {}
    with _opened(content) as archive:
        names = archive.namelist()
        for name in sorted(each for each in names if _is_configuration(each)):
            document = _parsed(name, archive.read(name))
            commands += _commands(name, document.get("container_commands"))
            settings |= _settings(name, document.get("option_settings"))
            health_check |= (own := _health_check(document))
            for path, about in sorted(_mapping(name, "files", document.get("files")).items()):
                if "content" in _mapping(name, path, about) and path.startswith("/var/app/"):
                    files[path] = str(about["content"])
                elif "source" in about:
                    remarks.append(f"{name}: {path} is not fetched from {about['source']}: nothing here has a network")
                else:
                    remarks.append(f"{name}: {path} is not written: it is outside of the application's own folder")
            skipped = [key for key in _NOT_RUN if key in document and not (key == "Resources" and own)]
            remarks += [f"{name}: {key} is left out: it would change this machine or AWS" for key in skipped]
    if "composer.json" in names and not any(each.startswith("vendor/") for each in names):
        remarks.append("composer.json: nothing is installed, for nothing here has a network; put vendor/ in the bundle")
    return Bundle(tuple(commands), settings, files, tuple(remarks), health_check)


def unpack(content: bytes, folder: Path) -> None:
    """Unpack a bundle into a new folder."""
    folder.mkdir(parents=True)
    with _opened(content) as archive:
        for info in archive.infolist():
            path = Path(archive.extract(info, folder))
            mode = info.external_attr >> 16 & 0o777
            if mode and path.is_file():
                path.chmod(mode | 0o600)


def hooks(folder: Path, stage: str) -> list[Path]:
    """Return the hooks of a stage in their order; the platform makes them executable."""
    found = sorted(each for each in (folder / ".platform" / "hooks" / stage).glob("*") if each.is_file())
    for each in found:
        each.chmod(_EXECUTABLE)
    return found


def routes_to_front_controller(folder: Path, root: Path) -> bool:
    """Tell whether paths without a file would reach index.php on AWS: only by configuration in the bundle."""
    if (root / ".htaccess").is_file():
        return True
    return any("try_files" in each.read_text(errors="replace") for each in (folder / ".platform").rglob("*.conf"))


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        message = "the source bundle is not a zip file"
        raise BundleError(message) from error


def _is_configuration(name: str) -> bool:
    return name.startswith(_EXTENSIONS) and name.endswith(".config") and name.count("/") == 1


def _parsed(name: str, content: bytes) -> dict[str, Any]:
    text = content.decode(errors="replace")
    try:
        # Beanstalk takes both; a tab may indent JSON and must not indent YAML.
        found = json.loads(text) if text.lstrip().startswith("{") else yaml.safe_load(text)
    except (json.JSONDecodeError, yaml.YAMLError) as error:
        message = f"{name} is neither YAML nor JSON: {error}"
        raise BundleError(message) from error
    return _mapping(name, "the file", found)


def _mapping(name: str, key: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - any YAML
    if value is None:
        return {}
    if not isinstance(value, dict):
        message = f"{name}: {key} must be a mapping: got {type(value).__name__}"
        raise BundleError(message)
    return {str(each): content for each, content in value.items()}


def _commands(name: str, value: Any) -> list[Command]:  # noqa: ANN401 - any YAML
    found = []
    for key, content in sorted(_mapping(name, "container_commands", value).items()):
        about = _mapping(name, key, content)
        command = about.get("command")
        if not isinstance(command, str | list):
            message = f"{name}: container_commands {key} needs a command, as a text or a list"
            raise BundleError(message)
        found.append(
            Command(
                name=key,
                command=command if isinstance(command, str) else tuple(str(part) for part in command),
                test=None if about.get("test") is None else str(about["test"]),
                environment={each: str(given) for each, given in _mapping(name, key, about.get("env")).items()},
                folder=None if about.get("cwd") is None else str(about["cwd"]),
                ignore_errors=_true(about.get("ignoreErrors")),
                leader_only=_true(about.get("leader_only")),
            )
        )
    return found


def _settings(name: str, value: Any) -> dict[tuple[str, str], str]:  # noqa: ANN401 - any YAML
    """Read option_settings, which may be a list of options or a mapping of namespaces."""
    if isinstance(value, list):
        found = {}
        for each in value:
            about = _mapping(name, "option_settings", each)
            namespace = str(about.get("namespace", "aws:elasticbeanstalk:application:environment"))
            found[namespace, str(about.get("option_name"))] = _text(about.get("value"))
        return found
    spaces = _mapping(name, "option_settings", value)
    return {
        (namespace, option): _text(given)
        for namespace, options in spaces.items()
        for option, given in _mapping(name, namespace, options).items()
    }


def _health_check(document: dict[str, Any]) -> dict[str, str]:
    found: Any = document.get("Resources")
    for key in ("AWSEBAutoScalingGroup", "Properties"):
        found = found.get(key) if isinstance(found, dict) else None
    about = found if isinstance(found, dict) else {}
    return {str(key): str(value) for key, value in about.items() if str(key).startswith("HealthCheck")}


def _text(value: Any) -> str:  # noqa: ANN401 - any YAML
    return str(value).lower() if isinstance(value, bool) else str(value)


def _true(value: Any) -> bool:  # noqa: ANN401 - any YAML
    return str(value).strip().lower() == "true"
