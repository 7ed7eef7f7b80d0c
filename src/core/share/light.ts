import type { Palette } from './shared.ts';

/** The page's light theme, for a file that is made without a page. */
export const light: Palette = {
  ground: '#eef1f5',
  surface: '#ffffff',
  raised: '#f6f8fa',
  line: '#d8dee6',
  ink: '#17202e',
  quiet: '#566375',
  accent: '#2450c4',
  code: '#f1f4f8',
  'node-0': '#c9304b',
  'node-1': '#b65a09',
  'node-2': '#8a6a00',
  'node-3': '#1b7d46',
  'node-4': '#0a7285',
  'node-5': '#2b5bd0',
  'node-6': '#7446b8',
  'node-7': '#a63682',
  'node-8': '#5a6676',
};
