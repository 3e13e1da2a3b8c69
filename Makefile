# Everything there is to remember; each target is one command of scripts/workshop.
PYTHON ?= python3
WORKSHOP = $(PYTHON) scripts/workshop

.DEFAULT_GOAL := help
.PHONY: help setup up down test lint bench pot

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

up: ## Install what is missing, start Odoo with demo data, print its address (ODOO_PORT, SIMULATOR_PORT, ODOO_DB)
	@$(WORKSHOP) up

down: ## Stop Odoo and its private database server
	@$(WORKSHOP) down

setup: ## Fetch Odoo and all it needs, and start nothing
	@$(WORKSHOP) setup

test: ## Run every test (MODULE=name for one module, TESTS=path or expression for some)
	@$(WORKSHOP) test

lint: ## Check style, manifests, views, translations and imports
	@$(WORKSHOP) lint

bench: ## Measure against stock Odoo (BENCH=name for one)
	@$(WORKSHOP) bench

pot: ## Export the terms to translate and merge them into the translations
	@$(WORKSHOP) pot
