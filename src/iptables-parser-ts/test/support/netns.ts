import { execFileSync, spawn } from 'node:child_process';

let count = 0;

/** A program's exit code and output. */
export interface Answer {
  code: number | null;
  stdout: string;
  stderr: string;
}

export type Backend = 'nft' | 'legacy';
export type Family = 'ipv4' | 'ipv6';

/** `iptables-nft`, `ip6tables-legacy-restore`, ... */
export function program(family: Family, backend: Backend, suffix: '' | '-save' | '-restore' = ''): string {
  return `${family === 'ipv6' ? 'ip6' : 'ip'}tables-${backend}${suffix}`;
}

/** A network namespace of its own, removed by `close`. Needs root, iproute2, util-linux and iptables. */
export class Netns {
  readonly name = `iptables-parser-${process.pid}-${++count}`;

  constructor() {
    execFileSync('ip', ['netns', 'add', this.name]);
  }

  run(argv: readonly string[], input = ''): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const child = spawn('nsenter', [`--net=/run/netns/${this.name}`, ...argv], {
        // A lock of our own: iptables-legacy would wait for every other namespace's otherwise.
        env: { ...process.env, XTABLES_LOCKFILE: `/run/${this.name}.lock` },
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout.on('data', (data: Buffer) => out.push(data));
      child.stderr.on('data', (data: Buffer) => err.push(data));
      child.on('error', reject);
      child.stdin.on('error', () => {});
      child.on('close', (code) =>
        resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
      );
      child.stdin.end(input);
    });
  }

  /** Runs a program that must succeed, and gives its output. */
  async must(argv: readonly string[], input = ''): Promise<string> {
    const answer = await this.run(argv, input);
    if (answer.code !== 0) throw new Error(`${argv.join(' ')}: exit ${answer.code}\n${answer.stderr}`);
    return answer.stdout;
  }

  restore(family: Family, backend: Backend, text: string, ...options: string[]): Promise<string> {
    return this.must([program(family, backend, '-restore'), ...options], text);
  }

  save(family: Family, backend: Backend, ...options: string[]): Promise<string> {
    return this.must([program(family, backend, '-save'), ...options]);
  }

  /** The ipsets and the nfacct object that the rules of these tests name. */
  async furnish(): Promise<void> {
    const sets = ['hash:ip s4 inet', 'hash:ip,port s4p inet', 'hash:ip s6 inet6', 'hash:ip,port s6p inet6'];
    const lines = sets.map((set) => {
      const [type, name, family] = set.split(' ');
      return `create ${name} ${type} family ${family}\n`;
    });
    await this.must(['ipset', 'restore'], lines.join(''));
    await this.addAccounting('packets_seen');
  }

  /** Makes an nfacct object: Debian's nfacct tool is not everywhere, perl with sockets is. */
  async addAccounting(name: string): Promise<void> {
    const script =
      'use Socket; local $/; socket(my $s, 16, SOCK_RAW, 12) or die "socket: $!"; ' +
      'defined send($s, <STDIN>, 0) or die "send: $!"; recv($s, my $r, 4096, 0); ' +
      'my $e = unpack("l", substr($r, 16, 4)); die "nfacct: errno " . -$e if $e;';
    await this.must(['perl', '-e', script], newAccounting(name).toString('latin1'));
  }

  close(): void {
    execFileSync('ip', ['netns', 'delete', this.name]);
    execFileSync('rm', ['-f', `/run/${this.name}.lock`]);
  }
}

/** The netlink message NFNL_MSG_ACCT_NEW (linux/netfilter/nfnetlink_acct.h). */
function newAccounting(name: string): Buffer {
  const text = Buffer.from(`${name}\0`);
  const attribute = Buffer.alloc(4 + Math.ceil(text.length / 4) * 4);
  attribute.writeUInt16LE(4 + text.length, 0);
  attribute.writeUInt16LE(1, 2);
  text.copy(attribute, 4);
  const header = Buffer.alloc(20);
  header.writeUInt32LE(20 + attribute.length, 0);
  header.writeUInt16LE((7 << 8) | 0, 4);
  header.writeUInt16LE(0x1 | 0x4 | 0x400, 6);
  header.writeUInt32LE(1, 8);
  return Buffer.concat([header, attribute]);
}
