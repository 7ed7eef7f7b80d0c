import { markOf } from '../../../src/library/read.ts';

interface OwnLab {
  id: string;
  en: string;
  ko: string;
  /** More of lab.yaml's head, whole lines. */
  more?: string;
  topology?: object;
}

/** The files of a lab whose one step is to make the network namespace red. */
export function ownLab({ id, en, ko, more = '', topology = {} }: OwnLab) {
  const typed = '```sh host\nip netns add red\n```';
  return {
    'lab.yaml': `hoplab: 1\nid: ${id}\ntitle: { en: ${en}, ko: ${ko} }\nsummary: { en: A., ko: 가. }\nminutes: 7\n${more}topology: ${JSON.stringify(topology)}\nsteps:\n  - id: make\n    solution: [ip netns add red]\n    checks: [{ id: red, netns: { name: red } }]\n`,
    'en.md': `# ${en}\n\nHello.\n\n## Make {#make}\n\nType it.\n\n${typed}\n`,
    'ko.md': `# ${ko}\n<!-- translates: ${markOf('Hello.')} -->\n\n안녕.\n\n## 만들기 {#make}\n<!-- translates: ${markOf(`Type it.\n\n${typed}`)} -->\n\n입력.\n\n${typed}\n`,
  };
}
