"""Options that do not work, each with the whole of what is said about it."""

from typing import Any

from components.api.building import (
    CORE_API,
    FUNCTION,
    HOME,
    INTEGRATION,
    MOCK,
    NOTE,
    TOPIC,
    Args,
    document,
    mock_api,
    operation,
    parameter,
)

GET = {"get": {**operation(), INTEGRATION: MOCK}}
ABOUT = {"/about": GET}


def core(paths: Args | None = None, **options: Any) -> Args:  # noqa: ANN401 - any options
    """Return an API of one contribution, which answers itself unless a target is given."""
    return {"contributions": {"core": {"document": document(paths or ABOUT), **options}}}


def two(first: Args, second: Args) -> Args:
    return {"contributions": {"core": {"document": first}, "notes": {"document": second}}}


def of_operation(**words: Any) -> Args:  # noqa: ANN401 - any words of OpenAPI
    return core({"/about": {"get": operation(**{INTEGRATION: MOCK, **words})}})


def of_path(path: str, *names: str) -> Args:
    given = {"parameters": [parameter(name) for name in names]} if names else {}
    return core({path: {**GET, **given}})


CALLER = "contributions.core.paths./about.get.x-aws-mobile-callers"
CONTRIBUTIONS: list[tuple[Args, str]] = [
    (
        {"contributions": {}},
        "contributions: got {}; allowed: one contribution or more; give one: an API without routes answers nothing",
    ),
    (
        {"contributions": {"a b": {"document": document(ABOUT)}}},
        'contributions.a b: got "a b"; allowed: a key of 1 to 40 letters, digits, hyphens and underscores; rename it',
    ),
    (
        {"contributions": {"core": {}}},
        "contributions.core: got nothing; allowed: exactly one of file and document; give one",
    ),
    (
        core(file="core.yaml"),
        'contributions.core: got "both"; allowed: exactly one of file and document; remove one',
    ),
    (
        {"contributions": {"core": {"document": ["a"]}}},
        'contributions.core.document: got ["a"]; allowed: an OpenAPI document; begin it with openapi: 3.0.3',
    ),
    (
        core(target="core_api"),
        (
            'contributions.core.target: got "core_api"; allowed: core_api only where it is given; give core_api beside '
            "the contributions, or choose another target"
        ),
    ),
    (
        core(target="function", function_arn=FUNCTION),
        (
            "contributions.core.function_name: got nothing; allowed: the function that answers, for the target "
            "function; give it, or choose another target"
        ),
    ),
    (
        core(target="function", function_name="exchange"),
        (
            "contributions.core.function_arn: got nothing; allowed: the function that answers, for the target "
            "function; give it, or choose another target"
        ),
    ),
    (
        core(function_arn=FUNCTION),
        (
            "contributions.core.function_arn: got a function; allowed: nothing without the target function; remove it, "
            "or set target: function"
        ),
    ),
    (
        core(target="lambda"),
        'contributions.core.target: got "lambda"; allowed: core_api | function; choose one of these',
    ),
    (
        core({"/about": {"get": operation()}}),
        (
            "contributions.core.paths./about.get: got nothing; allowed: something that answers; give the contribution "
            f"a target, or the operation {INTEGRATION}"
        ),
    ),
    (
        core({}, callers=["signed_in"]) | {"contributions": {"core": {"document": document({})}}},
        "contributions.core.paths: got {}; allowed: one operation or more; describe an operation, or remove it",
    ),
    (
        core(callers=[]),
        (
            "contributions.core.callers: got []; allowed: a list of signed_in, guests and groups, or anyone alone; "
            "name who may call"
        ),
    ),
    (
        core(callers=["anyone", "guests"]),
        (
            'contributions.core.callers: got ["anyone", "guests"]; allowed: anyone alone: a route is signed or it is '
            "not; remove anyone, or the others"
        ),
    ),
    (
        core(callers=["guests", "guests"]),
        'contributions.core.callers[1]: got "guests"; allowed: each caller once; remove it',
    ),
    (
        core(callers=["the editors"]),
        (
            'contributions.core.callers[0]: got "the editors"; allowed: the key of a group: 1 to 40 letters, digits, '
            "hyphens and underscores; rename it"
        ),
    ),
    (
        {**core(callers=["editor"]), "groups": ["editors"]},
        (
            'contributions.core.callers[0]: got "editor"; allowed: anyone, guests, signed_in, editors; did you mean '
            '"editors"?'
        ),
    ),
    (
        {**core(callers=["singed_in"]), "groups": []},
        'contributions.core.callers[0]: got "singed_in"; allowed: anyone, guests, signed_in; did you mean "signed_in"?',
    ),
    (
        core(statements=[{"actions": ["sqs:SendMessage"], "resources": ["*"]}]),
        (
            'contributions.core.statements[0].resources[0]: got "*"; allowed: ARNs, since sqs:SendMessage knows '
            "resources; name the resources"
        ),
    ),
]
OPERATIONS: list[tuple[Args, str]] = [
    (
        of_operation(**{"x-aws-mobile-callers": "anyone"}),
        f'{CALLER}: got "anyone"; allowed: a list of signed_in, guests and groups, or anyone alone; name who may call',
    ),
    (
        of_operation(**{"x-aws-mobile-callers": ["anyone", "editors"]}),
        (
            f'{CALLER}: got ["anyone", "editors"]; allowed: anyone alone: a route is signed or it is not; remove '
            "anyone, or the others"
        ),
    ),
    (
        of_operation(security=[]),
        (
            "contributions.core.paths./about.get.security: got []; allowed: a route with an authoriser, or "
            "x-aws-mobile-callers: [anyone]; remove security, which callers decide, or say x-aws-mobile-callers: "
            "[anyone]"
        ),
    ),
    (
        of_operation(security=[{}]),
        (
            "contributions.core.paths./about.get.security: got [{}]; allowed: a route with an authoriser, or "
            "x-aws-mobile-callers: [anyone]; remove security, which callers decide, or say x-aws-mobile-callers: "
            "[anyone]"
        ),
    ),
    (
        {"contributions": {"core": {"document": document(ABOUT, security=[])}}},
        (
            "contributions.core.paths./about.get.security: got []; allowed: a route with an authoriser, or "
            "x-aws-mobile-callers: [anyone]; remove security, which callers decide, or say x-aws-mobile-callers: "
            "[anyone]"
        ),
    ),
    (
        {
            "contributions": {
                "core": {
                    "document": {
                        **of_operation(callers=["anyone"], security=[{"key": []}])["contributions"]["core"]["document"],
                        "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "k"}}},
                    }
                }
            }
        },
        (
            'contributions.core.paths./about.get.security: got [{"key": []}]; allowed: no security for anyone; remove '
            "it, or name other callers"
        ),
    ),
    (
        of_operation(**{INTEGRATION: "mock"}),
        (
            f'contributions.core.paths./about.get.{INTEGRATION}: got "mock"; allowed: the options of an integration; '
            "write it as keys and values"
        ),
    ),
    (
        of_operation(**{INTEGRATION: {"type": "http"}}),
        (
            f'contributions.core.paths./about.get.{INTEGRATION}.type: got "http"; allowed: aws | mock; choose one of '
            "these, or leave it out for the target to answer"
        ),
    ),
    (
        of_operation(**{INTEGRATION: {"type": "aws"}}),
        (
            f'contributions.core.paths./about.get.{INTEGRATION}.type: got "aws"; allowed: an integration of the type '
            "aws beside statements, which its role needs; say in statements what it may do"
        ),
    ),
    (
        of_operation(**{INTEGRATION: {**MOCK, "credentials": "arn:aws:iam::123456789012:role/a"}}),
        (
            f"contributions.core.paths./about.get.{INTEGRATION}.credentials: got "
            '"a role"; allowed: nothing: the role is made of statements; remove it, and say in statements what it may '
            "do"
        ),
    ),
    (
        of_operation(
            **{INTEGRATION: {**MOCK, "requestParameters": {"integration.request.header.Host": "'example.com'"}}}
        ),
        (
            f"contributions.core.paths./about.get.{INTEGRATION}.requestParameters.integration.request.header.Host: got "
            '"Host"; allowed: headers that API Gateway neither sets itself nor renames; use another header'
        ),
    ),
    (
        of_operation(**{"x-amazon-apigateway-auth": {"type": "NONE"}}),
        (
            "contributions.core.paths./about.get.x-amazon-apigateway-auth: got "
            f'"x-amazon-apigateway-auth"; allowed: of these words, {INTEGRATION} of an operation; remove it: the '
            "component writes it"
        ),
    ),
    (
        {"contributions": {"core": {"document": {**document(ABOUT), "x-amazon-apigateway-policy": {}}}}},
        (
            "contributions.core.x-amazon-apigateway-policy: got "
            f'"x-amazon-apigateway-policy"; allowed: of these words, {INTEGRATION} of an operation; remove it: the '
            "component writes it"
        ),
    ),
    (
        core({"/about": GET, "/also": {"$ref": "#/paths/~1about"}}),
        (
            'contributions.core.paths./also.$ref: got "#/paths/~1about"; allowed: the operations themselves: API '
            "Gateway has no references between paths; copy what it refers to"
        ),
    ),
    (
        core({"/about": {**GET, "x-amazon-apigateway-any-method": operation()}}),
        (
            "contributions.core.paths./about.x-amazon-apigateway-any-method: got "
            f'"x-amazon-apigateway-any-method"; allowed: of these words, {INTEGRATION} of an operation; remove it: the '
            "component writes it"
        ),
    ),
    (
        of_operation(parameters=[{"name": "session", "in": "cookie", "schema": {"type": "string"}}]),
        (
            'contributions.core.paths./about.get.parameters: got "the cookie session"; allowed: parameters in path, '
            "query and header; send it in a header or in the query"
        ),
    ),
    (
        of_operation(parameters=[{"name": "x-caller-arn", "in": "header", "schema": {"type": "string"}}]),
        (
            'contributions.core.paths./about.get.parameters: got "x-caller-arn"; allowed: headers that API Gateway '
            "does not set itself; remove it: clients cannot send it"
        ),
    ),
    (
        core({"/about": {**GET, "trace": operation()}}),
        (
            'contributions.core.paths./about.trace: got "trace"; allowed: delete, get, head, options, patch, post, '
            "put; remove it: API Gateway has no TRACE"
        ),
    ),
    (
        {"contributions": {"core": {"document": document(ABOUT, {"Note_1": NOTE})}}},
        (
            'contributions.core.components.schemas.Note_1: got "Note_1"; allowed: letters and digits: it becomes the '
            "name of a model; rename it Note1"
        ),
    ),
]
PATHS: list[tuple[Args, str]] = [
    (
        of_path("/about/"),
        (
            'contributions.core.paths./about/: got "/about/"; allowed: no slash at the end: API Gateway has one '
            "resource for both; remove the slash"
        ),
    ),
    (
        of_path("/ping"),
        (
            'contributions.core.paths./ping: got "/ping"; allowed: paths that API Gateway does not answer itself; '
            "rename it"
        ),
    ),
    (
        of_path("/notes/a b"),
        (
            'contributions.core.paths./notes/a b: got "a b"; allowed: segments of letters, digits and ._~:,-, or a '
            "parameter alone in braces; rename the segment"
        ),
    ),
    (
        of_path("/notes/id-{id}", "id"),
        (
            'contributions.core.paths./notes/id-{id}: got "id-{id}"; allowed: segments of letters, digits and ._~:,-, '
            "or a parameter alone in braces; rename the segment"
        ),
    ),
    (
        of_path("/notes//all"),
        (
            'contributions.core.paths./notes//all: got ""; allowed: segments of letters, digits and ._~:,-, or a '
            "parameter alone in braces; rename the segment"
        ),
    ),
    (
        of_path("/{rest+}/all", "rest"),
        (
            'contributions.core.paths./{rest+}/all: got "{rest+}"; allowed: a greedy parameter at the end of a path '
            "only; remove the + or what follows"
        ),
    ),
    (
        of_path("/{id}/{id}", "id"),
        'contributions.core.paths./{id}/{id}: got "id"; allowed: each parameter once in a path; rename one',
    ),
    (
        two(document(ABOUT), document(ABOUT)),
        (
            'contributions.notes.paths./about.get: got "GET /about"; allowed: each method of a path once; remove it '
            "here or in the contribution core, which has it as well"
        ),
    ),
    (
        two(
            document({"/notes/{id}": {**GET, "parameters": [parameter("id")]}}),
            document({"/notes/{note}/parts": {**GET, "parameters": [parameter("note")]}}),
        ),
        (
            'contributions.notes.paths./notes/{note}/parts: got "{note}"; allowed: {id} below /notes, as in the '
            "contribution core; give the parameter one name: API Gateway takes one for each place"
        ),
    ),
    (
        core(
            {
                "/notes/{id}": {**GET, "parameters": [parameter("id")]},
                "/notes/{rest+}": {**GET, "parameters": [parameter("rest")]},
            }
        ),
        (
            'contributions.core.paths./notes/{rest+}: got "{rest+}"; allowed: {id} below /notes, as in the '
            "contribution core; give the parameter one name: API Gateway takes one for each place"
        ),
    ),
    (
        two(
            document({"/a": {"get": {**operation(operationId="read"), INTEGRATION: MOCK}}}),
            document({"/b": {"get": {**operation(operationId="read"), INTEGRATION: MOCK}}}),
        ),
        (
            'contributions.notes.paths./b.get.operationId: got "read"; allowed: each operationId once; rename it; '
            "contributions.core.paths./a.get has it already"
        ),
    ),
    (
        two(document(ABOUT, {"Note": NOTE}), document({"/b": GET}, {"Note": {"type": "object"}})),
        (
            "contributions.notes.components.schemas.Note: got a schema that differs; allowed: the schema of that name "
            "in the contribution core, or another name; rename it, or make them the same"
        ),
    ),
    (
        core({f"/a{place}/b": GET for place in range(150)}),
        'contributions: got "301 resources"; allowed: at most 300; join paths by a parameter, or split the API',
    ),
    (
        core(
            {f"/a{place}": {"get": operation()} for place in range(41)},
            target="function",
            function_arn=FUNCTION,
            function_name="exchange",
        ),
        (
            'contributions.core: got "41 routes"; allowed: at most 40 for one function; join routes below a greedy '
            "parameter, or give some to another function"
        ),
    ),
]
DOMAIN = {"name": "api.example.com", "hosted_zone_id": "Z0123456789"}
ELSEWHERE = "arn:aws:acm:us-east-1:123456789012:certificate/1"
LINKED = {"contributions": {"core": {"document": document({"/about": {"get": operation()}}), "target": "core_api"}}}
OPTIONS: list[tuple[Args, str]] = [
    (
        mock_api(stage_name="a stage"),
        (
            'stage_name: got "a stage"; allowed: 1 to 128 letters, digits, hyphens and underscores; choose an allowed '
            "value"
        ),
    ),
    (
        mock_api(throttle={"requests_per_second": 0.5}),
        "throttle.requests_per_second: got 0.5; allowed: 1 to 100000 requests per second; choose an allowed value",
    ),
    (
        mock_api(throttle={"burst": 60000}),
        "throttle.burst: got 60000; allowed: 1 to 50000 requests; choose an allowed value",
    ),
    (
        mock_api(clients={"an app": {}}),
        'clients.an app: got "an app"; allowed: a key of 1 to 40 letters, digits and hyphens; rename it',
    ),
    (
        mock_api(clients={"ios": {"burst": 5}}),
        (
            "clients.ios.burst: got 5; allowed: nothing without requests_per_second; give requests_per_second, or "
            "remove it"
        ),
    ),
    (
        mock_api(clients={"ios": {"quota_period": "day"}}),
        (
            'clients.ios.quota_period: got "day"; allowed: nothing without quota_requests; give quota_requests, or '
            "remove it"
        ),
    ),
    (
        mock_api(require_client_keys=True),
        (
            "require_client_keys: got true; allowed: false without clients, or nobody could call; give clients, or "
            "remove it"
        ),
    ),
    (
        mock_api(cors={"origins": []}),
        "cors.origins: got []; allowed: one origin or more; name some, or remove cors",
    ),
    (
        mock_api(cors={"origins": ["*", "https://a.example.org"]}),
        (
            'cors.origins: got ["*", "https://a.example.org"]; allowed: * alone, or origins without it; remove * or '
            "the others"
        ),
    ),
    (
        mock_api(cors={"origins": ["http://a.example.org"]}),
        (
            'cors.origins[0]: got "http://a.example.org"; allowed: an https origin, for example '
            "https://app.example.org, a localhost, or *; choose an allowed value"
        ),
    ),
    (
        mock_api(domain={"name": "api.example.com"}),
        "domain.hosted_zone_id: got nothing; allowed: a text; give it; it has no default",
    ),
    (
        mock_api(domain={**DOMAIN, "name": "API"}),
        'domain.name: got "API"; allowed: a domain in lower case, for example api.example.com; choose an allowed value',
    ),
    (
        mock_api(domain={**DOMAIN, "certificate_arn": ELSEWHERE}, region=HOME),
        (
            f'domain.certificate_arn: got "{ELSEWHERE}"; allowed: one in eu-west-1: a regional domain takes a '
            "certificate of its own Region; give one in eu-west-1, or move the API"
        ),
    ),
    (
        mock_api(alarms={"topic_arn": TOPIC}, region="us-east-1"),
        (
            f'alarms.topic_arn: got "{TOPIC}"; allowed: one in us-east-1: an alarm tells topics of its own Region; '
            "give one in us-east-1, or move the API"
        ),
    ),
    (
        mock_api(alarms={"topic_arn": TOPIC, "server_errors_percent": 0}),
        "alarms.server_errors_percent: got 0; allowed: 0.01 to 100 percent; choose an allowed value",
    ),
    (
        mock_api(core_api=CORE_API),
        (
            "core_api: got an origin; allowed: one that a contribution has as its target; set target: core_api in a "
            "contribution, or remove it"
        ),
    ),
    (
        {**LINKED, "core_api": {**CORE_API, "subnet_ids": ["subnet-1a"]}},
        (
            'core_api.subnet_ids: got ["subnet-1a"]; allowed: two subnets or more, in zones of their own; add one in '
            "another zone"
        ),
    ),
    (
        {**LINKED, "core_api": {**CORE_API, "security_group_ids": []}},
        (
            "core_api.security_group_ids: got []; allowed: one security group or more; name the one that the load "
            "balancer lets in"
        ),
    ),
    (
        {**LINKED, "core_api": {**CORE_API, "url": "http://core.example.com/"}},
        (
            'core_api.url: got "http://core.example.com/"; allowed: http:// or https:// and a host, without a slash at '
            "the end; choose an allowed value"
        ),
    ),
    (
        {**LINKED, "core_api": {"url": "http://core.example.com"}},
        (
            'core_api.url: got "http://core.example.com"; allowed: https:// without a private link: the request '
            "crosses the internet; use https, or give the web tier's load_balancer_arn"
        ),
    ),
    (
        {**LINKED, "core_api": {key: value for key, value in CORE_API.items() if key != "subnet_ids"}},
        (
            "core_api.subnet_ids: got nothing; allowed: something beside load_balancer_arn: a private link has all "
            "three; give it, or remove load_balancer_arn and security_group_ids for an origin on the internet"
        ),
    ),
    (
        {**LINKED, "core_api": {**CORE_API, "timeout_seconds": 30}},
        "core_api.timeout_seconds: got 30; allowed: 1 to 29 seconds; choose an allowed value",
    ),
    (
        mock_api(binary_media_types=["images"]),
        'binary_media_types[0]: got "images"; allowed: a media type, for example image/jpeg; choose an allowed value',
    ),
]
