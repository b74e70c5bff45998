"""The files of a project: opened, never outside the project, and validated.

``files`` opens the files that a brief names. ``pictures`` and ``svg`` validate and measure pictures, ``metadata``
removes their metadata. ``tables`` reads CSV and fills tables and charts, and ``columns`` finds the convention for
numbers in each column. ``workbooks`` reads Excel and OpenDocument files with ``xlsx`` and ``ods``; ``archives`` opens
them within limits, ``cells`` reads number formats, and ``sheets`` and ``rows`` are the data between these modules.
"""
