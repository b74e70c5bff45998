"""A screen page for the editions for the hand: one column, and on paper from a browser the margin for notes."""

from __future__ import annotations

from briefing.theme import Theme

__all__ = ["screen_rules"]

#: It says what the stylesheets say of their side column, after them, and is as specific.
_COLUMN = """\
@media screen and (min-width: 64rem), print {
  main { padding-inline: 0; }
  .masthead, h1, .wide, .scroll:has(> .wide), .notes, .further-reading, .glossary, .imprint { margin-inline: 0; }
  .summary { float: none; }
  .fact-box, .contents, .pull-quote, .extract, .portion-mark:has(+ :is(.pull-quote, .extract)),
  .glossary:not(:has(.abbreviations > :nth-child(11))) { float: none; clear: both; width: auto; margin-inline: 0; }
  .fact-box { margin-block: 1.4rem; }
  .pull-quote, .extract { margin-block: 1.6rem; }
  .facts > div { display: flex; }
  .meeting-sheet { margin-inline: 0; padding-inline: 0; }
  .meeting-sheet > h2 { margin-inline: 0; }
  .meeting-details, .meeting-sheet > h3:has(+ .people), .meeting-sheet > h3 + .people {
    float: none; clear: none; width: auto; margin-inline: 0;
  }
  .meeting-details > div, .meeting-sheet .people > div { display: flex; padding-block: .15rem; }
}
@media screen and (min-width: 64rem) { body { max-width: 44rem; } }
"""


def screen_rules(theme: Theme) -> str:
    """What follows the theme's own screen stylesheet where its page has no side column; nothing where it has one."""
    if theme.measures.side:
        return ""
    return _COLUMN + _margins(theme)


def _margins(theme: Theme) -> str:
    inner, outer = theme.measures.sides, theme.measures.outer
    if outer is None:
        return ""
    return (
        f"@media print{{@page:right{{margin-left:{inner:g}mm;margin-right:{outer:g}mm}}"
        f"@page:left{{margin-left:{outer:g}mm;margin-right:{inner:g}mm}}}}\n"
    )
