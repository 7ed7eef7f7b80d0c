"""Tells what changes in a machine."""
