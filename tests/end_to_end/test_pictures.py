"""Pictures in the finished HTML, PDF and Word file: upright, in the right colours, never blank, never blown up."""

import base64
import io
import re
import unicodedata
import zipfile

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from PIL import Image

from briefing.pipeline import Job, build, check

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">{}</svg>'
RED, BLUE = (200, 30, 30), (30, 60, 200)


def photo(size=(900, 450), mode="RGB"):
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def turned(orientation):
    """A photograph that is upright only if its Exif orientation is heeded."""
    back = {
        2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_90", 7: "TRANSVERSE",
        8: "ROTATE_270",
    }  # fmt: skip
    image = photo()
    if orientation in back:
        image = image.transpose(getattr(Image.Transpose, back[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image, "JPEG", exif=exif, quality=95, subsampling=0)


def made(folder, data, name="photo.jpg", theme="standard", typed=""):
    (folder / name).write_bytes(data)
    (folder / "brief.yaml").write_text(
        f"title: Trade\nlayout:\n  theme: {theme}\nsections:\n  - title: Trade\n    body:\n      - figure:\n"
        f"          image: {typed or name}\n          alt: The harbour\n",
        "utf-8",
    )
    outcome = build(Job(str(folder / "brief.yaml"), str(folder / "out"), project=str(folder)))
    assert outcome.exit_code == 0, outcome.diagnostics
    html = (folder / "out" / "brief.html").read_text("utf-8")
    pdf = (folder / "out" / "brief.pdf").read_bytes()
    with zipfile.ZipFile(folder / "out" / "brief.docx") as archive:
        word = [archive.read(n) for n in archive.namelist() if n.startswith("word/media/") and not n.endswith("svg")]
        document = archive.read("word/document.xml").decode()
    return {d.code for d in outcome.diagnostics}, html, pdf, word, document


def page(pdf):
    return pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("RGB")


def box_of(image, colour):
    """The box of the pixels that are nearly of a colour; None if there is none."""
    bands = [
        band.point([255 * (abs(value - wanted) < 40) for value in range(256)])
        for band, wanted in zip(image.split(), colour, strict=True)
    ]
    from PIL import ImageChops

    return ImageChops.multiply(ImageChops.multiply(bands[0], bands[1]), bands[2]).getbbox()


def assert_red_left_of_blue(image):
    red, blue = box_of(image, RED), box_of(image, BLUE)
    assert red is not None
    assert blue is not None
    assert red[2] - 3 <= blue[0]
    assert abs((blue[2] - red[0]) / (red[3] - red[1]) - 2) < 0.1


PICTURES = {
    **{f"turned {n}": turned(n) for n in range(1, 9)},
    "CMYK": encoded(photo(mode="CMYK"), "JPEG", quality=95),
    "WebP": encoded(photo(), "WEBP", lossless=True),
    "AVIF": encoded(photo(), "AVIF"),
    "GIF": encoded(photo(), "GIF"),
    "palette": encoded(photo().quantize(4), "PNG"),
    "wrong resolution": encoded(photo(), "JPEG", dpi=(1, 1), quality=95),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_photograph_is_upright_and_in_its_colours_in_every_format(tmp_path, name):
    codes, html, pdf, word, _ = made(tmp_path, PICTURES[name])
    assert codes & {"small-picture", "picture-moves"} == set()
    shown = re.search(r'src="data:image/(?:png|jpeg);base64,([^"]+)"', html)
    for image in (base64.b64decode(shown[1]), word[0]):
        assert_red_left_of_blue(Image.open(io.BytesIO(image)).convert("RGB"))
    assert_red_left_of_blue(page(pdf))


def test_a_gray_picture_of_16_bits_is_not_black(tmp_path):
    gray = Image.new("I;16", (900, 450), 40000)
    _, _, pdf, word, _ = made(tmp_path, encoded(gray, "PNG"), "gray.png")
    assert Image.open(io.BytesIO(word[0])).convert("L").getpixel((9, 9)) == 40000 // 256
    assert box_of(page(pdf), (156, 156, 156)) is not None


def test_the_first_frame_of_an_animation_is_shown_with_a_warning(tmp_path):
    moving = encoded(photo(), "GIF", save_all=True, append_images=[Image.new("RGB", (900, 450), "lime")])
    codes, _, pdf, _, _ = made(tmp_path, moving, "clip.gif")
    assert "picture-moves" in codes
    assert_red_left_of_blue(page(pdf))


@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize("size", [(16, 16), (120, 240)])
def test_a_small_picture_has_150_pixels_in_an_inch_and_a_warning(tmp_path, theme, size):
    codes, html, pdf, _, document = made(tmp_path, encoded(Image.new("RGB", size, RED), "PNG"), "tiny.png", theme)
    assert "small-picture" in codes
    assert f"max-width:{size[0] * 25.4 / 150:.1f}mm" in html
    left, _, right, _ = box_of(page(pdf), RED)
    assert abs((right - left) / 144 - size[0] / 150) < 0.03
    assert abs(int(re.search(r'<wp:extent cx="(\d+)"', document)[1]) / 914400 - size[0] / 150) < 0.01


FIGURE = (
    "sections:\n  - title: Trade\n    body:\n      - figure:\n          alt: The harbour\n          image: photo.png\n"
)
FACTS = "sections:\n  - title: Trade\n    body: Text.\nfact_box:\n  facts:\n    Capital: Astana\n  {}: photo.png\n"


@pytest.mark.parametrize(
    ("theme", "content", "pixels"),
    [
        ("standard", FIGURE, 685), ("standard", FIGURE + "          wide: true\n", 1028), ("chancery", FIGURE, 703),
        ("standard", FACTS.format("map"), 295), ("chancery", FACTS.format("map"), 283), ("standard", FACTS.format("alt: x\n  picture"), 130),
    ],
)  # fmt: skip
def test_the_theme_decides_how_many_pixels_fill_a_place(tmp_path, theme, content, pixels):
    (tmp_path / "brief.yaml").write_text(f"title: Trade\nlanguage: en\n{content}", encoding="utf-8")
    for width, told in ((round(pixels * 0.75) - 2, True), (round(pixels * 0.75) + 2, False)):
        (tmp_path / "photo.png").write_bytes(encoded(Image.new("RGB", (width, width // 3), RED), "PNG"))
        outcome = check(Job(str(tmp_path / "brief.yaml"), "", (), "internal", theme=theme, project=str(tmp_path)))
        found = [d.help.split()[0] for d in outcome.diagnostics if d.code == "small-picture"]
        assert found == [str(pixels)] * told


def test_a_picture_in_two_places_is_small_in_one_of_them(tmp_path):
    (tmp_path / "photo.png").write_bytes(encoded(Image.new("RGB", (480, 240), RED), "PNG"))
    facts = "fact_box:\n  alt: x\n  picture: photo.png\n  facts:\n    Capital: Astana\n"
    (tmp_path / "brief.yaml").write_text(f"title: Trade\nlanguage: en\n{facts}{FIGURE}", encoding="utf-8")
    outcome = check(Job(str(tmp_path / "brief.yaml"), "", (), "internal", project=str(tmp_path)))
    assert [d.span.line for d in outcome.diagnostics if d.code == "small-picture"] == [13]


DRAWINGS = {
    "font": '<text x="9" y="60" fill="#c81e1e" style="font:bold 40px sans-serif">Bergen</text>',
    "arabic": '<text x="9" y="60" fill="#c81e1e" style="font:bold 40px sans-serif">العربية</text>',
    "switch": '<switch><g systemLanguage="ru"/><text x="9" y="60" fill="#c81e1e" font-size="40">Bergen</text></switch>',
    "image": f'<image width="90" height="45" href="data:image/png;base64,{base64.b64encode(encoded(photo(), "PNG")).decode()}"/>',
    "filter": '<filter id="f"><feOffset dx="9"/></filter><rect width="90" height="50" fill="#c81e1e" filter="url(#f)"/>',
    "path": '<path id="p" d="M9 60H190"/><text font-size="40" fill="#c81e1e"><textPath href="#p">Bergen</textPath></text>',
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_that_the_engine_cannot_draw_becomes_pixels_with_its_words(tmp_path, name):
    codes, html, pdf, word, document = made(tmp_path, SVG.format(DRAWINGS[name]).encode(), "map.svg")
    assert "picture-as-pixels" in codes
    assert box_of(page(pdf), RED) is not None
    assert box_of(Image.open(io.BytesIO(word[0])).convert("RGB"), RED) is not None
    for told in (html, document):
        assert ("The harbour. " + "Bergen" in told) is ("Bergen" in DRAWINGS[name])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_name_is_found_in_either_unicode_form(tmp_path, form):
    other = "NFD" if form == "NFC" else "NFC"
    name = "Außenhandel é ガ.png"
    made(tmp_path, encoded(photo(), "PNG"), unicodedata.normalize(form, name), typed=unicodedata.normalize(other, name))


def test_a_drawing_with_a_plain_document_type_is_shown(tmp_path):
    head = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    data = head + SVG.format('<rect width="200" height="100" fill="#c81e1e"/>')
    codes, html, pdf, _, _ = made(tmp_path, data.encode(), "plot.svg")
    assert "picture-as-pixels" not in codes
    assert "DOCTYPE svg" not in html
    assert box_of(page(pdf), RED) is not None


@pytest.mark.parametrize("size", ['width="210mm" height="105mm"', 'width="400pt" height="200pt"'])
def test_a_drawing_of_another_program_with_a_size_in_mm_or_points_is_shown(tmp_path, size):
    """As Inkscape, matplotlib and R write them, also with styles for single shapes."""
    shapes = '<style>#sea { fill: #c81e1e }</style><path id="sea" d="M0 0H100V100H0z"/><path d="M100 0H200V100H100z" fill="#1e3cc8"/>'
    data = SVG.replace("<svg", f"<svg {size}").format(shapes).encode()
    for drawing in (data, data.replace(b"</style>", b"path { paint-order: normal }</style>")):
        _, html, pdf, word, _ = made(tmp_path, drawing, "plot.svg")
        assert_red_left_of_blue(page(pdf))
        assert_red_left_of_blue(Image.open(io.BytesIO(word[0])).convert("RGB"))
        assert 'id="sea"' in base64.b64decode(re.search(r"data:image/svg\+xml;base64,([^\"]+)", html)[1]).decode()


FIGURES = {
    "with captions": "      - figure:\n          image: p.png\n          alt: A map\n          caption: Number {n}\n",
    "without captions": "      - figure:\n          image: p.png\n          alt: A map\n",
    "charts": "      - chart:\n          type: column\n          caption: Number {n}\n          data: {{'2014': 1, '2015': 2}}\n",
    "wide, with notes": "      - figure:\n          image: p.png\n          alt: A map\n          caption: Number {n}\n"
    "          credit: The embassy\n          wide: true\n",
}


@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_figures_in_a_row_may_be_divided_between_pages_in_word(tmp_path, figure, theme):
    """What is kept with the next paragraph ends with each figure. Otherwise Word leaves the page before them empty."""
    (tmp_path / "p.png").write_bytes(encoded(photo(), "PNG"))
    body = "".join(figure.format(n=number) for number in range(1, 6))
    head = f"title: Trade\nlayout:\n  theme: {theme}\nsections:\n  - title: Trade\n    body:\n"
    (tmp_path / "brief.yaml").write_text(head + body, "utf-8")
    outcome = build(Job(str(tmp_path / "brief.yaml"), str(tmp_path / "out"), ("docx",), project=str(tmp_path)))
    assert outcome.exit_code == 0, outcome.diagnostics
    document = docx.Document(tmp_path / "out" / "brief.docx")
    chains, chain = [], 0
    for element in document.element.body.iter(qn("w:p")):  # also those in content controls
        paragraph = Paragraph(element, document)
        kept = paragraph.paragraph_format.keep_with_next
        kept = paragraph.style.paragraph_format.keep_with_next if kept is None else kept
        chain = chain + bool(element.xpath(".//w:drawing"))
        if not kept:
            chains.append(chain)
            chain = 0
    assert sum(chains) == 5
    assert max(chains) == 1
