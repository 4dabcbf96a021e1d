"""Files sent to servers on loopback, through Scrapy's storages and the protocols' own libraries.

FTP is a real server. Google's storage is a few lines here that answer as its documentation says: no other speaks it
without an account. S3 is in test_s3.py.
"""

from __future__ import annotations

import base64
import http.server
import json
import threading
import warnings
from contextlib import contextmanager
from urllib.parse import urlsplit

import google_crc32c
import pytest
from scrapy.settings import Settings

from crawler.feeds.destinations import DestinationError, UnwritableError, destination
from crawler.feeds.extras import MissingExtraError
from crawler.feeds.lines import write_lines
from tests.feeds.making import meetings

with warnings.catch_warnings():
    warnings.simplefilter(
        "ignore", DeprecationWarning
    )  # it stands on asyncore, up to Python 3.11 the standard library's
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import FTPHandler
    from pyftpdlib.servers import ThreadedFTPServer

SENT = list(meetings(20))


@pytest.fixture
def expected(tmp_path):
    with (tmp_path / "expected.jsonl").open("w+b") as file:
        write_lines(SENT, file)
        file.seek(0)
        return file.read()


@pytest.fixture
def ftp(tmp_path):
    folder = tmp_path / "ftp"
    folder.mkdir()
    authorizer = DummyAuthorizer()
    authorizer.add_user("user", "pass word", str(folder), perm="elradfmw")
    handler = type("Handler", (FTPHandler,), {"authorizer": authorizer})
    server = ThreadedFTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"timeout": 0.1, "handle_exit": False})
    thread.start()
    yield f"127.0.0.1:{server.address[1]}", folder
    server.close_all()
    thread.join()


@contextmanager
def objects_server(answer):
    """Serve HTTP on loopback; ``answer(method, path, body)`` returns a body and headers."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_PUT(self):
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            status, content = answer(self.command, self.path, body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("ETag", '"0"')
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/resumed")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_PUT  # noqa: N815  # as http.server calls it

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_ftp(ftp, expected):
    address, folder = ftp
    target = destination(f"ftp://user:pass%20word@{address}/deep/meetings.jsonl", Settings())
    for _ in range(2):
        assert target.deliver(iter(SENT)) == 20
        assert (folder / "deep" / "meetings.jsonl").read_bytes() == expected
    assert "pass" not in target.shown


def test_ftp_that_refuses(ftp):
    address, _ = ftp
    with pytest.raises(UnwritableError, match=r"ftp://user:\.\.\.@127\.0\.0\.1:\d+/x\.jsonl: error_perm: 530"):
        destination(f"ftp://user:wrong@{address}/x.jsonl", Settings()).deliver(iter(SENT))
    with pytest.raises(UnwritableError, match="ConnectionRefusedError"):
        destination("ftp://user:wrong@127.0.0.1:1/x.jsonl", Settings()).deliver(iter(SENT))


def test_google_storage(expected, monkeypatch):
    taken = {}

    def answer(_method, path, body):
        taken[urlsplit(path).path] = body
        checksum = base64.b64encode(google_crc32c.Checksum(body).digest()).decode()
        return 200, json.dumps({"name": "deep/meetings.jsonl", "crc32c": checksum}).encode()

    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "project")
    with objects_server(answer) as url:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", url)
        assert destination("gs://bucket/deep/meetings.jsonl", Settings()).deliver(iter(SENT)) == 20
    assert b"deep/meetings.jsonl" in taken["/upload/storage/v1/b/bucket/o"]
    assert taken["/resumed"] == expected
    with objects_server(lambda *_: (403, b"{}")) as url:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", url)
        with pytest.raises(UnwritableError, match=r"gs://bucket/x\.csv: Forbidden"):
            destination("gs://bucket/x.csv", Settings()).deliver(iter(SENT))


def test_google_storage_without_credentials(monkeypatch, tmp_path):
    monkeypatch.delenv("STORAGE_EMULATOR_HOST", raising=False)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    with pytest.raises(UnwritableError, match="DefaultCredentialsError"):
        destination("gs://bucket/x.csv", Settings()).deliver(iter(SENT))


@pytest.mark.parametrize("text", ["s3://bucket", "ftp:///x.csv", "gs:///", "ftp://[::/x.csv"])
def test_a_place_that_names_no_file_is_refused(text):
    with pytest.raises((DestinationError, MissingExtraError)):
        destination(text, Settings())
