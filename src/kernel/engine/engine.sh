# shellcheck shell=dash
# The Docker engine of a machine. Arguments: start or stop. `supervise` is its own.
# Layers of the shared images are links into the store, so that they take no room here.
set -eu
store=/.hoplab/images root=/var/lib/docker run=/run/docker pid=/run/docker.pid socket=/run/docker.sock
supervisor=/run/docker.supervisor ready=/run/docker.ready

take_images() {
  [ ! -d $root/image ] || return 0
  mkdir -p $root/overlay2
  chmod 710 $root $root/overlay2
  cp -R $store/image $root/
  cp -RP $store/overlay2/l $root/overlay2/
  for layer in "$store"/overlay2/*/; do
    layer=${layer%/} own=$root/overlay2/${layer##*/}
    [ "${layer##*/}" != l ] || continue
    mkdir "$own"
    for file in link lower committed; do
      [ ! -f "$layer/$file" ] || cp "$layer/$file" "$own/"
    done
    [ ! -d "$layer/work" ] || mkdir "$own/work"
    ln -s "$layer/diff" "$own/diff"
  done
}

# `docker compose` if there is only version 1, a program of its own (Debian 12). Version 2 is a plugin. Half
# of the cost of version 1 is setuptools, which Python loads in place of the distutils that it imports.
teach_compose() {
  for plugins in /usr/libexec /usr/lib /usr/local/libexec /usr/local/lib; do
    [ ! -e $plugins/docker/cli-plugins/docker-compose ] || return 0
  done
  plugin=/root/.docker/cli-plugins/docker-compose
  [ ! -e $plugin ] || return 0
  mkdir -p ${plugin%/*}
  cat >$plugin <<'END'
#!/bin/sh
if [ "$1" = docker-cli-plugin-metadata ]; then
  echo '{"SchemaVersion":"0.1.0","Vendor":"Debian","Version":"1","ShortDescription":"Docker Compose"}'
  exit
fi
shift
SETUPTOOLS_USE_DISTUTILS=stdlib exec docker-compose "$@"
END
  chmod 755 $plugin
}

start() {
  take_images
  teach_compose
  mkdir -p /etc/docker /var/log
  [ -e /etc/docker/daemon.json ] || cat >/etc/docker/daemon.json <<END
{
  "data-root": "$root",
  "exec-root": "$run",
  "pidfile": "$pid",
  "hosts": ["unix://$socket"]
}
END
  rm -f $ready
  setsid sh "$0" supervise >>/var/log/dockerd.log 2>&1 </dev/null &
  echo $! >$supervisor
  tries=0
  until curl -s --max-time 20 --unix-socket $socket http://docker/_ping >/dev/null; do
    tries=$((tries + 1))
    if [ $tries -gt 1000 ] || ! kill -0 $! 2>/dev/null; then
      tail -n 5 /var/log/dockerd.log >&2
      exit 1
    fi
    sleep 0.02
  done
  : >$ready
}

# As systemd does it in life: an engine that has been killed comes back, and one that does not stay is given up.
supervise() {
  # If the machine has no control group of its own, this flag makes the engine leave out their paths.
  groups=
  [ -w /sys/fs/cgroup/docker/cgroup.procs ] || groups=--rootless
  export XDG_RUNTIME_DIR=/run
  short=0
  while [ $short -lt 5 ]; do
    rm -f $socket $pid
    started=$(date +%s)
    # shellcheck disable=SC2086 # one word or none
    dockerd $groups || :
    [ -e $ready ] || exit 1
    short=$((short + 1))
    [ $(($(date +%s) - started)) -lt 10 ] || short=0
    sleep 1
  done
}

stop() {
  [ -e $supervisor ] || return 0
  kill -9 "$(cat $supervisor)" 2>/dev/null || :
  rm -f $supervisor
  engine=$(cat $pid) || return 0
  kill "$engine" 2>/dev/null || return 0
  while kill -0 "$engine" 2>/dev/null; do sleep 0.02; done
}

"$1"
