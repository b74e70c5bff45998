"""The list of SVG features that the PDF engine draws as a browser does, compared with the drawings of resvg."""

import io
import tempfile
from pathlib import Path

import pytest

from briefing.assets.svg import measure
from tests.support.static_fonts import static_font


def named(data):
    from fontTools.ttLib import TTFont

    font, out = TTFont(io.BytesIO(data)), io.BytesIO()
    font["name"].names = []
    for number, text in ((1, "Ministry Sans"), (2, "Regular"), (4, "Ministry Sans"), (6, "MinistrySans")):
        font["name"].setName(text, number, 3, 1, 0x409)
    font.save(out)
    return out.getvalue()


FACES = {weight: named(static_font(weight, italic=False)) for weight in (400, 700)}
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
R = '<rect x="20" y="20" width="120" height="60" fill="#06c"{}/>'
T = '<text x="20" y="60" font-family="Ministry Sans" font-size="30"{}>Bergen</text>'
G = '<linearGradient id="g"{}><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>'
FEATURES = {
    "shapes": R.format("") + '<circle cx="150" cy="50" r="30"/><ellipse cx="60" cy="80" rx="50" ry="9" fill="red"/>',
    "lines": '<line x1="5" y1="5" x2="190" y2="90" stroke="red" stroke-width="9"/><polyline points="5,5 50,90 90,5" fill="none" stroke="#000"/><polygon points="100,5 150,90 190,5"/>',
    "path": '<path d="M10 10 C 60 90 90 90 190 10 S 10 90 10 90 Q 5 5 90 50 T 9 9 A 30 20 0 0 1 90 90 z" fill-rule="evenodd"/>',
    "dashes": '<path d="M10 50 H190" stroke="red" stroke-width="20" stroke-dasharray="30 10" stroke-dashoffset="12"/>',
    "caps": '<path d="M30 70 L90 20 L150 70" fill="none" stroke="red" stroke-width="20" stroke-linecap="round" stroke-linejoin="round"/>',
    "rounded": R.format(' rx="20"'),
    "opacity": R.format(' opacity=".4"') + R.format(' fill-opacity=".4" transform="translate(30 9)"'),
    "group opacity": f'<g opacity=".4">{R.format("")}{R.format(chr(32) + "transform=" + chr(34) + "translate(30 9)" + chr(34))}</g>',
    "transform": f'<g transform="rotate(20) scale(.8) skewX(10)">{R.format("")}</g>',
    "transform in style": f'<g style="transform: rotate(20deg)">{R.format("")}</g>',
    "transform origin": f'<g transform="rotate(20)" transform-origin="50 50">{R.format("")}</g>',
    "style attribute": '<rect x="20" y="20" width="120" height="60" style="fill:red;stroke:blue;stroke-width:9"/>',
    "class": f"<style>.a {{ fill: red }} rect {{ stroke: blue }}</style>{R.format(chr(32) + 'class=' + chr(34) + 'a' + chr(34))}",
    "style rule against attribute": f"<style>rect {{ fill: red }}</style>{R.format('')}",
    "child selector": f"<style>g > rect {{ fill: red }}</style><g>{R.format('')}</g>",
    "current colour": '<g color="red"><rect width="90" height="90" fill="currentColor"/></g>',
    "linear gradient": G.format("") + '<rect width="190" height="90" fill="url(#g)"/>',
    "gradient transform": G.format(' gradientTransform="rotate(45)"')
    + '<rect width="190" height="90" fill="url(#g)"/>',
    "gradient href": G.format("")
    + '<linearGradient id="h" href="#g" x2="0" y2="1"/><rect width="190" height="90" fill="url(#h)"/>',
    "gradient reflect": G.format(' x2=".3" spreadMethod="reflect"') + '<rect width="190" height="90" fill="url(#g)"/>',
    "radial gradient": G.format("").replace("linear", "radial") + '<rect width="190" height="90" fill="url(#g)"/>',
    "gradient user space": G.format(' gradientUnits="userSpaceOnUse" x1="0" x2="190"')
    + '<rect width="190" height="90" fill="url(#g)"/>',
    "pattern": '<pattern id="p" width="20" height="20" patternUnits="userSpaceOnUse"><rect width="10" height="10"/></pattern><rect width="190" height="90" fill="url(#p)"/>',
    "pattern box": '<pattern id="p" width=".2" height=".2"><rect width="10" height="10"/></pattern><rect width="190" height="90" fill="url(#p)"/>',
    "clip": '<clipPath id="c"><circle cx="90" cy="50" r="40"/></clipPath><rect width="190" height="90" clip-path="url(#c)"/>',
    "clip units": '<clipPath id="c" clipPathUnits="objectBoundingBox"><rect width=".5" height=".5"/></clipPath><rect width="190" height="90" clip-path="url(#c)"/>',
    "mask": '<mask id="m"><rect width="100" height="90" fill="#fff"/><rect x="100" width="50" height="90" fill="#888"/></mask><rect width="190" height="90" mask="url(#m)"/>',
    "marker": '<marker id="m" markerWidth="4" markerHeight="4" refX="2" refY="2"><circle cx="2" cy="2" r="2" fill="red"/></marker><path d="M20 20 L100 80 L180 20" fill="none" stroke="#000" stroke-width="5" marker-start="url(#m)" marker-mid="url(#m)" marker-end="url(#m)"/>',
    "marker turned": '<marker id="m" markerWidth="4" markerHeight="4" refX="2" refY="2" orient="auto"><path d="M0 0 L4 2 L0 4z" fill="red"/></marker><path d="M20 20 L100 80 L180 20" fill="none" stroke="#000" stroke-width="5" marker-end="url(#m)"/>',
    "use": '<defs><rect id="r" width="40" height="40"/></defs><use href="#r" x="20"/><use href="#r" x="90" y="30" fill="red"/>',
    "symbol": '<symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></symbol><use href="#s" x="20" width="60" height="60"/>',
    "svg in svg": '<svg x="50" y="20" width="60" height="60" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></svg>',
    "display none": f'<g display="none">{R.format("")}</g><circle cx="150" cy="50" r="30"/>',
    "visibility": f'<g visibility="hidden">{R.format("")}<circle visibility="visible" cx="150" cy="50" r="30"/></g>',
    "text": T.format(""),
    "bold text": T.format(' font-weight="bold"'),
    "middle": T.format(' text-anchor="middle" transform="translate(80 0)"'),
    "tspan": '<text x="20" y="40" font-family="Ministry Sans" font-size="30">Ber<tspan x="50" dy="30" fill="red">gen</tspan></text>',
    "letter spacing": T.format(' letter-spacing="5"'),
    "font shorthand": '<text x="20" y="60" style="font:bold 30px \'Ministry Sans\'">Bergen</text>',
    "font shorthand in a rule": '<style>text { font: 30px \'Ministry Sans\' }</style><text x="20" y="60">Bergen</text>',
    "text path": '<path id="t" d="M20 80 Q 90 10 180 80" fill="none"/><text font-family="Ministry Sans" font-size="24"><textPath href="#t">Bergen og Oslo</textPath></text>',
    "text rotate": T.format(' rotate="20"'),
    "text length": T.format(' textLength="160" lengthAdjust="spacingAndGlyphs"'),
    "baseline": T.format(' dominant-baseline="hanging"'),
    "vertical": '<text x="90" y="10" font-size="16" writing-mode="tb">Bergen</text>',
    "halo": T.format(' stroke="#f90" stroke-width="9" paint-order="stroke"'),
    "text stroke": T.format(' stroke="#f90" stroke-width="3"'),
    "underline": T.format(' text-decoration="underline"'),
    "switch": '<switch><rect systemLanguage="ru" width="190" height="90" fill="red"/><rect width="90" height="90"/></switch>',
    "image": f'<image x="20" y="20" width="120" height="60" preserveAspectRatio="none" href="{PIXEL}"/>',
    "blur": f'<filter id="f"><feGaussianBlur stdDeviation="8"/></filter>{R.format(chr(32) + "filter=" + chr(34) + "url(#f)" + chr(34))}',
    "blend": f'{R.format("")}<circle cx="90" cy="50" r="40" fill="#fc0" style="mix-blend-mode:multiply"/>',
    "vector effect": '<g transform="scale(5)"><path d="M5 5 H35 V15" fill="none" stroke="red" stroke-width="4" vector-effect="non-scaling-stroke"/></g>',
    "percentages": '<rect x="10%" y="10%" width="50%" height="50%"/>',
    "hsl": '<rect width="190" height="90" fill="hsl(120, 50%, 50%)"/>',
    "rgba": '<rect width="190" height="90" fill="rgba(255, 0, 0, .4)"/>',
    "gradient in text": G.format("") + T.format(' fill="url(#g)"'),
    "gradient in text by a rule": f"<style>.a {{ fill: url(#g) }}</style>{G.format('')}{T.format(chr(32) + 'class=' + chr(34) + 'a' + chr(34))}",
    "gradient stroke": G.format("") + R.format(' fill-opacity="0" stroke="url(#g)" stroke-width="20"'),
    "stroke opacity": R.format(' stroke="red" stroke-width="20" stroke-opacity=".3"'),
    "stop opacity": '<linearGradient id="g"><stop stop-color="red" stop-opacity=".5"/><stop offset="1"/></linearGradient><rect width="190" height="90" fill="url(#g)"/>',
    "pattern beside the origin": '<pattern id="p" width="40" height="40" patternUnits="userSpaceOnUse"><rect width="20" height="40"/></pattern><rect x="30" y="30" width="100" height="60" fill="url(#p)"/>',
    "mask of a group": '<mask id="m"><rect width="100" height="90" fill="#fff"/></mask><g mask="url(#m)"><rect width="190" height="90"/></g>',
    "clip of text": '<clipPath id="c"><text x="20" y="60" font-family="Ministry Sans" font-size="40">Bergen</text></clipPath><rect width="190" height="90" fill="red" clip-path="url(#c)"/>',
    "clip rule": '<clipPath id="c"><path clip-rule="evenodd" d="M10 10h100v80h-100zM40 30h40v40h-40z"/></clipPath><rect width="190" height="90" clip-path="url(#c)"/>',
    "clip of a copy": '<defs><rect id="r" width="100" height="80"/></defs><clipPath id="c"><circle cx="50" cy="40" r="30"/></clipPath><use href="#r" x="40" clip-path="url(#c)"/>',
    "clip of a group by its box": '<clipPath id="c" clipPathUnits="objectBoundingBox"><rect width=".5" height="1"/></clipPath><g clip-path="url(#c)"><rect x="20" width="100" height="80"/></g>',
    "copy of an svg": '<defs><svg id="s" width="50" height="50" viewBox="0 0 10 10"><rect width="10" height="10"/></svg></defs><use href="#s" x="20"/>',
    "symbol without a size": '<symbol id="s" viewBox="0 0 50 50"><rect width="50" height="25" fill="red"/></symbol><use href="#s"/>',
    "marker on a curve": '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L10 5L0 10z" fill="red"/></marker><path d="M20 20 Q100 90 180 20" fill="none" stroke="#000" stroke-width="5" marker-end="url(#m)"/>',
    "larger text": '<g font-size="30"><text x="20" y="60" font-family="Ministry Sans" font-size="larger">Bergen</text></g>',
    "bolder text": T.format(' font-weight="bolder"'),
    "tspan in tspan": '<text x="20" y="60" font-family="Ministry Sans" font-size="30">B<tspan fill="red">er<tspan font-weight="bold">g</tspan>e</tspan>n</text>',
    "ellipse with one radius": '<ellipse cx="90" cy="50" rx="40"/>',
    "radius in per cent": '<rect x="10" y="10" width="100" height="60" rx="20%"/>',
    "capitals in a style": '<rect x="20" y="20" width="120" height="60" style="FILL:red"/>',
    "collapsed": '<rect width="90" height="90" visibility="collapse"/><circle cx="150" cy="50" r="20"/>',
    "lengths in mm": '<rect x="5mm" y="5mm" width="3cm" height="10pt"/>',
    "context fill": '<marker id="m" markerWidth="4" markerHeight="4" refX="2" refY="2"><circle cx="2" cy="2" r="2" fill="context-stroke"/></marker><path d="M20 20 L180 80" stroke="red" stroke-width="9" marker-start="url(#m)"/>',
}


def svg(inner):
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">{inner}</svg>'


def drawn_by_engine(markup):
    import pypdfium2

    from briefing.writers.pdf.layout import make_fetcher
    from briefing.writers.pdf.weasyprint_.startup import import_weasyprint

    weasyprint = import_weasyprint()
    served = {f"font:{weight}": (data, "font/ttf") for weight, data in FACES.items()}
    fetcher = make_fetcher({"picture:0": (markup.encode(), "image/svg+xml"), **served})
    rules = "".join(
        f"@font-face {{ font-family: 'Ministry Sans'; font-weight: {w}; src: url(font:{w}) }}" for w in FACES
    )
    rules += "@page { size: 200px 100px; margin: 0 } body { margin: 0 } img { display: block; width: 200px }"
    page = f'<style>{rules}</style><img src="picture:0">'
    pdf = weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf()
    return pypdfium2.PdfDocument(pdf)[0].render(scale=96 / 72).to_pil().convert("RGB").resize((200, 100))


def drawn_by_resvg(markup):
    import resvg_py
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        files = []
        for weight, data in FACES.items():
            files.append(f"{folder}/{weight}.ttf")
            Path(files[-1]).write_bytes(data)
        png = resvg_py.svg_to_bytes(
            svg_string=markup,
            width=200,
            dpi=96,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=files,
            font_family="Ministry Sans",
            sans_serif_family="Ministry Sans",
            serif_family="Ministry Sans",
        )
    return Image.open(io.BytesIO(bytes(png))).convert("RGB")


def difference(markup):
    """The mean difference of the two drawings after a blur, which levels edges; 0 to 255."""
    from PIL import ImageChops, ImageFilter, ImageStat

    one, two = (
        image.filter(ImageFilter.GaussianBlur(3)) for image in (drawn_by_engine(markup), drawn_by_resvg(markup))
    )
    return sum(ImageStat.Stat(ImageChops.difference(one, two)).mean) / 3


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_drawn_otherwise_than_by_resvg_is_not_on_the_list(name):
    markup = svg(FEATURES[name])
    *_, undrawn, _ = measure("map.svg", markup.encode())
    if not undrawn:
        assert difference(markup) < 2
