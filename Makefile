.DEFAULT_GOAL := help
# The machine's own Python, 3.11 or newer; everything else is installed under .venv and .local.
PYTHON ?= python3
VENV = .venv/bin
LOCAL = $(VENV)/python -m local
PORTS = $(if $(PORT),--port $(PORT)) $(if $(INBOX_PORT),--inbox-port $(INBOX_PORT))

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Install the tools and build the web pages
	@$(PYTHON) -m local.toolchain

up: ports build ## Start the platform on this machine (AUTH=true: enforce every role's policies; PORT=, INBOX_PORT=)
	@$(LOCAL) $(PORTS) up $(if $(filter true,$(AUTH)),--auth)

ports:
	@$(PYTHON) -m local.ports $(PORTS)

down: ## Stop it; its data is kept
	@$(LOCAL) down

logs: ## Follow the functions' logs (F=ingest: one function's)
	@$(LOCAL) logs $(F)

invoke: ## Call a function with a sample event (F=ingest E=events/ingest/beacon.json)
	@$(LOCAL) invoke $(F) $(E)

check: build ## Lint, formats, types and imports of everything
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports
	$(VENV)/python -m local.npm run check

test: build ## Everything: checks, unit, infrastructure, web and end-to-end tests
	@$(MAKE) --no-print-directory --output-sync=target -j2 check synth
	@$(VENV)/python -m local.browser > /dev/null # before the workers, who would all install one
	@# More workers than cores: those that drive a browser wait much.
	$(VENV)/pytest -m "not e2e" -n 3 --dist loadfile --no-loadscope-reorder
	@# The end-to-end tests wait much, too: what the web pages' own tests take costs them nothing.
	@$(MAKE) --no-print-directory --output-sync=target -j2 test-web test-e2e

test-web:
	$(VENV)/python -m local.npm test

test-e2e:
	$(VENV)/pytest -m e2e tests/e2e

bench: build ## Measure the budgets side by side, and look long for a wrong state; writes .local/bench.json
	STATE_MACHINE_EXAMPLES=2000 $(VENV)/pytest -q tests/functions/test_state_machine.py
	@$(VENV)/uv sync --quiet --frozen --inexact --all-groups
	$(VENV)/python -m tests.bench

# W3005: CDK states dependencies that already follow from references.
synth: build ## Make the CloudFormation templates, with every check (no AWS account needed)
	@rm -f cdk.out/*.template.json
	$(VENV)/python -m local.cdk synth --quiet $(ARGS)
	$(VENV)/cfn-lint --ignore-checks W3005 -- cdk.out/*.template.json

bootstrap: build ## Prepare an AWS account and region for its first deployment
	$(VENV)/python -m local.cdk bootstrap $(ARGS)

deploy: build ## Deploy to AWS (ARGS="-c stage=prod")
	$(VENV)/python -m local.cdk deploy --all $(ARGS)

.PHONY: help build up ports down logs invoke check test test-web test-e2e bench synth bootstrap deploy
