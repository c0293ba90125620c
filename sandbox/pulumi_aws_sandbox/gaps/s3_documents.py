"""Documents of a bucket that moto drops (request metrics) or keeps in part (lifecycle, replication).

What a request puts is answered as it was put; what moto understands of it, moto still judges.
"""

from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace

_MINIMUM_SIZE = "x-amz-transition-default-minimum-object-size"
_MISSING = (
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchConfiguration</Code>'
    "<Message>The specified configuration does not exist.</Message></Error>"
)


def fill() -> None:
    """Keep these documents whole."""
    from moto.s3.responses import S3Response  # noqa: PLC0415 - moto loads only when something is deployed

    replace(S3Response, "_bucket_response", _keeping)


def kept(bucket: Any) -> dict[str, bytes | str]:  # noqa: ANN401 - moto's own types
    """Return a bucket's documents by kind, those of request metrics by `metrics:` and their id."""
    return vars(bucket).setdefault("kept_documents", {})


def minimum_size(bucket: Any) -> str:  # noqa: ANN401 - moto's own types
    """Return which small objects a bucket's lifecycle leaves where they are."""
    return vars(bucket).get("transition_default_minimum_object_size", "all_storage_classes_128K")


def _keeping(original: Callable[..., Any]) -> Callable[..., Any]:
    def respond(self: Any, request: Any, full_url: str) -> Any:  # noqa: ANN401 - moto's own types
        querystring = self._get_querystring(request, full_url)
        name = self.parse_bucket_name_from_url(request, full_url)
        if "metrics" in querystring and "id" in querystring:
            return _metrics(kept(self.backend.get_bucket(name)), f"metrics:{querystring['id'][0]}", request, self.body)
        kind = next((each for each in ("lifecycle", "replication") if each in querystring), None)
        answer = original(self, request, full_url)
        if kind is None or request.method not in {"GET", "PUT", "DELETE"}:
            return answer
        bucket = self.backend.get_bucket(name)
        documents = kept(bucket)
        if request.method == "PUT":
            documents[kind] = self.body
            if kind == "lifecycle":
                bucket.transition_default_minimum_object_size = request.headers.get(
                    _MINIMUM_SIZE, "all_storage_classes_128K"
                )
        elif request.method == "DELETE":
            documents.pop(kind, None)
        elif kind in documents:
            headers = {_MINIMUM_SIZE: minimum_size(bucket)} if kind == "lifecycle" else {}
            return 200, headers, documents[kind]
        return answer

    return respond


def _metrics(documents: dict[str, Any], key: str, request: Any, body: Any) -> Any:  # noqa: ANN401 - moto's own types
    if request.method == "PUT":
        documents[key] = body
        return ""
    if key not in documents:
        return 404, {}, _MISSING
    if request.method == "DELETE":
        del documents[key]
        return 204, {}, ""
    return documents[key]
