import type { Command } from 'commander';
import type { Words } from '../../words/en/cli.ts';
import type { Act } from '../cli.ts';

/** The commands that follow packets. */
export function addPathCommands(program: Command, words: Words['commands'], act: Act): void {
  const { trace, share, traffic, pingall, capture } = words;
  program
    .command('trace')
    .description(trace.summary)
    .argument('<from>', trace.from)
    .argument('[to]', trace.to)
    .option('--icmp', trace.icmp)
    .option('--size <bytes>', trace.size)
    .option('--mtu <bytes>', trace.mtu)
    .option('--sport <port>', trace.sport)
    .option('--mark <number>', trace.mark)
    .option('--tos <number>', trace.tos)
    .option('--tcp <port>', trace.tcp)
    .option('--udp <port>', trace.udp)
    .option('--dns <name>', trace.dns)
    .option('--http <url>', trace.http)
    .option('--details', trace.details)
    .option('--pcapng <file>', trace.pcapng)
    .addHelpText('after', `\n${trace.more}`)
    .action(act(async () => (await import('./trace.ts')).trace));
  program
    .command('share')
    .description(share.summary)
    .argument('[name]', share.name)
    .option('--html <file>', share.html)
    .option('--svg <file>', share.svg)
    .option('--mermaid <file>', share.mermaid)
    .option('--trace <nodes...>', share.trace)
    .option('--tcp <port>', trace.tcp)
    .option('--udp <port>', trace.udp)
    .option('--dns <name>', trace.dns)
    .option('--http <url>', trace.http)
    .addHelpText('after', `\n${share.more}`)
    .action(act(async () => (await import('./share.ts')).share));
  program
    .command('traffic')
    .description(traffic.summary)
    .option('--own', traffic.own)
    .addHelpText('after', `\n${traffic.more}`)
    .action(act(async () => (await import('./traffic.ts')).traffic));
  program
    .command('pingall')
    .description(pingall.summary)
    .argument('[nodes...]', pingall.nodes)
    .option('--ipv6', pingall.ipv6)
    .addHelpText('after', `\n${pingall.more}`)
    .action(act(async () => (await import('./pingall.ts')).pingAll));
  program
    .command('capture')
    .description(capture.summary)
    .argument('<node>', capture.node)
    .argument('[device]', capture.device)
    .argument('[filter...]', capture.filter)
    .option('--write <file>', capture.write)
    .option('--count <number>', capture.count)
    .addHelpText('after', `\n${capture.more}`)
    .action(act(async () => (await import('./capture.ts')).capture));
}
