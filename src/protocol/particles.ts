export { particles } from '../core/explain/particles.ts';
