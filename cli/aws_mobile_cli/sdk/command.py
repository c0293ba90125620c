"""`aws-mobile sdk`: typed, signed clients of a stack's API, each packaged as its ecosystem expects."""

import importlib.metadata
import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aws_mobile_cli.exits import Exit, UsageError
from aws_mobile_cli.failures import answered
from aws_mobile_cli.project import open_project

from .client_document import client_document
from .expressible import check_expressible
from .folders import check_free, mark, put, workshop
from .generator import GenerationError, find_generator, generate
from .packages import LANGUAGES
from .recorded import Document, document

_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    languages: Sequence[str]
    out: Path
    api: str | None
    url: str | None
    name: str | None


@answered
def sdk(folder: Path, stack: str, options: Options, *, as_json: bool) -> Exit:
    """Generate the clients; nothing is written unless all of them could be made."""
    project = open_project(folder, stack)
    name = _name(options.name or f"{project.name}-client")
    _check_url(options.url)
    check_free(options.out, options.languages)
    command = find_generator()
    described = client_document(document(project, options.api), options.url)
    check_expressible(described)
    started = time.monotonic()
    try:
        _make(command, described, name, options)
    except GenerationError as error:
        sys.stderr.write(f"aws-mobile: {error}\n")
        return Exit.FAILED
    _say(described, options, time.monotonic() - started, as_json=as_json)
    return Exit.OK


def _make(command: Sequence[str], described: Document, name: str, options: Options) -> None:
    version = importlib.metadata.version("openapi-generator-cli")
    chosen = {language: LANGUAGES[language] for language in options.languages}
    with workshop(options.out) as made:
        generated = made / "generated"
        generate(command, described, {key: each.generator for key, each in chosen.items()}, generated)
        finished = {language: made / language for language in chosen}
        for language, each in chosen.items():
            each.build(generated / language, finished[language], name, described)
            mark(finished[language], described["info"]["title"], version)
        put(finished, options.out)


def _name(name: str) -> str:
    lowered = name.lower().replace("_", "-")
    if not _NAME.fullmatch(lowered):
        message = f'"{name}" cannot name a package; give --name 1 to 64 letters, digits and hyphens, a letter first'
        raise UsageError(message)
    return lowered


def _check_url(url: str | None) -> None:
    if url is None:
        return
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        message = f'--url "{url}" is no URL of an API; give what the output api.url says, for example https://HOST/live'
        raise UsageError(message)


def _say(described: Document, options: Options, seconds: float, *, as_json: bool) -> None:
    operations = sum(len(item) for item in described["paths"].values())
    places = {language: str(options.out / language) for language in options.languages}
    if as_json:
        json.dump({"api": described["info"]["title"], "operations": operations, "clients": places}, sys.stdout)
        sys.stdout.write("\n")
        return
    for language, place in places.items():
        sys.stdout.write(f"{language:<11} {place}\n")
    sys.stdout.write(f"{operations} operations of {described['info']['title']}; generated in {seconds:.1f} s\n")
