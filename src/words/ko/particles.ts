/** Particles whose form depends on whether the word before ends in a consonant: written as one of these. */
const forms: Record<string, [afterConsonant: string, afterVowel: string]> = {
  '(으)로': ['으로', '로'],
  '이(가)': ['이', '가'],
  '을(를)': ['을', '를'],
  '와(과)': ['과', '와'],
  '은(는)': ['은', '는'],
  '(이)여야': ['이어야', '여야'],
  '(이)라고': ['이라고', '라고'],
};

const particle = /(\S)(\(으\)로|이\(가\)|을\(를\)|와\(과\)|은\(는\)|\(이\)여야|\(이\)라고)/gu;

/** Chooses each particle's form by how the word before is read in Korean: `veth-red를`, `lan을`, `10.0.0.1로`. */
export function particles(text: string): string {
  return text.replace(particle, (_, last: string, written: string) => {
    const [afterConsonant, afterVowel] = forms[written] ?? [written, written];
    const ending = endingOf(last);
    const vowel = ending === 'vowel' || (ending === 'ㄹ' && written === '(으)로');
    return last + (vowel ? afterVowel : afterConsonant);
  });
}

/** 영 일 이 삼 사 오 육 칠 팔 구 */
const digits: Record<string, string> = { '0': 'ㅇ', '1': 'ㄹ', '3': 'ㅁ', '6': 'ㄱ', '7': 'ㄹ', '8': 'ㄹ' };
const letters: Record<string, string> = { l: 'ㄹ', m: 'ㅁ', n: 'ㄴ' };

function endingOf(last: string): string {
  const code = last.charCodeAt(0) - 0xac00;
  if (code >= 0 && code < 11172) return code % 28 === 0 ? 'vowel' : code % 28 === 8 ? 'ㄹ' : 'consonant';
  return digits[last] ?? letters[last.toLowerCase()] ?? 'vowel';
}
