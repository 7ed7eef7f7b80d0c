import type { Template } from '../../core/explain/template.ts';
import type { Note } from '../../core/explain/trace/words.ts';

/** What is said beside the reason of an end. */
export const notes: Record<Note, Template> = {
  older: [
    'An older connection, {olderConnection}, still goes to {olderKeptTo}: conntrack of {olderNode} keeps it as it began. `{olderDeletion}` there lets it begin anew.',
    'An older connection, {olderConnection}, still leaves with the source {olderKeptFrom}: conntrack of {olderNode} keeps it as it began. `{olderDeletion}` there lets it begin anew.',
  ],
  asymmetric:
    'The request took the path {wayThere}, its reply comes back by {wayBack}: conntrack of {node} has not seen the request, so the state of its reply is INVALID there, and not ESTABLISHED.',
  past: 'conntrack in {node} has not seen the other direction of this connection, which goes {past}: to {node} this packet belongs to no connection (INVALID).',
  unrelated:
    '`{unrelated}` accepts replies; to conntrack an ICMP error about a connection is no reply, but RELATED.',
  given: 'The packet has the address {given} by a rule of {giver}: `{givenRule}`.',
  untracked: [
    '`{untracked}` keeps conntrack of {translator} from following the packet, so its state is UNTRACKED there, and `{stateful}` does not match it.',
    '{translator} does not translate it, though `{translation}` would: `{untracked}` keeps conntrack from following the packet, and the table nat acts only on what conntrack follows.',
    '{translator} translated the request (`{translatedThere}`) and does not translate the reply back: `{untracked}` keeps conntrack from following it.',
  ],
  piece:
    'This is a later fragment, from byte {pieceAt} of the data on: the receiver needs all fragments of a packet.',
  twins: 'More than one node has the address {address}: {node}, {twins}. This packet came to {node}.',
  wayBack: [
    'The rule asks for the way back to the source, and {node} has no route to {backTo}.',
    'The rule asks for the way back to the source: from {node} to {backSource} it leads by `{backRoute}`, and the packet came in by {cameIn}.',
  ],
  early:
    'The chain {earlyChain} is asked before conntrack (priority {earlyPriority}; conntrack has -200): there no packet has a state, and to `{early}` each of them is INVALID.',
  unasked: [
    '`{unasked}` in the chain {unaskedChain} of {unaskedNode} would translate it, but that chain has the hook {wrongHook}: this packet passes {rightHook}.',
    '`{unasked}` in the chain {unaskedChain} of {unaskedNode} would translate it, but no hook and no rule calls that chain: a chain of type nat at {rightHook} has to.',
  ],
  sourced: [
    '{sender} sends from {sentFrom}, an address of {borrowed}: {barren}, by which the packet leaves, has no address.',
    '{sender} sends from {sentFrom}, for its route says so (`{sourceRoute}`). To {otherSource}, another address of {sender}, the reply would come back.',
    '{sender} sends from {sentFrom}, and not from {otherSource}, to which the reply would come back: that address has scope {narrowScope}, and its kernel sends nothing from it through a gateway.',
    '{sender} sends from {sentFrom}, and not from {deprecated}, to which the reply would come back: that address is deprecated (preferred_lft 0), and the kernel prefers any other.',
    '{sender} sends from {sentFrom}, and not from {otherSource}, to which the reply would come back: the kernel prefers an address of the interface by which the packet leaves ({leaving}).',
    '{sender} sends from {sentFrom}, an address of {borrowed}: the interface by which the packet leaves has none that may be used. To {otherSource} the reply would come back.',
    '{sender} sends from {sentFrom}, the first address of {firstOf}. To {otherSource}, another one there, the reply would come back.',
    '{sender} sends from {sentFrom}, which has more bits in common with {nearer}. To {otherSource}, another address of {sender}, the reply would come back.',
    '{sender} sends from {sentFrom}, for its network and that of {label} have one label (`ip addrlabel`). To {otherSource}, another address of {sender}, the reply would come back.',
  ],
  redirected:
    '{redirectedIn} sends it to {toldHop}, and not to {ownHop} as its route says: an ICMP redirect told it to (`ip route get` there shows `<redirected>`), and it keeps that for five minutes.',
  policed: [
    'The rule `{nearPolicy}` of {policyNode} would send it by `{policyRoute}`, but the packet has no mark: `{saver}` keeps the mark in the connection, and no rule at {restoreHook} gives it to replies (CONNMARK --restore-mark).',
    'The rule `{nearPolicy}` of {policyNode} would send it by `{policyRoute}`, but the packet has no mark: `{marker}` marks the request only. A reply has the mark if CONNMARK saves it in the connection (--save-mark) and restores it (--restore-mark).',
    'The rule `{nearPolicy}` of {policyNode} would send it by `{policyRoute}`, but for `{policyLacks}`: the packet has the mark {policyMark}.',
    'The rule `{nearPolicy}` of {policyNode} would send it by `{policyRoute}`, but for `{policyLacks}`.',
  ],
};
