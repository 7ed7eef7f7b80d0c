import type { Resource } from '../objects/kinds.ts';
import type { Container, Pod } from '../objects/pod.ts';
import type { Store } from '../store/store.ts';

/** A pod whose program is another one's configuration made of the cluster's objects. */
export interface Standing {
  store: Store;
  pod: Pod;
  container: Container;
  /** /etc/resolv.conf of the pod. */
  resolvConf: string;
}

/** A program of Debian in the place of one that it does not have. It reads its files again at SIGHUP. */
export interface StandIn {
  /** Objects that its files are made from. */
  reads: readonly Resource[];
  /** Path in the container -> text. */
  files: (standing: Standing) => Record<string, string>;
  /** The objects that it writes itself once it has the files. */
  report?: (standing: Standing) => void;
}
