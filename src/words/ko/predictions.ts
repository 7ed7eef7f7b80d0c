import type { PredictionWords } from '../../core/predict/words.ts';

export const predictions: PredictionWords = {
  answers: {
    reply: '응답이 온다',
    answer: '연결된다',
    'no-route': '곧바로 에러: Network is unreachable',
    'host-unreachable': '잠시 뒤 에러: Destination Host Unreachable',
    rejected: '곧바로 에러: 연결이 거부된다',
    silence: '아무 응답이 없다',
    nowhere: '어디서도 끊기지 않고 응답이 돌아온다',
    nothing: '아무것도 도착하지 않는다',
    none: '해당 없음',
  },
  right: '맞습니다: {truth}.',
  wrong: '예측: {answer}. 머신의 대답: {truth}.',
  early: '{check} 검사를 통과한 다음에 할 질문입니다. 아직 통과하지 못했으니 먼저 그 부분을 마치세요.',
  late: [
    '{check} 검사를 이미 통과해서 머신이 질문할 때의 상태가 아닙니다. `hoplab reset` 명령으로 단계가 시작될 때로 돌아갈 수 있습니다.',
    '단계를 이미 마쳐서 머신이 질문할 때의 상태가 아닙니다. `hoplab reset` 명령으로 단계가 시작될 때로 돌아갈 수 있습니다.',
  ],
  undecided: '지금은 머신에서 답을 얻을 수 없습니다. 예측이 맞았는지 틀렸는지는 판단하지 않습니다.',
};
