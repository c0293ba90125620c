"""Who may call what, judged by an evaluation of IAM's rules.

What this does not prove: that API Gateway routes as `Router` does; both follow AWS's documents.
"""

import itertools
import json
from typing import Any

import pytest
from components.api.building import STAGE_ARN
from components.api.strategies import GROUPS, WORDS, route_sets
from hypothesis import example, given, settings

from pulumi_aws_mobile.api.grants import Denial, Grant, grants, statements
from pulumi_aws_mobile.api.reach import Router, covers, pattern
from pulumi_aws_mobile.api.routes import Route
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.statements import policy_document
from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.runtime.access.policies import Policies, Question, decide

ROLE_ARNS = {who: f"arn:aws:iam::123456789012:role/{who}" for who in ("signed_in", "guests", *GROUPS)}
REQUESTS = [words for length in range(5) for words in itertools.product((*WORDS, "z"), repeat=length)]


def route(path: str, *callers: str, method: str = "GET", feature: str = "core") -> Route:
    return Route(feature, path, method, tuple(sorted(callers)))


def granted(*routes: Route) -> dict[str, Grant]:
    problems = Problems()
    found = grants(routes, "live", problems)
    assert not list(map(str, problems))
    return found


def refused(*routes: Route) -> list[str]:
    problems = Problems()
    grants(routes, "live", problems)
    return list(map(str, problems))


def documents(found: dict[str, Grant]) -> dict[str, list[dict[str, Any]]]:
    """Return the policies of each role, as an identity gives them: a group's role has those of everyone signed in."""
    texts: dict[str, dict[str, Any]] = {}

    def program() -> None:
        for who, grant in found.items():
            policy_document(statements(grant, STAGE_ARN, ROLE_ARNS)).apply(
                lambda text, who=who: texts.update({who: json.loads(text)})
            )

    record(program)
    return {
        who: [texts[each] for each in ((who,) if who == "guests" else {"signed_in", who}) if each in texts]
        for who in ROLE_ARNS
    }


def may_call(who: str, policies: list[dict[str, Any]], method: str, request: str) -> bool:
    question = Question(
        "execute-api:Invoke", f"{STAGE_ARN}/{method}{request}", context={"aws:principalarn": ROLE_ARNS[who]}
    )
    return decide(question, Policies(identity=tuple(policies))).allowed


def answering(routes: list[Route], words: tuple[str, ...]) -> str | None:
    """Return the path that answers, found by other means than the library's: the most exact of those that fit."""

    def fits(segments: list[str]) -> bool:
        if segments and segments[-1].endswith("+}"):
            head = segments[:-1]
            return len(words) > len(head) and all(
                s.startswith("{") or s == w for s, w in zip(head, words, strict=False)
            )
        return len(segments) == len(words) and all(
            s.startswith("{") or s == w for s, w in zip(segments, words, strict=True)
        )

    def exactness(path: str) -> str:
        return "".join(
            "2" if s.endswith("+}") else "1" if s.startswith("{") else "0" for s in path.strip("/").split("/")
        )

    paths = {each.path for each in routes}
    found = [path for path in paths if fits([s for s in path.strip("/").split("/") if s])]
    return min(found, key=exactness, default=None)


@settings(max_examples=50)
@given(route_sets())
@example([route("/a/{p1}", "signed_in"), route("/a/b", "editors"), route("/a/{p1}/b", "guests")])
def test_exactly_the_declared_callers_may_call_each_route(routes: list[Route]) -> None:
    problems = Problems()
    found = grants(routes, "live", problems)
    if problems:
        return  # IAM cannot say it, and the component says so
    policies = documents(found)
    by_place = {(each.path, each.method): each for each in routes}
    for words in REQUESTS:
        path = answering(routes, words)
        for method in ("GET", "POST"):
            called = by_place.get((path or "", method))
            if called is None or called.public:
                continue
            for who in ROLE_ARNS:
                declared = who in called.callers or (who != "guests" and "signed_in" in called.callers)
                request = "/" + "/".join(words)
                assert may_call(who, policies[who], method, request) == declared, (who, method, request, called)


@settings(max_examples=25)
@given(route_sets())
def test_a_slash_at_the_end_opens_nothing(routes: list[Route]) -> None:
    problems = Problems()
    found = grants(routes, "live", problems)
    if problems:
        return
    policies = documents(found)
    by_place = {(each.path, each.method): each for each in routes}
    for words in REQUESTS[1:]:
        called = by_place.get((answering(routes, words) or "", "GET"))
        if called is None or called.public:
            continue
        for who in ROLE_ARNS:
            if not (who in called.callers or (who != "guests" and "signed_in" in called.callers)):
                assert not may_call(who, policies[who], "GET", "/" + "/".join(words) + "/")


def test_each_caller_gets_the_routes_that_name_them() -> None:
    assert granted(route("/notes", "signed_in"), route("/about", "guests", "signed_in")) == {
        "guests": Grant(("GET/about",)),
        "signed_in": Grant(("GET/about", "GET/notes")),
    }


def test_a_route_for_anyone_needs_no_grant() -> None:
    assert granted(route("/about", "anyone")) == {}


def test_what_a_wider_wildcard_covers_is_not_listed() -> None:
    found = granted(route("/notes/{id}", "signed_in"), route("/notes/{id}/parts/{part}", "signed_in"))
    assert found == {"signed_in": Grant(("GET/notes/*",))}


def test_a_wildcard_that_reaches_another_route_is_cut_by_a_denial_of_that_route_alone() -> None:
    found = granted(route("/notes/{id}", "signed_in"), route("/notes/{id}/audit", "guests"))
    assert found["signed_in"] == Grant(("GET/notes/*",), (Denial(("GET/notes/*/audit", "GET/notes/*/audit/")),))


def test_a_denial_for_everyone_spares_the_groups_that_may_call() -> None:
    found = granted(route("/notes/{id}", "signed_in"), route("/notes/all", "editors"))
    assert found["signed_in"].denied == (Denial(("GET/notes/all", "GET/notes/all/"), ("editors",)),)
    assert found["editors"] == Grant(("GET/notes/all",))


def test_a_wildcard_does_not_reach_past_a_more_exact_path_that_may_be_called() -> None:
    found = granted(route("/notes/{id}", "editors"), route("/notes/mine", "signed_in"))
    assert found["signed_in"] == Grant(("GET/notes/mine",))


def test_the_list_above_a_wildcard_is_not_opened_by_a_slash() -> None:
    found = granted(route("/notes/{id}", "signed_in"), route("/notes", "guests"))
    assert found["signed_in"] == Grant(("GET/notes/*",), (Denial(("GET/notes/",)),))


def test_routes_that_iam_cannot_tell_apart_are_refused() -> None:
    assert refused(
        route("/notes/{id}", "signed_in"),
        route("/notes/{id}/audit", "editors"),
        route("/notes/{id}/{part}/audit", "signed_in"),
    ) == [
        (
            'contributions.core.paths./notes/{id}/audit.get: got "GET /notes/{id}/audit"; allowed: a path that IAM can '
            "tell from GET /notes/{id}/{part}/audit, which others may call; rename one of the paths: the wildcard of "
            "GET /notes/*/audit crosses slashes"
        )
    ]


def test_a_denial_for_everyone_must_not_hit_what_another_group_may_call() -> None:
    assert refused(
        route("/notes/{id}", "signed_in"),
        route("/notes/{id}/audit", "editors"),
        route("/notes/{id}/{part}/audit", "viewers"),
    ) == [
        (
            'contributions.core.paths./notes/{id}/audit.get: got "GET /notes/{id}/audit"; allowed: a path that IAM can '
            "tell from GET /notes/{id}/{part}/audit, which others may call; rename one of the paths: the wildcard of "
            "GET /notes/*/audit crosses slashes"
        )
    ]


def test_permissions_that_do_not_fit_into_a_role_are_refused() -> None:
    many = [route(f"/a-rather-long-name-of-a-path-{place}", "signed_in") for place in range(100)]
    assert refused(*many) == [
        (
            'contributions: got "about 10990 characters of permissions for signed_in"; allowed: at most 10240 in all '
            "inline policies of a role; join routes below a greedy parameter, as in /notes/{rest+}, or split the API"
        )
    ]


def test_a_groups_role_counts_what_everyone_may_do_as_well() -> None:
    everyones = [route(f"/a-rather-long-name-of-a-path-{place}", "signed_in") for place in range(60)]
    groups = [route(f"/another-long-name-of-a-path-{place}", "editors") for place in range(60)]
    (problem,) = refused(*everyones, *groups)
    assert problem.startswith('contributions: got "about 13200 characters of permissions for editors"')


@pytest.mark.parametrize(
    ("wide", "narrow", "covered"),
    [
        ("/*", "/a/b", True),
        ("/*", "/", True),
        ("/a/*", "/a/*/b", True),
        ("/a/*/b", "/a/*", False),
        ("/a/*", "/a", False),
        ("/a", "/a", True),
    ],
)
def test_wildcards_cross_slashes(wide: str, narrow: str, covered: bool) -> None:
    assert covers(wide, narrow) is covered


def test_a_parameter_is_a_wildcard() -> None:
    assert [pattern(path) for path in ("/", "/a/{b}", "/a/{b+}")] == ["/", "/a/*", "/a/*"]


def test_the_most_exact_path_answers() -> None:
    router = Router(["/a/{b}", "/a/c", "/{rest+}"])
    assert [router.answers(words) for words in (("a", "c"), ("a", "d"), ("a", "c", "e"), ())] == [
        "/a/c",
        "/a/{b}",
        "/{rest+}",
        None,
    ]
