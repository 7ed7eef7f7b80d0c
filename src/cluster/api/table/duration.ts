import type { ApiObject } from '../../store/objects.ts';

/** 5s, 3m20s, 2d4h: as kubectl writes ages. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 192) return pair(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  const years = Math.floor(days / 365);
  return days < 2920 ? pair(years, 'y', days % 365, 'd') : `${years}y`;
}

function pair(large: number, one: string, small: number, other: string): string {
  return small === 0 ? `${large}${one}` : `${large}${one}${small}${other}`;
}

export function since(time: unknown, now: Date): string {
  if (typeof time !== 'string') return '<unknown>';
  return humanDuration(now.getTime() - Date.parse(time));
}

export function age({ metadata }: ApiObject, now: Date): string {
  return since(metadata.creationTimestamp, now);
}
