"""``s3://`` against a server that speaks S3, read back by boto3; .ci/run installs both apart (requirements-s3.txt)."""

from __future__ import annotations

import io

import pytest
from scrapy.settings import Settings

from crawler.feeds.destinations import UnwritableError, destination
from crawler.feeds.lines import write_lines
from tests.feeds.making import meetings

boto3 = pytest.importorskip("boto3", reason="pip install -r requirements-s3.txt")
server = pytest.importorskip("moto.server", reason="pip install -r requirements-s3-test.txt")

MANY = 12_000
"""Meetings of more than 8 MB, which boto3 sends in parts."""


@pytest.fixture(scope="module")
def endpoint():
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def settings(endpoint, monkeypatch):
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return Settings(
        {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_REGION_NAME": "eu-north-1",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
        }
    )


@pytest.fixture(scope="module")
def bucket(endpoint):
    store = boto3.resource(
        "s3",
        endpoint_url=endpoint,
        region_name="eu-north-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )
    return store.create_bucket(Bucket="feeds", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})


@pytest.mark.parametrize("count", [20, MANY])
def test_the_object_is_the_file_and_is_replaced(count, settings, bucket):
    sent = list(meetings(count))
    expected = io.BytesIO()
    write_lines(sent, expected)
    target = destination("s3://feeds/deep/meetings.jsonl", settings)
    for _ in range(2):
        assert target.deliver(iter(sent)) == count
        assert bucket.Object("deep/meetings.jsonl").get()["Body"].read() == expected.getvalue()
    assert [one.key for one in bucket.objects.all()] == ["deep/meetings.jsonl"]


def test_a_bucket_that_is_not_there_is_said(settings):
    with pytest.raises(UnwritableError, match=r"s3://nowhere/x\.csv: .*NoSuchBucket"):
        destination("s3://nowhere/x.csv", settings).deliver(meetings(3))


def test_a_server_that_is_not_there_is_said(settings, monkeypatch):
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    settings.set("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(UnwritableError, match=r"s3://feeds/x\.csv: .*127\.0\.0\.1:1"):
        destination("s3://feeds/x.csv", settings).deliver(meetings(3))
