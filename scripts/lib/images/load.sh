# shellcheck shell=dash
# Has the engine unpack WORK/images.tar into WORK/docker. Runs as root of namespaces of its own.
# Argument: WORK.
set -eu
work=$1
mount -t proc proc /proc
mount -t tmpfs run /run
mount -t tmpfs etc /etc/docker 2>/dev/null || true
mount -t cgroup2 none /sys/fs/cgroup
export XDG_RUNTIME_DIR=/run
dockerd --rootless --group root --iptables=false --ip6tables=false --bridge=none --storage-driver overlay2 \
  --data-root "$work/docker" --exec-root /run/docker -p /run/docker.pid -H unix:///run/docker.sock &
engine=$!
for _ in $(seq 300); do
  if curl -s --unix-socket /run/docker.sock http://docker/_ping >/dev/null; then break; fi
  kill -0 "$engine"
  sleep 0.1
done
curl -sS --fail --unix-socket /run/docker.sock -H 'Content-Type: application/x-tar' \
  --data-binary "@$work/images.tar" http://docker/images/load
kill "$engine"
wait "$engine" || true
