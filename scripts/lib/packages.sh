# shellcheck shell=bash
# Package lists: "name [| other name ...] [unless COMMAND]  # reason". Sourced.

# needs FILE...: one line per need, the names that satisfy it; the first is preferred
needs() {
  local line names
  sed -e 's/#.*//' -e 's/[[:space:]]*$//' "$@" | while read -r line; do
    names=${line%% unless *}
    if [ "$names" != "$line" ] && command -v "${line##* unless }" >/dev/null; then continue; fi
    if [ -n "$names" ]; then printf '%s\n' "${names// | / }"; fi
  done
}

# missing FILE...: the needs that no installed package satisfies
missing() {
  local -A installed=()
  local name need
  while read -r name; do installed[$name]=1; done < <(
    dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | sed -n 's/^.i *//p'
  )
  needs "$@" | while read -r need; do
    for name in $need; do
      if [ -n "${installed[$name]:-}" ]; then continue 2; fi
    done
    printf '%s\n' "$need"
  done
}

# choose: needs on stdin; "get NAME" for what apt can install, "unknown NEED" for the rest
choose() {
  local need name candidate
  while read -r need; do
    for name in $need; do
      candidate=$(apt-cache policy "$name" | sed -n 's/^  Candidate: //p')
      if [ -n "$candidate" ] && [ "$candidate" != '(none)' ]; then
        printf 'get %s\n' "$name"
        continue 2
      fi
    done
    printf 'unknown %s\n' "${need// / or }"
  done
}
