import type { Machine } from '../../src/core/ports.ts';
import { sh } from './machines.ts';

/**
 * Puts a shell script in the place of a program of the machine, as its root can. The shell that runs it is a copy, so
 * that it can also stand for the shell; the program itself is `$whole` to it.
 */
export async function inPlaceOf(machine: Machine, program: string, script: string): Promise<void> {
  await sh(
    machine,
    `set -e
    mkdir -p /run/own; cp -n /usr/bin/dash /run/own/sh; cp -n "$(readlink -f "$(command -v ${program})")" /run/own/${program}
    printf '#!/run/own/sh\\nwhole=/run/own/${program}\\n%s\\n' '${script.replaceAll("'", "'\\''")}' >/run/own/${program}.instead
    chmod 755 /run/own/${program}.instead
    for file in $(readlink -f /usr/bin/${program} /usr/sbin/${program} | sort -u); do
      [ ! -e $file ] || mount --bind /run/own/${program}.instead $file
    done`,
  );
}
