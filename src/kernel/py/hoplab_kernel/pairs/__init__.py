"""Pings between all pairs of a machine's nodes."""
