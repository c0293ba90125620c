"""Knows the devices of users, and sends messages to them."""
