#!/usr/bin/env bash
# Makes a virtual environment with rkeras in it: tools/make_venv.sh DIRECTORY CONSTRAINTS EXTRAS
set -euo pipefail
directory=$1 constraints=$2 extras=$3

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11 /usr/bin/python3; do
    fits "$python" && break
    python=
done
if [ -z "${python:-}" ]; then
    echo "rkeras needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python" >&2
    exit 1
fi

# Debian keeps what `python3 -m venv` needs in a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    else
        echo "$python cannot make virtual environments; install its venv package (Debian: python3-venv)" >&2
        exit 1
    fi
fi

rm -f "$directory/ready"
[ -x "$directory/bin/python" ] || "$python" -m venv "$directory"
"$directory/bin/python" -m pip install --quiet --constraint "$constraints" --editable ".[$extras]" \
    2> >(grep -v 'is ignored: it is neither a file nor a directory' >&2)
touch "$directory/ready"
