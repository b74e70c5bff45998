"""The number of random cases per test: few and fixed in `make test`, many and new in `make sweep`."""

import os

import pytest

#: What the number of cases is multiplied with. `make sweep` sets it.
FACTOR = int(os.environ.get("BRIEFING_SWEEP", "1"))
#: The seed of all random cases. `make sweep` takes another one each time and prints it.
SEED = int(os.environ.get("BRIEFING_SEED", "20161005"))
#: The mark of the tests that `make sweep` runs.
sweep = pytest.mark.sweep
