export { changedSettings } from '../core/state/kernel-defaults.ts';
