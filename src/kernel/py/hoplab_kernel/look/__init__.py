"""What the kernel knows of every node of a machine, at one moment."""
