"""Dockets: what a brief was made from and what came of it, so that nothing is made again while all of it holds.

The command line looks at them before it loads anything else. So the modules of this room are written with what Python
has loaded already, and import the rest where they need it: ``dataclasses``, ``pathlib`` and ``typing`` each take longer
to import than all the looking takes.
"""
