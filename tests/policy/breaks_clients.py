"""Every way to break a rule about app clients, with the whole message."""

from policy.breaks import Break
from policy.guard_stack import both, drop, put

SRP = "use ALLOW_USER_SRP_AUTH, which proves the password without sending it"
SHOWN = "allowed: flows that show neither password nor token"
CALLBACK = "allowed: https or an app's own scheme; use https, or a scheme of the app's own such as com.example.app://"
SECRET = (
    "generateSecret: got true; allowed: false; leave it out, for an app cannot keep a secret; name the clients of "
    "servers in the option servers"
)


BREAKS = [
    *(
        Break(
            "cognito-auth-flows",
            flow,
            put("app-client", explicitAuthFlows=["ALLOW_USER_SRP_AUTH", flow]),
            "app-client",
            f'explicitAuthFlows: got "{flow}"; {SHOWN}; {SRP}; where the flow is needed, name it in the option allowed',
        )
        for flow in (
            "ALLOW_USER_PASSWORD_AUTH",
            "USER_PASSWORD_AUTH",
            "ALLOW_ADMIN_USER_PASSWORD_AUTH",
            "ADMIN_NO_SRP_AUTH",
        )
    ),
    Break(
        "cognito-auth-flows",
        "a token in the address",
        put("app-client", allowedOauthFlows=["code", "implicit"]),
        "app-client",
        f'allowedOauthFlows: got "implicit"; {SHOWN}; use code, with PKCE',
    ),
    Break("cognito-public-client", "a secret", put("app-client", generateSecret=True), "app-client", SECRET),
    Break(
        "cognito-public-client",
        "a secret where nothing is said of OAuth",
        both(drop("app-client", "allowedOauthFlows"), put("app-client", generateSecret=True)),
        "app-client",
        SECRET,
    ),
    Break(
        "cognito-public-client",
        "no revocation",
        put("app-client", enableTokenRevocation=False),
        "app-client",
        (
            "enableTokenRevocation: got false; allowed: true; leave it out; without it a stolen refresh token is good "
            "until it expires"
        ),
    ),
    Break(
        "cognito-public-client",
        "telling who has an account",
        put("app-client", preventUserExistenceErrors="LEGACY"),
        "app-client",
        ('preventUserExistenceErrors: got "LEGACY"; allowed: ENABLED; set it, or an answer tells who has an account'),
    ),
    Break(
        "cognito-public-client",
        "telling who has an account, by default, of a server",
        drop("server-client", "preventUserExistenceErrors"),
        "server-client",
        "preventUserExistenceErrors: got nothing; allowed: ENABLED; set it, or an answer tells who has an account",
    ),
    *(
        Break(
            "cognito-callbacks",
            f"{path}: {url}",
            put("app-client", **{path: value}),
            "app-client",
            f'{path}: got "{url}"; {CALLBACK}',
        )
        for path, url, value in (
            ("callbackUrls", "http://shop.example.com", ["shop://in", "http://shop.example.com"]),
            ("callbackUrls", "http://localhost:3000/in", ["http://localhost:3000/in"]),
            ("logoutUrls", "HTTP://shop.example.com", ["HTTP://shop.example.com"]),
            ("logoutUrls", "javascript:alert(1)", ["javascript:alert(1)"]),
            ("defaultRedirectUri", "shop.example.com", "shop.example.com"),
        )
    ),
    Break(
        "cognito-token-life",
        "an access token for a day",
        put("app-client", accessTokenValidity=24, tokenValidityUnits={"accessToken": "hours"}),
        "app-client",
        "accessTokenValidity: got 24 hours; allowed: 60 minutes or less; lower it",
    ),
    Break(
        "cognito-token-life",
        "an ID token for two hours, in the unit that counts by default",
        both(put("app-client", idTokenValidity=2), put("app-client", tokenValidityUnits={"accessToken": "minutes"})),
        "app-client",
        "idTokenValidity: got 2 hours; allowed: 60 minutes or less; lower it",
    ),
    Break(
        "cognito-token-life",
        "a refresh token for ten years",
        put("app-client", refreshTokenValidity=3650),
        "app-client",
        "refreshTokenValidity: got 3650 days; allowed: 30 days or less; lower it",
    ),
    Break(
        "cognito-token-life",
        "an unheard-of unit",
        put("app-client", tokenValidityUnits={"accessToken": "minutes", "refreshToken": "weeks"}),
        "app-client",
        'tokenValidityUnits.refreshToken: got "weeks"; allowed: seconds, minutes, hours, days; name one of these units',
    ),
]

KEEPS = {
    "an app client with Cognito's own flows and times": drop(
        "app-client",
        "explicitAuthFlows",
        "allowedOauthFlows",
        "generateSecret",
        "enableTokenRevocation",
        "callbackUrls",
        "logoutUrls",
        "accessTokenValidity",
        "idTokenValidity",
        "refreshTokenValidity",
        "tokenValidityUnits",
    ),
    "a refresh token of Cognito's own time": put("app-client", refreshTokenValidity=0),
    "tokens for seconds": put(
        "app-client",
        accessTokenValidity=300,
        tokenValidityUnits={"accessToken": "seconds"},
    ),
}
