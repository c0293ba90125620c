"""What a wildcard of IAM reaches: the requests that it matches, and the routes that they go to. Pure.

IAM's `*` crosses slashes, a parameter of a path does not: `GET/notes/*` matches `GET/notes/1` and, beyond
`/notes/{id}`, `GET/notes/1/secret`.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from .routes import is_greedy, is_variable, split

WILD = "*"
_ANY_OTHER = "\0"
"""A segment that no route and no pattern names."""
_STATIC, _PARAMETER, _GREEDY = 0, 1, 2

Segments = tuple[str, ...]
_ROOT: Segments = ("",)


def pattern(path: str) -> str:
    """Return the path as a resource of IAM names it: each parameter a wildcard."""
    return "/" + "/".join(WILD if is_variable(segment) else segment for segment in split(path))


def covers(wide: str, narrow: str) -> bool:
    """Tell whether one pattern matches everything that another one does.

    The narrow one's wildcards are words that only a wildcard takes.
    """
    return _matches(_parts(wide), _parts(narrow))


class Router:
    """Says which of the paths of an API answers a request, as API Gateway does: the most specific one."""

    def __init__(self, paths: Iterable[str]) -> None:
        """Know these paths."""
        self._paths = {path: split(path) for path in sorted(set(paths))}

    def answers(self, request: Segments) -> str | None:
        """Return the path that answers a request for these segments; nothing if none does."""
        fitting = [path for path, segments in self._paths.items() if _fits(segments, request)]
        return min(fitting, key=lambda path: [_rank(segment) for segment in self._paths[path]], default=None)

    def reaches(self, allowed: str, path: str, *, ending: Segments = ()) -> bool:
        """Tell whether a pattern matches any request that `path` answers, followed by an ending."""
        wild = _parts(allowed)
        segments = self._paths[path]
        return any(
            self.answers(request) == path
            for length in self._lengths(segments, wild)
            for request in self._requests(_stretched(segments, length), wild, ending)
        )

    def _lengths(self, segments: Segments, wild: Segments) -> Iterable[int]:
        """Return the lengths of requests to look at; beyond the longest path and pattern nothing new comes."""
        if not segments or not is_greedy(segments[-1]):
            return (len(segments),)
        longest = max(map(len, self._paths.values()))
        return range(len(segments), max(longest, len(wild)) + 2)

    def _requests(self, shape: Segments, wild: Segments, ending: Segments) -> Iterator[Segments]:
        """Yield requests of that shape which the pattern matches, those without anyone's words first.

        A parameter takes any word. Only words that the pattern or some path has make a difference, and one other.
        """
        named = {segment for segment in wild if segment != WILD}
        waiting: list[Segments] = [()]
        while waiting:
            begun = waiting.pop()
            if len(begun) == len(shape):
                if _matches(wild, (*begun, *ending) or _ROOT):
                    yield begun
                continue
            if not _may_match(wild, begun, len(shape) + len(ending)):
                continue
            segment = shape[len(begun)]
            words = self._words(begun, named) if is_variable(segment) else (segment,)
            waiting += [(*begun, word) for word in words]

    def _words(self, begun: Segments, named: set[str]) -> Sequence[str]:
        """Return what may stand next and make a difference, what makes none last, since it is tried first."""
        place = len(begun)
        following = {
            segments[place]
            for segments in self._paths.values()
            if len(segments) > place and not is_variable(segments[place]) and _fits_so_far(segments, begun)
        }
        return (*sorted(following | named), _ANY_OTHER)


def _parts(path: str) -> Segments:
    """Return the parts that IAM compares; the root has an empty one, which a wildcard matches."""
    return split(path) or _ROOT


def _stretched(segments: Segments, length: int) -> Segments:
    """Return the path with its greedy end as so many segments as there are left."""
    if len(segments) == length:
        return segments
    return (*segments[:-1], *([segments[-1]] * (length - len(segments) + 1)))


def _rank(segment: str) -> int:
    if is_greedy(segment):
        return _GREEDY
    return _PARAMETER if is_variable(segment) else _STATIC


def _fits(segments: Segments, request: Segments) -> bool:
    if segments and is_greedy(segments[-1]):
        return len(request) >= len(segments) and _fits_so_far(segments[:-1], request[: len(segments) - 1])
    return len(segments) == len(request) and _fits_so_far(segments, request)


def _fits_so_far(segments: Segments, begun: Segments) -> bool:
    return all(is_variable(own) or own == asked for own, asked in zip(segments, begun, strict=False))


@lru_cache(maxsize=4096)
def _matches(wild: Segments, request: Segments) -> bool:
    """Tell whether a pattern matches; its wildcards stand for one segment or more."""
    if not wild:
        return not request
    if not request:
        return False
    if wild[0] != WILD:
        return wild[0] == request[0] and _matches(wild[1:], request[1:])
    return any(_matches(wild[1:], request[taken:]) for taken in range(1, len(request) + 1))


def _may_match(wild: Segments, begun: Segments, length: int) -> bool:
    """Tell whether a pattern can still match a request of that length that begins so."""
    for place, segment in enumerate(wild):
        if segment == WILD:
            return length >= len(wild)
        if place < len(begun) and begun[place] != segment:
            return False
    return length == len(wild)
