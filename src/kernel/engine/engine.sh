# shellcheck shell=dash
# The Docker engine of a machine. Arguments: start or stop.
# Layers of the shared images are links into the store, so that they take no room here.
set -eu
store=/.hoplab/images root=/var/lib/docker run=/run/docker pid=/run/docker.pid socket=/run/docker.sock

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

# `docker compose` where there is only version 1, a program of its own (Debian 12). Version 2 is a plugin. Half of
# what version 1 costs is setuptools, which Python loads in the place of the distutils that it asks for.
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
  rm -f $socket $pid
  # It leaves out cgroup paths, which a machine may not write.
  XDG_RUNTIME_DIR=/run setsid dockerd --rootless >>/var/log/dockerd.log 2>&1 </dev/null &
  tries=0
  until curl -s --max-time 20 --unix-socket $socket http://docker/_ping >/dev/null; do
    tries=$((tries + 1))
    if [ $tries -gt 1000 ] || ! kill -0 $! 2>/dev/null; then
      tail -n 5 /var/log/dockerd.log >&2
      exit 1
    fi
    sleep 0.02
  done
}

stop() {
  [ -e $pid ] || return 0
  engine=$(cat $pid)
  kill "$engine" 2>/dev/null || return 0
  while kill -0 "$engine" 2>/dev/null; do sleep 0.02; done
}

"$1"
