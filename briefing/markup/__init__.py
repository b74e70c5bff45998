"""The texts of fields: Markdown with citations, references and runs in another language.

``markdown`` and ``inline`` read a text. ``links`` decides which links are allowed. ``validate`` finds what a text must
not contain, and probable typing mistakes. ``walk`` visits every text of a brief.
"""
