# shellcheck shell=bash
# The background daemon: a systemd unit where systemd runs, a plain process elsewhere. Sourced after
# say.sh and places.sh. A process is known by its pid and start time, never by its name.

# shellcheck disable=SC2154  # the places are set by places.sh

has_systemd() { [ -d /run/systemd/system ]; }

# answers: the daemon takes requests on its socket
answers() {
  local code
  [ -S "$socket" ] || return 1
  code=$(curl --silent --max-time 2 --output /dev/null --write-out '%{http_code}' \
    --unix-socket "$socket" http://localhost/healthz) || return 1
  [ "$code" -lt 500 ]
}

# start_time PID: in clock ticks since boot; fails when the process is gone or only a zombie
start_time() {
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${stat##*) }" # after the name, which may hold anything: field 3 onwards
  [ "${fields[0]}" != Z ] || return 1
  printf '%s\n' "${fields[19]}"
}

# plain_pid: the pid of the daemon that start_plain started, if it still lives
plain_pid() {
  local pid started now
  [ -f "$pid_file" ] || return 1
  read -r pid started <"$pid_file" || return 1
  now=$(start_time "$pid") || return 1
  [ "$now" = "$started" ] || return 1
  printf '%s\n' "$pid"
}

# alive: it runs, or systemd is about to start it again
alive() {
  if has_systemd; then
    case $(systemctl is-active "$unit" || true) in
      active | activating | reloading) true ;;
      *) false ;;
    esac
  else
    plain_pid >/dev/null
  fi
}

# daemon_pid: fails while it is between two starts
daemon_pid() {
  local pid
  if has_systemd; then
    pid=$(systemctl show --property MainPID --value "$unit")
    [ "${pid:-0}" -gt 0 ] || return 1
    printf '%s\n' "$pid"
  else
    plain_pid
  fi
}

# newer_than_daemon: something that it reads once was changed after its process began. A change is what this
# system saw (ctime): copying may keep the times that files have elsewhere.
newer_than_daemon() {
  local pid ticks boot known=()
  pid=$(daemon_pid) || return 1 # the next one reads what is there now
  ticks=$(start_time "$pid") || return 1
  boot=$(sed -n 's/^btime //p' /proc/stat)
  if [ -f "$settings" ]; then known+=("$settings"); fi
  [ -n "$(find "$root/src" "$root/labs" "$root/package-lock.json" "${known[@]}" -type f \
    -newerct "@$((boot + ticks / $(getconf CLK_TCK)))" -print -quit)" ]
}

# start: requests a start; wait_until_it_answers returns whether it worked
start() {
  if has_systemd; then
    if [ -n "${HOPLAB_LISTEN:-}${HOPLAB_LABS:-}" ]; then
      step "daemon: under systemd, HOPLAB_LISTEN and HOPLAB_LABS are read from $settings only"
    fi
    systemctl enable --quiet "$unit"
    systemctl reset-failed "$unit" 2>/dev/null || true # a limit on starts that was reached before is no reason now
    systemctl restart "$unit"
  else
    start_plain
  fi
}

start_plain() {
  local line pid
  log_dir
  if [ -f "$settings" ]; then
    while read -r line; do
      # As in systemd's EnvironmentFile; what the caller set in the environment goes first.
      [[ $line =~ ^(HOPLAB_[A-Z]+)=(.*)$ ]] || continue
      if [ -z "${!BASH_REMATCH[1]:-}" ]; then export "${BASH_REMATCH[1]}=${BASH_REMATCH[2]}"; fi
    done <"$settings"
  fi
  if [ -n "$(find "$HOPLAB_LOG/daemon.log" -size +10M 2>/dev/null)" ]; then
    mv "$HOPLAB_LOG/daemon.log" "$HOPLAB_LOG/daemon.log.1"
  fi
  (
    cd /
    close_inherited
    exec setsid "$root/scripts/hoplab" daemon
  ) </dev/null >>"$HOPLAB_LOG/daemon.log" 2>&1 &
  pid=$!
  printf '%s %s\n' "$pid" "$(start_time "$pid" || true)" >"$pid_file"
}

# close_inherited: the daemon must not hold open what the caller of scripts/up had open
close_inherited() {
  local fd
  for fd in /proc/"$BASHPID"/fd/*; do
    fd=${fd##*/}
    if [ "$fd" -gt 2 ]; then eval "exec $fd>&-"; fi
  done
}

# wait_until_it_answers: 1 when it has ended for good, or after 300 s; an emulated machine needs 60, and more to
# build the machines of its sessions again after a boot.
# One that dies at its start is started again by systemd, up to the unit's limit.
wait_until_it_answers() {
  local started=$SECONDS said=false before now
  before=$(deaths)
  until answers; do
    alive || return 1
    [ $((SECONDS - started)) -lt "${patience:-300}" ] || return 1
    now=$(deaths)
    if [ "$now" -gt "$before" ]; then step "daemon: it ended; systemd has started it again"; fi
    before=$now
    if ! $said && [ $((SECONDS - started)) -ge 10 ]; then
      step "daemon: still starting; this machine takes its time"
      said=true
    fi
    sleep 0.05
  done
}

# deaths: how often systemd has started it again since it was asked to start
deaths() {
  local count=
  if has_systemd; then count=$(systemctl show --property NRestarts --value "$unit" || true); fi
  printf '%d\n' "${count:-0}"
}

# bring_up CHANGED: a daemon with the present code and settings answers in the end, unless this fails.
# CHANGED is true when its unit has changed.
bring_up() {
  if alive && { $1 || newer_than_daemon; }; then
    step "daemon: restarting with what has changed (lab machines stay)"
    stop
    start
  elif alive && answers; then
    step "daemon: running already"
    return
  elif alive; then
    step "daemon: already starting; waiting for it"
  elif answers; then
    step "daemon: one that was not started by scripts/up answers on $socket; leaving it as it is"
    return
  else
    start
  fi
  if ! wait_until_it_answers; then
    show_daemon_log
    if alive; then
      fail "the daemon has not answered yet, and is still starting." "Wait for it: sudo $root/scripts/up"
    fi
    stop # clears what it has left
    fail "the daemon did not start." "In the foreground: sudo $root/scripts/hoplab daemon" \
      "What this machine has and lacks: sudo $root/scripts/hoplab doctor"
  fi
  step "daemon: running"
}

show_daemon_log() {
  if has_systemd; then
    printf -- '--- journalctl -u %s\n' "$unit" >&2
    journalctl --unit "$unit" --lines 40 --no-pager --output cat >&2 || true
  else
    show_end "$HOPLAB_LOG/daemon.log"
  fi
}

# stop: the daemon alone; lab machines outlive it
stop() {
  local pid until
  if has_systemd && [ -e "$units/$unit" ]; then
    systemctl stop "$unit"
  fi
  if pid=$(plain_pid); then
    kill -TERM "$pid"
    until=$((SECONDS + 20))
    while plain_pid >/dev/null; do
      if [ "$SECONDS" -ge "$until" ]; then
        step "daemon: did not end within 20 s, killing it"
        kill -KILL "$pid"
        until=$((SECONDS + 20))
      fi
      sleep 0.05
    done
  fi
  rm -f "$pid_file"
}

# install_units: writes them with this checkout's path; 1 when they were there already, the same
install_units() {
  local name changed=1
  case $root in *[\"\\\$]*) fail "systemd cannot run hoplab from a path with \", \\ or \$: $root" ;; esac
  for name in "$unit" "$machines_unit"; do
    if write_unit "$name"; then changed=0; fi
  done
  if [ "$changed" -eq 0 ]; then systemctl daemon-reload; fi
  return "$changed"
}

# write_unit NAME: 1 when it was there already, the same
write_unit() {
  local text
  text=$(<"$root/scripts/$1")
  text=${text//@ROOT@/"${root//%/%%}"}
  if [ "$(cat "$units/$1" 2>/dev/null)" = "$text" ]; then return 1; fi
  printf '%s\n' "$text" >"$units/$1"
}

# remove_units: the second one ends the machines as it stops
remove_units() {
  systemctl disable --quiet "$unit" 2>/dev/null || true
  systemctl stop "$machines_unit" 2>/dev/null || true
  rm -f "$units/$unit" "$units/$machines_unit"
  systemctl daemon-reload
}
