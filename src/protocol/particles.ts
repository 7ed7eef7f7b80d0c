export { particles } from '../core/text/particles.ts';
