import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type CommandResult, saidBy } from './daemon.ts';

/**
 * The root of the system: the VM's own files, with changes in memory. No unit of the VM's, and none that settles what
 * the kernel has once for all namespaces. Uid ranges are the VM's: other daemons' machines are beside.
 */
const root = `
set -eu
directory=$1
mount -t tmpfs none "$directory"
cd "$directory"
mkdir upper work root
mount -t overlay -o lowerdir=/,upperdir=upper,workdir=work none root
cd root
rm -rf etc/systemd/system run/* etc/hoplab
mkdir -p etc/systemd/system etc/hoplab
for unit in systemd-modules-load.service systemd-sysctl.service systemd-remount-fs.service systemd-binfmt.service \\
  systemd-random-seed.service systemd-udevd.service systemd-udev-trigger.service systemd-timesyncd.service systemd-logind.service \\
  dev-hugepages.mount sys-fs-fuse-connections.mount sys-kernel-debug.mount sys-kernel-config.mount proc-sys-fs-binfmt_misc.automount; do
  ln -s /dev/null "etc/systemd/system/$unit"
done
mount -t proc none proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs none sys
mount -t cgroup2 none sys/fs/cgroup
for place in run tmp dev; do mount -t tmpfs none "$place"; done
mkdir -p dev/pts dev/shm run/hoplab-uids /run/hoplab-uids
for device in null zero full random urandom tty; do : >"dev/$device"; mount --bind "/dev/$device" "dev/$device"; done
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 none dev/pts
ln -s pts/ptmx dev/ptmx
mount --bind /run/hoplab-uids run/hoplab-uids
pivot_root . mnt
cd /
umount -l /mnt
exec env -i container=test PATH="$PATH" /lib/systemd/systemd --show-status=0`;

/** systemd as pid 1 of namespaces of its own, as it is on a VM that has just been started. */
export class Systemd {
  readonly directory = mkdtempSync('/run/hoplab-test-');
  readonly #group = join(cgroup2(), this.directory.slice('/run/'.length));
  readonly #process: ChildProcess;
  readonly ended: Promise<CommandResult>;

  static async boot(): Promise<Systemd> {
    const systemd = new Systemd();
    try {
      await systemd.#up();
    } catch (error) {
      systemd.remove();
      throw error;
    }
    return systemd;
  }

  private constructor() {
    mkdirSync(this.#group);
    const own = '--mount --propagation private --pid --net --uts --ipc --cgroup --fork --kill-child';
    const lines = `echo $$ >"$3/cgroup.procs" && exec unshare ${own} sh -c "$2" sh "$1"`;
    const child = spawn('sh', ['-c', lines, 'sh', this.directory, root, this.#group], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.ended = saidBy(child);
  }

  /** The pid of systemd, seen from the VM; 0 where it is no longer, or not yet, there. */
  get pid(): number {
    const own = this.#process.pid;
    try {
      const pid = readFileSync(`/proc/${own}/task/${own}/children`, 'utf8').trim();
      return readFileSync(`/proc/${pid}/comm`, 'utf8') === 'systemd\n' ? Number(pid) : 0;
    } catch {
      return 0;
    }
  }

  /** Runs a program in the system. */
  run(argv: readonly string[], environment: Record<string, string> = {}): Promise<CommandResult> {
    const enter = ['--target', String(this.pid), '--mount', '--pid', '--net', '--uts', '--ipc', '--cgroup'];
    const child = spawn('nsenter', [...enter, '--', ...argv], {
      env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return saidBy(child);
  }

  /** Ends it where it has not been shut down; nothing of it is left. */
  async remove(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.ended;
    // Each group with those below it first; the kernel lets go of one a moment after its last process.
    const groups = readdirSync(this.#group, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const group of [this.#group, ...groups].sort().reverse())
      await until(() => gone(group), `the end of ${group}`);
    rmSync(this.directory, { recursive: true });
  }

  async #up(): Promise<void> {
    let over: CommandResult | null = null;
    void this.ended.then((result) => {
      over = result;
    });
    await until(async () => {
      if (over) throw new Error(`systemd did not begin: ${JSON.stringify(over)}`);
      return this.pid > 0;
    }, 'systemd');
    // Until its bus is there, it cannot be asked.
    const state = () => this.run(['systemctl', 'is-system-running', '--wait']);
    await until(async () => /^(running|degraded)$/m.test((await state()).stdout), 'the end of the boot');
    const { stdout } = await this.run(['systemctl', '--failed', '--plain', '--no-legend']);
    if (stdout !== '') throw new Error(`units that failed: ${stdout}`);
    // It has settled all it would: where part of /proc is covered, the kernel lets no machine mount one.
    const { exitCode, stderr } = await this.run(['umount', '--lazy', '/proc/sys']);
    if (exitCode !== 0) throw new Error(stderr);
  }
}

/** @throws where it has not come in 60 s */
export async function until(there: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await there())) {
    if (performance.now() > end) throw new Error(`${what} has not come`);
    await pause(20);
  }
}

function gone(group: string): boolean {
  try {
    rmdirSync(group);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EBUSY') return false;
    throw error;
  }
}

function cgroup2(): string {
  const line = /^\S+ (\S+) cgroup2 /m.exec(readFileSync('/proc/mounts', 'utf8'));
  if (!line?.[1]) throw new Error('no cgroup v2 is mounted');
  return line[1];
}
