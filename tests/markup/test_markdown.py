"""Markdown becomes the markup of the galley: words are unchanged, and invalid text is reported."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.markup.markdown import bullets, citations, line, plain, prose, references
from briefing.markup.validate import text_issues
from tests.support.sweep import sweep

PROSE = [
    ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
    ("One\ntwo.", "<p>One two.</p>"),
    ("One\\\ntwo.", "<p>One<br/>two.</p>"),
    ("A *b* **c** `d`.", "<p>A <em>b</em> <strong>c</strong> <code>d</code>.</p>"),
    ("# Goods\n\n## Oil", "<h3>Goods</h3><h4>Oil</h4>"),
    ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
    ("- one\n\n- two", "<ul><li>one</li><li>two</li></ul>"),
    ("- one\n  - inner\n- two", "<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>"),
    ("- one\n\n  more\n- two", "<ul><li><p>one</p><p>more</p></li><li>two</li></ul>"),
    ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
    ("4. four\n5. five", '<ol start="4"><li>four</li><li>five</li></ol>'),
    ("> said", "<blockquote><p>said</p></blockquote>"),
    ("```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
    ("Text\n---\n", "<p>Text</p><hr/>"),
    ("    indented text", "<p>indented text</p>"),
    ("Text.[@a] More.", '<p>Text.<a class="note-call" data-note="a"/> More.</p>'),
    ("Text. [@a]", '<p>Text.<a class="note-call" data-note="a"/></p>'),
    ("Text.\n[@a; @b-2010]", '<p>Text.<a class="note-call" data-note="a"/><a class="note-call" data-note="b-2010"/></p>'),
    ("See [[osce]].", '<p>See <a class="reference" data-reference="osce"/>.</p>'),
    ("The [Мәжіліс]{lang=kk}.", '<p>The <span lang="kk">Мәжіліс</span>.</p>'),
    ("The [*Мәжіліс*]{lang=kk}.", '<p>The <span lang="kk"><em>Мәжіліс</em></span>.</p>'),
    ("In [שלום]{lang=he}", '<p>In <span lang="he" dir="rtl">שלום</span></p>'),
    ("In [سلام]{lang=az-Arab}", '<p>In <span lang="az-Arab" dir="rtl">سلام</span></p>'),
    ("In [qazaq]{lang=kk-Latn}", '<p>In <span lang="kk-Latn">qazaq</span></p>'),
    ("[OSCE](https://osce.org/?a=1&b=2)", '<p><a href="https://osce.org/?a=1&amp;b=2">OSCE</a></p>'),
    ("[mail](mailto:desk@example.org)", '<p><a href="mailto:desk@example.org">mail</a></p>'),
    ("[above](#osce)", '<p><a href="#osce">above</a></p>'),
    ("<b>raw</b> & <script>", "<p>&lt;b&gt;raw&lt;/b&gt; &amp; &lt;script&gt;</p>"),
    ("<div>\nraw\n</div>", "<p>&lt;div&gt; raw &lt;/div&gt;</p>"),
    ("[a]: https://example.org\n\n[a]", '<p>[a]: <a href="https://example.org">https://example.org</a></p><p>[a]</p>'),
    ("See https://example.org now", '<p>See <a href="https://example.org">https://example.org</a> now</p>'),
    ("(https://example.org/a(b)).", '<p>(<a href="https://example.org/a(b)">https://example.org/a(b)</a>).</p>'),
    ("https://example.org/a_b_c.[@key]", '<p><a href="https://example.org/a_b_c">https://example.org/a_b_c</a>.<a class="note-call" data-note="key"/></p>'),
    ("[https://a.example](https://b.example)", '<p><a href="https://b.example">https://a.example</a></p>'),
    ("https\\://example.org", "<p>https://example.org</p>"),
    ("https://", "<p>https://</p>"),
    ('He said "so" -- and left...', "<p>He said &quot;so&quot; -- and left...</p>"),
    ("{{ brief.title }} {% raw %}", "<p>{{ brief.title }} {% raw %}</p>"),
    ("~~a~~ | b | c |", "<p>~~a~~ | b | c |</p>"),
    ("`[@a]` and \\[@b]", "<p><code>[@a]</code> and [@b]</p>"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "markup"), PROSE)
def test_prose_is_converted_to_the_expected_markup(text, markup):
    assert prose(text) == markup


def test_headings_can_start_at_a_lower_level():
    assert prose("# Goods", base_heading=4) == "<h4>Goods</h4>"


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("17.9 *million*", "17.9 <em>million</em>"),
        ("- 5 °C", "- 5 °C"),
        ("1. Mai 2016", "1. Mai 2016"),
        ("# 14", "# 14"),
        ("> 5 million", "&gt; 5 million"),
        ("two\nlines\n", "two lines"),
        ("  spaced  ", "spaced"),
    ],
)
def test_a_line_has_no_block_elements(text, markup):
    assert line(text) == markup


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("One *method*.", "<ul><li>One <em>method</em>.</li></ul>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
    ],
)
def test_bullets_are_always_converted_to_a_list(text, markup):
    assert bullets(text) == markup


def test_citations_and_references_are_found_in_order():
    text = "- One.[@b; @a] `[@code]`\n- Two [[osce]], [above](#trade).[@b]\n"
    assert citations(text) == ("b", "a", "b")
    assert references(text) == ("osce", "trade")


def test_plain_returns_the_words_as_printed():
    assert (
        plain("# Goods\n\nThe *[Мәжіліс]{lang=kk}*\nsat. [@a]\n\n- one\n- two") == "Goods\nThe Мәжіліс sat.\none\ntwo"
    )


REFUSED = [
    ("prose", "### deep", "heading-level", 0, "###"),
    ("prose", "# ok\n\n#### deep", "heading-level", 6, "####"),
    ("prose", "See ![map](m.png)", "picture-in-text", 4, "!["),
    ("prose", "a\n\n* * *\n\nb", "rule", 3, "* * *"),
    ("prose", "x [a](file:///x) y", "link", 6, "file:///x"),
    ("line", "one\n\ntwo", "block-in-line", 5, "two"),
    ("line", "one\n- two\n- three", "block-in-line", 4, "- two"),
    ("line", "# one\ntwo", "block-in-line", 0, "# one"),
    ("bullets", "- one\n\nthen", "not-a-list", 7, "then"),
    ("bullets", "# Head\n- one", "not-a-list", 0, "# Head"),
    ("line", "said [@ blake]", "citation-form", 5, "[@ blake]"),
    ("line", "see [[]]", "reference-form", 4, "[[]]"),
    ("line", "[x]{lang=}", "foreign-form", 3, "{lang=}"),
    ("words", "a\x00b", "character", 1, "\x00"),
    ("words", "a\ud800b", "character", 1, "\ud800"),
    ("line", "a\ufffeb", "character", 1, "\ufffe"),
    ("prose", "[" * 30, "brackets", 20, "["),
    ("prose", "\n".join("  " * n + "- x" for n in range(12)), "markdown-depth", None, None),
]


@pytest.mark.parametrize(("kind", "text", "code", "offset", "fragment"), REFUSED)
def test_invalid_markdown_is_reported_with_its_position(kind, text, code, offset, fragment):
    (problem,) = text_issues(text, kind)
    assert problem.code == code
    assert problem.help
    if offset is not None:
        assert problem.fragment.startswith(fragment)
        assert text.startswith(problem.fragment, problem.offset)
        assert problem.offset == offset


@pytest.mark.parametrize(
    "text",
    [
        "a [b] c",
        "x@y.org",
        "{lang}",
        "[x] {lang=kk}",
        "a ! [b](https://c.d)",
        "3 * 4 * 5",
        "[@a]",
        "\\[@b",
        "`![x](y)`",
    ],
)
def test_harmless_text_gives_no_issues(text):
    assert text_issues(text, "line") == ()


@sweep
@given(st.text(alphabet=st.sampled_from("ab *_`#->[](){}@!|~\\&<>\"'\n1.;:=кс"), max_size=60))
def test_any_text_gives_well_formed_markup(text):
    for setter in (prose, line, bullets):
        ET.fromstring(f"<x>{setter(text)}</x>")
    for kind in ("prose", "line", "bullets"):
        text_issues(text, kind)


@sweep
@given(st.text(alphabet=st.sampled_from("abc .,;()\"'!?éқ–"), max_size=60))
def test_the_words_of_a_line_are_unchanged(text):
    typed = " ".join(text.split())
    set_again = "".join(ET.fromstring(f"<x>{line(text)}</x>").itertext())
    assert " ".join(set_again.split()) == typed
