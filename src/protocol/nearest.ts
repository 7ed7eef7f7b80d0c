export { nearest, suggestion } from '../core/lab/nearest.ts';
