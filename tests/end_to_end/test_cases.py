"""Cases that read like documents: a title, a brief, and what is said about it, line by line."""

import ast
import datetime as dt
import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from briefing.diagnostics import Diagnostic, Severity
from briefing.pipeline import Job, check
from briefing.reading import read
from tests.support.diagnostic_codes import asserted, codes
from tests.support.project import ROOT

TESTS = ROOT / "tests"
FOLDER = TESTS / "cases"
CASE = re.compile(r"^(?P<title>[^\n#.][^\n]*)\n\.\n(?P<yaml>.*?)^\.\n(?P<said>.*?)^\.$", re.MULTILINE | re.DOTALL)

#: The files whose briefs are read, resolved and checked, and for whom. The others are read alone.
WHOLE = {"checks": "internal", "files": "internal", "handout": "handout"}
TODAY = dt.date(2016, 10, 12)
PROJECT = "markings:\n  - UNCLASSIFIED\n  - OFFICIAL\n  - SECRET\n"


def cases() -> list[tuple[str, str, str]]:
    return [
        (f"{path.stem}: {match['title']}", match["yaml"], match["said"])
        for path in sorted(FOLDER.glob("*.md"))
        for match in CASE.finditer(path.read_text(encoding="utf-8"))
    ]


def said(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.span.line}:{diagnostic.span.column}: " if diagnostic.span else ""
    return place + ("warning: " if diagnostic.severity is Severity.WARNING else "") + diagnostic.message


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project with pictures and CSV files, good ones and bad ones, and a brief that others translate."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "briefing.yaml").write_text(PROJECT, "utf-8")
    shutil.copytree(FOLDER / "files", folder / "content")
    (folder / "content" / "data" / "large.csv").write_bytes(b"Year,Exports\n" + b"2016,37\n" * 300_000)
    return folder


@cache
def found(title: str, yaml: str, folder: Path) -> tuple[Diagnostic, ...]:
    audience = WHOLE.get(title.partition(":")[0])
    if audience is None:
        return read(yaml.encode(), "brief.yaml").diagnostics
    content = folder / "content" / "brief.yaml"
    content.write_text(yaml, "utf-8")
    return check(Job(str(content), "", (), audience, project=str(folder), today=TODAY)).diagnostics


def test_each_case_of_the_files_is_found():
    titles = sum(
        len(re.findall(r"^\.$", path.read_text(encoding="utf-8"), re.MULTILINE)) for path in FOLDER.glob("*.md")
    )
    assert titles == 3 * len(cases()) > 200


@pytest.mark.parametrize(("title", "yaml", "expected"), cases(), ids=[title for title, _, _ in cases()])
def test_case(title, yaml, expected, project):
    assert [said(diagnostic) for diagnostic in found(title, yaml, project)] == expected.splitlines(), title


#: The codes that no content file causes by itself, or only a huge one; and the test that asserts each of them.
ELSEWHERE: dict[str, str] = {
    "attach-source": "end_to_end/test_problems.py::test_a_handout_cannot_carry_the_content_file",
    "brief-exists": "starter/test_new.py::test_a_wrong_call_is_told_and_nothing_is_written",
    "brief-name": "starter/test_new.py::test_a_wrong_call_is_told_and_nothing_is_written",
    "cannot-remove": "publish/test_clean.py::test_a_folder_that_cannot_be_changed_is_told_and_the_others_are_cleaned",
    "cannot-watch": "preview/test_preview.py::test_files_that_cannot_be_watched_are_one_sentence",
    "cannot-write": "publish/test_publish.py::test_a_file_in_the_place_of_the_folder_is_told",
    "cluster-address": "workers/test_cluster.py::test_what_is_no_address_is_not_tried",
    "cluster-path": "workers/test_cluster.py::test_a_worker_that_does_not_see_the_files_is_named",
    "cluster-version": "workers/test_cluster.py::test_a_worker_with_another_version_is_named",
    "empty": "reading/test_reader.py::test_an_empty_file_gets_one_sentence",
    "engine-changed": "writers/pdf/test_layout_patches.py::test_a_patch_that_no_longer_fits_is_left_out_with_a_warning",
    "file-open": "publish/test_publish.py::test_a_file_that_another_program_holds_open_is_named",
    "folder-in-use": "publish/test_publish.py::test_a_second_build_waits_and_then_says_who_is_in_the_way",
    "font-not-embedded": "writers/docx/test_embedded_fonts.py::test_a_font_that_does_not_allow_it_stays_outside",
    "galley-attribute": "galley/test_galley.py::test_attributes_that_run_or_paint_are_refused",
    "galley-forbidden": "galley/test_galley.py::test_what_a_galley_must_not_hold_is_refused",
    "galley-id": "end_to_end/test_problems.py::test_a_slip_in_a_template_is_told_with_its_line",
    "galley-vocabulary": "galley/test_galley.py::test_a_stranger_is_set_with_a_warning_that_names_its_line",
    "handout-name": "end_to_end/test_problems.py::test_a_call_that_leads_nowhere_has_a_code",
    "handout-styles": "writers/docx/test_template.py::test_its_headers_win_with_the_words_of_this_brief_in_their_fields",
    "internal": "cli/test_cli.py::test_a_fault_of_the_program_is_a_sentence",
    "layout": "end_to_end/test_hostile.py::test_a_stylesheet_that_the_layout_cannot_take_is_told_as_such",
    "link-left-out": "writers/docx/test_docx.py::test_a_link_that_should_not_be_followed_is_words",
    "markup": "galley/test_galley.py::test_markup_that_is_not_well_formed_names_the_template_and_line",
    "memory-limit": "workers/test_workers.py::test_memory_is_limited",
    "missing-glyph": "writers/test_scripts.py::test_a_face_that_is_not_installed_is_named_with_the_line_to_type",
    "no-cluster": "end_to_end/test_problems.py::test_a_cluster_without_its_package_is_told",
    "no-cluster-worker": "workers/test_cluster.py::test_a_scheduler_without_workers_is_one_sentence",
    "no-content": "end_to_end/test_problems.py::test_a_call_that_leads_nowhere_has_a_code",
    "no-folder": "cli/test_cli.py::test_a_folder_that_is_gone_is_no_traceback",
    "no-labels": "galley/test_galley.py::test_a_language_without_labels_gets_english_ones_and_a_warning",
    "no-meetings": "end_to_end/test_problems.py::test_a_brief_without_sheets_makes_no_sheets",
    "no-pango": "writers/pdf/test_pdf.py::test_without_pango_one_line_says_what_to_type",
    "no-preview": "preview/test_preview.py::test_without_the_extra_one_sentence_says_what_to_type",
    "no-process": "end_to_end/test_problems.py::test_a_system_that_starts_no_process_is_told",
    "no-project": "end_to_end/test_problems.py::test_a_call_that_leads_nowhere_has_a_code",
    "no-scheduler": "workers/test_cluster.py::test_nobody_at_the_address_is_one_sentence",
    "not-a-file": "publish/test_publish.py::test_nothing_is_written_through_a_symbolic_link",
    "output-outside": "end_to_end/test_problems.py::test_an_output_that_leads_out_of_the_project_has_to_be_named",
    "page-budget": "writers/pdf/test_fit.py::test_doubled_it_fails_and_says_by_how_much_and_where_to_cut",
    "page-warning": "writers/pdf/test_pdf.py::test_what_the_layout_has_to_say_becomes_a_diagnostic",
    "port-taken": "preview/test_preview.py::test_the_port_is_free_by_default_and_another_may_be_named",
    "project-exists": "starter/test_new.py::test_what_is_in_the_folder_stays",
    "running": "end_to_end/test_running.py::test_a_slip_in_the_template_names_file_and_line_and_says_what_to_do",
    "same-output": "end_to_end/test_problems.py::test_a_call_that_leads_nowhere_has_a_code",
    "sheet-length": "writers/pdf/test_fit.py::test_a_sheet_far_too_long_is_told_and_leaves_the_brief_as_it_is",
    "system": "end_to_end/test_problems.py::test_what_the_system_refuses_is_told_as_such",
    "template": "end_to_end/test_problems.py::test_a_slip_in_a_template_is_told_with_its_line",
    "template-missing": "end_to_end/test_problems.py::test_a_theme_without_the_main_template_is_told",
    "theme-address": "end_to_end/test_problems.py::test_a_stylesheet_that_would_fetch_something_is_told_with_its_line",
    "theme-circle": "end_to_end/test_problems.py::test_a_slip_in_theme_yaml_is_told_with_its_line",
    "theme-colour": "end_to_end/test_problems.py::test_a_slip_in_theme_yaml_is_told_with_its_line",
    "theme-contrast": "theme/test_css.py::test_a_colour_that_is_hard_to_read_is_a_warning_with_its_line",
    "theme-exists": "end_to_end/test_problems.py::test_a_call_that_leads_nowhere_has_a_code",
    "theme-face": "end_to_end/test_problems.py::test_a_slip_in_theme_yaml_is_told_with_its_line",
    "theme-fit": "end_to_end/test_problems.py::test_a_slip_in_theme_yaml_is_told_with_its_line",
    "theme-font": "theme/test_fonts.py::test_a_licence_is_read_as_the_font_format_says",
    "theme-handout": "writers/docx/test_template.py::test_what_could_do_harm_is_refused_with_a_sentence",
    "theme-key": "end_to_end/test_problems.py::test_a_slip_in_theme_yaml_is_told_with_its_line",
    "theme-logo": "end_to_end/test_problems.py::test_a_slip_in_theme_yaml_is_told_with_its_line",
    "theme-measure": "end_to_end/test_problems.py::test_a_slip_in_theme_yaml_is_told_with_its_line",
    "theme-name": "end_to_end/test_problems.py::test_a_call_that_leads_nowhere_has_a_code",
    "theme-outside": "theme/test_load.py::test_a_template_that_leads_out_of_the_theme_is_refused",
    "theme-style": "end_to_end/test_problems.py::test_a_slip_in_theme_yaml_is_told_with_its_line",
    "theme-unreadable": "end_to_end/test_problems.py::test_a_stylesheet_in_an_old_encoding_is_told",
    "theme-yaml": "end_to_end/test_problems.py::test_a_slip_in_theme_yaml_is_told_with_its_line",
    "tightened": "writers/pdf/test_fit.py::test_a_tenth_more_still_fits_with_the_loosest_setting_that_does",
    "time-limit": "workers/test_workers.py::test_the_clock_ends_what_waits_for_ever",
    "too-deep": "parser/test_limits.py::test_a_bomb_is_refused_with_a_reason",
    "too-large": "parser/test_limits.py::test_a_bomb_is_refused_with_a_reason",
    "too-long": "end_to_end/test_problems.py::test_a_text_as_long_as_a_book_is_told_with_its_line",
    "too-many-aliases": "parser/test_limits.py::test_a_bomb_is_refused_with_a_reason",
    "too-many-anchors": "parser/test_limits.py::test_a_bomb_is_refused_with_a_reason",
    "too-many-parts": "parser/test_limits.py::test_a_bomb_is_refused_with_a_reason",
    "unknown-code": "end_to_end/test_problems.py::test_a_code_that_is_none_is_told_with_the_nearest",
    "unknown-country": "starter/test_new.py::test_a_wrong_call_is_told_and_nothing_is_written",
    "unknown-format": "pipeline/test_pipeline.py::test_what_is_wrong_with_the_call_is_in_the_outcome",
    "unknown-language": "starter/test_new.py::test_a_wrong_call_is_told_and_nothing_is_written",
    "unknown-style": "end_to_end/test_problems.py::test_a_class_without_a_style_is_told_by_the_word_press",
    "unknown-theme": "pipeline/test_pipeline.py::test_what_is_wrong_with_the_call_is_in_the_outcome",
    "unreadable": "assets/test_files.py::test_a_folder_is_no_brief",
    "unused-picture": "end_to_end/test_problems.py::test_a_picture_that_no_brief_shows_is_told_once_and_can_be_silenced",
    "worker-died": "workers/test_workers.py::test_a_process_that_dies_is_one_sentence_and_the_next_brief_is_made",
}


def test_every_code_that_a_content_file_brings_about_has_a_case_with_its_place(project):
    told = [diagnostic for title, yaml, _ in cases() for diagnostic in found(title, yaml, project)]
    assert len(told) > 200
    placed = {diagnostic.code for diagnostic in told if diagnostic.span is not None}
    assert sorted(codes().keys() - placed - ELSEWHERE.keys()) == []
    assert sorted(ELSEWHERE.keys() - codes().keys()) == [], "these codes are gone"


@pytest.mark.parametrize("code", sorted(ELSEWHERE))
def test_what_arises_elsewhere_is_asserted_there(code):
    file, _, test = ELSEWHERE[code].partition("::")
    module = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    assert code in asserted(module, test), f"{ELSEWHERE[code]} does not compare a code with '{code}'"


def test_only_a_comparison_asserts_a_code():
    module = ast.parse(
        "@pytest.mark.parametrize(('text', 'code'), [('x', 'given')])\n"
        "def test_one(text, code):\n    'told'\n    told('called')\n    assert found.code == 'compared'\n"
        "    assert 'error[shown]' in text\n    assert found.code == code\n    assert found.code != 'other'\n"
    )
    assert asserted(module, "test_one") & {"x", "told", "called", "compared", "shown", "given", "other"} == {
        "compared",
        "shown",
        "given",
    }
