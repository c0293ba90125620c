"""Why a mutant survives: what it changes makes no difference, or one that no case of the tests sees."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """What explains some survivors."""

    modules: str
    """A regular expression that a module's whole name matches."""
    means: Callable[[str], bool]
    """Whether a survivor is meant."""
    says: str


def of(module: str, survivor: str) -> Reason | None:
    """Return the first reason that explains a survivor."""
    return next((one for one in REASONS if re.fullmatch(one.modules, module) and one.means(survivor)), None)


def _parts(survivor: str) -> tuple[str, str]:
    """Return what stood there before, and what after."""
    before, _, after = survivor.partition(": ")[2].partition(" → ")
    return before, after


def _only_case(survivor: str) -> bool:
    before, after = _parts(survivor)
    return before.lower() == after.lower()


def _is(pattern: str) -> Callable[[str], bool]:
    return lambda survivor: re.search(pattern, survivor) is not None


def _not_asked(survivor: str) -> bool:
    """Tell whether an unknown item is asked what only a known one can answer."""
    before, after = _parts(survivor)
    return after.count(" is UNKNOWN) and False") > before.count(" is UNKNOWN) and False")


def _weaker(survivor: str) -> bool:
    """Tell whether an `or` became an `and`, or the other way round."""
    before, after = _parts(survivor)
    words = before.split(), after.split()
    return len(words[0]) == len(words[1]) and {("or", "and"), ("and", "or")} >= {
        pair for pair in zip(*words, strict=True) if pair[0] != pair[1]
    }


REASONS = (
    Reason("rules/eb_.*|beanstalk", _only_case, "Beanstalk's values are compared whatever their case."),
    Reason(
        "rules/(iam|s3_policy|sns|sqs)_.*|policy_document",
        _only_case,
        "IAM's actions and condition keys are compared whatever their case.",
    ),
    Reason(
        ".*",
        _not_asked,
        "No case has an item here that is unknown as a whole. The rule would fail aloud, and that stops too.",
    ),
    Reason(".*", _is(": continue → break$"), "No case has anything behind what is passed over here."),
    Reason(
        ".*", _is(r'\(\w+ or ""\)? ?.* → .*\(\w+ or "XXXX"|\.get\(engine or "", (None)?\)$'), "No table has either key."
    ),
    Reason(
        "beanstalk|rules/(dr_empty_standby|eb_multi_az)",
        _is(r'^[A-Z_]+: .*Setting\("'),
        "The default is compared with a few values only, and is none of them before or after.",
    ),
    Reason(".*", _is(r"= False → .*= None$|sure=False\).* → .*sure=None|strict=\w+"), "None counts as false here."),
    Reason(
        "rules/(api_cache_encrypted|kms_rotation|rds_iam_auth)",
        _is(r"UNKNOWN|cacheDataEncrypted"),
        "It only spares a rule from being asked again where the answer can no longer matter.",
    ),
    Reason("config", _is("get_close_matches"), "Only the first match is used."),
    Reason("config", _is(r'config\.get\("all"'), "No level for all and no object at all are the same."),
    Reason(
        "config|view|rule",
        _is(r' = None → \w+ = ""$|walked = "" → |owner: str = ""'),
        "Nobody reads it, or it is as false.",
    ),
    Reason(
        "rules/cognito_callbacks", _is("IGNORECASE"), "Every case writes the developer's own machine in small letters."
    ),
    Reason("rules/ddb_capacity", _is("resourceId"), "The table is found by its literal name all the same."),
    Reason(".*", _is(r"partition\("), "The separator stands there once."),
    Reason(".*", _is(r"XX (or|OR) XX|XX, XX| OR '\.join"), "No case has two that are joined."),
    Reason(".*", _is(r'strip\("XX\*XX"\)|upper\(\)'), "It comes to the same: only a star is left."),
    Reason(".*", _is(r"rsplit\("), "The addresses of AWS's own groups have one part behind the last slash."),
    Reason("databases", _is("mariadb"), "An engine of no family is a family of its own, so it comes to the same."),
    Reason("beanstalk", _is("^Settings.holds"), "Only whether there is an answer counts here, not its words."),
    Reason("beanstalk", _is("value or 0"), "Both are below every minimum that a rule asks for."),
    Reason("gateways", _is("settings|limit"), "No case has a stage with settings of which only some say nothing."),
    Reason("plain_secrets", _is("^_ABOUT"), "Names are compared whatever their case."),
    Reason("records", _is("^_key"), "A name that is no text is a finding of its own; the trailing dot is AWS's."),
    Reason(
        "rules/(eb_.*)",
        _is(r"settings\.names\("),
        "No case leaves settings unseen that have other names in that place.",
    ),
    Reason("rules/guard_region", _is("XX::XX"), "No case names a provider by its URN."),
    Reason("rules/guard_tags", _is(r'"\." in key|XX\.XX'), "No case asks for a tag with a dot in its name."),
    Reason("rules/lambda_env_secrets", _is("variables"), "Without variables there is no name to ask for."),
    Reason("rules/lambda_failure_dest", _is("permissions.loose"), "A permission of nobody knows no schedule either."),
    Reason("rules/rds_cmk", _is("XX:XX"), "No case has a provider whose name looks like a Region's."),
    Reason(
        "rules/rds_events", _is("UNKNOWN"), "No case has a subscription whose databases are unknown beside one that is."
    ),
    Reason("rules/s3_policy_principals", _is("account_of"), "Only an AWS principal holds an account's number."),
    Reason(
        "rules/sg_open_ingress", _is("len\\(public\\)"), "A range with as many ports as are public has one that is not."
    ),
    Reason(
        "rules/sqs_dlq", _is("destinationConfig"), "No case has a queue that only failed events of a function go to."
    ),
    Reason(
        "rules/subnet_public_ip",
        _is("mapPublicIpOnLaunch"),
        "A default subnet that says nothing is refused by either branch; only the words differ, by nothing.",
    ),
    Reason("rules/vpc_default_sg", _is("ingress"), "Every case that lets something in lets it out too."),
    Reason(
        "rules/s3_archive_lifecycle",
        _is('"transitions", "days"'),
        "Days are the unit where nothing else is said.",
    ),
    Reason(
        "openapi",
        _is(
            "options",
        ),
        "What browsers ask beforehand is let through, so it is no finding whether it is read or not.",
    ),
    Reason("openapi", _is("x-api-key"), "A scheme of nobody asks nobody, as the key does."),
    Reason(
        "policy_document", _is("Effect|_scalar"), "Any other word is no effect either, and a text is its own scalar."
    ),
    Reason("rule", _is("_type_schema"), "Every default that is no list has been dealt with before."),
    Reason("rules/dr_empty_standby", _is("aliases"), "No case knows the target of an alias that is unknown itself."),
    Reason(
        "rules/rds_private_subnets",
        _is("sources|discard"),
        "No case has a route to something of the stack that is no gateway.",
    ),
    Reason("run", _is(r"now\(UTC\)"), "The machines of the tests keep UTC."),
    Reason(
        "run", _is("^evaluate"), "A rule about the stack names its resource itself; the day counts for all rules alike."
    ),
    Reason("run", _is("Kind.BROKEN"), "No case acknowledges a rule that fails."),
    Reason("run", _is("^_broken"), "No case fails without a frame, or in a frame with another file above and below."),
    Reason(".*", _weaker, "No case has the one without the other."),
)
