"""What the last runs found, module by module, as `results.json` keeps it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

PACKAGE = Path(__file__).parents[3] / "policy" / "aws_mobile_guard"
RESULTS = Path(__file__).with_name("results.json")

# These only say what the rules say already: pages, presets, Pulumi's own pack. Their tests compare them as a whole, and
# the pack's start an engine's counterpart.
_BESIDE = frozenset({"__init__", "__main__", "nist", "pack", "presets", "tables"})
# Type tokens and IAM's actions: lists, with no decision in them.
_LISTS = frozenset({"aws_types", "star_only"})


@dataclass(frozen=True)
class Result:
    """What became of the mutants of one module."""

    fingerprint: str
    """Of the module as it was then."""
    mutants: int
    survivors: list[str]
    mutants_of_logic: int
    """Those that change something other than a text."""
    survivors_of_logic: list[str]


def modules() -> list[Path]:
    """Return the modules that decide what is found."""
    helpers = [path for path in sorted(PACKAGE.glob("*.py")) if path.stem not in _BESIDE | _LISTS]
    return [*helpers, *(path for path in sorted((PACKAGE / "rules").glob("*.py")) if path.stem != "__init__")]


def name_of(path: Path) -> str:
    """Return what a module is called here."""
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def fingerprint(path: Path) -> str:
    """Return what changes whenever a module does."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def read() -> tuple[str, str, dict[str, Result]]:
    """Return the day of the last run, what made the mutants, and the result of each module."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8"))
    return kept["day"], kept["tool"], {name: Result(**one) for name, one in kept["modules"].items()}


def write(day: str, tool: str, found: dict[str, Result]) -> None:
    """Keep the results."""
    kept = {"day": day, "tool": tool, "modules": {name: asdict(found[name]) for name in sorted(found)}}
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
