"""Samples what goes through a machine, while somebody watches."""
