"""A galley with everything in docs/galley.md, for the tests of the Word writer: two pages and a meeting sheet."""

from pathlib import Path

from briefing.assets.pictures import Picture
from briefing.galley import Element, Galley, Properties, Running, parse_markup
from briefing.theme.load import load_theme

FLAG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 450" width="900" height="450">
<rect width="900" height="450" fill="#00abc2"/><circle cx="450" cy="200" r="90" fill="#ffec2d"/></svg>"""
MAP = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 240" width="600" height="240">
<rect width="600" height="240" fill="#eef3f7"/><path d="M60 180 L200 60 L420 70 L540 190 Z" fill="#9fb1c2"/>
<text x="250" y="140" font-size="22" font-family="Source Sans 3">Kazakhstan</text></svg>"""
CHART = """<svg viewBox="0 0 640 150" role="img" aria-label="Exports in 2014 and 2015: 79.5 and 46.0 billion US dollars">
<rect x="120" y="20" width="480" height="26" fill="#1f4e79"/><rect x="120" y="70" width="280" height="26" fill="#1f4e79"/>
<text x="110" y="40" text-anchor="end" font-size="15">2014</text><text x="110" y="90" text-anchor="end" font-size="15">2015</text></svg>"""
NUMBERS = (
    "{&quot;type&quot;: &quot;bar&quot;, &quot;unit&quot;: &quot;US$ billion&quot;, &quot;categories&quot;: [&quot;2014&quot;, &quot;2015&quot;],"
    " &quot;series&quot;: [{&quot;name&quot;: &quot;Exports&quot;, &quot;values&quot;: [79.5, 46.0]}], &quot;digits&quot;: 1}"
)


def call(key: str, number: int, again: int = 1) -> str:
    """The markup of a note call in the galley, after the notes are numbered."""
    return (
        f'<sup class="note-call"><a href="#source-{key}" id="call-{key}-{again}" data-note="{key}">{number}</a></sup>'
    )


BODY = f"""
<header class="masthead">
  <div class="masthead-text">
  <p class="series" data-path="series">Country brief <span class="draft-mark">Draft</span></p>
  <p class="country">Kazakhstan</p>
  <p class="issue-line">CB 14/2016 · Version 2 · Copy 3 of 12 · 5 October 2016</p>
  </div>
</header>
<h1 data-path="title">Kazakhstan: many vectors, one policy</h1>
<p class="summary" data-path="summary">Kazakhstan keeps up good relations with Russia, China and the West at once. In January 2017 it takes
  that balance to the United Nations Security Council.</p>
<aside class="fact-box" aria-labelledby="fact-box-title">
  <p class="fact-box-title" id="fact-box-title">At a glance</p>
  <figure class="flag"><img src="picture:images/flag.svg" alt="Flag of Kazakhstan" width="900" height="450"/></figure>
  <dl class="facts">
    <div><dt>Official name</dt><dd>Republic of Kazakhstan, <span lang="kk">Қазақстан Республикасы</span>{call("factbook", 1)}</dd></div>
    <div><dt>Capital</dt><dd>Astana</dd></div>
    <div data-path="fact_box.facts.Population"><dt>Population</dt><dd>18.4 million <span class="as-of">July 2016</span>{call("factbook", 1, 2)}</dd></div>
    <div><dt>Area</dt><dd>2,724,900 km²</dd></div>
    <div><dt>Languages</dt><dd>Kazakh (state language), Russian (official use)</dd></div>
    <div><dt>Currency</dt><dd>Tenge (<span lang="kk">теңге</span>, KZT)</dd></div>
    <div><dt>President</dt><dd>Nursultan Nazarbayev <span class="as-of">1 October 2016</span></dd></div>
    <div><dt>Security Council</dt><dd>Non-permanent member, 2017–18{call("election", 2)}</dd></div>
  </dl>
</aside>
<section class="key-points" aria-labelledby="key-points-title" data-path="key_points">
  <p class="key-points-title" id="key-points-title">Key points</p>
  <ul><li><em>Multi-vector policy:</em> Russia, China and the West, all at once.{call("embassy", 3)}</li>
  <li><em>Non-nuclear by choice:</em> it offers that as an example.{call("embassy", 3, 2)}</li>
  <li>In the chair of the <abbr title="Organization for Security and Co-operation in Europe">OSCE</abbr> in 2010.</li></ul>
</section>
<section id="principles" data-path="sections[0]">
  <h2 data-path="sections[0].title">Principles and priorities <span class="portion-mark">(OFFICIAL)</span></h2>
  <p data-path="sections[0].body[0]">A country of this size, with roots in both Europe and Asia, has many interests. Its location has
    helped to shape its priorities and its diplomacy, which seeks <strong>strong and <em>lasting</em> alliances</strong> and
    partnerships; see <a class="reference" href="#memberships" data-reference="memberships">Table 1</a>, <a class="reference" href="#osce" data-reference="osce">The OSCE chairmanship</a> and <a href="#milestones">the milestones</a>.{call("embassy", 3, 3)}</p>
  <p>Kazakhstan (<span lang="kk">Қазақстан</span>) calls itself impartial; it says that it has worked hard to reform its military,
    political and economic policies on the way to full democracy. President Nursultan Nazarbayev believes that strong political and
    economic reform puts the country in a better position to build relations abroad (<a href="https://www.example.org/speech?a=1&amp;b=2">the speech</a>). Among its most important
    decisions since independence was to be a non-nuclear state and to work for non-proliferation: an example, and a sign of the wish
    for peace, internal stability and sustainable economic and political development. CO<sub>2</sub> fell; the area is 10<sup>6</sup> km.</p>
  <p class="portion-mark">(OFFICIAL)</p>
  <h3>Neighbours</h3>
  <p>Good relations with Russia, China, the United States and other Western nations show, in the embassy’s phrase, the “vibrancy and
    dynamism” of the policy. Ties are good, too, within Central Asia and with many other European and Asian countries.</p>
  <ul><li><em>Russia:</em> long-standing historical ties and a vast shared border.<ul><li>The longest land border</li></ul></li>
  <li><p>China: also a neighbour.</p><p>Its pursuit of energy security goes on.</p></li></ul>
  <h4>In order</h4>
  <ol><li>First</li><li>Second<ol><li>Under the second</li></ol></li></ol>
</section>
<section id="osce" data-path="sections[1]">
  <h2>The OSCE chairmanship</h2>
  <p>In 2010 Kazakhstan was the first state of the former Soviet Union in the chair. Its motto was made of four words: trust, tradition,
  transparency and tolerance. The United States supported it, and an Assistant Secretary of State said so in Washington in January of that year.</p>
  <blockquote class="pull-quote" data-path="sections[1].body[1].pull_quote"><p>“It is charting a course for a bright and promising future.”</p>
    <p class="attribution">Robert O. Blake, Assistant Secretary of State, 20 January 2010{call("blake", 4)}</p></blockquote>
  <p>The summit of Astana in December 2010 was the first since 1999. It ended with a commemorative declaration, after a night of
  negotiation in which the delegations failed to agree upon a plan of action. The declaration speaks of a security community that
  reaches from Vancouver to Vladivostok, free and democratic, and it reaffirms the commitments of the Helsinki Final Act in full.
  Observers called it a modest result, though few had expected that a summit would take place at all.</p>
  <blockquote class="extract" aria-hidden="true" data-path="x"><p>the first state of the former Soviet Union in the chair</p></blockquote>
  <ol start="3"><li>Third, in a list of its own</li></ol>
  <div data-path="x"><p class="block-title">How it came about</p>
  <dl class="timeline" id="milestones"><div><dt><time datetime="2010-01-20">20 January 2010</time></dt><dd>Remarks in Washington.</dd></div>
  <div><dt><time datetime="2010-12-01">1–2 December 2010, Astana</time></dt><dd>Summit, with a declaration that runs on for more than a line so that one can see how it hangs.</dd></div></dl></div>
  <dl class="people"><div data-path="p"><dt>Erlan Idrissov</dt><dd>Minister of Foreign Affairs, since 2012. A career diplomat, twice minister.</dd></div></dl>
  <table class="brief-table" id="memberships" data-path="t">
    <caption><span class="caption-label" data-count="table">Table 1</span> Memberships</caption>
    <thead><tr><th scope="col">Body</th><th scope="col">Part</th><th scope="col" class="number">Since <span class="unit">year</span></th></tr></thead>
    <tbody><tr><th scope="row">Commonwealth of Independent States (CIS)</th><td>Member</td><td class="number">1991</td></tr>
    <tr><th scope="row">Shanghai Cooperation Organisation (SCO)</th><td>Founding member</td><td class="number">2001</td></tr></tbody>
  </table>
  <p class="table-note">“EEU” in the embassy’s text is the EAEU.{call("embassy", 3, 4)}</p>
  <table class="brief-table wide"><thead><tr><th scope="col">Partner</th><th scope="col">What it wants</th><th scope="col" class="number">Trade</th></tr></thead>
    <tbody><tr><th scope="row">Russia</th><td>Union</td><td class="number">15.5</td></tr></tbody></table>
  <p>A paragraph after a table without a note.</p>
  <figure class="chart" id="trade" data-chart="{NUMBERS}" data-path="c">
    <figcaption><span class="caption-label" data-count="figure">Figure 1</span> Exports of goods <span class="unit">US$ billion</span></figcaption>
    {CHART}
    <p class="figure-note">2016 is an estimate.</p>
  </figure>
  <figure class="picture wide" id="locator" data-path="l">
    <img src="picture:images/map.svg" alt="Map of Central Asia" width="600" height="240"/>
    <figcaption><span class="caption-label" data-count="figure">Figure 2</span> Kazakhstan and its neighbours <span class="credit">Drawn for this brief</span></figcaption>
    <p class="figure-note">Boundaries shown do not imply endorsement.</p>
  </figure>
  <aside class="sidebar" id="eaeu" data-path="s"><p class="sidebar-title">What is the EAEU?</p><p>A union of five states, with one market for goods.{call("election", 2, 2)}</p><ul><li>Armenia</li><li>Belarus</li></ul></aside>
  <blockquote><p>A quotation in the text, in a block of its own.</p></blockquote>
  <p lang="ar" dir="rtl">مرحبا بكم في <strong>كازاخستان</strong></p>
  <p>See <a class="reference" href="#trade" data-reference="trade">Figure 1</a> and <code>x</code>, <cite>The Times</cite>.<br/>A new line.</p>
  <hr class="page-break"/>
</section>
<section class="glossary" id="glossary"><h2>Abbreviations</h2><dl class="abbreviations"><div><dt>OSCE</dt><dd>Organization for Security and Co-operation in Europe</dd></div></dl></section>
<section class="notes" id="sources"><h2>Sources</h2><ol>
  <li id="source-factbook">Central Intelligence Agency, <cite>The World Factbook</cite>, 2016. <a class="backlink" href="#call-factbook-1" aria-label="Back to the text">↑</a></li>
  <li id="source-election">United Nations, <cite>Election of five members</cite>, 28 June 2016, <a href="https://www.example.org/un">www.example.org/un</a>. <a class="backlink" href="#call-election-1" aria-label="Back to the text">↑</a></li>
  <li id="source-embassy">Embassy of Kazakhstan, <cite>Foreign policy</cite>. <a class="backlink" href="#call-embassy-1" aria-label="Back to the text">↑</a></li>
  <li id="source-blake">Robert O. Blake, <cite>Remarks</cite>, 20 January 2010. <a class="backlink" href="#call-blake-1" aria-label="Back to the text">↑</a></li>
</ol></section>
<section class="further-reading"><h2>Further reading</h2><ul><li data-path="sources.x">A book that nobody cites, <cite>Its Title</cite>, 2014.</li></ul></section>
<p class="imprint">Prepared by Central Asia Desk · Cleared by Head of Department · desk@example.org · Facts as of 1 October 2016</p>
<section class="meeting-sheet" id="meeting-1" data-path="meetings[0]">
  <h2>Call on the Minister of Foreign Affairs</h2>
  <dl class="meeting-details"><div><dt>When</dt><dd>Wednesday, 12 October 2016, 10:30</dd></div><div><dt>Where</dt><dd>Astana</dd></div></dl>
  <h3>Objectives</h3><ul data-path="o"><li>Learn what Astana wants from its term.</li></ul>
  <h3>Points to make</h3><ul class="points-to-make" data-path="p"><li>We welcome the election.</li><li>We hope to work together.</li></ul>
  <h3>If raised</h3><dl class="if-raised"><div data-path="i"><dt>Visas</dt><dd>We are looking at it.</dd><dd class="background">Background that is not for saying aloud.</dd></div></dl>
  <h3>Not to be disclosed</h3><ul class="internal-only" data-path="n"><li>The price.</li></ul>
</section>
<section class="annex" id="annex-1" data-path="annexes[0]"><h2>Annex A. Treaty text</h2><p>Article 1. The parties agree.</p><pre>A  table
in type</pre></section>
"""

MARKS = """<div class="middle"><p class="running-marking">OFFICIAL</p></div>"""
RUNNING = f"""<header class="first-page">{MARKS}</header>
<header><div class="start"><p class="running-head">Kazakhstan: many vectors, one policy</p></div>{MARKS}
<div class="end"><p class="running-draft">Draft · version 2</p></div></header>
<footer><div class="start"><p class="running-foot">Country brief · CB 14/2016</p></div>{MARKS}
<div class="end"><p class="running-foot">Page <span data-count="page"/> of <span data-count="pages"/></p></div></footer>"""


def elements(markup: str) -> tuple[Element, ...]:
    """The elements of some markup."""
    return tuple(node for node in parse_markup(markup) if not isinstance(node, str))


def galley(body: str = BODY, **changes: object) -> Galley:
    """The galley of the brief above, or of other markup with the same metadata."""
    values = {
        "name": "kazakhstan",
        "edition": "internal",
        "language": "en-GB",
        "direction": "ltr",
        "paper": "A4",
        "theme": load_theme("standard"),
        "properties": Properties(
            title="Kazakhstan: many vectors, one policy",
            subject="Country brief",
            author="Central Asia Desk",
            keywords="Kazakhstan",
            marking="OFFICIAL",
            reference="CB 14/2016",
            version="2",
            status="draft",
            issued="2016-10-05",
        ),
        "running": Running(elements(RUNNING)),
        "body": elements(body),
        "pictures": {
            "images/flag.svg": Picture("images/flag.svg", FLAG, "image/svg+xml", 900, 450),
            "images/map.svg": Picture("images/map.svg", MAP, "image/svg+xml", 600, 240),
        },
    }
    return Galley(**{**values, **changes})


if __name__ == "__main__":
    import sys

    from briefing.writers.docx import write_docx

    Path(sys.argv[1]).write_bytes(write_docx(galley()).data)
