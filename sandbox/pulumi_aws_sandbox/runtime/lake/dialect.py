"""Athena's SQL: how a query is read, which tables it scans and which of their partitions, and how DuckDB is told it."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_READ, _WRITTEN = "athena", "duckdb"
_CATALOGS = {"awsdatacatalog", "hive"}


class SyntaxError_(ValueError):  # noqa: N801, N818 - the builtin has the plain name
    """A text that is no query of Athena's."""


class NotSupportedError(ValueError):
    """A statement that the sandbox does not run."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One mention of a table in a query."""

    node: Any
    database: str
    table: str
    place: str
    """Where it is written, as Athena says it."""


def parse(text: str) -> Any:  # noqa: ANN401 - sqlglot is imported here only
    """Read one SELECT."""
    import sqlglot  # noqa: PLC0415 - heavy, and only needed where something is asked
    from sqlglot import exp  # noqa: PLC0415 - as above
    from sqlglot.errors import ParseError, TokenError  # noqa: PLC0415 - as above

    try:
        statements = [each for each in sqlglot.parse(text, read=_READ) if each is not None]
    except ParseError as error:
        about = error.errors[0] if error.errors else {}
        where = f"line {about.get('line', 1)}:{about.get('col', 1)}"
        message = f"{where}: mismatched input '{about.get('highlight', '')}'. {about.get('description', error)}"
        raise SyntaxError_(message) from error
    except TokenError as error:
        message = f"line 1:1: {error}"
        raise SyntaxError_(message) from error
    if len(statements) != 1:
        message = f"Only one sql statement is allowed. Got: {text}"
        raise SyntaxError_(message)
    (statement,) = statements
    if not isinstance(statement, exp.Query):
        kind = (text.split() or [""])[0].upper()
        message = f"the sandbox's Athena runs SELECT only; got {kind}: make databases, tables and partitions with Glue"
        if kind in {"", "SELEC"} or not kind.isalpha():
            message = f"line 1:1: mismatched input '{kind}'"
            raise SyntaxError_(message)
        raise NotSupportedError(message)
    return statement


def bind(statement: Any, parameters: Sequence[str]) -> None:  # noqa: ANN401 - sqlglot's own types
    """Put execution parameters, each a literal of SQL, in the place of question marks, in order."""
    import sqlglot  # noqa: PLC0415 - heavy, and only needed where something is asked
    from sqlglot import exp  # noqa: PLC0415 - as above

    holes = sorted(_placeholders(statement), key=lambda each: each.meta.get("place", 0))
    if len(holes) != len(parameters):
        message = (
            f"INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected {len(holes)} but found "
            f"{len(parameters)}"
        )
        raise SyntaxError_(message)
    for hole, text in zip(holes, parameters, strict=True):
        try:
            literal = sqlglot.parse_one(text, read=_READ)
        except sqlglot.errors.SqlglotError as error:
            message = f"the execution parameter {text} is no literal; write texts as 'text'"
            raise SyntaxError_(message) from error
        if isinstance(literal, exp.Column | exp.Query):
            message = f"the execution parameter {text} is no literal; write texts as 'text'"
            raise SyntaxError_(message)
        hole.replace(literal)


def _placeholders(statement: Any) -> list[Any]:  # noqa: ANN401 - sqlglot's own types
    """Return the question marks in the order in which they are written."""
    from sqlglot import exp  # noqa: PLC0415 - heavy, and only needed where something is asked

    found = []
    # The clauses of a query are walked in the order in which SQL writes them.
    for each in _written_order(statement):
        if isinstance(each, exp.Placeholder):
            each.meta["place"] = len(found)
            found.append(each)
    return found


_CLAUSES = ("with_", "with", "expressions", "from_", "from", "laterals", "joins", "where", "group", "having")


def _written_order(node: Any) -> Any:  # noqa: ANN401 - sqlglot's own types
    from sqlglot import exp  # noqa: PLC0415 - heavy, and only needed where something is asked

    yield node
    names = list(node.args)
    if isinstance(node, exp.Query):
        names.sort(key=lambda name: _CLAUSES.index(name) if name in _CLAUSES else len(_CLAUSES))
        if isinstance(node, exp.SetOperation):
            names.sort(key=lambda name: {"with_": 0, "with": 0, "this": 1, "expression": 2}.get(name, 3))
    for name in names:
        value = node.args[name]
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, exp.Expression):
                yield from _written_order(each)


def scans(statement: Any, database: str | None) -> list[Scan]:  # noqa: ANN401 - sqlglot's own types
    """Return each mention of a table of the catalog; raise `SyntaxError_` where none says of which database."""
    from sqlglot import exp  # noqa: PLC0415 - heavy, and only needed where something is asked

    found = []
    for node in list(statement.find_all(exp.Table)):
        if not isinstance(node.this, exp.Identifier) or (not node.db and _is_cte(node)):
            continue
        place = _place(node.parts[0])
        if node.catalog and node.catalog.lower() not in _CATALOGS:
            message = f"CATALOG_NOT_FOUND: {place}: Catalog '{node.catalog}' not found"
            raise SyntaxError_(message)
        owner = node.db or database
        if not owner:
            message = f"MISSING_SCHEMA_NAME: {place}: Schema must be specified when session schema is not set"
            raise SyntaxError_(message)
        found.append(Scan(node, owner.lower(), node.name.lower(), place))
    return found


def _is_cte(node: Any) -> bool:  # noqa: ANN401 - sqlglot's own types
    above = node.parent
    while above is not None:
        with_ = above.args.get("with_") or above.args.get("with")
        if with_ is not None and any(each.alias.lower() == node.name.lower() for each in with_.expressions):
            return True
        above = above.parent
    return False


def place_of(statement: Any, column: str) -> str:  # noqa: ANN401 - sqlglot's own types
    """Return where a column is first named."""
    from sqlglot import exp  # noqa: PLC0415 - heavy, and only needed where something is asked

    found = next((each for each in statement.find_all(exp.Column) if each.name.lower() == column.lower()), None)
    return "line 1:1" if found is None else _place(found.parts[0])


def _place(identifier: Any) -> str:  # noqa: ANN401 - sqlglot's own types
    meta = identifier.meta
    if "line" not in meta:
        return "line 1:1"
    return f"line {meta['line']}:{max(1, meta['col'] - (meta['end'] - meta['start']))}"


def columns(statement: Any) -> set[str] | None:  # noqa: ANN401 - sqlglot's own types
    """Return the names of all columns in a query, or `None` if it asks for all that there are."""
    from sqlglot import exp  # noqa: PLC0415 - heavy, and only needed where something is asked

    if any(not isinstance(each.parent, exp.Count) for each in statement.find_all(exp.Star)):
        return None
    return {each.name.lower() for each in statement.find_all(exp.Column)}


def predicates(scan: Scan, keys: Mapping[str, str]) -> list[Any]:
    """Return the conditions that a scan's query puts on partition keys alone."""
    from sqlglot import exp  # noqa: PLC0415 - heavy, and only needed where something is asked

    select = scan.node.find_ancestor(exp.Select)
    where = None if select is None else select.args.get("where")
    if where is None:
        return []
    alone = not select.args.get("joins")
    name = scan.node.alias_or_name.lower()
    found = []
    for each in where.this.flatten() if isinstance(where.this, exp.And) else [where.this]:
        named = list(each.find_all(exp.Column))
        own = all(one.name.lower() in keys and (one.table.lower() == name if one.table else alone) for one in named)
        if named and own and not each.find(exp.Query):
            found.append(each)
    return found


def equalities(conditions: Sequence[Any]) -> set[str]:
    """Return the columns that conditions hold to values."""
    from sqlglot import exp  # noqa: PLC0415 - heavy, and only needed where something is asked

    return {
        each.this.name.lower()
        for each in conditions
        if isinstance(each, exp.EQ | exp.In) and isinstance(each.this, exp.Column)
    }


def condition_sql(conditions: Sequence[Any]) -> str:
    """Return conditions as DuckDB reads them, without the name of their table."""
    from sqlglot import exp  # noqa: PLC0415 - heavy, and only needed where something is asked

    def bare(node: Any) -> Any:  # noqa: ANN401 - sqlglot's own types
        return exp.column(node.this.copy()) if isinstance(node, exp.Column) else node

    return " AND ".join(f"({each.copy().transform(bare).sql(_WRITTEN)})" for each in conditions)


def rewritten(statement: Any, found: Sequence[Scan], name: Callable[[int], str]) -> str:  # noqa: ANN401 - sqlglot's own types
    """Return the query as DuckDB reads it, with each scan under a name of its own."""
    from sqlglot import exp  # noqa: PLC0415 - heavy, and only needed where something is asked

    for number, scan in zip(itertools.count(), found):
        alias = scan.node.alias or scan.node.name
        new = exp.to_table(name(number))
        new.set("alias", exp.TableAlias(this=exp.to_identifier(alias)))
        for kept in ("joins", "laterals", "sample", "pivots"):
            if scan.node.args.get(kept):
                new.set(kept, scan.node.args[kept])
        scan.node.replace(new)
    return statement.sql(_WRITTEN)
