"""The rules, one module each. A new rule is a new file with a `RULE`."""

from importlib import import_module
from pkgutil import iter_modules

from aws_mobile_guard.rule import Rule, StackRule

RULES: tuple[Rule | StackRule, ...] = tuple(
    import_module(f"{__name__}.{module.name}").RULE
    for module in sorted(iter_modules(__path__), key=lambda module: module.name)
)
"""Every rule, ordered by id."""
