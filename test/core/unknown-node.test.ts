import t from 'tap';
import { failureOf } from '../../src/cli/failure.ts';
import { unknownNode } from '../../src/core/text/unknown-node.ts';
import { words as en } from '../../src/words/en/cli.ts';
import { words as ko } from '../../src/words/ko/cli.ts';

t.test('a misspelt node: the nodes that there are, and the nearest', async (t) => {
  const error = unknownNode('boks', ['host', 'box', 'red']);
  t.match(failureOf(error, en)?.text, 'there is no node boks (nodes: host, box, red); did you mean box?');
  const korean = failureOf(error, ko)?.text;
  t.match(korean, '노드: host, box, red');
  t.match(korean, '혹시 box?');
});

t.test('no guess where none is near, and no endless list', async (t) => {
  const many = Array.from({ length: 40 }, (_, at) => `pod-${at}`);
  t.match(unknownNode('x', many).message, /pod-11, \.\.\.\)$/);
});
