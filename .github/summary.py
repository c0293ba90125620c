# ruff: noqa: INP001 - a script that workflows run, not a package
"""Writes what a pull request changes as Markdown: `summary.py PREVIEWS [--before PREVIEWS]`.

Each folder has a document of `aws-mobile preview --json` per stack, named after it. The exit code is 1 if a mandatory
policy refuses a stack or a stack does not build, so that the check of the pull request fails.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

_LONGEST = 60_000
"""A comment on GitHub has at most 65536 characters."""
_LONGEST_LIST = 200

Document = Mapping[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the summary and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("previews", type=Path)
    parser.add_argument("--before", type=Path)
    options = parser.parse_args(arguments)
    now, before = _documents(options.previews), _documents(options.before) if options.before else {}
    text = "\n".join(summary(now, before))
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}\n\n… the rest is in the run's artifact."
    sys.stdout.write(f"{text}\n")
    return 1 if not now or any(_refused(document) for document in now.values()) else 0


def summary(now: Mapping[str, Document], before: Mapping[str, Document]) -> Iterator[str]:
    """Yield the lines: one table of all stacks, then what is to be said of each."""
    yield "## What this changes"
    yield ""
    if not now:
        yield "No stack could be previewed."
        return
    yield "| stack | resources | new | gone | changed | protected | policies |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    for stack in sorted({*now, *before}):
        yield _row(stack, now.get(stack), before.get(stack))
    for stack, document in sorted(now.items()):
        yield from _details(stack, document, before.get(stack))


def _documents(folder: Path) -> dict[str, Document]:
    """Return the documents of a folder; one that is no JSON says that its preview failed."""
    found: dict[str, Document] = {}
    for file in sorted(folder.glob("*.json")):
        try:
            found[file.stem] = json.loads(file.read_text(encoding="utf-8"))
        except ValueError:
            found[file.stem] = {"error": "the preview printed no document"}
    return found


def _refused(document: Document) -> bool:
    return "error" in document or document["summary"]["mandatory"] > 0


def _row(stack: str, now: Document | None, before: Document | None) -> str:
    name = f"`{stack}`"
    if now is None:
        return f"| {name} | | | | | | the stack file is gone; what it deployed is not |"
    if "error" in now:
        return f"| {name} | | | | | | ❌ does not build |"
    new, gone, changed = changes(now, before)
    figures = now["summary"]
    verdict = f"❌ {figures['mandatory']} mandatory" if figures["mandatory"] else "✅"
    advice = f", {figures['advisory']} advisory" if figures["advisory"] else ""
    counts = [str(figures["create"]), *(str(len(urns)) for urns in (new, gone, changed)), str(figures["protected"])]
    return f"| {name} | {' | '.join(counts)} | {verdict}{advice} |"


def changes(now: Document, before: Document | None) -> tuple[list[str], list[str], list[str]]:
    """Return the URNs that are new, gone, and there with other inputs; all are new where there was nothing before."""
    ours = _inputs(now)
    theirs = _inputs(before) if before is not None and "error" not in before else {}
    new = [urn for urn in ours if urn not in theirs]
    gone = [urn for urn in theirs if urn not in ours]
    changed = [urn for urn, inputs in ours.items() if urn in theirs and theirs[urn] != inputs]
    return new, gone, changed


def _inputs(document: Document) -> dict[str, Any]:
    return {resource["urn"]: resource["inputs"] for resource in document["resources"] if resource["custom"]}


def _details(stack: str, document: Document, before: Document | None) -> Iterator[str]:
    if "error" in document:
        yield from ("", f"### `{stack}` does not build", "", "```", str(document["error"]).replace("```", "'''"), "```")
        return
    findings = [finding for finding in document["policies"] if finding["mandatory"]]
    if findings:
        yield from ("", f"### `{stack}` breaks mandatory policies", "")
        for finding in findings:
            yield f"- **{finding['rule']}** `{_name(finding['urn'])}`: {_plain(finding['message'])}"
    if before is None:
        yield from ("", f"`{stack}` is new: {_kinds(_inputs(document))}")
        return
    for title, urns in zip(("new", "gone", "changed"), changes(document, before), strict=True):
        if urns:
            yield from ("", f"<details><summary>{stack}: {len(urns)} {title}: {_kinds(urns)}</summary>", "")
            yield from (f"- `{_kind(urn)}` `{_name(urn)}`" for urn in urns[:_LONGEST_LIST])
            if len(urns) > _LONGEST_LIST:
                yield f"- and {len(urns) - _LONGEST_LIST} more"
            yield from ("", "</details>")


def _kinds(urns: Iterable[str]) -> str:
    """Say how many there are of each service."""
    counts = Counter(_kind(urn).split(".")[0] for urn in urns)
    return ", ".join(f"{count} {kind}" for kind, count in counts.most_common())


def _kind(urn: str) -> str:
    """Return the type in a URN as a program writes it."""
    package, module, kind = urn.split("::")[2].rsplit("$", 1)[-1].split(":")
    service = module.split("/")[0]
    return f"{package if service == 'index' else service}.{kind}"


def _name(urn: str) -> str:
    return urn.rsplit("::", 1)[-1]


def _plain(text: str) -> str:
    """Return a text of one line in which nothing is read as Markdown or HTML."""
    return " ".join(text.split()).replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*").replace("@", "@\u200b")


if __name__ == "__main__":
    sys.exit(main())
