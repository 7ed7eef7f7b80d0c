"""
The daemon's programs in Python, for system calls and sockets that Node does not have. `watch`, `trace` and `pairs`
join a machine (join.py), `settle` and `drops` stay in the VM; `inside` has programs for the python3 of a
machine.
"""
