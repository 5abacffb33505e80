#!/usr/bin/env bash
# Prints the folder of the JavaScript framework, version 1.0.231, of which the tests run the code for cookies. It is
# fetched once, from npm, and kept below `target`; what is not the archive of that day is refused.
set -euo pipefail

version=1.0.231
sha512=1209af985e34c855ff8f1888fbd0e1629401f54b16d115b5fdf8918e5e267e1894a98c6d92b9970be2775c359981a9c47868ca9b902c64fa1eb7e9cd6b4ef9dd
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
kept="${CARGO_TARGET_DIR:-$here/target}/javascript"
folder="$kept/velocious-$version"

command -v node >/dev/null || { echo "fetch.sh: there is no \`node\`: install Debian's package \`nodejs\`" >&2; exit 1; }
if [ ! -d "$folder" ]; then
    mkdir -p "$kept"
    # Several tests may be here at once: each unpacks in a folder of its own, and the first one to be done names it.
    fetched="$(mktemp -d "$kept/fetching-XXXXXX")"
    trap 'rm -rf "$fetched"' EXIT
    curl --fail --silent --show-error --location --max-time 120 --output "$fetched/archive.tgz" \
        "https://registry.npmjs.org/velocious/-/velocious-$version.tgz"
    echo "$sha512  $fetched/archive.tgz" | sha512sum --check --status ||
        { echo "fetch.sh: npm's archive of velocious $version is not the one that it was" >&2; exit 1; }
    tar --extract --gzip --file "$fetched/archive.tgz" --directory "$fetched"
    mv --no-target-directory "$fetched/package" "$folder" 2>/dev/null || [ -d "$folder" ]
fi
echo "$folder"
