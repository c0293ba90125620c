"""Metric math: the operators and the functions that alarms are made of.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
"""

import math
import operator
import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Series = Mapping[int, float]
"""Values by the place of their period in the evaluation range; a missing one is not there."""
Value = float | Series | Sequence[Series]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an expression works on."""

    series: Mapping[str, Series]
    """By the ids of the queries."""
    periods: int
    """How many there are in the range."""
    period_seconds: int


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was read."""

    of: Callable[[Inputs], Value]
    names: frozenset[str]
    """The ids that it uses."""


_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<text>"[^"]*"|'[^']*')|(?P<name>[A-Za-z_]\w*)"""
    r"""|(?P<sign>==|!=|<=|>=|&&|\|\||[-+*/^()<>,\[\]]))"""
)
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
}
_LONGEST = 2048


def parse(text: str) -> Expression:
    """Read an expression; raise `ValueError` where it is none, or uses what the sandbox does not have."""
    if len(text) > _LONGEST:
        message = f"an expression has at most {_LONGEST} characters; got {len(text)}"
        raise ValueError(message)
    reader = _Reader(text)
    expression = reader.either()
    reader.end()
    return expression


def evaluate(text: str, inputs: Inputs) -> Series:
    """Return what an expression makes of the series; a plain number is the same in every period."""
    value = parse(text).of(inputs)
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Sequence):
        message = f"{text}: an alarm watches one time series; got {len(value)}"
        raise ValueError(message)  # noqa: TRY004 - it is the expression that is wrong
    return dict.fromkeys(range(inputs.periods), value)


class _Reader:
    """Reads an expression from left to right, what binds least at the outside."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def end(self) -> None:
        """Refuse what is left over."""
        if self._text[self._at :].strip():
            self._refuse()

    def either(self) -> Expression:
        """Read what OR joins."""
        left = self._both()
        while self._takes("OR", "||"):
            left = _joined(left, self._both(), lambda a, b: float(bool(a) or bool(b)))
        return left

    def _both(self) -> Expression:
        left = self._compared()
        while self._takes("AND", "&&"):
            left = _joined(left, self._compared(), lambda a, b: float(bool(a) and bool(b)))
        return left

    def _compared(self) -> Expression:
        left = self._sum()
        while sign := self._takes(*_COMPARED):
            compare = _COMPARED[sign]
            left = _joined(left, self._sum(), lambda a, b, compare=compare: float(compare(a, b)))
        return left

    def _sum(self) -> Expression:
        left = self._product()
        while sign := self._takes("+", "-"):
            left = _joined(left, self._product(), operator.add if sign == "+" else operator.sub)
        return left

    def _product(self) -> Expression:
        left = self._negative()
        while sign := self._takes("*", "/"):
            left = _joined(left, self._negative(), operator.mul if sign == "*" else _divided)
        return left

    def _negative(self) -> Expression:
        if self._takes("-"):
            inner = self._negative()
            return Expression(lambda given: _each(operator.neg, inner.of(given)), inner.names)
        return self._power()

    def _power(self) -> Expression:
        left = self._one()
        if self._takes("^"):
            return _joined(left, self._negative(), _raised)
        return left

    def _one(self) -> Expression:  # noqa: PLR0911 - a return for each kind of thing that may stand there
        if self._takes("("):
            inner = self.either()
            self._require(")")
            return inner
        if self._takes("["):
            return _array(self._listed("]"))
        found = _TOKEN.match(self._text, self._at)
        if found is None or not (found["number"] or found["name"]):
            return self._refuse()
        self._at = found.end()
        if found["number"]:
            number = float(found["number"])
            return Expression(lambda _: number, frozenset())
        name = found["name"]
        if self._takes("("):
            return self._call(name)
        if name in {"LINEAR", "REPEAT"}:
            return Expression(lambda _: math.nan, frozenset({name}))
        return Expression(lambda given: given.series[name], frozenset({name}))

    def _call(self, name: str) -> Expression:
        if name == "METRICS":
            return self._metrics()
        how = _FUNCTIONS.get(name)
        if how is None:
            message = f"the sandbox has no function {name}; it has {', '.join(sorted([*_FUNCTIONS, 'METRICS']))}"
            raise ValueError(message)
        arguments = self._listed(")")
        least, most, make = how
        if not least <= len(arguments) <= most:
            message = f"{name} takes {least if least == most else f'{least} to {most}'} arguments; got {len(arguments)}"
            raise ValueError(message)
        names = frozenset().union(*(each.names for each in arguments)) - {"LINEAR", "REPEAT"}
        return Expression(lambda given: make(given, arguments), names)

    def _metrics(self) -> Expression:
        """Read the search for ids: without a text it is all that the request has."""
        found = _TOKEN.match(self._text, self._at)
        wanted = ""
        if found is not None and found["text"]:
            wanted, self._at = found["text"][1:-1], found.end()
        self._require(")")
        return Expression(
            lambda given: [series for name, series in given.series.items() if wanted in name], frozenset({"METRICS"})
        )

    def _listed(self, end: str) -> list[Expression]:
        listed: list[Expression] = []
        if self._takes(end):
            return listed
        listed.append(self.either())
        while self._takes(","):
            listed.append(self.either())
        self._require(end)
        return listed

    def _takes(self, *wanted: str) -> str | None:
        found = _TOKEN.match(self._text, self._at)
        there = None if found is None else found["sign"] or found["name"]
        if found is None or there not in wanted:
            return None
        self._at = found.end()
        return there

    def _require(self, wanted: str) -> None:
        if self._takes(wanted) is None:
            self._refuse(wanted)

    def _refuse(self, wanted: str = "") -> Expression:
        there = self._text[self._at :].strip()
        expected = f'"{wanted}"' if wanted else "a number, an id or a function"
        message = f'expected {expected} at "{there[:40]}"' if there else f"expected {expected} at the end"
        raise ValueError(message)


def _divided(a: float, b: float) -> float:
    return a / b if b else math.nan


def _raised(a: float, b: float) -> float:
    try:
        raised = a**b
    except (OverflowError, ZeroDivisionError):
        return math.nan
    return raised if isinstance(raised, float) else math.nan


def _joined(left: Expression, right: Expression, how: Callable[[float, float], float]) -> Expression:
    return Expression(lambda given: _both_of(how, left.of(given), right.of(given)), left.names | right.names)


def _both_of(how: Callable[[float, float], float], left: Value, right: Value) -> Value:
    """Join two values; a period has one only where both have, and where it is a number."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return _kept({at: how(left[at], right[at]) for at in left if at in right})
    if isinstance(left, Mapping) and isinstance(right, float | int):
        return _kept({at: how(value, right) for at, value in left.items()})
    if isinstance(right, Mapping) and isinstance(left, float | int):
        return _kept({at: how(left, value) for at, value in right.items()})
    if isinstance(left, float | int) and isinstance(right, float | int):
        return float(how(left, right))
    if isinstance(left, Sequence):
        return [_one(_both_of(how, each, right)) for each in left]
    return [_one(_both_of(how, left, each)) for each in _all(right)]


def _each(how: Callable[[float], float], value: Value) -> Value:
    if isinstance(value, Mapping):
        return _kept({at: how(each) for at, each in value.items()})
    if isinstance(value, Sequence):
        return [_one(_each(how, each)) for each in value]
    return float(how(value))


def _kept(series: Series) -> Series:
    return {at: value for at, value in series.items() if math.isfinite(value)}


def _one(value: Value) -> Series:
    if not isinstance(value, Mapping):
        message = "expected a time series"
        raise ValueError(message)  # noqa: TRY004 - it is the expression that is wrong
    return value


def _all(value: Value) -> Sequence[Series]:
    return value if isinstance(value, Sequence) else [_one(value)]


def _array(parts: list[Expression]) -> Expression:
    names = frozenset().union(*(each.names for each in parts))
    return Expression(lambda given: [one for each in parts for one in _all(each.of(given))], names)


def _folded(how: Callable[[Sequence[float]], float]) -> Callable[[Inputs, list[Expression]], Value]:
    """Return a function that makes one number of a series, or one series of several."""

    def make(given: Inputs, arguments: list[Expression]) -> Value:
        value = arguments[0].of(given)
        if isinstance(value, Mapping):
            return float(how(list(value.values()))) if value else math.nan
        if isinstance(value, Sequence):
            places = sorted({at for each in value for at in each})
            return {at: float(how([each[at] for each in value if at in each])) for at in places}
        return value

    return make


def _mapped(how: Callable[[float], float]) -> Callable[[Inputs, list[Expression]], Value]:
    return lambda given, arguments: _each(how, arguments[0].of(given))


def _if(given: Inputs, arguments: list[Expression]) -> Value:
    condition, yes = arguments[0].of(given), arguments[1].of(given)
    no: Value = arguments[2].of(given) if len(arguments) > 2 else {}  # noqa: PLR2004 - with an else
    if not isinstance(condition, Mapping):
        return yes if not isinstance(condition, Sequence) and condition else no
    chosen = {at: _at(yes if holds else no, at) for at, holds in condition.items()}
    return {at: value for at, value in chosen.items() if value is not None}


def _at(value: Value, at: int) -> float | None:
    return value.get(at) if isinstance(value, Mapping) else float(value) if isinstance(value, float | int) else None


def _fill(given: Inputs, arguments: list[Expression]) -> Value:
    value = arguments[0].of(given)
    if isinstance(value, Sequence):
        return [_filled(each, given, arguments[1]) for each in value]
    return _filled(_one(value), given, arguments[1])


def _filled(series: Series, given: Inputs, filler: Expression) -> Series:
    if "REPEAT" in filler.names:
        return _repeated(series, given.periods)
    if "LINEAR" in filler.names:
        return _interpolated(series)
    value = filler.of(given)
    missing = {at: _at(value, at) for at in range(given.periods) if at not in series}
    return {**series, **{at: each for at, each in missing.items() if each is not None}}


def _repeated(series: Series, periods: int) -> Series:
    filled: dict[int, float] = {}
    for at in range(periods):
        value = series.get(at, filled.get(at - 1))
        if value is not None:
            filled[at] = value
    return filled


def _interpolated(series: Series) -> Series:
    filled, places = dict(series), sorted(series)
    for before, after in pairwise(places):
        step = (series[after] - series[before]) / (after - before)
        filled |= {at: series[before] + step * (at - before) for at in range(before + 1, after)}
    return filled


def _differences(given: Inputs, arguments: list[Expression]) -> Series:
    series = _one(arguments[0].of(given))
    places = sorted(series)
    return {after: series[after] - series[before] for before, after in pairwise(places)}


def _rates(given: Inputs, arguments: list[Expression]) -> Series:
    series = _one(arguments[0].of(given))
    places = sorted(series)
    return {
        after: (series[after] - series[before]) / ((after - before) * given.period_seconds)
        for before, after in pairwise(places)
    }


def _running(given: Inputs, arguments: list[Expression]) -> Series:
    series, total, sums = _one(arguments[0].of(given)), 0.0, {}
    for at in sorted(series):
        total += series[at]
        sums[at] = total
    return sums


_Make = Callable[[Inputs, list[Expression]], Value]
_FUNCTIONS: dict[str, tuple[int, int, _Make]] = {
    "ABS": (1, 1, _mapped(abs)),
    "AVG": (1, 1, _folded(statistics.fmean)),
    "CEIL": (1, 1, _mapped(math.ceil)),
    "DIFF": (1, 1, _differences),
    "FILL": (2, 2, _fill),
    "FLOOR": (1, 1, _mapped(math.floor)),
    "IF": (2, 3, _if),
    "MAX": (1, 1, _folded(max)),
    "METRIC_COUNT": (1, 1, lambda given, arguments: float(len(_all(arguments[0].of(given))))),
    "MIN": (1, 1, _folded(min)),
    "PERIOD": (1, 1, lambda given, _: float(given.period_seconds)),
    "RATE": (1, 1, _rates),
    "RUNNING_SUM": (1, 1, _running),
    "STDDEV": (1, 1, _folded(statistics.pstdev)),
    "SUM": (1, 1, _folded(sum)),
}
"""By name: how many arguments at least and at most, and what is made of them."""
