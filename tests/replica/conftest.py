from __future__ import annotations

import pytest

from tests.replica.client import SAMPLES
from tests.replica.server import Replica
from tests.replica.stories import load_stories


@pytest.fixture(scope="module")
def stories():
    return load_stories(SAMPLES)


@pytest.fixture(scope="module")
def replica(stories):
    with Replica(stories, filler=60) as running:
        yield running


@pytest.fixture
def sites(replica):
    yield replica
    replica.faults.clear()
    replica.edits.clear()
    replica.log.clear()
