"""A user of the app on a device: calls Cognito as official client libraries do, and knows only what a user knows."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from pycognito.aws_srp import AWSSRP

from pulumi_aws_sandbox.runtime import clock, outbox

Challenge = Mapping[str, Any]
_LONGEST_SIGN_IN = 8
"""The most challenges that one sign-in may ask."""
_STEP_SECONDS = 30


class AppUser:
    """One person with an e-mail address, a phone and an authenticator app."""

    def __init__(self, cognito: Any, pool_id: str, client_id: str, username: str, password: str) -> None:  # noqa: ANN401 - a boto3 client
        """Use the app client `client_id` of a user pool, as `username`."""
        self._cognito = cognito
        self._pool_id = pool_id
        self._client_id = client_id
        self._next_code_at = 0.0
        self.username = username
        self.password = password
        self.asked: list[str] = []
        """The challenges of the last sign-in."""
        self.authenticator: str | None = None
        """The secret that the authenticator app holds."""

    def register(self, attributes: Mapping[str, str]) -> str:
        """Sign up and return where the code was sent, as Cognito tells it."""
        answer = self._cognito.sign_up(
            ClientId=self._client_id,
            Username=self.username,
            Password=self.password,
            UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
        )
        return answer.get("CodeDeliveryDetails", {}).get("DeliveryMedium", "nowhere")

    def confirm(self, code: str) -> None:
        """Confirm the registration."""
        self._cognito.confirm_sign_up(ClientId=self._client_id, Username=self.username, ConfirmationCode=code)

    def sign_in(self, *, password: str | None = None, custom: bool = False) -> dict[str, Any]:
        """Sign in by SRP and answer what is asked; return the tokens. The password is never sent."""
        srp = AWSSRP(self.username, password or self.password, self._pool_id, self._client_id, client=self._cognito)
        parameters = srp.get_auth_params()
        if custom:
            parameters["CHALLENGE_NAME"] = "SRP_A"
        answer = self._cognito.initiate_auth(
            AuthFlow="CUSTOM_AUTH" if custom else "USER_SRP_AUTH", AuthParameters=parameters, ClientId=self._client_id
        )
        self.asked = []
        answers: dict[str, Callable[[Challenge], dict[str, str]]] = {
            "PASSWORD_VERIFIER": lambda asked: srp.process_challenge(asked["ChallengeParameters"], parameters),
            "NEW_PASSWORD_REQUIRED": self._choose_password,
            "CUSTOM_CHALLENGE": lambda _: {"ANSWER": self.last_code()},
            "SOFTWARE_TOKEN_MFA": lambda _: {"SOFTWARE_TOKEN_MFA_CODE": self.authenticator_code()},
            "SMS_MFA": lambda _: {"SMS_MFA_CODE": self.last_code()},
            "EMAIL_OTP": lambda _: {"EMAIL_OTP_CODE": self.last_code()},
            "SELECT_MFA_TYPE": lambda _: {"ANSWER": "SOFTWARE_TOKEN_MFA"},
            "MFA_SETUP": self._set_up_in_session,
        }
        while "AuthenticationResult" not in answer and len(self.asked) < _LONGEST_SIGN_IN:
            name = answer["ChallengeName"]
            self.asked.append(name)
            extra = answers[name](answer)
            session = extra.pop("_session", answer.get("Session"))
            answer = self._cognito.respond_to_auth_challenge(
                ClientId=self._client_id,
                ChallengeName=name,
                ChallengeResponses={"USERNAME": self.username, **extra},
                **({"Session": session} if session else {}),
            )
        return answer["AuthenticationResult"]

    def refresh(self, refresh_token: str) -> dict[str, Any]:
        """Get new tokens for a refresh token, which the client may rotate."""
        return self._cognito.get_tokens_from_refresh_token(ClientId=self._client_id, RefreshToken=refresh_token)[
            "AuthenticationResult"
        ]

    def revoke(self, refresh_token: str) -> None:
        """Give a refresh token up, and the tokens made from it."""
        self._cognito.revoke_token(ClientId=self._client_id, Token=refresh_token)

    def attributes(self, access_token: str) -> dict[str, str]:
        """Return what the pool knows of the user."""
        found = self._cognito.get_user(AccessToken=access_token)["UserAttributes"]
        return {attribute["Name"]: attribute["Value"] for attribute in found}

    def add_authenticator(self, access_token: str) -> None:
        """Scan the QR code with the authenticator app, and have it asked for from now on."""
        self.authenticator = self._cognito.associate_software_token(AccessToken=access_token)["SecretCode"]
        self._cognito.verify_software_token(AccessToken=access_token, UserCode=self.authenticator_code())
        self._cognito.set_user_mfa_preference(
            AccessToken=access_token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
        )

    def authenticator_code(self) -> str:
        """Return the code that the authenticator app shows; each is good once, so a used one is waited out."""
        if self.authenticator is None:
            message = "the authenticator app was never set up"
            raise LookupError(message)
        clock.move(max(0.0, self._next_code_at - clock.now()))
        now = int(clock.now())
        self._next_code_at = (now // _STEP_SECONDS + 1) * _STEP_SECONDS
        secret = base64.b32decode(self.authenticator + "=" * (-len(self.authenticator) % 8))
        return TOTP(secret, 6, SHA1(), _STEP_SECONDS).generate(now).decode()  # noqa: S303 - RFC 6238's own

    def last_code(self) -> str:
        """Return the code in the last message that came by e-mail or SMS."""
        messages = [message for message in outbox.messages() if message.kind in {"email", "sms"}]
        numbers = re.findall(r"\d+", messages[-1].body) if messages else []
        if not numbers:
            text = "no message with a code has come"
            raise LookupError(text)
        return max(numbers, key=len)

    def _choose_password(self, _: Challenge) -> dict[str, str]:
        self.password += "+new"
        return {"NEW_PASSWORD": self.password}

    def _set_up_in_session(self, asked: Challenge) -> dict[str, str]:
        answer = self._cognito.associate_software_token(Session=asked["Session"])
        self.authenticator = answer["SecretCode"]
        verified = self._cognito.verify_software_token(Session=answer["Session"], UserCode=self.authenticator_code())
        return {"_session": verified["Session"]}


def claims(token: str) -> dict[str, Any]:
    """Return what a JSON Web Token says, unverified."""
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


def tampered(token: str, **changes: object) -> str:
    """Return a token that says something else under the same signature."""
    header, _, signature = token.split(".")
    body = json.dumps({**claims(token), **changes}).encode()
    return f"{header}.{base64.urlsafe_b64encode(body).decode().rstrip('=')}.{signature}"
