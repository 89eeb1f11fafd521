#!/usr/bin/env bash
# Sees that there is a Chromium to open pages with, and a font that has Chinese: tools/make_browser.sh STAMP
# It installs them on Debian, as root. Elsewhere tests that find no Chromium are skipped.
set -euo pipefail
stamp=$1

packages=()
[ -n "$(command -v chromium chromium-browser google-chrome)" ] || packages+=(chromium)
[ -n "$(fc-list :lang=zh 2>/dev/null)" ] || packages+=(fontconfig fonts-noto-cjk)
if [ ${#packages[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi
touch "$stamp"
