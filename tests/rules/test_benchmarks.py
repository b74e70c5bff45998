"""The benchmarks compare equal texts: the other tools print the words of the sample. Nothing is timed here."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.benchmarks import texts

NAIVE = Path(texts.__file__).with_name("naive.py")


def words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", re.sub(r"<[^>]*>|&\w+;|\\", " ", text)))


@pytest.fixture(scope="module")
def sample() -> set[str]:
    """What a reader reads: facts, texts and points to make."""
    brief = yaml.safe_load(texts.SAMPLE.read_text("utf-8"))
    facts = [fact if isinstance(fact, str) else fact["value"] for fact in brief["fact_box"]["facts"].values()]
    bodies = [[body] if isinstance(body := section["body"], str) else body for section in brief["sections"]]
    blocks = [block for body in bodies for block in body if isinstance(block, str)]
    sheets = [meeting["points_to_make"] for meeting in brief["meetings"]]
    found = words(re.sub(r"\[@[\w-]+\]|\{[^}]*\}", "", " ".join([brief["summary"], *facts, *blocks, *sheets])))
    assert len(found) > 200
    return found


def test_the_naive_script_prints_every_word_of_the_sample(sample, tmp_path):
    subprocess.run([sys.executable, NAIVE, "html", tmp_path, texts.SAMPLE], check=True)
    assert sample - words((tmp_path / "kazakhstan.html").read_text("utf-8")) == set()


@pytest.mark.parametrize("make", [texts.markdown, texts.typst])
def test_the_texts_for_pandoc_and_typst_have_every_word_of_the_sample(sample, make):
    assert sample - words(make()) == set()
