import type { PredictionWords } from '../../core/predict/words.ts';

export const predictions: PredictionWords = {
  answers: {
    reply: 'a reply',
    answer: 'the connection is accepted',
    'no-route': 'an error at once: Network is unreachable',
    'host-unreachable': 'an error after a while: Destination Host Unreachable',
    rejected: 'an error at once: the connection is refused',
    silence: 'nothing: silence',
    nowhere: 'nowhere: the reply comes back',
    nothing: 'nothing arrives',
    none: 'none of them',
  },
  right: 'Correct: {truth}.',
  wrong: 'You said: {answer}. The machine says: {truth}.',
  early:
    'The question is about what comes after the check {check}, which does not pass yet. Finish that part first.',
  late: [
    'The check {check} passes already, so the question no longer applies. Run `hoplab reset` to go back to the start of the step.',
    'You have already finished this step, so the question no longer applies. Run `hoplab reset` to go back to its start.',
  ],
  undecided: 'The machine gives no answer to this now; your answer counts as neither right nor wrong.',
};
