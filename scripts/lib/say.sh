# shellcheck shell=bash
# What the scripts say on the terminal, and where long output goes. Sourced.

step() { printf '%s\n' "$*"; }

# fail MESSAGE [HINT...]
fail() {
  printf 'error: %s\n' "$1" >&2
  shift
  if [ $# -gt 0 ]; then printf '  %s\n' "$@" >&2; fi
  exit 1
}

need_root() {
  [ "$(id -u)" -eq 0 ] || fail "$1 needs root: it works with the kernel's own namespaces." "Run: sudo $1"
}

log_dir() {
  if [ -z "${HOPLAB_LOG:-}" ]; then
    HOPLAB_LOG=/var/log/hoplab
    mkdir -p "$HOPLAB_LOG" 2>/dev/null || true
    [ -w "$HOPLAB_LOG" ] || HOPLAB_LOG=$(mktemp -d "${TMPDIR:-/tmp}/hoplab-log.XXXXXX")
    export HOPLAB_LOG
  fi
  mkdir -p "$HOPLAB_LOG"
}

# quietly NAME COMMAND...: the output goes to NAME.log alone
quietly() {
  local name=$1
  shift
  log_dir
  "$@" >"$HOPLAB_LOG/$name.log" 2>&1 </dev/null
}

# show_end FILE: its last lines
show_end() {
  printf -- '--- the last lines of %s\n' "$1" >&2
  tail -n 60 "$1" >&2 || true
  printf -- '---\n' >&2
}

# fail_with_log NAME MESSAGE [HINT...]: the end of NAME.log, then the message
fail_with_log() {
  show_end "$HOPLAB_LOG/$1.log"
  shift
  fail "$@"
}
