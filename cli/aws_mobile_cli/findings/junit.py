"""Findings as JUnit's XML, which CI servers show among the tests: a test for each rule."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from .said import BY_ID, Said, Standing

_REFUSED = {code: "�" for code in (*range(32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)) if code not in (9, 10, 13)}
"""What XML 1.0 cannot hold, not even escaped."""


def junit(said: Sequence[Said], *, project: str, stack: str) -> str:
    """Return the report: a mandatory finding fails its rule's test, an advisory or acknowledged one is its output.

    A test is skipped where the rule could not decide about anything and objected to nothing. Every rule of this project
    has a test, and those of other packs that objected.
    """
    from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite  # noqa: PLC0415 - few ask for it

    by_rule: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        by_rule[one.rule].append(one)
    suite = TestSuite(_clean(f"{project}/{stack} policies"))
    for name in sorted({*BY_ID, *by_rule}):
        rule = BY_ID.get(name)
        case = TestCase(_clean(name), classname=_clean(f"policies.{rule.pack.value if rule else 'other'}"), time=0.0)
        mandatory, advisory, undecided, acknowledged = (_lines(by_rule[name], standing) for standing in Standing)
        case.result = [Failure(line, "mandatory") for line in mandatory]
        if undecided and not mandatory and not advisory and not acknowledged:
            case.result = [Skipped(f"undecided until deployed: {'; '.join(undecided)}")]
        if advisory or acknowledged:
            case.system_out = "\n".join((*advisory, *acknowledged))
        if rule is not None and (mandatory or advisory):
            case.system_err = _clean(f"{rule.remediation} {rule.url}")
        suite.add_testcase(case)
    report = JUnitXml(_clean(project))
    report.add_testsuite(suite)
    report.update_statistics()
    return report.tostring().decode()


def _lines(said: Iterable[Said], standing: Standing) -> list[str]:
    return [_clean(f"{one.resource}: {one.message}{_reason(one)}") for one in said if one.standing is standing]


def _reason(one: Said) -> str:
    return f" (acknowledged {one.reason})" if one.reason else ""


def _clean(text: str) -> str:
    return text.translate(_REFUSED)
