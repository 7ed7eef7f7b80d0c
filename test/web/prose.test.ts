import fc from 'fast-check';
import t from 'tap';
import { parseInline, parseMarkdown } from '../../src/core/text/markdown.ts';
import { Library } from '../../src/library/library.ts';
import { commandsOf } from '../../src/web/prose/commands.ts';
import { createPromptReader } from '../../src/web/shells/prompt.ts';

t.test('markdown becomes data, never markup', async (t) => {
  t.same(parseInline('a `b*` **c** *d* [e](https://f.example/) [g](javascript:alert(1)) <b>'), [
    { kind: 'text', text: 'a ' },
    { kind: 'code', text: 'b*' },
    { kind: 'text', text: ' ' },
    { kind: 'strong', text: 'c' },
    { kind: 'text', text: ' ' },
    { kind: 'emphasis', text: 'd' },
    { kind: 'text', text: ' ' },
    { kind: 'link', text: 'e', url: 'https://f.example/' },
    { kind: 'text', text: ' [g](javascript:alert(1)) <b>' },
  ]);
  t.same(
    parseMarkdown('one\ntwo\n\n```sh\nip link\n```\n| a | b |\n|---|---|\n| 1 | 2 |').map(({ kind }) => kind),
    ['paragraph', 'code', 'table'],
  );
  fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseMarkdown(text))));
});

t.test('a command is typed on the node its fence names, never by the text', async (t) => {
  const text =
    'On B:\n\n```sh router\nip link\n\nprintf x |\\\n  tee y\n```\n\n```text\nip link\n```\n\n```sh\nls\n```';
  t.same(commandsOf(parseMarkdown(text)), [
    null,
    [
      { run: 'ip link', node: 'router' },
      { run: 'printf x |\\\n  tee y', node: 'router' },
    ],
    null,
    null,
  ]);
});

const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
for (const { id, prose, steps } of library.list()) {
  t.test(`${id}: the same lines on the same nodes in both languages, with the whole solution`, async (t) => {
    for (const step of steps) {
      const typed = (language: 'en' | 'ko') =>
        commandsOf(parseMarkdown(prose[language].steps[step.id]?.body ?? ''))
          .flatMap((commands) => commands ?? [])
          .map(({ node, run }) => `${node} # ${run}`);
      t.same(typed('ko'), typed('en'), step.id);
      const solution = step.solution.map(({ on, run }) => `${on} # ${run}`);
      t.same(
        solution.filter((line) => !typed('en').includes(line)),
        [],
        `${step.id}: nothing of the solution is left out`,
      );
    }
  });
}

t.test('a prompt is known by the shell’s own marks, however its bytes are cut', async (t) => {
  const written = '\x1b]133;D;0\x07\x1b[?2004h\x1b]133;A\x07\x1b[1;36mred\x1b[0m:~# ';
  for (let cut = 0; cut <= written.length; cut += 1) {
    const reader = createPromptReader();
    reader.read(written.slice(0, cut));
    reader.read(written.slice(cut));
    t.ok(reader.ready(), `cut at ${cut}`);
    t.equal(reader.place(), 'red');
  }
  const reader = createPromptReader();
  reader.read(written + written);
  t.ok(reader.ready());
  reader.entered();
  t.notOk(reader.ready());
  reader.read('red:~# not a mark, only its look');
  t.notOk(reader.ready());
  const accepted = '\x1b[?2004l\r';
  for (let cut = 0; cut <= accepted.length; cut += 1) {
    reader.read(`${written}cat\r\n`);
    t.ok(reader.ready());
    reader.read(accepted.slice(0, cut));
    reader.read(accepted.slice(cut));
    t.notOk(reader.ready(), 'a line that was given away may run a program, whoever sent it and when');
    t.equal(reader.place(), 'red');
  }
});
