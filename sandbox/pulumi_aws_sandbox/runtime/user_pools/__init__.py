"""Cognito user pools as a client meets them: sign-up, SRP sign-in, second factors, triggers and tokens."""
