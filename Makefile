# make help lists the commands. The only things needed are Python 3.11 or newer and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SAMPLE ?= samples/cheesy.mp4

.DEFAULT_GOAL := help
.PHONY: help demo test quick soak check docs screens devices bench train designs fillers voices golden clean

help: ## List these commands
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1	\2/' | expand -t 16

demo: $(VENV)/ready ## Set everything up and show the report of a sample
	@$(BIN)/rehearse models
	@echo
	@echo '$$ rehearse analyze --no-keep $(SAMPLE)'
	@$(BIN)/rehearse analyze --no-keep $(SAMPLE)

test: $(VENV)/test-ready devices check ## Set everything up and run every test but the long suites
	@sh tests/halves.sh $(BIN)/python

quick: $(VENV)/test-ready ## Run the tests that need no weights
	$(BIN)/python -m pytest -q -m 'not weights and not soak'

soak: $(VENV)/test-ready devices ## Run the long suites whole: fuzzing, long recordings, kills
	$(BIN)/python -m pytest -m soak

check: $(VENV)/test-ready ## Lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/test-ready ## Write the generated pages and tables
	$(BIN)/python docs/generate.py

screens: $(VENV)/test-ready devices ## Take the pictures that README shows
	$(BIN)/python docs/screens.py

golden: $(VENV)/test-ready ## Write the golden files again; look at the difference
	$(BIN)/python -m pytest -q tests/outputs --update-golden

bench: $(VENV)/test-ready .venv-erm/ready devices ## Measure speed and delivery against plain faster-whisper and erm, two hours
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/added.py
	$(BIN)/python benchmarks/live.py
	$(BIN)/python benchmarks/drill.py
	$(BIN)/python benchmarks/held.py
	$(BIN)/python benchmarks/page.py
	$(BIN)/python benchmarks/history.py
	$(BIN)/python benchmarks/bars.py
	$(BIN)/python benchmarks/delivery.py

train: .venv-train/ready ## Train the step tagger again, under an hour on two cores
	PYTHONPATH=. .venv-train/bin/python models/tagger/train.py

designs: .venv-train/ready ## Compare designs of the step tagger, two hours on two cores
	PYTHONPATH=. .venv-train/bin/python models/tagger/designs.py

pairs: .venv-train/ready ## Train what holds a close against a job and a response against a concern
	PYTHONPATH=.:models/tagger .venv-train/bin/python models/pairs/train.py

fillers: .venv-train/ready ## Train what hears filler sounds: SPOKEN and HELD_OUT from models/fillers/speaking.py
	PYTHONPATH=. .venv-train/bin/python models/fillers/train.py $(SPOKEN) $(HELD_OUT)

voices: .venv-train/ready ## Make the network that tells voices apart: PRETRAINED from Resemblyzer 0.1.4
	PYTHONPATH=. .venv-train/bin/python models/voices/export.py $(PRETRAINED)

# A sound server, a terminal and a browser to test in; on Debian and Ubuntu, with the right to install.
devices:
	@sh tests/live/devices.sh

clean: ## Remove the environments and the weights that were put together
	rm -rf $(VENV) .venv-train .venv-erm models/weights

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("rehearse needs Python 3.11 or newer, and this is " + sys.version.split()[0] + "; try make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q rehearse  # or some starts are slower than others
	@touch $@

.venv-train/ready: requirements.lock requirements-train.lock
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-train.lock
	# Each platform has a build of its own, and some have one for the processor alone: pinned, without hashes.
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps torch==2.13.0
	@touch $@

# erm, which bench measures rehearse beside, in an environment of its own; it needs ffmpeg as well.
.venv-erm/ready: requirements-erm.lock
	$(PYTHON) -m venv .venv-erm
	.venv-erm/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-erm.lock
	@touch $@

$(VENV)/test-ready: requirements-test.lock $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@
