# shellcheck shell=bash

# outdated STAMP PATH...: something below the paths is newer than the stamp, or there is no stamp. What is built or
# compiled there is no source: copying the sources into a VM removes Python's, and the next setup writes it anew.
outdated() {
  local made=$1
  shift
  [ ! -f "$made" ] ||
    [ -n "$(find "$@" \( -name dist -o -name __pycache__ \) -prune -o -type f -newer "$made" -print -quit)" ]
}
