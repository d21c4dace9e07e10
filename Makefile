# Everything a person needs, by name. `make help` prints this list.
SHELL := /bin/bash
.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

packages: ## Install what is missing (apt, by the names in deps/apt.txt)
	@tools/packages.sh

build: packages ## The release program: build/release/comity
	@tools/build.sh release

test: packages ## Everything that must hold
	@tools/test.sh

format: ## White space, by clang-format-19
	@find src tests -name '*.h' -o -name '*.cpp' | xargs clang-format-19 -i

.PHONY: help packages build test format
