#!/usr/bin/env bash
# Checks that the data half builds for a browser, and runs its tests in Chromium: `tests/browser/run.sh [part of a name]`.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
cargo build --locked -p velocious-browser-tests
program="${CARGO_TARGET_DIR:-target}/debug/velocious-browser-tests"
settings="$(tests/browser/setup.sh)"
eval "$settings"
if [ -z "${RUSTC-}" ] && cargo clippy --version >/dev/null 2>&1; then
    cargo clippy -p velocious --no-default-features --features sqlite --target wasm32-unknown-unknown --lib --locked \
        -- -D warnings
fi
exec "$program" "$@"
