"""What a backend may be made of: its features, and the objects of options that each is about. Pure."""

from collections.abc import Mapping

from pulumi_aws_mobile.errors import Problem, Problems

SIGN_IN, USER_FILES, CORE_API, USER_DATA = "sign_in", "user_files", "core_api", "user_data"
PUSH, ANALYTICS = "push", "analytics"
FEATURES = (SIGN_IN, USER_FILES, CORE_API, USER_DATA, PUSH, ANALYTICS)
OBJECTS: Mapping[str, str] = {
    "identity": SIGN_IN,
    "user_files": USER_FILES,
    "api": CORE_API,
    "token_exchange": CORE_API,
    "web_tier": CORE_API,
    "data_sync": USER_DATA,
    "push": PUSH,
    "analytics": ANALYTICS,
    "observability": CORE_API,
}
"""The feature that each object is about."""
BEHIND_THE_API = frozenset({USER_DATA, PUSH})
"""The features whose routes the API carries."""


def features_of(objects: Mapping[str, object]) -> list[str]:
    """Return the features of a backend that names none: users and their files, and what something is said of."""
    asked = {OBJECTS[name] for name in objects}
    if asked & BEHIND_THE_API:
        asked.add(CORE_API)
    return [feature for feature in FEATURES if feature in {SIGN_IN, USER_FILES} | asked]


def check_features(features: list[str] | None, objects: Mapping[str, object], problems: Problems) -> None:
    """Note features that cannot stand as they are named, and options of features that are off."""
    if features is None:
        return
    if not features:
        problems.add("features", features, "one feature or more", "name some, or remove it for all of them")
        return
    for place, feature in enumerate(features):
        if feature in features[:place]:
            problems.add(f"features[{place}]", feature, "each feature once", "remove it")
    if SIGN_IN not in features:
        allowed = f"a list with {SIGN_IN}: the other features are for users who signed in"
        problems.add("features", features, allowed, f"add {SIGN_IN}")
    routed = [feature for feature in features if feature in BEHIND_THE_API]
    if routed and CORE_API not in features:
        allowed = f"a list with {CORE_API}, whose API has the routes of {' and '.join(routed)}"
        problems.add("features", features, allowed, f"add {CORE_API}")
    for name in objects:
        if OBJECTS[name] not in features:
            fix = f"remove it, or add {OBJECTS[name]} to features"
            problems.extend([Problem(name, "options", f"nothing without the feature {OBJECTS[name]}", fix)])
