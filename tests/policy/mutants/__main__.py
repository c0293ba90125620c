"""Plants mutants in the rules and counts those that no test objects to.

python -m policy.mutants            what has changed since the last run
python -m policy.mutants survivors  those that survived, after a test has been added
python -m policy.mutants all        everything
python -m policy.mutants MODULE …   these, for example rules/rds_ca or view
"""

import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from policy.mutants import results
from policy.mutants.breeding import mutants
from policy.mutants.hunting import Hunt, collect, concerned, module_of
from policy.mutants.results import PACKAGE, RESULTS, Result

_TESTS = Path(__file__).parents[1]
_FILES = (
    *("rules", "beanstalk", "buckets", "config", "databases", "gateways", "iam", "openapi", "plain_secrets"),
    *("policy_document", "presets", "records", "resources", "rule", "run", "security_groups"),
    *("stack", "tables", "view", "wire"),
)


def main(arguments: Sequence[str]) -> None:
    """Run the mutants of the modules asked for, and keep what was found of each as soon as it is."""
    known = results.read()[2] if RESULTS.exists() else {}
    paths = {results.name_of(path): path for path in results.modules()}
    found = {name: result for name, result in known.items() if name in paths}
    again = list(arguments) == ["survivors"]
    if again:
        wanted = [name for name, path in paths.items() if name in found and found[name].survivors]
    elif not arguments:
        wanted = [name for name, path in paths.items() if _is_stale(found.get(name), path)]
    else:
        wanted = list(paths) if list(arguments) == ["all"] else list(arguments)
    unknown = [name for name in wanted if name not in paths]
    if unknown:
        sys.exit(f"no such module: {', '.join(unknown)}; they are called rules/rds_ca or view")
    if not wanted:
        sys.stdout.write("nothing has changed since the last run\n")
        return
    collect([_TESTS / f"test_{name}.py" for name in _FILES], lambda hunt: _run(hunt, wanted, paths, found, again=again))


def _run(hunt: Hunt, wanted: Sequence[str], paths: dict[str, Path], found: dict[str, Result], *, again: bool) -> None:
    hunt.check()
    for name in wanted:
        start = time.monotonic()
        before = found.get(name)
        only = set(before.survivors) if again and before and not _is_stale(before, paths[name]) else None
        found[name] = _result(hunt, paths[name], only)
        results.write(datetime.now(UTC).date().isoformat(), f"mutmut {version('mutmut')}", found)
        result = found[name]
        for survivor in result.survivors:
            sys.stdout.write(f"  {survivor}\n")
        took = time.monotonic() - start
        killed = result.mutants - len(result.survivors)
        sys.stdout.write(f"{name}: {killed} of {result.mutants} killed in {took:.0f} s\n")
        sys.stdout.flush()


def _is_stale(result: Result | None, path: Path) -> bool:
    return result is None or result.fingerprint != results.fingerprint(path)


def _result(hunt: Hunt, path: Path, only: set[str] | None) -> Result:
    """Try the mutants of a module; those not among `only` were killed before and need not be tried again."""
    module = module_of(path, PACKAGE)
    bred = list(mutants(path, is_rule=path.parent.name == "rules"))
    survivors = [
        one for one in bred if (only is None or one.key in only) and hunt.survives(module, one, concerned(module))
    ]
    return Result(
        fingerprint=results.fingerprint(path),
        mutants=len(bred),
        survivors=[one.key for one in survivors],
        mutants_of_logic=sum(not one.in_words for one in bred),
        survivors_of_logic=[one.key for one in survivors if not one.in_words],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
