"""Compiled templates come from the cache unless the settings differ or the file is damaged."""

import pytest
from jinja2 import DictLoader, Environment

from briefing.galley.environment import TemplateCache


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def text_of(cache: TemplateCache, source: str = "{{ title }}, in short") -> str:
    return (
        Environment(loader=DictLoader({"brief": source}), bytecode_cache=cache)
        .get_template("brief")
        .render(title="Norway")
    )


def test_a_template_is_compiled_once_and_then_read_from_the_cache(folder, monkeypatch):
    assert text_of(TemplateCache("these settings")) == "Norway, in short"
    assert len(list(folder.glob("template-*"))) == 1
    monkeypatch.setattr(Environment, "_compile", lambda *_: pytest.fail("it was compiled again"))
    assert text_of(TemplateCache("these settings")) == "Norway, in short"


def test_a_template_is_compiled_again_after_a_change_or_with_other_settings(folder):
    cache = TemplateCache("these settings")
    assert text_of(cache) == "Norway, in short"
    assert text_of(cache, "{{ title }}, at length") == "Norway, at length"
    assert text_of(TemplateCache("these settings"), "{{ title }}, at length") == "Norway, at length"
    text_of(TemplateCache("other settings"))
    assert len(list(folder.glob("template-*"))) == 2


@pytest.mark.parametrize("spoilt", [b"", b"\0" * 999, *range(1, 99, 7)])
def test_a_damaged_cache_file_is_written_again(folder, spoilt):
    text_of(TemplateCache("these settings"))
    (file,) = folder.glob("template-*")
    good = file.read_bytes()
    file.write_bytes(good[:spoilt] if isinstance(spoilt, int) else spoilt)
    assert text_of(TemplateCache("these settings")) == "Norway, in short"
    assert file.read_bytes() == good


def test_without_a_cache_folder_a_template_is_compiled_once_per_process(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(tmp_path / "file"))
    cache = TemplateCache("these settings")
    assert text_of(cache) == "Norway, in short"
    monkeypatch.setattr(Environment, "_compile", lambda *_: pytest.fail("it was compiled again"))
    assert text_of(cache) == "Norway, in short"


def test_a_removed_cache_folder_causes_no_error(folder):
    cache = TemplateCache("these settings")
    folder.rmdir()
    assert text_of(cache) == "Norway, in short"
