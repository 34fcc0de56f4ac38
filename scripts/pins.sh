#!/bin/sh
# Compiles the pins: exact versions with digests for every platform, so that plain pip installs
# the same packages everywhere. Run it after changing a dependency in pyproject.toml;
# `sh scripts/pins.sh --upgrade` also takes newer versions.
set -eu
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --custom-compile-command "make pins" "$@"
}
compile pyproject.toml --output-file requirements.txt "$@"
for group in build node postgresql; do
    compile --constraints requirements.txt --group "$group" \
        --output-file "requirements-$group.txt" "$@"
done
compile --group judges --output-file requirements-judges.txt "$@"
compile --constraints requirements.txt --constraints requirements-postgresql.txt --group test \
    --output-file requirements-dev.txt "$@"
