export { nearest, suggestion } from '../core/text/nearest.ts';
