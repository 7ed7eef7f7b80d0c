import { cp, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '../../core/explain/languages.ts';
import type { MachineWords } from '../../core/explain/words.ts';
import { languages } from '../../core/language.ts';
import { quote } from '../../core/text/shell.ts';
import { engineProgram, engineScript } from '../engine/engine.ts';
import { clusterProgram, clusterScript } from '../engine/kubernetes.ts';
import { mailProgram, mailScript } from '../engine/programs.ts';
import { enterContainerProgram, enterMounts, enterProgram } from '../place/layout.ts';

/** Parts of the VM's /etc that programs in a machine read; none of them holds a secret. */
const copied = [
  'alternatives',
  'bash.bashrc',
  'bind',
  'debian_version',
  'ethertypes',
  'gai.conf',
  'group',
  'host.conf',
  'inputrc',
  'iproute2',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'login.defs',
  'lsb-release',
  'mime.types',
  'networks',
  'os-release',
  'passwd',
  'profile',
  'protocols',
  'rpc',
  'services',
  'ssl/certs/ca-certificates.crt',
  'ssl/openssl.cnf',
  'terminfo',
  'unbound/unbound.conf',
];

/** A shell line that says it in every language: a machine does not know which one its user reads. */
const complaint = (key: keyof MachineWords): string =>
  `printf '%s\\n' ${languages.map((language) => quote(words[language].machine[key])).join(' ')} >&2`;

/** Written by hoplab, alike on every distribution. */
const written: Record<string, string> = {
  [enterProgram]: await readFile(new URL('../place/enter.sh', import.meta.url), 'utf8'),
  [enterContainerProgram]: await readFile(new URL('../place/enter-container.sh', import.meta.url), 'utf8'),
  [engineProgram]: engineScript,
  [clusterProgram]: clusterScript,
  [mailProgram]: mailScript,
  [enterMounts]: `sysfs /sys sysfs nosuid,nodev,noexec 0 0
cgroup2 /sys/fs/cgroup cgroup2 nosuid,nodev,noexec 0 0
netns /run/netns tmpfs mode=755,size=64k 0 0
`,
  'etc/hosts': '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n',
  'etc/resolv.conf': '# No name server yet.\n',
  'etc/nsswitch.conf':
    'passwd: files\ngroup: files\nshadow: files\nhosts: files dns\nnetworks: files\nprotocols: files\nservices: files\n',
  'etc/sysctl.conf': '# Settings that survive a reboot, one `key = value` a line.\n',
  /** How often the machine has started; a reboot counts one more. */
  'run/boots': '1\n',
  'etc/shadow': '',
  'etc/fstab': '',
  'etc/nginx/nginx.conf': `user www-data;
worker_processes 1;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;
events { worker_connections 64; }
http {
  access_log /var/log/nginx/access.log;
  server_tokens off;
  server {
    listen 80;
    listen [::]:80;
    location / {
      default_type text/plain;
      return 200 "host=$hostname\\nclient_address=$remote_addr\\nserver_address=$server_addr\\n";
    }
  }
}
`,
  'root/.bashrc': `[ -n "$PS1" ] || return
# The prompt names the place: the node, or the network namespace a command put us in.
HOPLAB_PLACE=\${HOPLAB_PLACE:-$(ip netns identify 2>/dev/null)}
HOPLAB_PLACE=\${HOPLAB_PLACE:-$(hostname)}
# OSC 133: programs around the terminal learn where a prompt begins and how the last command ended.
PROMPT_COMMAND='printf "\\033]133;D;%s\\007" "$?"'
PS1="\${HOPLAB_SESSION:+$HOPLAB_SESSION }"'\\[\\e]133;A\\a\\e[1;36m\\]'"$HOPLAB_PLACE"'\\[\\e[0m\\]:\\w# '
HISTCONTROL=ignoredups
# The machine is restarted from outside: here it would only end.
reboot() {
  ${complaint('reboot')}
  return 1
}
hoplab() { if [ "$*" = reboot ]; then reboot; else ${complaint('outside')}; return 127; fi; }
alias ls='ls --color=auto' grep='grep --color=auto' ip='ip --color=auto'
`,
  'root/.profile': '[ -z "$BASH" ] || . ~/.bashrc\n',
};

/**
 * Builds the files that every machine gets a copy of. Done once a daemon start; replaces those of an earlier
 * one.
 */
export async function buildSkeleton(target: string): Promise<void> {
  const fresh = `${target}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(join(fresh, 'etc'), { recursive: true });
  for (const name of copied) {
    // A distribution that has no such file needs none.
    await cp(join('/etc', name), join(fresh, 'etc', name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: belongsInside,
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  for (const [name, text] of Object.entries(written)) {
    await mkdir(join(fresh, name, '..'), { recursive: true });
    await writeFile(join(fresh, name), text);
  }
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
}

/**
 * Keys and the like stay outside: a machine gets no file that not every user of the VM may read. Nor does it
 * get the hundreds of links to manual pages among the alternatives.
 */
async function belongsInside(path: string): Promise<boolean> {
  return !path.endsWith('.gz') && ((await lstat(path)).mode & 0o004) !== 0;
}
