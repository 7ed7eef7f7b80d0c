import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Pod } from '../objects/pod.ts';
import { type Attachment, attach, detach, networkOn } from './cni.ts';
import type { NodeContext } from './context.ts';
import { hostnameOf, hostsFile, resolvConf } from './names.ts';
import { filesOfNode, networkOfNode, networkOfPod, podDirectory } from './places.ts';
import { adoptSandbox, keepSandbox, makeSandbox, removeSandbox, type Sandbox } from './sandbox.ts';

/** One pod of a node after the other, so that addresses follow the order of the pods. */
const turns = new Map<string, Promise<unknown>>();

function inTurn<T>(node: string, work: () => Promise<T>): Promise<T> {
  const done = (turns.get(node) ?? Promise.resolve()).then(work, work);
  turns.set(node, done);
  return done;
}

/** A pod's sandbox and its place in the network. */
export class PodNet {
  readonly #context: NodeContext;
  readonly #pod: Pod;
  readonly #uid: string;
  sandbox: Sandbox | null;
  /** Files of /etc that are the pod's own. */
  files: Record<string, string> = {};

  constructor(context: NodeContext, pod: Pod) {
    this.#context = context;
    this.#pod = pod;
    this.#uid = pod.metadata.uid ?? '';
    this.sandbox = adoptSandbox(this.#uid);
    if (this.sandbox !== null) this.#name(this.sandbox.address);
  }

  get address(): string | null {
    return this.sandbox?.address || null;
  }

  get network(): string {
    return this.#pod.spec.hostNetwork
      ? networkOfNode(this.#context.node)
      : networkOfPod(this.#uid, this.#pod.metadata.name);
  }

  /** False if it failed: an event has the reason. */
  async make(): Promise<boolean> {
    if (this.sandbox?.address) return true;
    const id = randomBytes(32).toString('hex');
    try {
      const sandbox = await inTurn(this.#context.node, () => this.#made(id));
      this.sandbox = sandbox;
      this.#name(sandbox.address);
      keepSandbox(this.#uid, sandbox);
      return true;
    } catch (error) {
      const words = `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "${id}": ${error instanceof Error ? error.message : error}`;
      this.#context.tell(this.#pod, 'Warning', 'FailedCreatePodSandBox', words);
      return false;
    }
  }

  async #made(id: string): Promise<Sandbox> {
    const sandbox = await makeSandbox(this.#uid, this.#pod.metadata.name, hostnameOf(this.#pod), id);
    return { ...sandbox, address: await this.#join(id, sandbox) };
  }

  async #join(id: string, sandbox: Sandbox): Promise<string> {
    const { node, address } = this.#context;
    if (this.#pod.spec.hostNetwork) return address;
    const list = networkOn(node);
    try {
      if (list === null) throw new Error('cni plugin not initialized');
      return await attach(node, list, this.#attachment(id));
    } catch (error) {
      if (list !== null) await detach(node, list, this.#attachment(id));
      await removeSandbox(this.#uid, this.#pod.metadata.name, sandbox);
      throw error;
    }
  }

  #attachment(id: string): Attachment {
    const { name, namespace = 'default' } = this.#pod.metadata;
    const ports = this.#pod.spec.containers
      .flatMap((container) => container.ports ?? [])
      .flatMap(({ hostPort, containerPort, protocol = 'TCP' }) =>
        hostPort === undefined ? [] : [{ hostPort, containerPort, protocol: protocol.toLowerCase() }],
      );
    return { id, network: networkOfPod(this.#uid, name), podName: name, podNamespace: namespace, ports };
  }

  #name(address: string): void {
    const { node, dns } = this.#context;
    const host = readFileSync(`${filesOfNode(node)}/resolv.conf`, 'utf8');
    this.files = {
      'etc/hosts': hostsFile(this.#pod, address, dns.domain),
      'etc/resolv.conf': resolvConf(this.#pod, dns, host),
      'etc/hostname': `${hostnameOf(this.#pod)}\n`,
    };
    for (const [name, text] of Object.entries(this.files))
      writeFileSync(`${podDirectory(this.#uid)}/${name}`, text);
  }

  async release(): Promise<void> {
    const { node } = this.#context;
    const list = networkOn(node);
    const { sandbox } = this;
    if (sandbox !== null && list !== null && !this.#pod.spec.hostNetwork) {
      const failed = await inTurn(node, () => detach(node, list, this.#attachment(sandbox.id)));
      for (const words of failed) {
        const whole = `error killing pod: failed to "KillPodSandbox" for "${this.#uid}" with KillPodSandboxError: "rpc error: code = Unknown desc = failed to destroy network for sandbox \\"${sandbox.id}\\": ${words}"`;
        this.#context.tell(this.#pod, 'Warning', 'FailedKillPod', whole);
      }
    }
    await removeSandbox(this.#uid, this.#pod.metadata.name, sandbox);
    this.sandbox = null;
  }
}
