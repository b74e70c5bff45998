# Two commands for everyone: `make brief` and `make test`. Both need git, make and Python 3.11 or newer, nothing else.

.DEFAULT_GOAL := help
.PHONY: help brief test sweep conformance same-bytes lint longest bench country-data contact-sheets clean

# Another virtual environment that happens to be active must not reach into ours; and without compiled modules every
# start of the program would compile all of it.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE

# On macOS the libraries that brew has installed stand where the system does not look by itself. The setting is given to
# each command anew, because macOS takes it from everything that passes through its own shell.
ifeq ($(shell uname -s),Darwin)
python := DYLD_FALLBACK_LIBRARY_PATH="/opt/homebrew/lib:/usr/local/lib:/usr/lib" .venv/bin/python
else
python := .venv/bin/python
endif

sample := content/kazakhstan.yaml

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

brief: ## Build the sample brief in HTML, PDF and Word
	@.ci/bootstrap brief
	@$(python) -m briefing build $(sample)
	@echo "Now open output/kazakhstan.html, output/kazakhstan.pdf or output/kazakhstan.docx"

test: ## Run the tests (Python and Pango are enough)
	@.ci/bootstrap test
	@$(python) -m pytest -n auto --dist worksteal

sweep: ## Run the tests with random cases many times over, for an hour or so (FACTOR=50 SEED=1)
	@.ci/bootstrap test
	@seed=$(or $(SEED),$$(date +%s)); echo "seed $$seed"; \
		BRIEFING_SWEEP=$(or $(FACTOR),50) BRIEFING_SEED=$$seed $(python) -m pytest -n auto -m sweep

conformance: ## Install the independent checkers and run them on every brief in content/
	@.ci/bootstrap test
	@.ci/checkers
	@$(python) -m pytest -n auto --dist loadfile tests/conformance

same-bytes: ## Compare all outputs with those of a version recorded before (RECORD=1 records them)
	@.ci/bootstrap test
	@$(python) -m tests.same_bytes $(if $(RECORD),--record)

lint: ## Check the code: ruff, mypy
	@.ci/bootstrap test
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m mypy

longest: ## Print the longest modules, for review
	@.ci/bootstrap test
	@$(python) -m tests.longest

bench: ## Print how much time briefing takes beside a naive script, pandoc and typst
	@.ci/bootstrap bench
	@$(python) -m tests.benchmarks $(BENCH)

country-data: ## Make the flags and outlines that come with the program (npm is needed)
	@.ci/bootstrap test
	@$(python) .ci/country_data

contact-sheets: ## Draw all flags and maps in output/contact-sheets and, smaller, in docs
	@.ci/bootstrap test
	@$(python) -m tests.contact_sheets

clean: ## Remove what make has installed; finished briefs stay
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
