"""The files of a project: opened, never outside the project, and validated.

``files`` opens the files that a brief names. ``pictures`` and ``svg`` validate and measure pictures, ``metadata``
removes their metadata. ``tables`` reads CSV, and ``columns`` finds the convention for numbers in each column.
"""
