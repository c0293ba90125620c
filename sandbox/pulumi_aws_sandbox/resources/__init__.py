"""Handlers, one file per service; `catalog` knows which file has which type."""
