"""Office Open XML: the only package that builds raw XML for the Word file, and that knows python-docx from inside.

``elements`` builds any element, ``text`` those of the text, ``drawing``, ``chart`` and ``vml`` those of drawings, and
``parts`` puts parts into the package and writes the file.
"""
