# The commands of this project; CI runs the same ones.
#   make run      deploy the local stack to the sandbox and check it        make test    every test
#   make preview  what a stack would create (STACK=prod)                    make lint    format, lint, types
#   make drill    lose a Region in the sandbox (STACK=prod LOSE=eu-west-1)
#   make engine   the tests under the real Pulumi engine alone              make bench   time and memory against peers
#   make shell    a shell in which pulumi deploys to the sandbox
#   make lock     resolve the dependencies anew                             make schema  Pulumi.schema.json anew
#   make policy-docs  the pages made of the policy rules anew               make mutants  mistakes put into the rules

STACK ?= local
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

# Without bytecode every process compiles the SDK's classes anew, which takes longer than all the rest.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := run
.PHONY: run preview drill shell test fast engine lint format bench lock schema policy-docs mutants wheel clean servers toolchains actionlint

run: $(READY) servers
	@$(BIN)/aws-mobile run --stack $(STACK)

preview: $(READY)
	@$(BIN)/aws-mobile preview --stack $(STACK)

drill: STACK = prod
drill: LOSE ?= eu-west-1
drill: $(READY) servers
	@$(BIN)/aws-mobile drill --stack $(STACK) --lose $(LOSE)

shell: engine-built
	@PATH="$$(engine/build):$$PATH" $(BIN)/python -m pulumi_aws_sandbox.plugin.shell $(COMMAND)

test: lint engine-built servers toolchains actionlint
	$(BIN)/pytest -n 2

fast: $(READY) servers toolchains actionlint
	$(BIN)/pytest -n 2 --ignore tests/engine

engine: engine-built
	$(BIN)/pytest tests/engine

# PHP and MariaDB, on which the sandbox runs the core API.
servers:
	@sandbox/install-web-tier

# A JDK, Maven and Node.js, with which the clients in other languages are built.
toolchains:
	@clients/install-toolchains

# Reads the workflows as GitHub does.
actionlint:
	@cd .github/actionlint && GOWORK=off CGO_ENABLED=0 go tool actionlint -version > /dev/null

.PHONY: engine-built
engine-built: $(READY)
	@engine/build

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyrefly check

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)
	$(BIN)/python -m bench

schema: $(READY)
	$(BIN)/python stack_schema.py > Pulumi.schema.json

policy-docs: $(READY)
	$(BIN)/python -m aws_mobile_guard.presets
	$(BIN)/python -m aws_mobile_guard.tables > docs/policy-rules.md
	PYTHONPATH=tests $(BIN)/python -m policy.kill_matrix > docs/policy-kill-matrix.md
	PYTHONPATH=tests $(BIN)/python -W ignore -m policy.corpus_page
	$(BIN)/python -m aws_mobile_cli.privileges.page > docs/least-privilege.md

mutants: $(READY)
	PYTHONPATH=tests $(BIN)/python -W ignore -m policy.mutants
	PYTHONPATH=tests $(BIN)/python -W ignore -m policy.mutants.page > docs/policy-mutants.md

wheel: $(READY)
	$(BIN)/python -m build --no-isolation --wheel

lock: $(READY)
	.venv/uv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra sandbox --extra policy --extra sdk --group dev pyproject.toml -o requirements/dev.txt
	.venv/uv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		bench/requirements.in -o bench/requirements.txt

# uv stands in its own environment, so that syncing the project's does not remove it.
$(READY): requirements/dev.txt requirements/uv.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(PYTHON) -m venv .venv/uv
	.venv/uv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/uv.txt
	VIRTUAL_ENV=.venv .venv/uv/bin/uv pip sync -q --require-hashes requirements/dev.txt
	VIRTUAL_ENV=.venv .venv/uv/bin/uv pip install -q --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf .venv dist build .pytest_cache .ruff_cache .hypothesis
