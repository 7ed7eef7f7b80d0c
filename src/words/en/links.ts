import type { Ladder } from '../../core/explain/words.ts';

/** Namespaces and links: is everything there, and in its place? */
export const links = {
  'netns-missing': {
    what: 'There is no network namespace {name}.',
    why: 'A namespace is a network of its own: without it nothing can be put into it and nothing can be sent from it.',
    where: '`ip netns list` lists the namespaces there are. Names must match to the letter.',
    idea: 'Make the namespace {name} first.',
  },
  'container-missing': {
    what: 'No container {name} is running.',
    why: 'A container has a network only as long as its process runs. One that has ended, or was never started, has none.',
    where:
      '`docker ps -a` lists all containers with their state; `docker logs {name}` has the last words of one that has ended.',
    idea: 'Start the container {name}, or find out why it ended.',
  },
  'pod-missing': {
    what: 'There is no pod {name} with a network.',
    why: 'A pod gets its network on the node it is scheduled to. One that was never made, waits for a node, or whose network could not be set up has none.',
    where:
      '`kubectl get pods -A -o wide` lists all pods with state, address and node; the events at the end of `kubectl describe pod {name}` say what is in the way.',
    idea: 'Make the pod {name}, or find out in its events why it does not run.',
  },
  'netns-present': {
    what: 'The network namespace {name} exists; it should not.',
    why: 'Links and addresses in a namespace that is left over still answer and still occupy their names.',
    where: '`ip netns list` lists the namespaces there are.',
    idea: 'Delete the namespace; what is in it goes with it.',
  },
  'link-missing': {
    what: 'There is no link {link} in {node}.[ A link of that name is in {elsewhere}.]',
    why: 'A link belongs to exactly one network namespace; in every other one it does not exist.',
    where: '`{ip} link` lists the links of {node}.',
    idea: [
      'Move {link} from {elsewhere} to {node}. A link can only be moved from the namespace it is in.',
      'Make the link {link}, or move it to {node} if you made it under another name or in another namespace.',
    ],
  },
  'link-present': {
    what: 'The link {link} is in {node}; it should not be there.',
    why: 'A link that is left over keeps its name and its addresses, and the kernel keeps using its routes.',
    where: '`{ip} link show dev {link}` shows it.',
    idea: 'Delete {link}, or move it where it belongs. Deleting one end of a veth pair deletes the other end too.',
  },
  'wrong-kind': {
    what: '{link} in {node} is of kind {observed}; it should be {expected}.',
    why: 'The kind decides what the kernel does with frames: a veth hands them to its other end, a bridge to its ports.',
    where: '`{ip} -d link show dev {link}` shows the kind.',
    idea: 'The kind of a link cannot be changed: delete it and make it again as {expected}.',
  },
  'wrong-peer': {
    what: 'The other end of {link} in {node} is {observed}; it should be {expected}.',
    why: 'What goes into one end of a veth pair comes out of the other, and nowhere else.',
    where: '`{ip} -d link show dev {link}` shows the other end as `@NAME` or as `link-netns`.',
    idea: 'Delete this pair and make one whose ends are {link} and {expected}, or move the other end where it belongs.',
  },
  'link-down': {
    what: '{link} in {node} is down.',
    why: 'A link that is down neither sends nor receives, and the kernel removes the routes that use it. New links are down.',
    where: '`{ip} -br link` shows the state of every link of {node}.',
    idea: 'Bring {link} up.',
  },
  'link-up': {
    what: '{link} in {node} is {observed}; it should be {expected}.',
    why: 'A link carries packets as soon as it and its other end are up.',
    where: '`{ip} -br link` shows the state of every link of {node}.',
    idea: 'Take {link} down.',
  },
  'no-carrier': {
    what: '{link} in {node} is up but has no carrier.[ Its other end is {peer}.]',
    why: 'A veth pair is a cable with two ends: it carries frames only while both ends are up. A bridge has carrier while one of its ports does.',
    where: '`{ip} -br link` shows NO-CARRIER or LOWERLAYERDOWN for {link}; look at its other end too.',
    idea: ['Bring the other end, {peer}, up as well.', 'Bring the other end of {link} up as well.'],
  },
  'not-attached': {
    what: '{link} in {node} should be a port of the bridge {expected}, and is not.',
    why: 'A bridge passes frames only between its own ports. The other end of an unplugged cable reaches nobody.',
    where: '`{ip} link show master {expected}` lists the ports of the bridge; {link} is not among them.',
    idea: 'Make {link} a port of {expected}: set its master.',
  },
} as const satisfies Record<string, Ladder>;
