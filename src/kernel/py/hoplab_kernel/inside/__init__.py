"""
Programs for the python3 of a machine, which sees no file of hoplab: the daemon gives it the text of one file (`-c`).
So each imports the standard library only.
"""
