# `make` alone lists the targets. What they need is installed into .venv from requirements.lock.
SEED   ?= 000_b03053bac9951049
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
# Targets use neither the network nor a person's own settings.
export JUPYTER_PLATFORM_DIRS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help report lab test test-quick lint bench simulate readme notebooks validate lock clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

report: $(READY) ## build the report of a seed: reports/<seed>/index.html (SEED=id or path)
	@$(BIN)/python -m rejoinder report "$(SEED)"

lab: $(READY) ## open JupyterLab on the collection
	@$(BIN)/jupyter lab --LabApp.extension_manager=readonly --ServerApp.root_dir=notebooks \
	    --LabApp.app_settings_dir=notebooks/.lab --LabApp.default_url=/lab/tree/README.md

test: $(READY) ## run every test: library, notebooks (strictly), report in a browser
	@$(BIN)/python -m pytest -n 2 --dist loadfile --nbval --nbval-current-env tests notebooks

test-quick: $(READY) ## run the tests that take under a minute together: no browser, no notebooks
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not browser" tests

lint: $(READY) ## check the style of code and notebooks
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

bench: $(READY) ## time report, import and archive against simpler ways
	@$(BIN)/python tests/bench.py

simulate: $(READY) ## check the statistics by simulation: one table
	@$(BIN)/python tests/simulations

notebooks: $(READY) ## run every notebook once, top to bottom, and keep its outputs
	@$(BIN)/python -m rejoinder run notebooks

readme: $(READY) ## write the findings in README.md anew
	@$(BIN)/python tests/readme.py

validate: $(READY) ## measure the methods on labelled public data (BENCHMARKS=folder)
	@$(BIN)/python -m rejoinder validate --data "$(BENCHMARKS)" --out lib/rejoinder/evaluation/results.json

lock: $(READY) ## choose exact versions again, within the ranges of pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --all-extras \
	    --generate-hashes --fork-strategy fewest --upgrade \
	    --custom-compile-command "make lock" --output-file requirements.lock

clean: ## remove what the targets made
	rm -rf $(VENV) build reports lib/*.egg-info .pytest_cache .ruff_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Rejoinder needs Python 3.11 or later; $(PYTHON) is older. Name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || \
	    { echo "Python could not make $(VENV). On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing into $(VENV) (a minute or two, once) ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@# JupyterLab would ask the network for news and updates.
	@$(BIN)/jupyter labextension disable --level=sys_prefix "@jupyterlab/apputils-extension:announcements" >/dev/null 2>&1
	@touch $@
