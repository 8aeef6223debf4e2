.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 4566
INBOX_PORT ?= 4580
LOCAL = .venv/bin/python -m local
CDK = .venv/bin/python -m local.cdk

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

tools:
	@$(PYTHON) -m local.toolchain

up: tools ## Build, start, deploy and seed the local platform (AUTH=true enforces every role's policies)
	@$(LOCAL) up --port $(PORT) --inbox-port $(INBOX_PORT) $(if $(filter true,$(AUTH)),--auth)

down: ## Stop the local platform; its data is kept
	@$(LOCAL) down --port $(PORT) --inbox-port $(INBOX_PORT)

.PHONY: help tools up down
