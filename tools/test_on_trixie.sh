#!/usr/bin/env bash
# Runs the R tests on Debian 13, which has R 4.5, reticulate 1.41 and Python 3.13, with NumPy 2: in a chroot, .trixie.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
chroot=$root/.trixie
cd "$root"
[ "$(id -u)" = 0 ] || { echo "a chroot takes root" >&2; exit 1; }
command -v debootstrap >/dev/null || { apt-get update -qq; apt-get install -y -qq debootstrap >/dev/null; }

inside() { chroot "$chroot" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"; }
unmount() { umount "$chroot/proc" "$chroot/dev" 2>/dev/null || true; }
trap unmount EXIT

if [ ! -e "$chroot/ready" ]; then
    debootstrap --variant=minbase --include=ca-certificates trixie "$chroot" >/dev/null
    touch "$chroot/ready"
fi
# The network is reached as from outside.
cp /etc/resolv.conf "$chroot/etc/" 2>/dev/null || true
cp /etc/ssl/certs/ca-certificates.crt "$chroot/etc/ssl/certs/"
cp /etc/pip.conf "$chroot/etc/" 2>/dev/null || true
mount -t proc proc "$chroot/proc"
mount --bind /dev "$chroot/dev"

inside sh -c 'Rscript -e "quit(status = !requireNamespace(\"ggplot2\", quietly = TRUE))" 2>/dev/null || {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends r-base-core r-cran-generics r-cran-ggplot2 \
        r-cran-knitr r-cran-magrittr r-cran-r6 r-cran-reticulate r-cran-rlang r-cran-testthat r-cran-zeallot \
        python3-venv libpython3-dev >/dev/null
}'
rm -rf "$chroot/rkeras"
mkdir -p "$chroot/rkeras" "$chroot/library"
git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- | tar --extract --directory="$chroot/rkeras"
inside sh -c 'cd /rkeras && tools/make_venv.sh /venv constraints/venv-current.txt tensorflow'
inside sh -c 'cd /rkeras && R CMD INSTALL --library=/library . >/dev/null 2>&1'
inside sh -c 'cd /rkeras && /venv/bin/python -m rkeras_py doctor 2>/dev/null && R --version | head -1'
inside sh -c 'cd /rkeras && tools/test_r.sh /library /venv/bin/python'
