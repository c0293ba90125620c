"""What Cognito calls during sign-up and sign-in."""
