#!/usr/bin/env bash
# Checks everything: formatting, lints, every test of the workspace, the examples in the documentation.
#
# Works from a clean clone on Debian with rustup's stable toolchain, as root or with sudo. Debian packages that the
# tests need (C compilers, curl, git, Node, Chromium with its driver, PostgreSQL, MariaDB) are installed when they are missing, and
# so is what it takes to build for a browser (`tests/browser/setup.sh`). The database servers of the tests are private
# ones, started and ended here. With cargo-nextest on the machine the tests run under it, without it under `cargo test`.
# The last line is `N passed, N failed`.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=/dev/null
if ! command -v cargo >/dev/null && [ -f "${CARGO_HOME:-$HOME/.cargo}/env" ]; then . "${CARGO_HOME:-$HOME/.cargo}/env"; fi
command -v cargo >/dev/null || { echo "run-tests.sh: there is no \`cargo\`; install the stable toolchain with rustup" >&2; exit 1; }

logs="$(mktemp -d)"
step_pid=""
databases=""
broken=()
passed=0
failed=0

# Ends the step at work, with everything in its process group, and leaves no file behind.
finish() {
    local code=$?
    trap - EXIT INT TERM
    if [ -n "$step_pid" ] && kill -0 "$step_pid" 2>/dev/null; then
        kill -TERM -- "-$step_pid" 2>/dev/null || true
        wait "$step_pid" 2>/dev/null || true
    fi
    if [ -n "$databases" ]; then tests/databases.sh stop "$databases" || true; fi
    rm -rf "$logs"
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

install_missing() {
    local packages=()
    command -v cc >/dev/null || packages+=(gcc libc6-dev)
    command -v curl >/dev/null || packages+=(curl)
    command -v git >/dev/null || packages+=(git)
    command -v node >/dev/null || packages+=(nodejs)
    command -v chromium >/dev/null || packages+=(chromium)
    command -v chromedriver >/dev/null || packages+=(chromium-driver)
    ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || packages+=(postgresql)
    command -v mariadbd >/dev/null || packages+=(mariadb-server)
    [ ${#packages[@]} -eq 0 ] && return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
    if ! command -v apt-get >/dev/null || { [ ${#as_root[@]} -gt 0 ] && ! command -v sudo >/dev/null; }; then
        echo "run-tests.sh: please install ${packages[*]}; the tests need them" >&2
        return 1
    fi
    echo "== installing ${packages[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
}

# Runs one step in a process group of its own, shows its output, and remembers whether it failed.
step() {
    local name="$1" code=0
    shift
    echo "== $name: $*"
    : >"$logs/$name"
    set -m
    "$@" >>"$logs/$name" 2>&1 </dev/null &
    step_pid=$!
    set +m
    tail -n +1 -f --pid="$step_pid" "$logs/$name" &
    local tail_pid=$!
    wait "$step_pid" || code=$?
    wait "$tail_pid" 2>/dev/null || true
    step_pid=""
    if [ "$code" -ne 0 ]; then
        echo "== $name failed (exit code $code)"
        broken+=("$name")
    fi
}

# Adds up the closing lines of nextest (`Summary … 3 tests run: 2 passed, 1 failed`) and of cargo test (`test result: …`).
count() {
    local word sum
    for word in passed failed; do
        sum="$(sed -E 's/\x1b\[[0-9;]*m//g' "$logs/$1" |
            { grep -E '^ *Summary |^test result: ' || true; } |
            { grep -oE "[0-9]+ $word|[0-9]+ timed out|[0-9]+ exec failed" || true; } |
            { if [ "$word" = passed ]; then grep passed || true; else cat; fi; } |
            awk '{ total += $1 } END { print total + 0 }')"
        printf -v "$word" '%d' "$(("${!word}" + sum))"
    done
}

# Starts the database servers; the tests skip the ones that are not there.
start_databases() {
    databases="$(mktemp -d)"
    local started
    started="$(tests/databases.sh start "$databases")" || broken+=(databases)
    eval "$started"
    echo "== databases: SQLite${VELOCIOUS_TEST_POSTGRES_URL:+, PostgreSQL}${VELOCIOUS_TEST_MYSQL_URL:+, MariaDB}"
    [ -n "${VELOCIOUS_TEST_POSTGRES_URL-}" ] || echo "== skipped: PostgreSQL"
    [ -n "${VELOCIOUS_TEST_MYSQL_URL-}" ] || echo "== skipped: MariaDB"
}

install_missing
start_databases

# These use the library with every driver, so they are built by themselves.
with_drivers="-p velocious-proofs -p velocious-bench-data -p bench-limit -p bench-app"
without_drivers="${with_drivers//-p /--exclude }"

step format cargo fmt --all --check
step lints cargo clippy --workspace $without_drivers --all-targets --locked -- -D warnings
step driver-lints cargo clippy -p velocious --all-features --all-targets --locked -- -D warnings
step proof-lints cargo clippy $with_drivers --all-targets --locked -- -D warnings
# What the acceptance tests start, so that the build's minutes are not counted in a test's.
step binaries cargo build --locked -p example -p velocious-cli
# The library and what proves its promises are tested with every driver, by themselves: cargo builds what a macro crate tests with once for the machine it
# runs on and once for the one it builds for, and cannot give both other features at the same time.
if cargo nextest --version >/dev/null 2>&1; then
    step tests cargo nextest run --workspace --exclude velocious $without_drivers --locked --no-fail-fast --color never
    step library cargo nextest run -p velocious --all-features --locked --no-fail-fast --color never
    step proofs cargo nextest run -p velocious-proofs --locked --no-fail-fast --color never
else
    step tests cargo test --workspace --exclude velocious $without_drivers --locked --no-fail-fast --lib --bins --tests --color never
    step library cargo test -p velocious --all-features --locked --no-fail-fast --lib --bins --tests --color never
    step proofs cargo test -p velocious-proofs --locked --no-fail-fast --lib --bins --tests --color never
fi
count tests
count library
count proofs
step doctests cargo test --workspace $without_drivers --locked --no-fail-fast --doc --color never
count doctests

# The data half once more, built for a browser and run in one.
step browser tests/browser/run.sh
count browser

if [ $((passed + failed)) -eq 0 ]; then
    echo "== no test ran"
    broken+=(counting)
fi
if [ ${#broken[@]} -gt 0 ]; then echo "== failed: ${broken[*]}"; fi
echo "$passed passed, $failed failed"
[ ${#broken[@]} -eq 0 ] && [ "$failed" -eq 0 ]
