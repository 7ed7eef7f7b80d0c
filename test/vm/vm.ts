import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import type { Accelerator } from './accelerator.ts';
import type { Computer } from './computers.ts';
import { imageIn } from './image.ts';

export interface Said {
  code: number;
  text: string;
  seconds: number;
}

/** Emulated on a busy computer, units of a Debian as it comes run into systemd's own limits of 90 s. */
const PATIENT = ' systemd.default_timeout_start_sec=900 systemd.default_device_timeout_sec=900';

/** One booted VM: a qemu that outlives this process if need be, with ssh and the page's port on this computer's loopback. */
export class Vm {
  readonly folder: string;
  readonly page: number;
  readonly #ssh: number;
  readonly #memory: number;
  readonly #accelerator: Accelerator;
  readonly #computer: Computer;

  constructor(
    folder: string,
    computer: Computer,
    { memory, port, accelerator }: { memory: number; port: number; accelerator: Accelerator },
  ) {
    this.folder = folder;
    this.#computer = computer;
    this.#memory = memory;
    this.#accelerator = accelerator;
    this.#ssh = port;
    this.page = port + 1;
  }

  /** Boots it, or goes on with one that still runs, and waits for ssh. */
  async start(): Promise<string> {
    const { disk, kernel, initrd } = imageIn(this.folder);
    const began = performance.now();
    const running = this.#pid() !== undefined;
    const { kind, args, patience } = this.#accelerator;
    const { qemu, machine, console } = this.#computer;
    const forward = (to: number, port: number) => `hostfwd=tcp:127.0.0.1:${port}-:${to}`;
    if (!running) {
      await execa(qemu, [
        ...['-machine', machine, ...args, '-smp', '2', '-m', String(this.#memory)],
        ...['-display', 'none', '-serial', `file:${join(this.folder, 'console.log')}`],
        ...['-kernel', kernel, '-initrd', initrd],
        ...[
          '-append',
          `root=/dev/vda rw console=${console} net.ifnames=0 quiet${kind === 'kvm' ? '' : PATIENT}`,
        ],
        ...['-drive', `file=${disk},format=raw,if=virtio,cache=unsafe`],
        ...['-netdev', `user,id=outer,${forward(22, this.#ssh)},${forward(7777, this.page)}`],
        ...['-device', 'virtio-net-pci,netdev=outer', '-device', 'virtio-rng-pci'],
        ...['-qmp', `unix:${join(this.folder, 'qmp')},server,nowait`],
        ...['-daemonize', '-pidfile', join(this.folder, 'qemu.pid')],
      ]);
    }
    await this.reachable(300 * patience);
    const took = `ssh after ${((performance.now() - began) / 1000).toFixed(0)} s`;
    return running ? `it runs already, ${took}` : took;
  }

  /** Of the qemu with this disk, while it lives. */
  #pid(): number | undefined {
    try {
      const pid = Number(readFileSync(join(this.folder, 'qemu.pid'), 'utf8'));
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(imageIn(this.folder).disk)
        ? pid
        : undefined;
    } catch {
      return undefined;
    }
  }

  /** Waits until a command can be run in it. */
  async reachable(seconds: number): Promise<void> {
    const until = performance.now() + seconds * 1000;
    for (;;) {
      if (this.#pid() === undefined) throw new Error(`qemu has ended: ${this.folder}/console.log`);
      if ((await this.run('true', 20)).code === 0) return;
      if (performance.now() > until) throw new Error(`no ssh after ${seconds} s: ${this.folder}/console.log`);
      await delay(1000);
    }
  }

  /** A command of the user vagrant's; so many seconds are for KVM, and are more under emulation. */
  async run(command: string, seconds = 600): Promise<Said> {
    const patient = seconds * this.#accelerator.patience;
    const began = performance.now();
    const { exitCode, all } = await execa(
      'ssh',
      [...this.options, '-p', String(this.#ssh), 'vagrant@127.0.0.1', command],
      { all: true, reject: false, stdin: 'ignore', timeout: patient * 1000 },
    );
    return { code: exitCode ?? 255, text: all ?? '', seconds: (performance.now() - began) / 1000 };
  }

  /** How ssh and rsync reach it. */
  get options(): string[] {
    const settings = [
      'StrictHostKeyChecking=no',
      'UserKnownHostsFile=/dev/null',
      'LogLevel=ERROR',
      'ConnectTimeout=90',
    ];
    return ['-i', join(this.folder, 'key'), ...settings.flatMap((setting) => ['-o', setting])];
  }

  /** Copies a directory as rsync does for Vagrant. */
  async copy(from: string, to: string, args: readonly string[]): Promise<void> {
    const shell = ['ssh', '-p', String(this.#ssh), ...this.options].join(' ');
    const target = ['--rsync-path=sudo rsync', `${from}/`, `vagrant@127.0.0.1:${to}/`];
    await execa('rsync', ['-e', shell, '--chown=root:root', ...args, ...target], { stdin: 'ignore' });
  }

  /** One command of qemu's machine protocol: stop, cont, system_powerdown, quit. */
  async qmp(command: string): Promise<void> {
    const socket = connect(join(this.folder, 'qmp'));
    const ask = (execute: string) => socket.write(`${JSON.stringify({ execute })}\n`);
    let answers = 0;
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', () => resolve());
      socket.on('data', (data) => {
        if (data.includes('"QMP"')) ask('qmp_capabilities');
        for (const _ of data.toString().matchAll(/"return"/g)) {
          answers += 1;
          if (answers === 1) ask(command);
          else socket.end();
        }
      });
    });
  }

  /** Powers it off as its owner would; qemu ends by itself, or is ended after so many seconds. */
  async stop(seconds = 90 * this.#accelerator.patience): Promise<void> {
    if (this.#pid() === undefined) return;
    await this.run('sudo systemctl poweroff', 30);
    const until = performance.now() + seconds * 1000;
    for (;;) {
      const pid = this.#pid();
      if (pid === undefined) return;
      if (performance.now() > until) process.kill(pid, 'SIGKILL');
      await delay(500);
    }
  }
}
