"""Watches a machine while one probe is sent."""
