# `make` prints the targets. `make all` needs nothing but Python 3.11 to 3.13 and make.
PYTHON ?= python3
JOBS   ?= 1
BIN    := .venv/bin
STAGES := read clean repair normalise segment terms parallel glossary

.DEFAULT_GOAL := help
.PHONY: help setup all $(STAGES) serve test approve check bench reset

help:            ## print the targets
	@awk -F ':.*## ' '/^[a-z][a-z ]*:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  make STAGE      up to one stage: $(STAGES)"
	@echo "  JOBS=4 make all uses four processes; PYTHON=python3.12 make setup chooses the interpreter"

setup: .venv/.ready         ## create .venv and install what is needed
all: .venv/.ready           ## raw/ -> processed/ and glossary/built/
	@$(BIN)/duizhao run --jobs $(JOBS)

$(STAGES): .venv/.ready
	@$(BIN)/duizhao run $@ --jobs $(JOBS)

serve: .venv/.ready         ## the glossary in a browser, on this machine alone
	@$(BIN)/duizhao serve

test: .venv/.dev            ## run the tests
	@$(BIN)/python -m pytest

approve: .venv/.dev         ## accept the golden build and the tutorial as they come out now (read the diff)
	@$(BIN)/python -m pytest tests/test_golden.py tests/test_docs.py --approve

check: .venv/.dev           ## lint and types
	@$(BIN)/ruff check pipeline tests bench docs
	@$(BIN)/mypy

bench: .venv/.dev           ## speed, as ratios taken in one run
	@for f in bench/*.py; do $(BIN)/python $$f || exit 1; done

reset: .venv/.ready         ## remove what was built, never what people wrote
	@$(BIN)/duizhao reset

# Installed as an editable, so that the sources in this folder are what runs.
.venv/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else \
	  "Python 3.11 to 3.13 is needed, this is %d.%d; say PYTHON=python3.12 make setup" % v)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/.dev: .venv/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
