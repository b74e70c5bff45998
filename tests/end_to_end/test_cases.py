"""Cases in Markdown files: a title, a brief, and the expected messages."""

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
from tests.support.workbooks import case_files

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
    for name, data in case_files().items():
        (folder / "content" / "data" / name).write_bytes(data)
    return folder


@cache
def found(title: str, yaml: str, folder: Path) -> tuple[Diagnostic, ...]:
    audience = WHOLE.get(title.partition(":")[0])
    if audience is None:
        return read(yaml.encode(), "brief.yaml").diagnostics
    content = folder / "content" / "brief.yaml"
    content.write_text(yaml, "utf-8")
    return check(Job(str(content), "", (), audience, project=str(folder), today=TODAY)).diagnostics


def test_every_case_in_the_files_is_parsed():
    titles = sum(
        len(re.findall(r"^\.$", path.read_text(encoding="utf-8"), re.MULTILINE)) for path in FOLDER.glob("*.md")
    )
    assert titles == 3 * len(cases()) > 200


@pytest.mark.parametrize(("title", "yaml", "expected"), cases(), ids=[title for title, _, _ in cases()])
def test_each_case_gives_the_expected_messages(title, yaml, expected, project):
    assert [said(diagnostic) for diagnostic in found(title, yaml, project)] == expected.splitlines(), title


#: The codes that no content file causes by itself, or only a huge one; and the test that asserts each of them.
ELSEWHERE: dict[str, str] = {
    "attach-source": "end_to_end/test_problems.py::test_attaching_the_content_file_to_a_handout_is_refused",
    "brief-exists": "starter/test_new.py::test_a_wrong_call_is_reported_and_writes_nothing",
    "brief-name": "starter/test_new.py::test_a_wrong_call_is_reported_and_writes_nothing",
    "cannot-remove": "publish/test_clean.py::test_an_unwritable_folder_is_reported_and_the_others_are_cleaned",
    "cannot-watch": "preview/test_preview.py::test_files_that_cannot_be_watched_are_reported_in_one_error",
    "cannot-write": "publish/test_publish.py::test_a_file_in_place_of_the_output_folder_is_reported",
    "cluster-address": "workers/test_cluster.py::test_an_invalid_scheduler_address_is_refused",
    "cluster-path": "workers/test_cluster.py::test_a_worker_that_cannot_see_the_files_is_reported",
    "cluster-version": "workers/test_cluster.py::test_a_worker_with_another_version_is_reported",
    "empty": "reading/test_reader.py::test_an_empty_file_gives_one_error",
    "engine-changed": "writers/pdf/test_layout_patches.py::test_a_patch_that_no_longer_fits_is_skipped_with_a_warning",
    "file-open": "publish/test_publish.py::test_a_file_that_is_open_in_another_program_is_reported",
    "folder-in-use": "publish/test_publish.py::test_a_second_build_waits_and_then_reports_that_the_folder_is_in_use",
    "font-not-embedded": "writers/docx/test_embedded_fonts.py::test_a_font_that_forbids_embedding_is_not_embedded",
    "galley-attribute": "galley/test_galley.py::test_event_handlers_and_inline_styles_are_refused",
    "galley-forbidden": "galley/test_galley.py::test_forbidden_elements_are_refused_with_their_line",
    "galley-id": "end_to_end/test_problems.py::test_an_error_in_a_template_is_reported_with_its_line",
    "galley-vocabulary": "galley/test_galley.py::test_an_unknown_element_is_kept_with_a_warning_at_its_line",
    "handout-name": "end_to_end/test_problems.py::test_wrong_calls_have_an_error_code",
    "handout-styles": "writers/docx/test_template.py::test_the_template_headers_are_used_with_the_words_of_the_brief_in_their_fields",
    "internal": "cli/test_cli.py::test_an_internal_error_is_reported_without_a_traceback",
    "layout": "end_to_end/test_hostile.py::test_a_stylesheet_that_breaks_the_layout_is_reported_as_a_layout_error",
    "link-left-out": "writers/docx/test_docx.py::test_an_unsafe_link_becomes_plain_text_with_a_warning",
    "map-dashed": "end_to_end/test_problems.py::test_an_unknown_name_of_a_disputed_line_is_reported_in_the_project_file",
    "markup": "galley/test_galley.py::test_markup_that_is_not_well_formed_is_reported_with_its_template",
    "memory-limit": "workers/test_workers.py::test_a_call_over_the_memory_limit_is_ended",
    "missing-glyph": "writers/test_scripts.py::test_a_font_that_is_not_installed_is_reported_with_the_install_command",
    "no-cluster": "end_to_end/test_problems.py::test_a_cluster_without_the_distributed_package_is_reported",
    "no-cluster-worker": "workers/test_cluster.py::test_a_scheduler_without_workers_gives_one_error",
    "no-content": "end_to_end/test_problems.py::test_wrong_calls_have_an_error_code",
    "no-folder": "cli/test_cli.py::test_a_deleted_current_folder_is_reported_without_a_traceback",
    "no-labels": "galley/test_galley.py::test_a_language_without_labels_uses_english_ones_with_a_warning",
    "no-meetings": "end_to_end/test_problems.py::test_only_meetings_without_a_meeting_sheet_is_an_error",
    "no-pango": "writers/pdf/test_pdf.py::test_a_missing_pango_is_reported_with_the_install_command",
    "no-preview": "preview/test_preview.py::test_a_missing_preview_package_is_reported_with_the_install_command",
    "no-process": "end_to_end/test_problems.py::test_a_system_that_cannot_start_processes_is_reported",
    "no-project": "end_to_end/test_problems.py::test_wrong_calls_have_an_error_code",
    "no-scheduler": "workers/test_cluster.py::test_an_address_without_a_scheduler_is_reported",
    "chart-height": "end_to_end/test_large_tables.py::test_a_chart_taller_than_the_page_is_refused",
    "not-a-file": "publish/test_publish.py::test_nothing_is_written_through_a_symbolic_link",
    "output-outside": "end_to_end/test_problems.py::test_an_output_folder_linked_outside_the_project_is_refused",
    "page-budget": "writers/pdf/test_fit.py::test_doubled_text_fails_and_reports_the_excess_and_the_longest_sections",
    "page-warning": "writers/pdf/test_pdf.py::test_warnings_of_the_layout_engine_become_diagnostics",
    "port-taken": "preview/test_preview.py::test_the_preview_uses_a_free_port_or_the_given_one",
    "project-exists": "starter/test_new.py::test_existing_files_and_existing_projects_are_left_unchanged",
    "running": "end_to_end/test_running.py::test_a_slip_in_the_template_names_file_and_line_and_says_what_to_do",
    "same-output": "end_to_end/test_problems.py::test_wrong_calls_have_an_error_code",
    "sheet-length": "writers/pdf/test_fit.py::test_a_much_too_long_meeting_sheet_is_reported_and_nothing_is_tightened",
    "system": "end_to_end/test_problems.py::test_an_error_of_the_operating_system_is_reported_as_system",
    "table-width": "end_to_end/test_large_tables.py::test_a_table_that_no_type_size_fits_is_refused_with_the_columns_that_fit",
    "template": "end_to_end/test_problems.py::test_an_error_in_a_template_is_reported_with_its_line",
    "template-missing": "end_to_end/test_problems.py::test_a_theme_without_the_main_template_is_reported",
    "theme-address": "end_to_end/test_problems.py::test_a_stylesheet_with_an_import_is_reported_with_its_line",
    "theme-circle": "end_to_end/test_problems.py::test_an_error_in_theme_yaml_is_reported_with_its_line",
    "theme-colour": "end_to_end/test_problems.py::test_an_error_in_theme_yaml_is_reported_with_its_line",
    "theme-contrast": "theme/test_css.py::test_a_low_contrast_colour_is_a_warning_with_its_line",
    "theme-exists": "end_to_end/test_problems.py::test_wrong_calls_have_an_error_code",
    "theme-face": "end_to_end/test_problems.py::test_an_error_in_theme_yaml_is_reported_with_its_line",
    "theme-fit": "end_to_end/test_problems.py::test_an_error_in_theme_yaml_is_reported_with_its_line",
    "theme-flag": "end_to_end/test_problems.py::test_a_broken_flag_of_a_theme_is_reported",
    "theme-font": "theme/test_fonts.py::test_a_font_licence_that_forbids_subsetting_is_a_warning",
    "theme-handout": "writers/docx/test_template.py::test_a_dangerous_template_is_refused_with_a_reason",
    "theme-key": "end_to_end/test_problems.py::test_an_error_in_theme_yaml_is_reported_with_its_line",
    "theme-logo": "end_to_end/test_problems.py::test_an_error_in_theme_yaml_is_reported_with_its_line",
    "theme-measure": "end_to_end/test_problems.py::test_an_error_in_theme_yaml_is_reported_with_its_line",
    "theme-name": "end_to_end/test_problems.py::test_wrong_calls_have_an_error_code",
    "theme-outside": "theme/test_load.py::test_a_template_linked_from_outside_the_theme_is_refused",
    "theme-style": "end_to_end/test_problems.py::test_an_error_in_theme_yaml_is_reported_with_its_line",
    "theme-unreadable": "end_to_end/test_problems.py::test_a_stylesheet_that_is_not_utf_8_is_reported",
    "theme-yaml": "end_to_end/test_problems.py::test_an_error_in_theme_yaml_is_reported_with_its_line",
    "tightened": "writers/pdf/test_fit.py::test_ten_per_cent_more_text_fits_with_the_loosest_possible_setting",
    "time-limit": "workers/test_workers.py::test_the_time_limit_ends_a_waiting_call",
    "too-deep": "parser/test_limits.py::test_an_oversized_or_deeply_nested_file_is_refused_with_a_reason",
    "too-large": "parser/test_limits.py::test_an_oversized_or_deeply_nested_file_is_refused_with_a_reason",
    "too-long": "end_to_end/test_problems.py::test_a_text_that_is_too_long_is_reported_with_its_line",
    "too-many-aliases": "parser/test_limits.py::test_an_oversized_or_deeply_nested_file_is_refused_with_a_reason",
    "too-many-anchors": "parser/test_limits.py::test_an_oversized_or_deeply_nested_file_is_refused_with_a_reason",
    "too-many-parts": "parser/test_limits.py::test_an_oversized_or_deeply_nested_file_is_refused_with_a_reason",
    "unknown-code": "end_to_end/test_problems.py::test_explain_suggests_the_nearest_code_for_an_unknown_one",
    "unknown-country": "starter/test_new.py::test_a_wrong_call_is_reported_and_writes_nothing",
    "unknown-format": "pipeline/test_pipeline.py::test_errors_of_the_call_are_in_the_outcome",
    "unknown-language": "starter/test_new.py::test_a_wrong_call_is_reported_and_writes_nothing",
    "unknown-style": "end_to_end/test_problems.py::test_the_word_writer_reports_a_class_without_a_style",
    "unknown-theme": "pipeline/test_pipeline.py::test_errors_of_the_call_are_in_the_outcome",
    "unreadable": "assets/test_files.py::test_load_draft_refuses_a_folder",
    "unused-picture": "end_to_end/test_problems.py::test_an_unused_picture_is_reported_once_and_can_be_silenced",
    "worker-died": "workers/test_workers.py::test_a_worker_process_that_dies_gives_one_error_and_the_next_brief_is_built",
}


def test_every_code_of_a_content_error_has_a_case_with_a_position(project):
    told = [diagnostic for title, yaml, _ in cases() for diagnostic in found(title, yaml, project)]
    assert len(told) > 200
    placed = {diagnostic.code for diagnostic in told if diagnostic.span is not None}
    assert sorted(codes().keys() - placed - ELSEWHERE.keys()) == []
    assert sorted(ELSEWHERE.keys() - codes().keys()) == [], "these codes are gone"


@pytest.mark.parametrize("code", sorted(ELSEWHERE))
def test_every_other_code_is_asserted_in_the_test_listed_for_it(code):
    file, _, test = ELSEWHERE[code].partition("::")
    module = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    assert code in asserted(module, test), f"{ELSEWHERE[code]} does not compare a code with '{code}'"


def test_only_a_comparison_counts_as_asserting_a_code():
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
