#!/bin/sh
# Install what the tests of the microphone and of the page need: a sound server to be the
# microphone, what plays into it, PortAudio, a terminal that can be looked at, and a browser.
# Debian and Ubuntu only; elsewhere, and without the right to install, those tests are skipped.
set -eu

missing=""
for program in pulseaudio pactl paplay parec tmux; do
    command -v "$program" >/dev/null || missing="$missing $program"
done
ls /usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so >/dev/null 2>&1 || missing="$missing alsa-pulse"
ls /usr/lib/*/libportaudio.so.2 >/dev/null 2>&1 || missing="$missing portaudio"
packages="pulseaudio pulseaudio-utils libasound2-plugins libportaudio2 tmux"
# Ubuntu's package of that name is a snap, which Playwright cannot drive: install one yourself.
if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
    missing="$missing chromium"
    grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null || packages="$packages chromium"
fi
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
    as_root="sudo -n"
    $as_root true 2>/dev/null || as_root="none"
fi
if ! command -v apt-get >/dev/null || [ "$as_root" = none ]; then
    echo "The tests of the microphone or of the page are skipped: there is no$missing." >&2
    echo "Install $packages." >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086 # they are several words
$as_root apt-get install -qq -y --no-install-recommends $packages >/dev/null
