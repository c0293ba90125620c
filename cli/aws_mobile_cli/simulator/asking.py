"""Asks Athena the named queries, as an analyst does, and holds the answers against the truth."""

import math
import time
from collections.abc import Mapping, Sequence
from typing import Any

Row = Sequence[str | None]
_FINISHED = frozenset({"SUCCEEDED", "FAILED", "CANCELLED"})
_PAUSE_SECONDS = 0.1
_EXACT = 1e-9
"""Sums of fractions may be added up in another order."""
SESSION_TIMES = {3: 0.5, 4: 0.5}
"""Within how many seconds the times of the query `sessions` are true, by column: where a wrong clock was corrected, how
long sending took is part of them."""


class QueryFailedError(RuntimeError):
    """Athena did not answer a query; the message says why."""


def ask(athena: Any, query_id: str, database: str, first_day: str, last_day: str) -> list[Row]:  # noqa: ANN401 - a boto3 client
    """Return the rows of a named query for a span of days, in its own workgroup."""
    query = athena.get_named_query(NamedQueryId=query_id)["NamedQuery"]
    run = athena.start_query_execution(
        QueryString=query["QueryString"],
        WorkGroup=query["WorkGroup"],
        QueryExecutionContext={"Database": database},
        ExecutionParameters=[f"'{first_day}'", f"'{last_day}'"],
    )["QueryExecutionId"]
    status = athena.get_query_execution(QueryExecutionId=run)["QueryExecution"]["Status"]
    while status["State"] not in _FINISHED:
        time.sleep(_PAUSE_SECONDS)
        status = athena.get_query_execution(QueryExecutionId=run)["QueryExecution"]["Status"]
    if status["State"] != "SUCCEEDED":
        message = f"{query['Name']}: {status.get('StateChangeReason', status['State'])}"
        raise QueryFailedError(message)
    pages = athena.get_paginator("get_query_results").paginate(QueryExecutionId=run)
    rows = [row for page in pages for row in page["ResultSet"]["Rows"]]
    return [[cell.get("VarCharValue") for cell in row["Data"]] for row in rows[1:]]  # the first names the columns


def differences(
    found: Sequence[Row], true: Sequence[Sequence[Any]], within: Mapping[int, float] | None = None
) -> list[str]:
    """Return where an answer differs from the truth: no row and no number is left out.

    `within` says by how much the fractions of some columns may differ, by the columns' positions.
    """
    told = [] if len(found) == len(true) else [f"{len(found)} rows, not {len(true)}"]
    for row, expected in zip(found, true, strict=False):
        same = len(row) == len(expected) and all(
            _same(cell, value, (within or {}).get(column, _EXACT))
            for column, (cell, value) in enumerate(zip(row, expected, strict=True))
        )
        if not same:
            told.append(f"{tuple(row)}, not {tuple(expected)}")
    return told


def _same(found: str | None, true: Any, within: float) -> bool:  # noqa: ANN401 - a text or a number
    if found is None:
        return true is None
    if isinstance(true, float):
        return math.isclose(float(found), true, rel_tol=_EXACT, abs_tol=within)
    return found == str(true)
