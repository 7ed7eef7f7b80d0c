import type { Probe } from '../probe/probe.ts';

/** A ping that must succeed before a failure of the probe itself means anything. */
export interface Control {
  from: string;
  to: string;
}

export function controlPing(control: Control | undefined): Probe[] {
  return control === undefined ? [] : [{ kind: 'ping', from: control.from, to: control.to }];
}
