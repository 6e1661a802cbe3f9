# Needs make, git and Python 3.11 or newer (set PYTHON=… to choose one); everything else is
# installed into .venv, pinned by requirements/*.txt. All paths are relative: the directory
# may have spaces in its name.
#
#   make site    build the samples' history into build/demo, the sites into build/site and build/office
#   make test    every check: style, types, tests with the coverage gate, real servers, sites, browser tests
#   make lint    style and types only
#   make lock    pin the dependencies anew (UPGRADE=1: to the newest versions allowed)
#   make clean   remove everything that make made
#
#   PINGSHI_CHROMIUM=path     the Chromium for the browser tests (otherwise looked up on PATH)
#   PINGSHI_NO_BROWSER=1      leave the browser tests out (has no effect when CI=true)
#   PINGSHI_SCREENSHOTS=1     the browser tests save pictures into build/screenshots

SHELL := /bin/sh
.DEFAULT_GOAL := site
.PHONY: site test lint lock clean setup check-style check-types check-tests check-servers check-browser
.NOTPARALLEL:
.DELETE_ON_ERROR:

BIN := .venv/bin
PY := $(BIN)/python
# The stamp carries the directory: a .venv copied or moved along does not work elsewhere.
STAMP := .venv/ready-$(shell pwd | cksum | cut -d ' ' -f 1)
GATED := source layout periods schemes records grading
GATE := 95

export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Let git read this checkout even if another user owns it (root in a container, for example).
ifndef GIT_CONFIG_COUNT
export GIT_CONFIG_COUNT := 1
export GIT_CONFIG_KEY_0 := safe.directory
export GIT_CONFIG_VALUE_0 := $(CURDIR)
endif

# Sets the shell variable python, or ends with a message.
define find_python
command -v git >/dev/null 2>&1 || { echo "缺少 git / git is missing" >&2; exit 1; }; \
python=; \
for name in "$${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.14; do \
	if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python=$$name; break; fi; \
done; \
if [ -z "$$python" ]; then \
	echo "需要 Python 3.11 或更新的版本 / Python 3.11 or newer is needed; found: $$(python3 --version 2>&1 || true)" >&2; \
	echo "可用 PYTHON=路径 指定 / name one with: make PYTHON=/path/to/python3" >&2; \
	exit 1; \
fi; \
if ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		apt-get update >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y python3-venv >&2 || true; \
	fi; \
	"$$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || { \
		echo "$$python 缺少 venv 模块 / lacks the module venv (Debian, Ubuntu: apt-get install python3-venv)" >&2; exit 1; }; \
fi
endef

# Sets the shell variable chromium: a Chromium that starts, or empty.
define find_chromium
chromium=; \
for name in "$${PINGSHI_CHROMIUM:-chromium}" chromium chromium-browser google-chrome; do \
	if "$$name" --version >/dev/null 2>&1; then chromium=$$(command -v "$$name"); break; fi; \
done
endef

# Both sites tell of the samples' year as real history. One whose history is another demonstration's
# begins anew: `pingshi build` goes on from no history but the one that it published.
site: setup
	@$(BIN)/pingshi demo build/demo
	@cmp -s build/demo/demo.json build/built-from.json || rm -rf build/site build/office
	@$(BIN)/pingshi build --repo build/demo/server.git --rev main --out build/site
	@$(BIN)/pingshi build --audience office --repo build/demo/server.git --rev main --out build/office
	@cp build/demo/demo.json build/built-from.json
	@echo
	@echo "网站已生成 / the site is in build/site"
	@echo "内部网站 / the office's site:   build/office/index.html"
	@echo "  打开 / open:   build/site/index.html"
	@echo "  或运行 / or:   $(PY) -m http.server --bind 127.0.0.1 --directory build/site 8000"
	@echo "                 http://127.0.0.1:8000/"

test: setup
	@$(MAKE) --no-print-directory check-style
	@$(MAKE) --no-print-directory check-types
	@$(MAKE) --no-print-directory check-tests
	@$(MAKE) --no-print-directory check-servers
	@$(MAKE) --no-print-directory site
	@$(MAKE) --no-print-directory check-browser

lint: setup
	@$(MAKE) --no-print-directory check-style
	@$(MAKE) --no-print-directory check-types

check-style: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types: setup
	$(BIN)/mypy

# Each of the gated packages must reach the gate by itself.
check-tests: setup
	$(PY) -m pytest -n auto -m "not browser and not property and not server" --cov --cov-report=
	$(PY) -m pytest -n auto -m property tests/properties
	@failed=; \
	for name in $(GATED); do \
		echo "== coverage of pingshi.$$name (at least $(GATE) %)"; \
		$(PY) -m coverage report --include="generator/pingshi/$$name/*,generator/pingshi/$$name.py" \
			--fail-under=$(GATE) || failed="$$failed $$name"; \
	done; \
	if [ -n "$$failed" ]; then echo "覆盖率不足 $(GATE) % / coverage below $(GATE) %:$$failed" >&2; exit 1; fi

# Pushes through real servers on this machine's loopback. Where one is missing its tests are left out and named at the end;
# nothing is installed here, for an SSH server would start by itself. Under CI=true they are never left out.
check-servers: setup
	@set -e; \
	echo "$(PY) -m pytest -n auto --dist loadscope -m server tests/end_to_end"; \
	$(PY) -m pytest -n auto --dist loadscope -m server tests/end_to_end; \
	missing=; PATH="$$PATH:/usr/sbin:/usr/local/sbin"; \
	command -v sshd >/dev/null 2>&1 || missing="$$missing openssh-server"; \
	command -v ssh >/dev/null 2>&1 || missing="$$missing openssh-client"; \
	command -v gitolite >/dev/null 2>&1 || missing="$$missing gitolite3"; \
	if [ -n "$$missing" ]; then \
		{ echo; echo "**********************************************************************"; \
		echo "** 有的服务器测试没有运行 / NOT ALL TESTS WITH REAL SERVERS WERE RUN"; \
		echo "** 请安装 / install (Debian, Ubuntu):$$missing"; \
		echo "**********************************************************************"; } >&2; \
	fi

# Without a Chromium: root on Debian gets one through apt-get; anybody else is told that the
# browser tests were left out. Under CI=true they are never left out.
check-browser: setup
	@set -e; \
	skip() { \
		{ echo; echo "**********************************************************************"; \
		echo "** 未运行浏览器测试 / THE BROWSER TESTS WERE NOT RUN: $$1"; \
		echo "** 请安装 chromium,或设 PINGSHI_CHROMIUM=路径 / install chromium or set PINGSHI_CHROMIUM"; \
		echo "**********************************************************************"; } >&2; \
		if [ "$${CI:-}" = true ]; then echo "CI=true: 不得跳过 / they must not be left out" >&2; exit 1; fi; \
		exit 0; \
	}; \
	if [ "$${PINGSHI_NO_BROWSER:-}" = 1 ] && [ "$${CI:-}" != true ]; then skip "PINGSHI_NO_BROWSER=1"; fi; \
	$(find_chromium); \
	if [ -z "$$chromium" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y chromium fonts-noto-cjk; } >&2 \
			|| skip "apt-get 装不上 chromium / apt-get could not install chromium"; \
		$(find_chromium); \
	fi; \
	if [ -z "$$chromium" ]; then skip "没有 Chromium / there is no Chromium"; fi; \
	echo "$(PY) -m pytest -m browser tests/browser  ($$chromium)"; \
	PINGSHI_CHROMIUM="$$chromium" PINGSHI_NO_BROWSER= $(PY) -m pytest -m browser tests/browser

setup: $(STAMP)

$(STAMP): pyproject.toml requirements/dev.txt
	@set -e; $(find_python); "$$python" -m venv --clear .venv
	$(PY) -m pip install --quiet --require-hashes --only-binary :all: -r requirements/dev.txt
	$(PY) -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

lock:
	@set -e; $(find_python); "$$python" -m venv --clear build/lock-venv
	build/lock-venv/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/lock.txt
	@set -e; \
	pin() { \
		build/lock-venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
			$(if $(UPGRADE),--upgrade) -o "$$@"; \
	}; \
	pin requirements/run.txt pyproject.toml; \
	pin requirements/dev.txt -c requirements/run.txt --group dev pyproject.toml; \
	pin requirements/lock.txt --group lock; \
	if grep -n -e '://' -e '^-' requirements/*.txt; then \
		echo "锁文件里不得有网址或选项 / no address or option belongs into a lock file" >&2; exit 1; \
	fi

clean:
	rm -rf .venv build dist .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +
