"""The mutants of one module: mutmut's, and those of its properties, which mutmut passes over."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from mutmut.mutation.file_mutation import Mutation, create_mutations

# mutmut swaps functions by a wrapper of its own, which a property cannot take; here code is swapped in place.
_PROPERTY = "    @property\n"
_HIDDEN_PROPERTY = "    # @property\n"


@dataclass(frozen=True)
class Mutant:
    """One change to one module."""

    place: str
    """The function or the constant that it changes."""
    is_constant: bool
    before: str
    after: str
    in_words: bool
    """Whether it changes nothing but a text."""
    source: str
    """The whole module with the change."""

    @property
    def key(self) -> str:
        """What tells it from the module's other mutants, wherever in the file it stands."""
        return f"{self.place}: {self.before} → {self.after}"


def mutants(path: Path, *, is_rule: bool) -> Iterator[Mutant]:
    """Go through the mutants of the module at `path`.

    Of what stands outside functions the constants count. Of the `RULE` of a rule module the defaults of its options do;
    the rest of it is shown on the page of the rules, which is compared with it as a whole.
    """
    code = path.read_text(encoding="utf-8")
    hidden = code.replace(_PROPERTY, _HIDDEN_PROPERTY)
    module, mutations, _, _ = create_mutations(str(path), hidden)
    places = _places(module)
    for mutation in mutations:
        function = mutation.contained_by_top_level_function
        if isinstance(function, cst.FunctionDef):
            yield _mutant(code, module, mutation, places[function], is_constant=False)
        elif function is None:
            place = _constant(module, mutation, is_rule=is_rule)
            if place:
                yield _mutant(code, module, mutation, place, is_constant=True)


def _mutant(code: str, module: cst.Module, mutation: Mutation, place: str, *, is_constant: bool) -> Mutant:
    changed = module.deep_replace(mutation.original_node, mutation.mutated_node)
    source = changed.code.replace(_HIDDEN_PROPERTY, _PROPERTY)
    lines = [line for line in difflib.ndiff(code.splitlines(), source.splitlines()) if line[0] in "-+"]
    before = " ".join(line[2:].strip() for line in lines if line[0] == "-")
    after = " ".join(line[2:].strip() for line in lines if line[0] == "+")
    in_words = isinstance(mutation.original_node, cst.BaseString)
    return Mutant(place, is_constant, before, after, in_words, source)


def _places(module: cst.Module) -> dict[cst.FunctionDef, str]:
    found: dict[cst.FunctionDef, str] = {}
    for statement in module.body:
        if isinstance(statement, cst.FunctionDef):
            found[statement] = statement.name.value
        elif isinstance(statement, cst.ClassDef):
            for inner in statement.body.body:
                if isinstance(inner, cst.FunctionDef):
                    found[inner] = f"{statement.name.value}.{inner.name.value}"
    return found


def _constant(module: cst.Module, mutation: Mutation, *, is_rule: bool) -> str | None:
    """Return the name of the constant that a mutation changes, if it is one that counts."""
    for line in module.body:
        if not isinstance(line, cst.SimpleStatementLine):
            continue
        for statement in line.body:
            if not isinstance(statement, cst.Assign | cst.AnnAssign) or statement.value is None:
                continue
            target = statement.target if isinstance(statement, cst.AnnAssign) else statement.targets[0].target
            if not isinstance(target, cst.Name) or not _holds(statement, mutation.original_node):
                continue
            if target.value == "__all__" or mutation.original_node is statement:
                return None
            if not (is_rule and target.value == "RULE"):
                return target.value
            defaults = _option_defaults(statement.value)
            return "RULE" if any(_holds(one, mutation.original_node) for one in defaults) else None
    return None


def _option_defaults(rule: cst.BaseExpression) -> list[cst.BaseExpression]:
    if not isinstance(rule, cst.Call):
        return []
    options = [arg.value for arg in rule.args if arg.keyword is not None and arg.keyword.value == "options"]
    calls = [element.value for option in options if isinstance(option, cst.Tuple) for element in option.elements]
    return [call.args[1].value for call in calls if isinstance(call, cst.Call)]


def _holds(tree: cst.CSTNode, node: cst.CSTNode) -> bool:
    return tree is node or any(_holds(child, node) for child in tree.children)
