"""Finds out which mutants the tests kill: a fork of this process for each, and in it only the tests that can tell.

The tests are collected once. A fork takes no time worth speaking of, so a mutant costs what its tests cost. Those that
name the mutated rule run first, or those beside the mutated module. Of the others that change a stack only those run
under whose change the mutant says anything that the original does not; the rest could not fail.
"""

import ast
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from _pytest.runner import runtestprotocol
from policy.breaks import Break
from policy.compliant_stack import broken
from policy.guard_stack import Specs, build
from policy.mutants.breeding import Mutant
from policy.mutants.planting import plant
from policy.test_rules import STRICT, TODAY

from aws_mobile_guard.config import read_config
from aws_mobile_guard.resources import Resource, ResourceInput
from aws_mobile_guard.rule import BaseRule, Rule
from aws_mobile_guard.rules import RULES
from aws_mobile_guard.run import Finding, judge
from aws_mobile_guard.stack import Stack

# A mutant that loops for ever is ended, and counts as killed: a test that does not end does not pass either.
_LONGEST_SECONDS = 60
_SURVIVED = 0
_KILLED = 1
_SETTINGS = read_config(STRICT, RULES)
_ABOUT_ALL = {"test_tables.py"}
"""The files about every rule that name none."""
_PACKAGE = "aws_mobile_guard"
_RESOURCE_RULES = {rule.id: rule for rule in RULES if isinstance(rule, Rule)}


@dataclass
class Case:
    """A test under one of the changes of the tables."""

    item: pytest.Item
    stacks: tuple["Scene", ...]
    """The changed stack as it is deployed and as it is in a preview."""


@dataclass
class Scene:
    """A stack, and what the rules say of it."""

    views: list[Resource]
    stack: Stack
    said: dict[str, list[Finding]] = field(default_factory=dict)


class Hunt:
    """Every test, and what the rules say before anything is changed."""

    def __init__(self, items: Sequence[pytest.Item]) -> None:
        """Take the tests, and note the findings of every rule on every changed stack."""
        self._by_rule: dict[str, list[pytest.Item]] = {}
        self._by_file: dict[str, list[pytest.Item]] = {}
        self._single: list[pytest.Item] = []
        self._cases: list[Case] = []
        views: dict[tuple[str, str], list[tuple[ResourceInput, Resource]]] = {}
        for item in items:
            self._by_file.setdefault(item.path.name, []).append(item)
            params = getattr(getattr(item, "callspec", None), "params", {})
            for value in params.values():
                name = _rule_of(value)
                if name:
                    self._by_rule.setdefault(name, []).append(item)
            change = params.get("change") or getattr(params.get("one"), "change", None)
            if change is not None:
                self._cases.append(Case(item, tuple(_scenes(broken(change), views))))
            elif not params and item.path.name == "test_rules.py":
                self._single.append(item)
        self._texts = {items[0].path.name: items[0].path.read_text("utf-8") for items in self._by_file.values()}
        for case in self._cases:
            for scene in case.stacks:
                scene.said = {rule.id: _say(rule, scene) for rule in RULES}

    def survives(self, module: ModuleType, mutant: Mutant, concerned: Sequence[BaseRule]) -> bool:
        """Tell whether no test objects to a mutant of `module`, which can only change what `concerned` say."""
        child = os.fork()
        if child:
            _, status = os.waitpid(child, 0)
            return os.waitstatus_to_exitcode(status) == _SURVIVED
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_LONGEST_SECONDS)
        try:
            plant(module, mutant)
            _SETTINGS.update(read_config(STRICT, RULES))
            _of_view.cache_clear()
            killed = any(_fails(item) for item in self._chosen(module, concerned))
        except BaseException:  # noqa: BLE001 - what fails here fails every test
            killed = True
        os._exit(_KILLED if killed else _SURVIVED)

    def check(self) -> None:
        """Make sure that the tests pass while nothing is changed, or every mutant would seem killed."""
        failing = [item.nodeid for items in self._by_file.values() for item in items if _fails(item)]
        if failing:
            sys.exit(f"these tests fail without any mutant: {', '.join(failing)}")

    def _chosen(self, module: ModuleType, concerned: Sequence[BaseRule]) -> Iterator[pytest.Item]:
        first: Iterable[pytest.Item]
        if len(concerned) == 1:
            first = self._by_rule.get(concerned[0].id, ())
        else:
            first = self._by_file.get(f"test_{module.__name__.rpartition('.')[2]}.py", ())
        seen = {id(item) for item in first}
        yield from first
        for case in self._cases:
            if id(case.item) not in seen and any(_differs(scene, concerned) for scene in case.stacks):
                yield case.item
        yield from self._single
        if len(concerned) > 1:  # what is the same for every rule, of one
            yield from self._by_rule.get(concerned[0].id, ())
        for name, items in self._by_file.items():
            named = len(concerned) > 1 or concerned[0].id in self._texts[name] or name in _ABOUT_ALL
            if named and name != "test_rules.py":
                yield from items


def _rule_of(value: object) -> str | None:
    if isinstance(value, Break):
        return value.rule
    if isinstance(value, BaseRule):
        return value.id
    return value if isinstance(value, str) and value in _SETTINGS else None


def _scenes(specs: Specs, views: dict[tuple[str, str], list[tuple[ResourceInput, Resource]]]) -> Iterator[Scene]:
    """Build a stack both ways, with one view for all resources that are the same in many stacks."""
    for known in (True, False):
        found = []
        for one in build(specs, known=known):
            alike = views.setdefault((one.urn, one.type), [])
            view = next((view for other, view in alike if other == one), None)
            if view is None:
                view = Resource(one)
                alike.append((one, view))
            found.append(view)
        yield Scene(found, Stack(found))


def _say(rule: BaseRule, scene: Scene) -> list[Finding]:
    if isinstance(rule, Rule):
        views = (view for view in scene.views if view.type in rule.types)
        return [finding for view in views for finding in _of_view(rule.id, view)]
    return list(judge(rule, partial(rule.check, scene.stack), "", _SETTINGS[rule.id], TODAY))


@cache
def _of_view(rule_id: str, view: Resource) -> Sequence[Finding]:
    """Ask a rule about a resource once, however many stacks have it."""
    rule = _RESOURCE_RULES[rule_id]
    return list(judge(rule, partial(rule.check, view), view.urn, _SETTINGS[rule_id], TODAY))


def _differs(scene: Scene, concerned: Sequence[BaseRule]) -> bool:
    return any(_say(rule, scene) != scene.said[rule.id] for rule in concerned)


def _fails(item: pytest.Item) -> bool:
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


class Collected:
    """Takes over pytest's loop once the tests are collected."""

    def __init__(self, then: Callable[[Hunt], None]) -> None:
        """Call `then` in place of running the tests."""
        self._then = then

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Hand the tests on."""
        hunt = Hunt(session.items)
        gc.collect()
        gc.freeze()
        self._then(hunt)
        return True


def collect(files: Sequence[Path], then: Callable[[Hunt], None]) -> None:
    """Collect the tests of `files` and go on with them."""
    quiet = ["-q", "--no-header", "--assert=plain", "--tb=native", "-p", "no:randomly", "-p", "no:cacheprovider"]
    status = pytest.main([*quiet, *map(str, files)], plugins=[Collected(then)])
    if status != pytest.ExitCode.OK:
        sys.exit(f"the tests could not be collected: {status!r}")


def module_of(path: Path, package: Path) -> ModuleType:
    """Return the module at `path`, which is imported already."""
    relative = path.relative_to(package.parent).with_suffix("")
    return import_module(".".join(relative.parts))


def concerned(module: ModuleType) -> Sequence[BaseRule]:
    """Return the rules whose findings a module can change: its own, or those that stand on it; the run itself, all."""
    found = [rule for rule in RULES if module.__name__ in _stands_on(rule.check.__module__)]
    return found or RULES


@cache
def _stands_on(name: str) -> frozenset[str]:
    """Return a module of the rules, and all of them that it imports."""
    tree = ast.parse(Path(str(sys.modules[name].__file__)).read_text(encoding="utf-8"))
    lines = [line for line in tree.body if isinstance(line, ast.ImportFrom) and line.module]
    named = {part for line in lines for part in (line.module, *(f"{line.module}.{one.name}" for one in line.names))}
    below = (_stands_on(one) for one in named if one.startswith(f"{_PACKAGE}.") and one in sys.modules)
    return frozenset({name}).union(*below)
