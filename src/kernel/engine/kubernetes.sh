# shellcheck shell=dash
# The Kubernetes cluster of a machine. Arguments: start (on the control plane), join (on every other node), or stop.
set -eu
lent=/.hoplab/cluster run=/run/kubernetes log=/var/log/kubernetes.log
socket=$run/control.sock supervisor=$run/supervisor

ask() { curl -sS --fail-with-body --max-time 20 --unix-socket $socket "http://kubernetes/$1"; }

# As systemd and kubelet do it in life: the control plane comes back by itself, and its pods go on meanwhile.
supervise() {
  while :; do
    env -i "PATH=$PATH" "$lent/node/bin/node" --max-semi-space-size=1 "$lent/program/cluster.js" "$(hostname)" || :
    sleep 1
  done
}

start() {
  mkdir -p $run /var/log
  hostname >$run/control-plane
  rm -f $socket
  # In the network of this node, but with the machine's own mounts: every process sees the files it pins
  # there.
  nsenter --mount=/proc/1/ns/mnt setsid sh "$0" supervise >>$log 2>&1 </dev/null &
  echo $! >$supervisor
  tries=0
  # The socket is there when the cluster is ready; a curl for every look would take the time that it needs.
  until [ -S $socket ] && ask ready >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ $tries -gt 1000 ] || ! kill -0 $! 2>/dev/null || grep -qs '^Error' $log; then
      tail -n 8 $log >&2
      exit 1
    fi
    sleep 0.02
  done
}

join() { ask "join/$(hostname)" >&2; }

# Says on which node the control plane was.
stop() {
  [ -e $supervisor ] || exit 3
  program=$(cat $run/pid)
  kill -9 "-$(cat $supervisor)" 2>/dev/null || :
  while kill -0 "$program" 2>/dev/null; do sleep 0.01; done
  find $run/pods -name '*.json' -exec sed -n 's/.*"pid":\([0-9]*\).*/\1/p' {} + 2>/dev/null |
    while read -r pid; do kill -9 "$pid" "$(cat "/proc/$pid/task/$pid/children")" 2>/dev/null || :; done
  find $run/networks $run/joining -type f -exec umount -l {} \; 2>/dev/null || :
  cat $run/control-plane
  rm -rf $run /run/cni
}

"$1"
