"""The user's cache folder: its place, and when it is not used."""

import os
import sys
from pathlib import Path

import pytest

from briefing.cache_folder import user_cache_folder

POSIX = pytest.mark.skipif(os.name != "posix", reason="there are no owners and modes of files")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    """A home folder of its own, and no folder named by a variable."""
    for name in ("BRIEFING_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks the system, not the environment")
def test_the_users_cache_folder_is_created_in_the_cache_folder_of_the_system(home):
    folder = user_cache_folder()
    assert folder is not None
    assert folder.is_dir()
    assert folder.is_relative_to(home)
    assert "briefing" in folder.name
    assert user_cache_folder() == folder


@POSIX
def test_the_users_cache_folder_is_readable_only_by_its_owner(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(tmp_path / "a" / "b"))
    assert user_cache_folder() == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform != "linux", reason="XDG is for Linux")
def test_the_users_cache_folder_follows_xdg_cache_home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert user_cache_folder() == tmp_path / "xdg" / "briefing"


def test_a_relative_name_is_resolved_from_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_CACHE_DIR", "here")
    assert user_cache_folder() == tmp_path / "here"


def test_a_file_in_place_of_the_users_cache_folder_disables_it(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder", "utf-8")
    for name in (tmp_path / "file", tmp_path / "file" / "below"):
        monkeypatch.setenv("BRIEFING_CACHE_DIR", str(name))
        assert user_cache_folder() is None


@POSIX
def test_a_folder_that_others_can_write_to_is_not_used(tmp_path, monkeypatch):
    folder = tmp_path / "open"
    folder.mkdir()
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(folder))
    folder.chmod(0o755)
    assert user_cache_folder() == folder
    folder.chmod(0o777)
    assert user_cache_folder() is None


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_user_is_not_used(tmp_path, monkeypatch):
    folder = tmp_path / "theirs"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(folder))
    assert user_cache_folder() == folder
    os.chown(folder, 12345, 12345)
    assert user_cache_folder() is None


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_not_used(tmp_path, monkeypatch):
    folder = tmp_path / "fixed"
    folder.mkdir(mode=0o500)
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(folder))
    assert user_cache_folder() is None
