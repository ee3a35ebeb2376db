#!/bin/sh
# Run the tests of `make test` in two halves side by side: one waits, most of its time, for speech
# to be spoken and for a browser; the other computes. What the first says is shown at the end.
set -u
python="$1"
said=$(mktemp)
trap 'kill "$first" 2>/dev/null; rm -f "$said"' EXIT
trap 'exit 130' INT TERM

"$python" -m pytest -m 'not soak' tests/live tests/web >"$said" 2>&1 &
first=$!
"$python" -m pytest -m 'not soak' --ignore=tests/live --ignore=tests/web
second_half=$?
wait "$first"
first_half=$?
cat "$said"
[ "$first_half" -eq 0 ] && [ "$second_half" -eq 0 ]
