# Everything a person needs, by name. `make help` prints this list.
SHELL := /bin/bash
.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

packages: ## Install what is missing (apt, by the names in deps/apt.txt)
	@tools/packages.sh

build: packages ## The release program: build/release/comity, and its desk: build/web
	@tools/build.sh release
	@tools/web.sh build

demo: build ## The main job: three nodes, one request asked, judged, answered, proved (ONCE=1 leaves)
	@tools/demo.sh

test: packages ## Everything that must hold
	@tools/test.sh

check: ## Before a commit: format, clang-tidy on what changed, tests
	@tools/check.sh

fuzz: packages ## Every fuzz target for FUZZ_SECONDS (60) from its seeds
	@tools/fuzz.sh

sim: packages ## The exchange under simulated time, network, disks and a liar (SEEDS=1000 FROM=1)
	@tools/build.sh release sim
	@build/release/sim --seeds $(or $(SEEDS),1000) --from $(or $(FROM),1)

crash: build ## kill -9 of nodes under load at random moments (KILLS=100): acknowledged, lost, twice
	@python3 tests/nodes/storm.py build/release/comity $(or $(KILLS),100)

shots: build ## A picture of every screen of the desk: build/shots/index.html (ONLY="tour day" LANGUAGES=en,bg,ro)
	@python3 tools/shots.py build/release/comity $(ONLY)

bench: packages ## Every figure beside its limit; writes docs/BENCHMARKS.md
	@tools/bench.sh

bench-exchange: packages ## Two nodes beside Redis, RabbitMQ, PostgreSQL and Postfix (own packages)
	@tools/bench_exchange.sh
bench-desk: packages ## The desk's pages at 10 000 cases to a million, 200 officers at once (40 min; CASES=10000)
	@tools/bench_desk.sh $(CASES)

bench-dna: packages ## DNA: searches, first connection, kin, loading, at 1 and 10 million profiles
	@tools/bench_dna.sh $(THOUSANDS)

bench-dna-path: build ## DNA: from the click to the signed hit through two nodes; the start of a node
	@python3 tests/bench/dna_path.py build/release/comity 10000
	@python3 tests/bench/dna_path.py build/release/comity 100000

mutate: packages ## Changes every comparison and constant of the law in turn; prints what no test sees
	@tools/mutate.py

fresh: packages ## demo and test in a bare Debian 12 root made with debootstrap
	@tools/fresh.sh

format: ## White space, by clang-format-19
	@find src tests -name '*.h' -o -name '*.cpp' | xargs clang-format-19 -i

.PHONY: help packages build demo test check fuzz sim crash bench bench-desk bench-dna bench-dna-path bench-exchange mutate fresh format shots
