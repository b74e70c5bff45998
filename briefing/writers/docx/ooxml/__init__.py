"""Office Open XML: the only package that builds raw XML for the Word file and uses private names of python-docx.

``elements`` builds any element, ``text`` those of the text, ``drawing`` and ``chart`` those of drawings.
``parts`` puts parts into the package and writes the file.
"""
