"""The kernel's state of every node of a machine, at one moment."""
