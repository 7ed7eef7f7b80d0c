import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Pod } from '../objects/pod.ts';
import { type Attachment, attach, detach, type NetworkList, networkOn } from './cni.ts';
import type { NodeContext } from './context.ts';
import { hostnameOf, hostsFile, resolvConf } from './names.ts';
import { filesOfNode, networkInTheMaking, networkOfNode, networkOfPod, podDirectory } from './places.ts';
import { refusedSandbox } from './rights.ts';
import {
  adoptSandbox,
  keepSandbox,
  makeSandbox,
  nameSandbox,
  removeSandbox,
  type Sandbox,
} from './sandbox.ts';

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
    if (this.sandbox?.address) this.#name(this.sandbox.address);
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
    // An earlier run of this program was killed while the plugins ran.
    if (this.sandbox !== null) await this.release();
    const refusal = refusedSandbox(this.#pod);
    if (refusal !== null) return this.#failed(refusal);
    const id = randomBytes(32).toString('hex');
    try {
      const sandbox = await inTurn(this.#context.node, () => this.#made(id));
      this.sandbox = sandbox;
      this.#name(sandbox.address);
      keepSandbox(this.#uid, sandbox);
      return true;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return this.#failed(`failed to setup network for sandbox "${id}": ${why}`);
    }
  }

  #failed(why: string): false {
    const words = `Failed to create pod sandbox: rpc error: code = Unknown desc = ${why}`;
    this.#context.tell(this.#pod, 'Warning', 'FailedCreatePodSandBox', words);
    return false;
  }

  /** As containerd: without a network configuration there is no sandbox either. */
  async #made(id: string): Promise<Sandbox> {
    const { node, address } = this.#context;
    const { hostNetwork = false } = this.#pod.spec;
    const list = hostNetwork ? null : networkOn(node);
    if (list === null && !hostNetwork) throw new Error('cni plugin not initialized');
    const sandbox = await makeSandbox(this.#uid, hostnameOf(this.#pod), id, hostNetwork);
    return { ...sandbox, address: list === null ? address : await this.#join(id, sandbox, list) };
  }

  /** The pod has its name in the lab when its plugins are done. */
  async #join(id: string, sandbox: Sandbox, list: NetworkList): Promise<string> {
    const { node } = this.#context;
    const attachment = this.#attachment(id, networkInTheMaking(this.#uid));
    try {
      const address = await attach(node, list, attachment);
      await nameSandbox(this.#uid, this.#pod.metadata.name);
      return address;
    } catch (error) {
      await detach(node, list, attachment);
      await removeSandbox(this.#uid, this.#pod.metadata.name, sandbox);
      throw error;
    }
  }

  #attachment(id: string, network: string): Attachment {
    const { name, namespace = 'default' } = this.#pod.metadata;
    const ports = this.#pod.spec.containers
      .flatMap((container) => container.ports ?? [])
      .flatMap(({ hostPort, containerPort, protocol = 'TCP' }) =>
        hostPort === undefined ? [] : [{ hostPort, containerPort, protocol: protocol.toLowerCase() }],
      );
    return { id, network, podName: name, podNamespace: namespace, ports };
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
      const network = sandbox.address ? this.network : networkInTheMaking(this.#uid);
      const failed = await inTurn(node, () => detach(node, list, this.#attachment(sandbox.id, network)));
      for (const words of failed) {
        const whole = `error killing pod: failed to "KillPodSandbox" for "${this.#uid}" with KillPodSandboxError: "rpc error: code = Unknown desc = failed to destroy network for sandbox \\"${sandbox.id}\\": ${words}"`;
        this.#context.tell(this.#pod, 'Warning', 'FailedKillPod', whole);
      }
    }
    await removeSandbox(this.#uid, this.#pod.metadata.name, sandbox);
    this.sandbox = null;
  }
}
