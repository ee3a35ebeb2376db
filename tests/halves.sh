#!/bin/sh
# Run the tests of `make test` in two halves side by side: one waits, most of its time, for speech
# to be spoken and heard; the other computes. What the first says is shown at the end.
set -u
python="$1"
spoken="tests/live tests/web/test_desk.py tests/web/test_duel.py tests/web/test_pages.py"
spoken="$spoken tests/web/test_taking.py"
ignored=""
for path in $spoken; do
    ignored="$ignored --ignore=$path"
done
said=$(mktemp)
trap 'kill "$first" 2>/dev/null; rm -f "$said"' EXIT
trap 'exit 130' INT TERM

# shellcheck disable=SC2086 # they are several words
"$python" -m pytest -m 'not soak' $spoken >"$said" 2>&1 &
first=$!
# shellcheck disable=SC2086
"$python" -m pytest -m 'not soak' $ignored
second_half=$?
wait "$first"
first_half=$?
cat "$said"
[ "$first_half" -eq 0 ] && [ "$second_half" -eq 0 ]
