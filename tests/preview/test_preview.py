"""The preview server: updates after a save, errors of an invalid brief, and access control."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from tests.support.preview_client import ROOT, Preview

BRIEF = """\
title: "Mongolia: between two neighbours"
language: en
summary: |
  Mongolia lies between Russia and China, and looks for a third neighbour.
key_points: |
  - Two neighbours, and no coast.
  - Mining is a quarter of the economy.
sections:
  - title: Neighbours
    body:
      - |
        Mongolia lies between Russia and China.

        Its third neighbour is everybody else.
        - a visit
        - a loan
      - table:
          caption: Trade
          columns: [Partner, Share]
          rows:
            - - China
              - 80
"""
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def project(tmp_path):
    return fill(tmp_path / "project")


def fill(folder):
    (folder / "content/visits").mkdir(parents=True)
    (folder / "briefing.yaml").write_text("series: Country brief\n", "utf-8")
    (folder / "content/mongolia.yaml").write_text(BRIEF, "utf-8")
    (folder / "content/visits/ulaanbaatar.yaml").write_text("title: A visit\nkey_points: Cold.\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A preview that many tests look at; each puts the brief back as it was."""
    preview = Preview(fill(tmp_path_factory.mktemp("shared") / "project"))
    yield preview
    preview.end()


@pytest.fixture
def started():
    running = []

    def start(*arguments):
        running.append(Preview(*arguments))
        return running[-1]

    yield start
    for preview in running:
        preview.end()


@pytest.fixture
def looker(shared):
    with shared.looked_at("mongolia.yaml") as looker:
        looker.settled()
        looker.after(lambda: write(shared, BRIEF))
        yield looker


def write(preview, text, name="mongolia.yaml"):
    """Save as most editors do: all at once, so that no half of a file is ever there."""
    aside = preview.folder / f"aside-{name}"
    aside.write_text(text, "utf-8")
    aside.replace(preview.folder / "content" / name)


def page_text(preview, brief="mongolia.yaml"):
    """The words of the PDF that is behind the pages."""
    pdf = pypdfium2.PdfDocument(preview.get("download", brief=brief, format="pdf"))
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


# ---- A save


def test_a_save_updates_the_screen_pane_and_then_the_pages(shared, looker):
    before = looker.news
    picture = shared.get("page", brief="mongolia.yaml", page=1, width=600)
    write(shared, BRIEF.replace("a third neighbour", "a fourth neighbour"))
    looker.until(lambda news: news["screen"] != before["screen"])
    assert "a fourth neighbour" in shared.get("screen", brief="mongolia.yaml").decode()
    news = looker.settled()
    assert news["pages"] > before["pages"]
    assert (news["problems"], news["count"]) == ([], 1)
    drawn = shared.get("page", brief="mongolia.yaml", page=1, width=600)
    assert drawn != picture
    assert Image.open(BytesIO(drawn)).width == 600


def test_a_save_without_a_visible_change_updates_nothing(shared, looker):
    before = looker.news
    after = looker.after(lambda: write(shared, BRIEF + "# a comment\n"))
    assert (after["screen"], after["pages"]) == (before["screen"], before["pages"])


def test_the_last_of_many_saves_is_shown(shared, looker):
    for number in range(12):
        write(shared, BRIEF.replace("Mongolia:", f"Mongolia {number}:"))
    looker.until(lambda _: b"Mongolia 11:" in shared.get("screen", brief="mongolia.yaml"))
    looker.settled()
    assert "Mongolia 11:" in page_text(shared)


def test_in_place_writes_deletion_and_replacement_of_a_file_are_detected(shared, looker):
    content = shared.folder / "content/mongolia.yaml"
    content.write_text(BRIEF.replace("no coast", "no port"), "utf-8")
    looker.until(lambda _: b"no port" in shared.get("screen", brief="mongolia.yaml"))
    looker.settled()
    content.unlink()
    gone = looker.until(lambda news: news["problems"])
    assert gone["problems"][0]["message"] == "there is no file content/mongolia.yaml"
    assert gone["screen"], "the last good pages are gone too"
    write(shared, BRIEF)
    looker.until(lambda news: not news["problems"] and not news["busy"])
    assert b"no coast" in shared.get("screen", brief="mongolia.yaml")


def test_a_change_of_the_project_file_is_detected(shared, looker):
    (shared.folder / "briefing.yaml").write_text("series: Note for the file\n", "utf-8")
    looker.until(lambda _: b"Note for the file" in shared.get("screen", brief="mongolia.yaml"))


def test_the_list_of_briefs_follows_the_content_folder(shared, looker):
    assert looker.news["briefs"] == ["mongolia.yaml", "visits/ulaanbaatar.yaml"]
    with shared.looked_at("visits/ulaanbaatar.yaml") as other:
        other.settled()
        assert b"A visit" in shared.get("screen", brief="visits/ulaanbaatar.yaml")
    write(shared, "title: Bhutan\nkey_points: Small.\n", "bhutan.yaml")
    news = looker.until(lambda news: len(news["briefs"]) == 3)
    assert news["briefs"][0] == "bhutan.yaml"
    (shared.folder / "content/bhutan.yaml").unlink()
    looker.until(lambda news: len(news["briefs"]) == 2)


# ---- A broken brief


def test_an_invalid_brief_shows_its_error_with_the_last_good_pages_until_fixed(shared, looker):
    good = looker.news
    broken = looker.after(lambda: write(shared, BRIEF.replace("- table:", "- tabel:")))
    (problem,) = broken["problems"]
    assert (problem["severity"], problem["code"]) == ("error", "unknown-block")
    assert problem["place"]["file"] == "content/mongolia.yaml"
    assert (problem["place"]["line"], problem["place"]["column"], problem["end"]) == (17, 9, 14)
    assert problem["excerpt"] == "      - tabel:"
    assert "'table'" in problem["label"]
    assert problem["place"]["link"].startswith("vscode://file/")
    assert problem["place"]["link"].endswith("/content/mongolia.yaml:17:9")
    assert (broken["screen"], broken["pages"]) == (good["screen"], good["pages"])
    assert b"third neighbour" in shared.get("screen", brief="mongolia.yaml")
    status, _, said = shared.ask("/download?brief=mongolia.yaml&format=pdf")
    assert (status, b"no block 'tabel'" in said) == (409, True)
    write(shared, BRIEF)
    assert looker.until(lambda news: not news["problems"])["screen"] == good["screen"]


def test_the_preview_starts_with_an_invalid_brief_and_shows_it_once_fixed(project, started):
    (project / "content/mongolia.yaml").write_text(BRIEF.replace("summary:", "sumary:"), "utf-8")
    preview = started(project, "content/mongolia.yaml")
    with preview.looked_at("mongolia.yaml") as looker:
        broken = looker.settled()
        assert (broken["screen"], broken["pages"]) == (0, 0)
        assert broken["problems"][0]["place"]["line"] == 3
        mended = looker.after(lambda: write(preview, BRIEF))
        assert (mended["problems"], mended["count"]) == ([], 1)


def test_errors_of_the_page_layout_are_shown_too(shared, looker):
    long = "layout:\n  pages: 1\n" + BRIEF + "  - title: More\n    body: |\n" + "      Words and words.\n\n" * 200
    news = looker.after(lambda: write(shared, long))
    assert [problem["code"] for problem in news["problems"]] == ["page-budget"]
    assert news["problems"][0]["place"]["line"] == 2


def test_warnings_are_shown_together_with_the_brief(shared, looker):
    news = looker.after(lambda: write(shared, BRIEF.replace("Mongolia lies", "<b>Mongolia</b> lies")))
    assert {problem["severity"] for problem in news["problems"]} == {"warning"}
    assert b"&lt;b&gt;Mongolia" in shared.get("screen", brief="mongolia.yaml")


def workers_of(preview):
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    processes = [line.split(maxsplit=2) for line in listed.splitlines()]
    return [int(pid) for pid, parent, line in processes if int(parent) == preview.process.pid and "spawn_main" in line]


@POSIX
def test_a_worker_process_that_dies_is_reported_and_replaced(project, started):
    theme = project / "templates/waiting"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: waiting\nextends: standard\n")
    (theme / "brief.html.j2").write_text(
        "{% extends 'shipped/standard/brief.html.j2' %}{% block banner %}{% if brief.title.plain == 'Wait' %}"
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}{% endif %}{% endblock %}"
    )
    preview = started(project, "--theme", "waiting")
    with preview.looked_at("mongolia.yaml") as looker:
        looker.settled()
        ended = threading.Event()

        def kill() -> None:
            while not ended.wait(0.5):
                for worker in workers_of(preview):
                    os.kill(worker, signal.SIGKILL)

        write(preview, BRIEF.replace(BRIEF.splitlines()[0], "title: Wait"))
        looker.until(lambda news: news["busy"])
        killing = threading.Thread(target=kill)
        killing.start()
        try:
            died = looker.until(lambda news: news["problems"] and not news["busy"])
        finally:
            ended.set()
            killing.join()
        assert [problem["code"] for problem in died["problems"]] == ["worker-died"]
        assert "signal 9" in died["problems"][0]["message"]
        assert died["screen"], "the last good pages are gone"
        again = looker.after(lambda: write(preview, BRIEF.replace("no coast", "no sea")))
        assert again["problems"] == []
        assert b"no sea" in preview.get("screen", brief="mongolia.yaml")


@POSIX
def test_an_idle_worker_process_that_dies_is_replaced(project, started):
    preview = started(project)
    with preview.looked_at("mongolia.yaml") as looker:
        looker.settled()
        workers = workers_of(preview)
        assert len(workers) == 2
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        again = looker.after(lambda: write(preview, BRIEF.replace("no coast", "no sea")))
        assert again["problems"] == []
        assert b"no sea" in preview.get("screen", brief="mongolia.yaml")


# ---- From a page to the content file


@pytest.mark.parametrize("pane", ["screen", "pages"])
@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ("title", 1, 8),
        ("summary", 4, 3),
        ("key_points¶2", 7, 3),
        ("sections[0].title", 9, 12),
        ("sections[0].body[0]", 12, 9),
        ("sections[0].body[0]¶1", 14, 9),
        ("sections[0].body[0]¶4", 16, 9),
        ("sections[0].body[1].table", 17, 9),
    ],
)
@pytest.mark.usefixtures("looker")
def test_every_clickable_element_has_its_line_and_column(shared, pane, path, line, column):
    place = json.loads(shared.get("place", brief="mongolia.yaml", pane=pane, path=path))
    assert (place["file"], place["line"], place["column"]) == ("content/mongolia.yaml", line, column)


@pytest.mark.usefixtures("looker")
def test_the_boxes_of_a_page_are_listed_outer_before_inner(shared):
    (sheet,) = json.loads(shared.get("sheets", brief="mongolia.yaml"))["sheets"]
    assert (round(sheet["width"]), round(sheet["height"])) == (794, 1123)  # A4 at 96 dpi
    boxes = {box[0]: box[1:] for box in sheet["boxes"]}
    outer, inner = boxes["sections[0]"], boxes["sections[0].body[0]¶1"]
    assert list(boxes).index("sections[0]") < list(boxes).index("sections[0].body[0]¶1")
    assert outer[0] <= inner[0]
    assert outer[1] < inner[1]
    assert inner[1] + inner[3] < outer[1] + outer[3]


# ---- The finished files


@pytest.mark.usefixtures("looker")
def test_the_downloads_equal_the_outputs_of_build_and_nothing_is_written(shared, run_briefing, tmp_path):
    run = run_briefing("build", "content/mongolia.yaml", "-o", tmp_path, cwd=shared.folder)
    assert run.returncode == 0, run.stderr
    for suffix in ("html", "pdf", "docx"):
        status, headers, data = shared.ask(f"/download?brief=mongolia.yaml&format={suffix}")
        assert status == 200
        assert headers["content-disposition"] == f"attachment; filename*=utf-8''mongolia.{suffix}"
        assert data == (tmp_path / f"mongolia.{suffix}").read_bytes()
    assert not (shared.folder / "output").exists()


# ---- A theme under work


def test_the_specimen_of_a_theme_is_listed_and_updated_with_its_files(project, started, run_briefing):
    assert run_briefing("themes", "--copy", "standard", "ministry", cwd=project).returncode == 0
    preview = started(project, "--theme", "ministry")
    with preview.looked_at("all styles of ministry") as looker:
        news = looker.settled()
        assert news["briefs"] == ["all styles of ministry", "mongolia.yaml", "visits/ulaanbaatar.yaml"]
        assert [p for p in news["problems"] if p["severity"] == "error"] == []
        sheet = project / "templates/ministry/screen.css"
        text = sheet.read_text("utf-8")
        write_theme(sheet, text + "\nh1 { letter-spacing: 3px }\n")
        looker.until(lambda _: b"letter-spacing: 3px" in preview.get("screen", brief="all styles of ministry"))
        write_theme(sheet, text + "\nh1 { background: url(https://example.org/x.png) }\n")
        broken = looker.until(lambda news: news["problems"] and not news["busy"])
        assert broken["problems"][0]["code"] == "theme-address"
        line = sheet.read_text("utf-8").splitlines().index("h1 { background: url(https://example.org/x.png) }") + 1
        assert broken["problems"][0]["place"]["link"].endswith(f"/templates/ministry/screen.css:{line}:18")


def write_theme(path, text):
    aside = path.with_name("aside")
    aside.write_text(text, "utf-8")
    aside.replace(path)


def test_an_unknown_theme_is_refused_at_once(run_briefing, project):
    run = run_briefing("preview", "--no-open", "--theme", "standrad", cwd=project)
    assert run.returncode == 2
    assert "there is no theme 'standrad'" in run.stderr


# ---- The door


ADDRESSES = ("/", "/preview.css", "/preview.js", "/icon.svg", "/screen", "/sheets", "/place?path=title", "/nowhere")


@pytest.mark.usefixtures("looker")
def test_every_response_has_the_security_headers(shared):
    for address in ADDRESSES:
        status, headers, _ = shared.ask(address)
        assert status == (404 if address == "/nowhere" else 200), address
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert not [name for name in headers if name.startswith("access-control")]
        assert "server" not in headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'" if address == "/screen" else "default-src 'self'")
        assert "script-src" not in policy
        assert ("unsafe-inline" in policy) == (address == "/screen")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "127.0.0.1", "localhost.evil.example", ""])
def test_a_foreign_host_is_refused(shared, host):
    assert shared.ask("/", Host=host)[0] == 421


def test_localhost_and_127_0_0_1_are_both_accepted(shared):
    assert shared.ask("/", Host=f"localhost:{shared.port}")[0] == 200
    assert shared.ask("/", Host=f"127.0.0.1:{shared.port}", Origin=shared.address.rstrip("/"))[0] == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_foreign_origin_is_refused(shared, origin):
    assert shared.ask("/screen", Origin=origin)[0] == 403
    assert shared.ask("/screen", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")[0] == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_only_get_and_head_are_allowed(shared, method):
    status, headers, _ = shared.ask("/", method)
    assert (status, headers["allow"]) == (405, "GET, HEAD")


def test_a_head_request_has_no_body_even_for_the_event_stream(shared):
    for address in ("/", "/events", "/screen"):
        status, _, body = shared.ask(address, "HEAD")
        assert (status, body) == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/../briefing.yaml",
        "/%2e%2e/briefing.yaml",
        "/..%2fbriefing.yaml",
        "/..%5cbriefing.yaml",
        "//etc/passwd",
        "/static/preview.js",
        "/content/mongolia.yaml",
        "/screen?brief=../briefing.yaml",
        "/screen?brief=/etc/passwd",
        "/screen?brief=content/mongolia.yaml",
        "/events?brief=../../etc/passwd",
        "/page?page=0&width=600",
        "/page?page=99&width=600",
        "/page?page=one&width=600",
        "/place?path=../briefing.yaml",
        "/download?format=../briefing.yaml",
    ],
)
def test_no_path_leads_to_another_file(shared, path):
    assert shared.ask(path)[0] == 404


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_to_a_file_outside_the_project_is_not_a_brief(shared, looker, tmp_path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("title: Secret\nkey_points: Not for here.\n", "utf-8")
    (shared.folder / "content/link.yaml").symlink_to(secret)
    write(shared, "title: Bhutan\nkey_points: Small.\n", "bhutan.yaml")
    news = looker.until(lambda news: "bhutan.yaml" in news["briefs"])
    assert "link.yaml" not in news["briefs"]
    assert shared.ask("/screen?brief=link.yaml")[0] == 404
    for name in ("link", "bhutan"):
        (shared.folder / f"content/{name}.yaml").unlink()


# ---- Beginning and end


@POSIX
@pytest.mark.parametrize(("by", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_preview_stops_at_once_while_a_page_is_open(project, started, by, code):
    preview = started(project)
    with preview.looked_at("mongolia.yaml") as looker:
        looker.until(lambda _: True)  # the first layout is still running
        preview.process.send_signal(by)
        preview.process.wait(2)  # what a person calls at once
        assert preview.end() == (code, "stopped; no file is half written\n")


def test_the_preview_uses_a_free_port_or_the_given_one(shared, project, run_briefing, started):
    assert started(project).port != shared.port
    run = run_briefing("preview", "--no-open", "--port", shared.port, cwd=project)
    assert run.returncode == 2
    assert "error[port-taken]" in run.stderr
    assert f"port {shared.port} is in use by another program" in run.stderr
    assert "Traceback" not in run.stderr
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert started(project, "--port", str(port)).port == port


#: What makes a package look as if it were not installed.
WITHOUT = """
import sys
class Without:
    def __init__(self, finder): self.finder = finder
    def find_spec(self, name, *rest): return None if name == "{}" else self.finder.find_spec(name, *rest)
sys.meta_path[:] = map(Without, sys.meta_path)
"""


#: A system that watches no more files.
WATCHES_NO_MORE = """
import watchfiles.main
class Full:
    def __init__(self, *_): raise OSError("OS file watch limit reached")
watchfiles.main.RustNotify = Full
"""


def test_files_that_cannot_be_watched_are_reported_in_one_error(run_briefing, project, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(WATCHES_NO_MORE, "utf-8")
    run = run_briefing(
        "preview", "--no-open", cwd=project, env={"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    )
    assert run.returncode == 3
    assert run.stderr.splitlines()[0] == "error[cannot-watch]: the files cannot be watched: OS file watch limit reached"
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("missing", ["starlette", "uvicorn", "watchfiles", "pypdfium2"])
def test_a_missing_preview_package_is_reported_with_the_install_command(run_briefing, project, tmp_path, missing):
    (tmp_path / "sitecustomize.py").write_text(WITHOUT.format(missing), "utf-8")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    run = run_briefing("preview", "--no-open", cwd=project, env={"PYTHONPATH": path})
    assert run.returncode == 2
    assert "error[no-preview]" in run.stderr
    assert f"not installed: {missing}\n" in run.stderr
    assert 'pip install "briefing[preview]"' in run.stderr
    assert "pipx inject briefing" in run.stderr


def test_a_missing_project_or_brief_is_refused(run_briefing, tmp_path):
    for arguments in ((), ("nothing.yaml",)):
        run = run_briefing("preview", "--no-open", *arguments, cwd=tmp_path)
        assert run.returncode == 2
        assert "Traceback" not in run.stderr
