from collections.abc import Iterator

import pytest

from wyoming_server.translation.specialist import Specialist
from wyoming_server.translation.translator import EMBEDDED
from wyoming_server.translation.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def specialist() -> Iterator[Specialist]:
    """The embedded model."""
    model = Specialist(EMBEDDED, threads=1)
    yield model
    model.close()


@pytest.fixture(scope="session")
def vocabulary(specialist: Specialist) -> Vocabulary:
    return specialist.vocabulary
