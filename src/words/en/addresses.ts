import type { Ladder } from '../../core/explain/words.ts';

/** Addresses and neighbours: who is who on a wire? */
export const addresses = {
  'no-address': {
    what: [
      '{address} is not in {node}; {link} has {instead} in its place, which {elsewhere} has as well.',
      '{address} is not on {link} in {node}.[ It is on {elsewhere}.]',
      '{address} is not in {node}.[ It is on {elsewhere}.]',
      '{node} has no address to send from but the link-local one of {link}, {local}; {router} does not forward what comes from it.',
      '{node} has no address on {link} but the link-local one, {local}.',
      '{node} has no address on {link}, the link that leads to {towards}.',
      '{node} has no address on any link but the loopback.',
    ],
    why: [
      'A link-local address ({local}) is valid on its own wire only: it reaches neighbours, but makes no route to a network, and no router forwards what comes from it.',
      'Without an address a node has no route to its own network, cannot send, and nobody can answer it.',
    ],
    where: '`{ip} -br addr` lists the addresses of {node}.',
    idea: [
      'Take {instead} away from {link} first: the first address of a network takes the others with it when it goes. Then add {address}.',
      'Add {address} to {link} in {node}, with its prefix length.',
      'Add {address} to the right link of {node}, with its prefix length.',
      'Add an address of its network to {link} in {node}, beside {local}, with its prefix length.',
      'Give {node} an address on the link to the others, with its prefix length.',
    ],
  },
  'address-present': {
    what: '{wrong} is on {link} in {node}; it should not be there.',
    why: 'A node answers for every address it has, and makes a route for its network.',
    where: '`{ip} -br addr` lists the addresses of {node}.',
    idea: 'Remove the address from {link}.',
  },
  'wrong-prefix': {
    what: '{node} has {wrong} on {link}; it should be {expected}.',
    why: 'The prefix length says which addresses are on the same wire. Left out it is the longest there is (/32, in IPv6 /128): a network of one, without a route to anybody else.',
    where: '`{ip} -br addr` shows the prefix length, `{ip} route` that there is no route to the network.',
    idea: 'Remove {wrong} and add the address again with its prefix length: {expected}.',
  },
  'duplicate-address': {
    what: 'More than one node has the address {address}: {nodes}.',
    why: 'Each answers the question who has it, and packets go to whichever answered last.',
    where: '`{ip} -br addr` in each of them shows it.',
    idea: 'Keep {address} in one node and give the other its own.',
  },
  'neighbour-silent': {
    what: [
      '{node} sends by way of {own}, its own address. So it asks {link} for {address} itself, and nobody there answers.',
      '{node} sends by way of {gateway}, and nobody on {link} answers for that address.[ It belongs to {elsewhere}, which this wire does not reach.]',
      'Nobody on {link} of {node} answers for {address}.[ It belongs to {elsewhere}, which this wire does not reach.]',
    ],
    why: 'Before it can send a packet, a node must learn the MAC address of the next hop (by ARP, in IPv6 by neighbour discovery). Without an answer it waits, then gives up.',
    where:
      '`{ip} neigh` shows INCOMPLETE or FAILED for {address}; `{ip} route get {dst}` shows the next hop.',
    idea: [
      'A gateway is another node: put an address of the router in the place of {own}.',
      'Either the gateway {gateway} of the route is mistyped, or the node that should have that address lacks it.',
      'Give {address} to the node that should answer, or send to another address.',
    ],
  },
  'neighbour-missing': {
    what: '{node} does not know the MAC address of {address}.',
    why: 'A neighbour is learned when packets go to it; nothing has been sent there, or it did not answer.',
    where: '`{ip} neigh` lists the neighbours that {node} knows.',
    idea: 'Send something to {address} from {node}, a ping for instance.',
  },
  'neighbour-present': {
    what: '{node} knows the neighbour {address} on {link}; it should not.',
    why: 'A neighbour entry appears only for hosts on the same link.',
    where: '`{ip} neigh` lists the neighbours that {node} knows.',
    idea: 'Remove the entry, and find out which link of {node} leads there.',
  },
} as const satisfies Record<string, Ladder>;
