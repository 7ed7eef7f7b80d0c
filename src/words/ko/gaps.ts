import type { Template } from '../../core/explain/template.ts';
import type { GapCode } from '../../core/path/recording/gap.ts';

/** 추적에서 볼 수 없었던 것. */
export const gaps: Record<GapCode, Template> = {
  'node-unwatched': '{node}에서는 아무것도 지켜보지 못했습니다({error}). 그 노드의 홉이 빠져 있습니다.',
  'rules-untraced': '패킷이 {node}에서 {family} 계열의 어느 규칙을 만났는지 추적하지 못했습니다({error}).',
  'reports-lost':
    '{node}에 대해 커널이 알린 내용을 다 읽지 못했습니다({error}). 규칙이 빠져 있을 수 있습니다.',
  'frames-lost':
    '{node}의 트래픽이 너무 많아 프레임 {count}개를 잡지 못했습니다. 홉이 빠져 있을 수 있습니다.',
  'frames-over': '추적은 프레임을 8 MiB까지만 보관합니다. {node}에서 그 뒤에 보인 것은 빠져 있습니다.',
};
