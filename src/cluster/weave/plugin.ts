import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { act } from '../node/act.ts';
import { bridge, dataPort, mtu } from './network.ts';

/** The CNI plugin weave-net: asks the router of its node for an address. Prints its result, or its error. */
export async function plugin(environment: NodeJS.ProcessEnv): Promise<void> {
  const { CNI_COMMAND: command, CNI_CONTAINERID: id = '', CNI_NETNS: network = '' } = environment;
  const { CNI_IFNAME: link = 'eth0' } = environment;
  if (command === 'VERSION') {
    return say({ cniVersion: '0.3.0', supportedVersions: ['0.1.0', '0.2.0', '0.3.0', '0.3.1', '0.4.0'] });
  }
  const { cniVersion = '0.3.0', hairpinMode = false } = JSON.parse(readFileSync(0, 'utf8'));
  const host = `vethwepl${id.slice(0, 7)}`;
  if (command === 'DEL') {
    await act(['ip', 'link', 'del', host]);
    await ask('DELETE', `/ip/${id}`).catch((error: Error) => {
      if (!error.message.startsWith('400')) throw new Error(`unable to release IP address: ${error.message}`);
    });
    return;
  }
  if (command !== 'ADD') return;
  const address = await ask('POST', `/ip/${id}`).catch((error: Error) => {
    throw new Error(`unable to allocate IP address: ${error.message}`);
  });
  const gateway = (await ask('GET', '/ip/weave:expose')).replace(/\/.*/, '');
  const inside = ['nsenter', `--net=${network}`, 'ip', '-batch', '-'];
  await done([
    'ip',
    'link',
    'add',
    host,
    'mtu',
    String(mtu),
    'type',
    'veth',
    'peer',
    'name',
    link,
    'netns',
    network,
  ]);
  await done(['ip', 'link', 'set', host, 'master', bridge, 'up']);
  if (hairpinMode) await done(['bridge', 'link', 'set', 'dev', host, 'hairpin', 'on']);
  await done(
    inside,
    `link set ${link} mtu ${mtu} up\naddress add ${address} dev ${link}\nroute add default via ${gateway}\n`,
  );
  say({
    cniVersion,
    interfaces: [{ name: link, sandbox: network }],
    ips: [{ version: '4', address, gateway, interface: 0 }],
    routes: [{ dst: '0.0.0.0/0', gw: gateway }],
    dns: {},
  });
}

function say(value: unknown): void {
  process.stdout.write(JSON.stringify(value));
}

async function done(argv: string[], input = ''): Promise<void> {
  const ran = await act(argv, { input });
  if (ran.code !== 0) throw new Error(ran.stderr.trim());
}

/** The kernel's errors in the words of Go, in which the real plugin is written. */
const inGo: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
  ETIMEDOUT: 'connection timed out',
};

function ask(method: string, path: string): Promise<string> {
  const place = `127.0.0.1:${dataPort}`;
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: dataPort, method, path, timeout: 10_000 },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => {
          const { statusCode = 0, statusMessage } = response;
          if (statusCode < 300) resolve(text);
          else reject(new Error(`${statusCode} ${statusMessage}: ${text}`));
        });
      },
    );
    asked.on('timeout', () => asked.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
    asked.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
      const why = inGo[code] === undefined ? message : `dial tcp ${place}: connect: ${inGo[code]}`;
      const verb = `${method[0]}${method.slice(1).toLowerCase()}`;
      reject(new Error(`${verb} "http://${place}${path}": ${why}`));
    });
    asked.end();
  });
}
