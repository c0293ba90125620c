"""Puts a mutant into the running process, where everything else has been imported already."""

import sys
from dataclasses import fields
from types import FunctionType, ModuleType
from typing import Any

from policy.mutants.breeding import Mutant

from aws_mobile_guard.rule import BaseRule
from aws_mobile_guard.rules import RULES


def plant(module: ModuleType, mutant: Mutant) -> None:
    """Make the module behave as the mutant says; whatever fails here would fail every test too."""
    code = compile(mutant.source, str(module.__file__), "exec")
    if isinstance(vars(module).get("RULE"), BaseRule):
        _plant_rule(module, code)
        return
    # The classes stay those that everybody has imported; only what their functions do is taken from the mutant.
    names: dict[str, Any] = {
        "__name__": module.__name__,
        "__file__": module.__file__,
        "__package__": module.__package__,
    }
    shadow = ModuleType(module.__name__)
    vars(shadow).update(names)
    original = sys.modules[module.__name__]
    sys.modules[module.__name__] = shadow
    try:
        exec(code, vars(shadow))  # noqa: S102 - the project's own code
    finally:
        sys.modules[module.__name__] = original
    if mutant.is_constant:
        _plant_constant(module, mutant.place, vars(shadow)[mutant.place])
    else:
        _plant_function(_function(module, mutant.place), _function(shadow, mutant.place))


def _plant_rule(module: ModuleType, code: Any) -> None:  # noqa: ANN401 - a code object
    rule = vars(module)["RULE"]
    exec(code, vars(module))  # noqa: S102 - the project's own code
    for field in fields(rule):
        object.__setattr__(rule, field.name, getattr(vars(module)["RULE"], field.name))


def _plant_constant(module: ModuleType, name: str, value: object) -> None:
    old = vars(module)[name]
    for other in list(sys.modules.values()):
        if getattr(other, "__dict__", {}).get(name) is old:  # the tests have it by its name, too
            setattr(other, name, value)
    for rule in RULES:
        for option, default in rule.defaults.items():
            if default is old:
                object.__setattr__(rule, "defaults", {**rule.defaults, option: value})


def _function(module: ModuleType, place: str) -> FunctionType:
    found: Any = module
    for name in place.split("."):
        found = vars(found)[name]
    return found.fget if isinstance(found, property) else found


def _plant_function(old: FunctionType, new: FunctionType) -> None:
    old.__code__ = new.__code__
    old.__defaults__ = new.__defaults__
    old.__kwdefaults__ = new.__kwdefaults__
