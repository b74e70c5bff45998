"""Language tags as Word writes them: with a region, and with a script only where Word's own tags have one."""

from __future__ import annotations

from functools import cache

#: Languages whose tags in Word include a script.
_WITH_SCRIPT = frozenset({"az", "bs", "ha", "iu", "ks", "ku", "sd", "sr", "tg", "tzm", "uz"})


@cache
def word_language(tag: str) -> str:
    """``kk`` -> ``kk-KZ``, ``ru`` -> ``ru-RU``, ``uz`` -> ``uz-Latn-UZ``; a tag with a region stays as it is."""
    from babel.core import get_global

    language, *rest = tag.replace("_", "-").split("-")
    language = language.lower()
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in rest if len(part) == 2 or (len(part) == 3 and part.isdigit())), "")
    likely = get_global("likely_subtags")
    guess = str(likely.get(f"{language}_{script}" if script else language) or likely.get(language) or "").split("_")
    if not region:
        region = guess[2] if len(guess) == 3 else ""
    if language in _WITH_SCRIPT and not script and len(guess) == 3:
        script = guess[1]
    kept = script if language in _WITH_SCRIPT else ""
    return "-".join(part for part in (language, kept, region) if part)
