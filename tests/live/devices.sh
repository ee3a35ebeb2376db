#!/bin/sh
# Install what the tests of the microphone need: a sound server to be the microphone, what
# plays into it, PortAudio, and a terminal that can be looked at. Debian and Ubuntu only;
# elsewhere, and without the right to install, those tests are skipped.
set -eu

missing=""
for program in pulseaudio pactl paplay parec tmux; do
    command -v "$program" >/dev/null || missing="$missing $program"
done
ls /usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so >/dev/null 2>&1 || missing="$missing alsa-pulse"
ls /usr/lib/*/libportaudio.so.2 >/dev/null 2>&1 || missing="$missing portaudio"
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
    as_root="sudo -n"
    $as_root true 2>/dev/null || as_root="none"
fi
if ! command -v apt-get >/dev/null || [ "$as_root" = none ]; then
    echo "The tests of the microphone are skipped: there is no$missing." >&2
    echo "Install pulseaudio pulseaudio-utils libasound2-plugins libportaudio2 tmux." >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
$as_root apt-get install -qq -y --no-install-recommends \
    pulseaudio pulseaudio-utils libasound2-plugins libportaudio2 tmux >/dev/null
