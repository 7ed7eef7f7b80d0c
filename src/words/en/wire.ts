import type { CheckPhrases, Ladder, Questions } from '../../core/explain/words.ts';

/** Servers for time and mail. */
export const wire = {
  'clock-unsynchronised': {
    what: [
      "{to} refuses to tell the time: kiss-o'-death {refused}.",
      '{to} answers, and says itself that its clock is not synchronised: {observed}.',
    ],
    why: 'A client does not follow a server that has no source of its own. The answer came, so the network is not the reason.',
    where:
      'On the server `chronyc -n sources` shows whom it asks, and `chronyc tracking` whether it follows one of them.',
    idea: 'Give the server a source it can reach, or let it trust its own clock (`local stratum 8` in chrony.conf).',
  },
  'wrong-offset': {
    what: 'The clock of {to} is {offset} s ahead of {from}; expected were {wanted} s, give or take {within} s.',
    why: 'The offset says how far apart two clocks are, not which of the two is right. A third one tells.',
    where: '`{exec}ntpdig {to}` shows the offset; ask other servers too.',
    idea: 'Find the clock that is wrong: ask several servers, and see which of them agree.',
  },
  'wrong-stratum': {
    what: '{to} says stratum {seen}; expected is {stratum}.',
    why: 'The stratum counts the servers between a clock and its reference. A server that lost its source, or believes its own clock, says another one.',
    where: 'On the server `chronyc -n sources` shows whom it follows.',
    idea: 'Let the server follow the source that is meant, or mend `local stratum` in its chrony.conf.',
  },
  'time-source-missing': {
    what: 'chronyd on {node} does not ask {source}.',
    why: 'chronyd asks the servers of its chrony.conf, read once at its start.',
    where: '`{exec}chronyc -n sources` lists the servers it asks.',
    idea: 'Add a line `server {source} iburst` to chrony.conf and start chronyd again, or `chronyc add server {source}`.',
  },
  'time-source-state': {
    what: 'chronyd on {node} says of {source}: {observed}. Expected: {wanted}.',
    why: 'A client follows the servers that agree with the majority. One against one is no majority, and a server that never answers has no vote.',
    where:
      '`{exec}chronyc -n sources` shows the state (`*` selected, `x` falseticker, `?` unusable) and, in octal, which of the last eight questions were answered; `{exec}chronyc -n sourcestats` how far off each is.',
    idea: 'Compare the offsets: which servers agree? If one does not answer, find where its packets end: `hoplab trace {node} {source} --udp 123`.',
  },
  'wrong-mail-answer': {
    what: 'To a mail from {sender} to {recipient}, {to} answers at {stage}: {observed}. Expected: {wanted}.',
    why: 'The first digit decides: 2 takes the mail, 4 means try again later, 5 refuses for good. The sender of the envelope, not the From line, is what SPF is asked about.',
    where:
      '`{exec}swaks --server {to} --from {sender} --to {recipient}` shows the whole session; the log of the mail server says why it answered so.',
    idea: "Read the text of the answer: it names the rule that decided. For SPF compare the sending address with the TXT record of the sender's domain.",
  },
} as const satisfies Record<string, Ladder>;

export const wirePhrases = {
  ntp: {
    expected: '{to} tells {from} the time: {wish}.',
    negated: 'A question for the time from {from} to {to} fails, for this reason: {wish}.',
    observed: '{to} to {from}: {fact}.',
  },
  'time-source': {
    expected: 'chronyd on {node} says of {source}: {wish}.',
    observed: 'chronyd on {node} says of {source}: {fact}.',
  },
  smtp: {
    expected: '{to} answers a mail from {sender} to {recipient}, sent by {from}: {wish}.',
    negated: 'A mail from {from} to {to} fails, for this reason: {wish}.',
    observed: 'Answer of {to}: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;

export const wireQuestions = {
  ntp: ({ from, to, expect, offset }) => {
    if (expect !== 'answer') return `a question for the time from ${from} to ${to} fails (${expect})`;
    return `${to} tells ${from} the time${offset === undefined ? '' : `, ${offset} s from its own`}`;
  },
  'time-source': ({ on, source, state, answers }) => {
    const wish = [
      ...(state === undefined ? [] : [state]),
      ...(answers === undefined ? [] : [answers ? 'it answers' : 'it is silent']),
    ];
    return `chronyd on ${on} asks ${source}${wish.length === 0 ? '' : `: ${wish.join(', ')}`}`;
  },
  smtp: ({ from, to, sender, code, expect }) =>
    expect === 'answer'
      ? `${to} answers ${code} to a mail of ${sender || '<>'} sent by ${from}`
      : `a mail sent by ${from} to ${to} fails (${expect})`,
} satisfies Partial<Questions>;
