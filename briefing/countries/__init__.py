"""Flags, outlines and basic facts of countries, from data files that come with the program.

``atlas`` reads the outlines for maps, ``flags`` the flags, ``names`` gives names, capitals, neighbours, languages and
currencies. The files in ``data/`` are made by ``make country-data``.

``draw`` makes a locator map for a ``request``. ``frame`` chooses the part of the world, ``projection`` and ``land``
bring the outlines to paper, and ``shapes`` clips them. ``labels`` finds places for words on a ``raster``. ``signs`` has
rings, dots and the scale bar, ``globe`` the small globe, ``palette`` the colours, ``svg`` the elements. ``own`` puts
outlines of an organisation in place of those of the program.
"""
