"""The texts of fields: Markdown with citations, references and runs in another language.

``markdown`` and ``inline`` read a text and render it; ``list_numbers`` tells dates from numbers of lists, and
``raw_markup`` finds markup of other programs. ``links`` decides which links are allowed. ``validate`` finds what a text
must not contain, and probable typing mistakes. ``references`` finds sources and ids that texts name but the brief does
not have. ``walk`` visits every text of a brief.
"""
