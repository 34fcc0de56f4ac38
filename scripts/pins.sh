#!/bin/sh
# Compiles the pins: exact versions with digests for every platform, so that plain pip installs
# the same packages everywhere. Run it after changing a dependency in pyproject.toml;
# `sh scripts/pins.sh --upgrade` also takes newer versions.
set -eu
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --custom-compile-command "sh scripts/pins.sh" "$@"
}
compile pyproject.toml --output-file requirements.txt "$@"
compile --constraints requirements.txt --group build --output-file requirements-build.txt "$@"
compile --constraints requirements.txt --group node --output-file requirements-node.txt "$@"
compile --constraints requirements.txt --group test --output-file requirements-dev.txt "$@"
