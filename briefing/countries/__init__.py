"""Flags, outlines and basic facts of countries, from data files that come with the program.

``atlas`` reads the outlines for maps, ``flags`` the flags, ``names`` gives names, capitals, neighbours, languages and
currencies. The files in ``data/`` are made by ``make country-data``.
"""
