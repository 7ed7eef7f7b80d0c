"""Reports changes in a machine."""
