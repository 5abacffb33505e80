#!/usr/bin/env bash
# What it takes to build for a browser: prints the variables that tell cargo and the tests where it is.
#
#     eval "$(tests/browser/setup.sh)"; cargo build --target wasm32-unknown-unknown …
#
# The standard library for `wasm32-unknown-unknown` is the one of rustup, added if need be. Where rustup cannot get it,
# it is built once from the sources of Debian's second compiler (packages `rustc-web` and `rust-web-src`), which is then
# the compiler to use. `bindgen`, which makes the JavaScript around a module, is built once, too. Both are kept in
# `$VELOCIOUS_CACHE` (`~/.cache/velocious` unless set), by version; several runs at once wait for each other, and one that
# was interrupted is continued by the next. `VELOCIOUS_WASM_TOOLCHAIN=debian` leaves rustup out.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cache="${VELOCIOUS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/velocious}"
target=wasm32-unknown-unknown

# Everything but the variables goes to the error stream.
exec 3>&1 1>&2
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9

fail() {
    echo "setup.sh: $*" >&2
    exit 1
}

install() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
    if ! command -v apt-get >/dev/null || { [ ${#as_root[@]} -gt 0 ] && ! command -v sudo >/dev/null; }; then
        fail "please install $*"
    fi
    echo "== installing $*"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --no-remove \
        -o DPkg::Lock::Timeout=600 "$@" 9>&-
}

# Says `export NAME=value` to whoever evaluates this.
say() {
    printf 'export %s=%q\n' "$1" "$2" >&3
}

# Whether a compiler has the standard library for the browser.
has_std() {
    local libraries
    libraries="$("$1" --print target-libdir --target "$target" 2>/dev/null)" || return 1
    compgen -G "$libraries/libstd-*.rlib" >/dev/null
}

# Whether rustup has it, or gets it.
from_rustup() {
    [ "${VELOCIOUS_WASM_TOOLCHAIN:-}" != debian ] || return 1
    if has_std rustc; then return 0; fi
    command -v rustup >/dev/null || return 1
    echo "== rustup target add $target"
    timeout 300 rustup target add "$target" 9>&- || return 1
    has_std rustc
}

# Builds the standard library from Debian's sources, for the very compiler that they belong to.
from_debian() {
    local rustc=/usr/bin/rustc version llvm sysroot build
    local packages=()
    [ -e /usr/share/doc/rustc-web ] || packages+=(rustc-web)
    [ -e /usr/share/doc/rust-web-src ] || packages+=(rust-web-src)
    [ ${#packages[@]} -eq 0 ] || install "${packages[@]}"
    version="$("$rustc" -vV | sed -n 's/^release: //p')"
    llvm="$("$rustc" -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')"
    command -v "wasm-ld-$llvm" >/dev/null || install "lld-$llvm"
    sysroot="$cache/std-$version-llvm$llvm"
    if [ ! -d "$sysroot" ]; then
        echo "== building the standard library $version for $target"
        build="$cache/std-build"
        mkdir -p "$build/empty/src"
        : >"$build/empty/src/lib.rs"
        printf '[package]\nname = "empty"\nedition = "2024"\n[workspace]\n[profile.release]\npanic = "abort"\n' \
            >"$build/empty/Cargo.toml"
        # The bitcode is for programs that optimise over all their crates.
        (
            cd "$build/empty"
            unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
            RUSTC="$rustc" RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$build/$version" \
                CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-C embed-bitcode=yes" \
                cargo build --release --target "$target" -Z build-std=std,panic_abort,proc_macro,test 9>&-
        )
        rm -rf "$build/sysroot"
        mkdir -p "$build/sysroot/lib/rustlib/$target/lib"
        find "$build/$version/$target/release/deps" -name '*.rlib' ! -name 'libempty-*' \
            -exec cp -t "$build/sysroot/lib/rustlib/$target/lib" {} +
        mv "$build/sysroot" "$sysroot"
        rm -rf "$build"
    fi
    say RUSTC "$rustc"
    # Even empty ones would take the place of those below.
    echo "unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS" >&3
    say CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS "--sysroot=$sysroot"
    say CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER "wasm-ld-$llvm"
    # Two compilers in one folder would undo each other's work.
    say CARGO_TARGET_DIR "${CARGO_TARGET_DIR:-$(dirname "$(dirname "$here")")/target}/debian"
}

# The name of a C compiler for the browser, which SQLite is compiled with.
c_compiler() {
    local name
    for name in clang $(compgen -c clang- | grep -xE 'clang-[0-9]+' | sort -t- -k2 -nr | uniq); do
        if echo "int one;" | "$name" --target="$target" -c -x c -o /dev/null - 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    return 1
}

# The program that makes the JavaScript; its version has to be that of `wasm-bindgen` in the programs it wraps.
bindgen() {
    local wanted had key program
    wanted="$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' "$here/../../Cargo.lock")"
    had="$(sed -n 's/^wasm-bindgen-cli-support = "=\(.*\)"/\1/p' "$here/bindgen/Cargo.toml")"
    [ "$wanted" = "$had" ] ||
        fail "Cargo.lock has wasm-bindgen $wanted, and tests/browser/bindgen/Cargo.toml asks for $had: make them the same"
    key="$(cat "$here/bindgen/Cargo.toml" "$here/bindgen/Cargo.lock" "$here/bindgen/src/main.rs" | sha256sum | cut -c1-12)"
    program="$cache/bindgen-$wanted-$key"
    if [ ! -x "$program" ]; then
        echo "== building bindgen $wanted"
        CARGO_TARGET_DIR="$cache/bindgen-build" cargo build --locked --manifest-path "$here/bindgen/Cargo.toml" 9>&-
        mv "$cache/bindgen-build/debug/bindgen" "$program"
        rm -rf "$cache/bindgen-build"
    fi
    say VELOCIOUS_WASM_BINDGEN "$program"
}

bindgen
from_rustup || from_debian
compiler="$(c_compiler)" || {
    install clang
    compiler="$(c_compiler)" || fail "there is no C compiler for $target; install clang"
}
say CC_wasm32_unknown_unknown "$compiler"
say AR_wasm32_unknown_unknown ar
