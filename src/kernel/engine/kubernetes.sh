# shellcheck shell=dash
# The Kubernetes cluster of a machine. Arguments: start (on the control plane; then `real` for real components, and the
# other nodes of a cluster that is new), or stop.
set -eu
lent=/.hoplab/cluster run=/run/kubernetes log=/var/log/kubernetes.log
ready=$run/ready failed=$run/failed supervisor=$run/supervisor
engine=/var/lib/kubernetes/engine nodes=/var/lib/kubernetes/nodes
# Looks at the file, of 20 ms each and what a program takes to start.
patience=6000

# As systemd and kubelet do it in life: the control plane comes back by itself, and its pods go on meanwhile.
supervise() {
  # Written by scripts/setup, read-only here. Node would look for a directory that is not there without end.
  compiled=$lent/program/compiled
  [ -d $compiled ] || compiled=
  while :; do
    # shellcheck disable=SC2046 # the names of nodes
    env -i "PATH=$PATH" NODE_COMPILE_CACHE=$compiled NODE_COMPILE_CACHE_PORTABLE=1 \
      "$lent/node/bin/node" --max-semi-space-size=1 "$lent/program/$(cat $engine).js" $(cat $nodes) ||
      [ -e $ready ] || : >$failed
    sleep 1
  done
}

start() {
  mkdir -p $run /var/log ${engine%/*}
  name=$(hostname)
  echo "$name" >$run/control-plane
  # A machine that starts again finds them among its files.
  if [ ! -e $engine ]; then
    kind=cluster
    if [ "${1-}" = real ]; then
      kind=real
      shift
    fi
    echo $kind >$engine
    echo "$name" "$@" >$nodes
  fi
  rm -f $ready $failed
  # In the network of this node, but with the machine's own mounts: every process sees the files it pins
  # there.
  nsenter --mount=/proc/1/ns/mnt setsid sh "$0" supervise >>$log 2>&1 </dev/null &
  echo $! >$supervisor
  tries=0
  until [ -e $ready ]; do
    tries=$((tries + 1))
    if [ $tries -gt $patience ] || [ -e $failed ] || ! kill -0 $! 2>/dev/null; then
      tail -n 8 $log >&2
      exit 1
    fi
    sleep 0.02
  done
}

# Says on which node the control plane was.
stop() {
  [ -e $supervisor ] || exit 3
  if [ "$(cat $engine)" = real ]; then
    # The programs of the cluster and their containers are all that there is in a machine that has just been made.
    kill -9 -1
  else
    program=$(cat $run/pid)
    kill -9 "-$(cat $supervisor)" 2>/dev/null || :
    while kill -0 "$program" 2>/dev/null; do sleep 0.01; done
    find $run/pods -name '*.json' -exec sed -n 's/.*"pid":\([0-9]*\).*/\1/p' {} + 2>/dev/null |
      while read -r pid; do kill -9 "$pid" "$(cat "/proc/$pid/task/$pid/children")" 2>/dev/null || :; done
  fi
  find $run/networks $run/joining -type f -exec umount -l {} \; 2>/dev/null || :
  cat $run/control-plane
  rm -rf $run /run/cni
}

"$@"
