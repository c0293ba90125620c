"""The user pool itself: its attributes, passwords, factors and messages."""
