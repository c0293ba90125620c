"""Routes that can stand together, and callers for them."""

from hypothesis import strategies as st

from pulumi_aws_mobile.api.routes import ANYONE, Route, check_routes
from pulumi_aws_mobile.errors import Problems

WORDS = ("a", "b")
GROUPS = ("editors", "viewers")
_VARIABLE = "{}"
_GREEDY = "{+}"


def _paths() -> st.SearchStrategy[str]:
    """Draw a path in which a parameter is called after its place, so that siblings agree."""
    inner = st.lists(st.sampled_from([*WORDS, _VARIABLE]), max_size=3)
    return st.tuples(inner, st.sampled_from([None, None, None, _GREEDY])).map(
        lambda drawn: "/" + "/".join(_named([*drawn[0], *([drawn[1]] if drawn[1] else [])]))
    )


def _named(segments: list[str]) -> list[str]:
    names = {_VARIABLE: "{{p{}}}", _GREEDY: "{{p{}+}}"}
    return [names[segment].format(place) if segment in names else segment for place, segment in enumerate(segments)]


def _callers() -> st.SearchStrategy[tuple[str, ...]]:
    named = st.sets(st.sampled_from(["signed_in", "guests", *GROUPS]), min_size=1, max_size=3)
    return named.map(lambda drawn: tuple(sorted(drawn))) | st.just((ANYONE,))


@st.composite
def route_sets(draw: st.DrawFn) -> list[Route]:
    """Draw routes of one or two methods that API Gateway takes together."""
    routes: list[Route] = []
    for path in draw(st.lists(_paths(), min_size=1, max_size=6, unique=True)):
        for method in draw(st.sampled_from([("GET",), ("GET",), ("POST",), ("GET", "POST")])):
            problems = Problems()
            one_more = [*routes, Route("core", path, method, draw(_callers()))]
            check_routes(one_more, problems)
            routes = routes if problems else one_more
    return routes
