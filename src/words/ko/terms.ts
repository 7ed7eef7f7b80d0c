import { reasons } from './reasons.ts';

const reasonIn = (code: string) => (code in reasons ? reasons[code as keyof typeof reasons] : code);

/** 판정이 언어 없이 적어 둔 짧은 말(`via b1; symmetric`, `exit 0`)을 우리말로. */
export const terms = (text: string): string => text.split('; ').map(term).join(', ');

function term(text: string): string {
  const [, past] = /^not via (.*)$/.exec(text) ?? [];
  if (past !== undefined) return `${past}을(를) 거치지 않음`;
  const [, through] = /^via ([\w-]+(?:, [\w-]+)*)$/.exec(text) ?? [];
  if (through !== undefined) return `${through} 경유`;
  if (text === 'symmetric') return '돌아오는 길도 같음';
  const [, at, reason] = /^end: (\S+)(?: \((.*)\))?$/.exec(text) ?? [];
  if (at !== undefined) return `${at}에서 끝남${reason === undefined ? '' : ` (${reasonIn(reason)})`}`;
  return text.replace(/^exit (\d+)/, '종료 코드 $1');
}
