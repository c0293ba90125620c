"""Plays Cognito's part of a custom authentication: the events as its developer guide documents them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_mobile.identity.triggers.functions.cognito_triggers import (
    create_challenge,
    define_challenge,
    verify_challenge,
)

USER = {"sub": "0f1e", "email": "ada@example.com", "email_verified": "true"}

Handler = Callable[[dict[str, Any], object], dict[str, Any]]

HERE: Mapping[str, Handler] = {
    "define": define_challenge.handle,
    "create": create_challenge.handle,
    "verify": verify_challenge.handle,
}
"""The functions themselves, called in this process."""


def call(handler: Handler, source: str, request: Mapping[str, Any], response: Mapping[str, Any]) -> dict[str, Any]:
    """Call a trigger as Cognito does, by JSON there and back; return its response."""
    event = {
        "version": "1",
        "triggerSource": source,
        "region": "eu-west-1",
        "userPoolId": "eu-west-1_New000000",
        "userName": "ada",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "1client"},
        "request": dict(request),
        "response": dict(response),
    }
    returned = json.loads(json.dumps(handler(json.loads(json.dumps(event)), None)))
    assert {key: returned[key] for key in event if key != "response"} == {
        key: event[key] for key in event if key != "response"
    }
    return returned["response"]


@dataclass
class SignIn:
    """One sign-in, from the first call on."""

    attributes: Mapping[str, str] = field(default_factory=lambda: dict(USER))
    user_not_found: bool = False
    functions: Mapping[str, Handler] = field(default_factory=lambda: HERE)
    session: list[dict[str, Any]] = field(default_factory=list)
    shown: list[dict[str, str]] = field(default_factory=list)
    """The parameters of each challenge, as the client got them."""
    kept: dict[str, str] = field(default_factory=dict)
    metadata: str = ""
    state: str = "open"

    def begin(self, *, srp: bool = True, password: bool = True) -> "SignIn":
        """Call InitiateAuth, with SRP or without, and prove the password, or fail to."""
        if srp:
            self.session.append({"challengeName": "SRP_A", "challengeResult": True, "challengeMetadata": None})
        self._define()
        if self.state == "PASSWORD_VERIFIER":
            self._record("PASSWORD_VERIFIER", correct=password and not self.user_not_found)
        return self

    def pass_factor(self, name: str) -> None:
        """Answer one of the pool's own factors rightly, where Cognito asks it after the password."""
        self.session.append({"challengeName": name, "challengeResult": True, "challengeMetadata": None})

    def answer(self, text: str) -> str:
        """Call RespondToAuthChallenge; return what comes next."""
        assert self.state == "CUSTOM_CHALLENGE", self.state
        request = {
            "userAttributes": dict(self.attributes),
            "privateChallengeParameters": self.kept,
            "challengeAnswer": text,
            "userNotFound": self.user_not_found,
        }
        verified = call(
            self.functions["verify"], "VerifyAuthChallengeResponse_Authentication", request, {"answerCorrect": None}
        )
        assert set(verified) == {"answerCorrect"}
        self._record("CUSTOM_CHALLENGE", correct=verified["answerCorrect"], metadata=self.metadata)
        return self.state

    @property
    def step(self) -> str:
        """The step that is being asked."""
        return self.shown[-1]["step"]

    def _record(self, name: str, *, correct: bool, metadata: str | None = None) -> None:
        self.session.append({"challengeName": name, "challengeResult": correct, "challengeMetadata": metadata})
        self._define()

    def _request(self) -> dict[str, Any]:
        return {
            "userAttributes": {} if self.user_not_found else dict(self.attributes),
            "session": self.session,
            "userNotFound": self.user_not_found,
        }

    def _define(self) -> None:
        empty = {"challengeName": None, "issueTokens": None, "failAuthentication": None}
        told = call(self.functions["define"], "DefineAuthChallenge_Authentication", self._request(), empty)
        assert not (told["issueTokens"] and told["failAuthentication"])
        if told["issueTokens"]:
            self.state = "tokens"
        elif told["failAuthentication"]:
            self.state = "failed"
        else:
            self.state = told["challengeName"]
        if self.state == "CUSTOM_CHALLENGE":
            self._create()

    def _create(self) -> None:
        empty = {"publicChallengeParameters": None, "privateChallengeParameters": None, "challengeMetadata": None}
        request = {**self._request(), "challengeName": "CUSTOM_CHALLENGE"}
        made = call(self.functions["create"], "CreateAuthChallenge_Authentication", request, empty)
        for parameters in (made["publicChallengeParameters"], made["privateChallengeParameters"]):
            assert all(isinstance(value, str) for value in parameters.values())
        self.shown.append(made["publicChallengeParameters"])
        self.kept = made["privateChallengeParameters"]
        self.metadata = made["challengeMetadata"]
