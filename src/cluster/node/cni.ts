import { readdirSync, readFileSync } from 'node:fs';
import { act } from './act.ts';
import { filesOfNode, onNode, pluginDirectory } from './places.ts';

/** One list of plugins, as /etc/cni/net.d has it (CNI specification, section 1). */
export interface NetworkList {
  name: string;
  cniVersion: string;
  plugins: Plugin[];
}

interface Plugin {
  type: string;
  capabilities?: Record<string, boolean>;
  [field: string]: unknown;
}

interface PortMapping {
  hostPort: number;
  containerPort: number;
  protocol: string;
}

export interface Attachment {
  id: string;
  network: string;
  podName: string;
  podNamespace: string;
  ports: PortMapping[];
}

/** The first list by name in the node's /etc/cni/net.d; null: the network is not ready. */
export function networkOn(node: string): NetworkList | null {
  const directory = `${filesOfNode(node)}/cni/net.d`;
  const names = readable(() => readdirSync(directory)) ?? [];
  for (const name of names.filter((each) => /\.(conflist|conf|json)$/.test(each)).sort()) {
    const found = readable(() => JSON.parse(readFileSync(`${directory}/${name}`, 'utf8')));
    if (found === null || typeof found !== 'object') continue;
    const { cniVersion = '0.4.0', name: network = '', plugins, type } = found;
    if (Array.isArray(plugins)) return { name: network, cniVersion, plugins };
    if (typeof type === 'string') return { name: network, cniVersion, plugins: [found] };
  }
  return null;
}

function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** Sets up a pod's network and returns its address. @throws with the words of the plugin that failed */
export async function attach(node: string, list: NetworkList, to: Attachment): Promise<string> {
  await call(node, 'ADD', list, { type: 'loopback' }, { ...to, ports: [] }, null, 'lo');
  let result: unknown = null;
  for (const plugin of list.plugins) result = await call(node, 'ADD', list, plugin, to, result);
  const address = addressIn(result);
  if (address === null) throw new Error('the plugins gave the pod no address');
  return address;
}

/** Calls the plugins in reverse order; returns the errors, and an error does not stop the others. */
export async function detach(node: string, list: NetworkList, from: Attachment): Promise<string[]> {
  const failed: string[] = [];
  for (const plugin of [...list.plugins].reverse()) {
    await call(node, 'DEL', list, plugin, from, null).catch((error: Error) => failed.push(error.message));
  }
  return failed;
}

async function call(
  node: string,
  command: 'ADD' | 'DEL',
  { name, cniVersion }: NetworkList,
  plugin: Plugin,
  { id, network, podName, podNamespace, ports }: Attachment,
  prevResult: unknown,
  link = 'eth0',
): Promise<unknown> {
  const { capabilities, ...own } = plugin;
  const runtimeConfig = capabilities?.portMappings ? { portMappings: ports } : null;
  const config = {
    ...own,
    name,
    cniVersion,
    ...(runtimeConfig === null ? {} : { runtimeConfig }),
    ...(prevResult === null ? {} : { prevResult }),
  };
  const env = {
    CNI_COMMAND: command,
    CNI_CONTAINERID: id,
    CNI_NETNS: network,
    CNI_IFNAME: link,
    CNI_PATH: pluginDirectory,
    CNI_ARGS: `IgnoreUnknown=1;K8S_POD_NAMESPACE=${podNamespace};K8S_POD_NAME=${podName};K8S_POD_INFRA_CONTAINER_ID=${id}`,
  };
  const program = `${pluginDirectory}/${plugin.type}`;
  const ran = await act(onNode(node, [program]), { input: JSON.stringify(config), env });
  if (ran.code === 0) return readable(() => JSON.parse(ran.stdout));
  const missing = ran.code === 127 && ran.stdout === '';
  const reason = missing
    ? `failed to find plugin "${plugin.type}" in path [${pluginDirectory}]`
    : `plugin type="${plugin.type}"${name ? ` name="${name}"` : ''} failed (${command === 'ADD' ? 'add' : 'delete'}): ${wordsOf(ran.stdout, ran.stderr)}`;
  throw new Error(reason);
}

/** A plugin's error is JSON on its standard output (CNI specification, section 5). */
function wordsOf(stdout: string, stderr: string): string {
  const failure = readable(() => JSON.parse(stdout));
  if (failure !== null && typeof failure === 'object' && typeof failure.msg === 'string')
    return failure.details ? `${failure.msg}; ${failure.details}` : failure.msg;
  return (stderr || stdout).trim();
}

/** `ips` of a result, 0.x and 1.x alike. */
function addressIn(result: unknown): string | null {
  if (result === null || typeof result !== 'object' || !('ips' in result) || !Array.isArray(result.ips))
    return null;
  const [first] = result.ips;
  return typeof first?.address === 'string' ? first.address.replace(/\/.*$/, '') : null;
}
