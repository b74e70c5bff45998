"""Screen rules for the hand editions: one column, and in a browser's print a wide margin for notes."""

from __future__ import annotations

from briefing.theme import Theme

#: Undoes the stylesheets' rules for the side column. It comes after them, with the same specificity.
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
    """The CSS after the theme's own screen stylesheet if its page has no side column; empty if it has one."""
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
