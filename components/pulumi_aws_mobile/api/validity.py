"""Whether a document is OpenAPI 3.0.

The validator takes half a second to load, so documents that passed are remembered: the hash of what the validator saw
stands in the user's cache folder. Without such a folder, the validator is asked each time.
"""

import hashlib
import importlib.metadata
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.user_cache import user_cache

from .references import at, references
from .sources import without_outputs

VALIDATOR = "openapi-spec-validator"
_FOLDER = "openapi-validated"
_VERSION = re.compile(r"3\.0\.\d+")


def check_validity(document: Mapping[str, Any], where: str, problems: Problems) -> bool:
    """Note each place where the document is not OpenAPI 3.0; tell whether it is."""
    version = document.get("openapi", document.get("swagger"))
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        word = "swagger" if "swagger" in document and "openapi" not in document else "openapi"
        allowed = "3.0.0 to 3.0.4: API Gateway imports neither 3.1 nor, here, 2.0"
        problems.add(f"{where}.{word}", version, allowed, "convert the document, and begin it with openapi: 3.0.3")
        return False
    seen = _as_validated(document)
    if not _check_references(seen, where, problems):
        return False
    mark = _mark(seen)
    if _was_valid(mark):
        return True
    found = _ask(seen)
    for place, message in found:
        problems.add(f"{where}{place}", message, "OpenAPI 3.0", "correct the document")
    if not found:
        _remember(mark)
    return not found


def _check_references(document: Mapping[str, Any], where: str, problems: Problems) -> bool:
    """Note references that lead out of the document or nowhere; tell whether there are none."""
    broken = [(place, target) for place, target in references(document, where) if at(target, document) is None]
    for place, target in broken:
        inside = target.startswith("#/")
        fix = "correct it" if inside else "copy what it refers to into the document"
        problems.add(place, target, "references to what is in the document", fix)
    return not broken


def _as_validated(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the validator is asked about: extensions and outputs aside, greedy parameters under their names."""
    plain = _without_extensions(without_outputs(document))
    paths = plain.get("paths")
    if isinstance(paths, Mapping):
        plain["paths"] = {path.replace("+}", "}"): item for path, item in paths.items()}
    return plain


def _without_extensions(value: Any) -> Any:  # noqa: ANN401 - any part of a document
    if isinstance(value, Mapping):
        return {key: _without_extensions(inner) for key, inner in value.items() if not key.startswith("x-")}
    if isinstance(value, list):
        return [_without_extensions(inner) for inner in value]
    return value


def _ask(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the validator's complaints, each with its place."""
    from openapi_spec_validator import OpenAPIV30SpecValidator  # noqa: PLC0415 - half a second, and rarely needed

    found: set[tuple[str, str]] = set()
    try:
        for error in OpenAPIV30SpecValidator(document).iter_errors():
            inner = _deepest(error)
            path = list(inner.absolute_path)
            # Once the form is wrong, complaints about single schemas follow, which name no place in the document.
            if not path or path[0] in document:
                found.add((_place(path), _short(inner.message)))
    except Exception as error:  # noqa: BLE001 - it reads on after the first complaint, and stumbles over what is wrong
        if not found:
            found.add(("", _short(str(error))))
    return sorted(found)


def _deepest(error: Any) -> Any:  # noqa: ANN401 - an error of the validator, which is loaded later
    """Return the cause of a complaint: where nothing fits, the alternative that fitted farthest says what was meant."""
    while error.context:
        causes = [each for each in error.context if each.message != "'$ref' is a required property"]
        if not causes:
            break
        error = max(causes, key=lambda each: len(each.absolute_path))
    return error


def _place(path: Sequence[str | int]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)


def _short(message: str) -> str:
    longest = 200
    text = " ".join(message.split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _mark(document: Mapping[str, Any]) -> Path | None:
    """Return the file that stands for a document that is valid; nothing where there is no cache folder."""
    folder = user_cache(_FOLDER)
    if folder is None:
        return None
    text = json.dumps(document, sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return folder / f"{importlib.metadata.version(VALIDATOR)}-{digest}"


def _was_valid(mark: Path | None) -> bool:
    try:
        return mark is not None and mark.exists()
    except OSError:
        return False


def _remember(mark: Path | None) -> None:
    if mark is None:
        return
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    except OSError:
        return  # the next run asks again
