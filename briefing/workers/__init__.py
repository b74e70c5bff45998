"""Worker processes with limits of time and memory, through the interface ``concurrent.futures.Executor``.

``pool`` is the pool, built on pebble, and ``worker`` the code that runs in its processes. ``cluster`` does the same on
the machines of a dask scheduler, with a pool on each.
"""
