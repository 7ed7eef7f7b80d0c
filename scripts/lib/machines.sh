# shellcheck shell=bash
# The lab machines, as the kernel has them: every process whose user namespace maps a uid range that was given
# out to this run directory. So a machine that is still being made is found too. Sourced after places.sh.

ranges=/run/hoplab-uids # one file per range in use, named by its first uid; the run directory is in it

# machine_processes: their pids, one a line
machine_processes() {
  # shellcheck disable=SC2154  # the run directory is set by places.sh
  RUN=$run RANGES=$ranges awk '
    BEGIN {
      for (i = 1; i < ARGC; i++) {
        if ((getline line < ARGV[i]) > 0) {
          if (index(ARGV[i], ENVIRON["RANGES"] "/") == 1) {
            if (line == ENVIRON["RUN"]) base[substr(ARGV[i], length(ENVIRON["RANGES"]) + 2)]
          } else {
            split(line, map)
            first = map[2] - map[2] % 65536 # a user namespace inside a machine begins later in its range
            if (first in base) { split(ARGV[i], path, "/"); print path[3] }
          }
        }
        close(ARGV[i])
      }
    }' "$ranges"/* /proc/[0-9]*/uid_map 2>/dev/null
}

# end_machines: SIGKILL to all of them, until none is left; 1 when some are after 20 s, which only an emulated machine can need
end_machines() {
  local pids until=$((SECONDS + 20))
  while mapfile -t pids < <(machine_processes) && [ "${#pids[@]}" -gt 0 ]; do
    kill -KILL "${pids[@]}" 2>/dev/null || true # gone by itself meanwhile
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.02
  done
}
