/** Particles whose form depends on whether the word before ends in a consonant: written as one of these. */
const forms: Record<string, [afterConsonant: string, afterVowel: string]> = {
  '(으)로': ['으로', '로'],
  '이(가)': ['이', '가'],
  '을(를)': ['을', '를'],
  '와(과)': ['과', '와'],
  '은(는)': ['은', '는'],
  '(이)여야': ['이어야', '여야'],
  '(이)라고': ['이라고', '라고'],
  '(이)라는': ['이라는', '라는'],
};

const particle = /(\S+?)(\(으\)로|이\(가\)|을\(를\)|와\(과\)|은\(는\)|\(이\)여야|\(이\)라고|\(이\)라는)/gu;

/** Chooses each particle's form by how the word before is read in Korean: `veth-red를`, `lan을`, `10.0.0.1로`. */
export function particles(text: string): string {
  return text.replace(particle, (_, word: string, written: string) => {
    const [afterConsonant, afterVowel] = forms[written] ?? [written, written];
    const ending = endingOf(word.replace(/[’”`'")\]}*]+$/u, ''));
    const vowel = ending === 'vowel' || (ending === 'ㄹ' && written === '(으)로');
    return word + (vowel ? afterVowel : afterConsonant);
  });
}

/** 영 일 이 삼 사 오 육 칠 팔 구 */
const digits: Record<string, string> = { '0': 'ㅇ', '1': 'ㄹ', '3': 'ㅁ', '6': 'ㄱ', '7': 'ㄹ', '8': 'ㄹ' };
const letters: Record<string, string> = { l: 'ㄹ', m: 'ㅁ', n: 'ㄴ' };

/**
 * Words that are read with a final consonant though their last letter does not say so: 핑, 웹, 패킷, 커밋, 슬롯, 맵,
 * 소켓, 블록. A t or p behind a long vowel has a syllable of its own: 루트, 웨이트, 루프.
 */
const closed = /(?:ng|[aeo]b|[^aeiou]et|[^aeiou]it|[^aeiou]ot|put|ap|pp|ep|[^o]op|up|[ao]ck)$/i;
/** The last e is not read: 네임, 라인, 테이블, 머신. */
const silent = /([lmn])e$/i;

function endingOf(word: string): string {
  const last = word.at(-1) ?? '';
  const code = last.charCodeAt(0) - 0xac00;
  if (code >= 0 && code < 11172) return code % 28 === 0 ? 'vowel' : code % 28 === 8 ? 'ㄹ' : 'consonant';
  const name = /[A-Za-z]+$/.exec(word)?.[0] ?? '';
  if (name.length > 2 && closed.test(name)) return 'consonant';
  const [, letter] = (name.length > 2 && silent.exec(name)) || [];
  return digits[last] ?? letters[(letter ?? last).toLowerCase()] ?? 'vowel';
}
