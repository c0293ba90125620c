"""Keeps users' data in step: answers devices, and tells of changes."""
