# shellcheck shell=bash
# Where everything is. Sourced.
# shellcheck disable=SC2034  # used by the scripts that source this

root=$(dirname "$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")")
bin=$root/node_modules/.bin

settings=/etc/hoplab/env # HOPLAB_LISTEN=..., HOPLAB_LABS=...: one per line
run=${HOPLAB_RUN:-/run/hoplab}
state=${HOPLAB_STATE:-/var/lib/hoplab}
socket=$run/hoplab.sock
pid_file=$run/daemon.pid # "PID START-TIME", only where systemd does not run

command_link=/usr/local/bin/hoplab
unit=hoplab.service
machines_unit=hoplab-machines.service # ends the machines when the system goes down
units=/etc/systemd/system

# A root shell without a login may lack the sbin directories.
export PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
