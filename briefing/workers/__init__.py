"""Worker processes with limits of time and memory, through the interface ``concurrent.futures.Executor``.

``pool`` is the pool, built on pebble; ``processes`` starts its processes, and ``worker`` is the code that runs in them.
``cluster`` does the same on the machines of a dask scheduler, with a pool on each.
"""
