"""Strings that have broken other programs; in a brief each must be printed as text, and none refused."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

from tests.support.every_field import escaped

NAUGHTY = (
    # Look like null, a number, a date, a boolean.
    "undefined null NULL nil None NaN Infinity -Infinity true FALSE yes No on Off ~ 0 -0 00 1e999 0x0 1.10 12:30 0777 2024-02-30 1,000.00 ١٢٣ ²",
    # Signs of code and of YAML.
    ",./;'[]\\-= <>?:\"{}|_+ !@#$%^&*()`~ : - # * & ! | > % @ ` ? , [ ] { } --- ... << =: [] {} () && || ;; == ===",
    # Characters that are wide, combining, right-to-left, joined, small, invisible, or surrogate pairs.
    "Ω≈ç√∫˜µ≤≥÷ åß∂ƒ©˙∆˚¬ œ∑´®†¥¨ˆøπ ¡™£¢∞§¶•ªº Ⅷ ½ ⅛ ٠١٢ ⁰⁴⁵ ₀₁₂ ﬁ ﬂ Ǆ ǅ ẞ ſ İ ı K Å",
    "田中さんにあげて下さい 社會科學院語學研究所 울란바토르 𠜎𠜱𠝹 表ポあA鷗ŒéＢ逍Üßªąñ丂㐀𠀀",
    "שָׁלוֹם עולם الخط العربي ثم نفس سقطت 123 abc \u202bright\u202c \u2067left\u2069 \u200fx\u200e",
    "T̷h̷e̷ ̷Z̷a̷l̷g̷o̷ ȩ̸̢̛͚͙͔̲͚̦͚̂̆̅͊̅̽̕͝ x\u0300\u0301\u0302\u0303\u0304 a\u0308\u0323 \u0301alone",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇰🇿🇺🇸🇷🇺 ❤️ 👾🙇💁 ✋🏿 1️⃣ \U0001f9d1\u200d\U0001f680 ¯\\_(ツ)_/¯ (╯°□°）╯︵ ┻━┻",
    "a\u00a0b a\u2003b a\u200bb a\u2060b a\u00adb a\ufeffb a\u3000b a\u202fb a\u180eb \ufff9x\ufffa\ufffb \ue000 \U000f0000",
    "\u0378 \U000107ff 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 葛\U000e0100 ☃\ufe0e ☃\ufe0f \U00020000\u0301 \u1ab0x \u115f \u3164 \u2065 \U0001f600\u200d \ufffd \ufffc",
    # Markup, scripts, styles.
    "<script>alert(1)</script> <img src=x onerror=alert(1)> <svg/onload=alert(1)> </style><script> --> <!-- ]]> <![CDATA[ <?xml ?> &lt;b&gt; &amp; &#x27; &nbsp; &bogus;",
    "</title></head><body onload=x> <a href=\"javascript:alert(1)\">x</a> ' onclick='x \" onfocus=\" `x` <p style=\"x:expression(1)\"> <math><mi//xlink:href=\"data:x\">",
    "}</style> @import 'x'; url(x) \\22 \\a /* */ //* */ ;} body{display:none} <style>*{} --x:url(y) !important",
    # Templates, formulas, fields, shells, paths, databases.
    "{{ 7*7 }} {% for x in y %} {# x #} ${7*7} #{7*7} <%= 7 %> %s %d %n %x $(x) `x` {0} {x!r} %(x)s \\1 \\g<0> $1",
    "=1+1 +1 -1 @SUM(1) =cmd|' /C calc'!A0 =HYPERLINK(\"http://x\") \\* MERGEFORMAT INCLUDETEXT \"x\" TOC \\o PAGE",
    "../../etc/passwd C:\\Windows\\x \\\\server\\share file:///x NUL CON ; rm -rf / | x & y > z '; DROP TABLE x; -- 1' OR '1'='1 \\0 \\x00 %00 \\n \\u0000",
    # Words, long and short.
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " + "x" * 300 + " " + "й" * 120,
    "Scunthorpe General Hospital Penistone Community Church Lightwater Country Park O'Brien d'Artagnan 'twas \"quoted\" “so” «so» „so“ -- --- ... (c) 1/2 1st",
    "http://example.org https://user:pass@example.org/?a=b&c=d#e mailto:x@y www.example.org x@y.z tel:+1 //x.y javascript:x data:,x [x](y) ![x](y) [[x]] [@x] [x]{lang=kk} **a** _b_ ~~c~~ # d 1. e > f",
)  # fmt: skip


def turn_about(first: int) -> Callable[[str, str], str]:
    """A function for ``every_field``: the name of the field, then the next string, starting with number ``first``."""
    order = cycle((*NAUGHTY[first:], *NAUGHTY[:first]))
    return lambda kind, where: f"{where} {next(order)}" if kind == "words" else escaped(f"{where} {next(order)}")
