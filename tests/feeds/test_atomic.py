from __future__ import annotations

import os

import pytest

from crawler.feeds.atomic import replacing, sweep, write_bytes


def test_a_file_is_replaced_whole(tmp_path):
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"old\n")
    with replacing(path) as file:
        file.write(b"new\n")
        assert path.read_bytes() == b"old\n"
    assert path.read_bytes() == b"new\n"
    assert [path.name for path in tmp_path.iterdir()] == ["feed.jsonl"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"old\n")
    with pytest.raises(RuntimeError), replacing(path) as file:
        file.write(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"old\n"
    assert [path.name for path in tmp_path.iterdir()] == ["feed.jsonl"]


def test_the_folder_is_made(tmp_path):
    write_bytes(tmp_path / "a" / "b.json", b"{}")
    assert (tmp_path / "a" / "b.json").read_bytes() == b"{}"


def test_an_unchanged_file_is_not_touched(tmp_path):
    path = tmp_path / "schema.json"
    write_bytes(path, b"{}")
    inode = path.stat().st_ino
    write_bytes(path, b"{}")
    assert path.stat().st_ino == inode


def test_leftovers_of_a_killed_process_are_swept(tmp_path):
    (tmp_path / ".meetings.jsonl.abc.part").write_bytes(b"half")
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes" / ".run.jsonl.abc.part").write_bytes(b"half")
    (tmp_path / "meetings.jsonl").write_bytes(b"whole\n")
    assert sweep(tmp_path) == 2
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["meetings.jsonl"]


def test_a_file_that_is_being_written_is_not_swept(tmp_path):
    with replacing(tmp_path / "meetings.jsonl") as file:
        file.write(b"whole\n")
        assert sweep(tmp_path) == 0
    assert (tmp_path / "meetings.jsonl").read_bytes() == b"whole\n"


def test_a_feed_is_readable_by_others(tmp_path):
    path = tmp_path / "feed.jsonl"
    write_bytes(path, b"x")
    umask = os.umask(0)
    os.umask(umask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~umask
