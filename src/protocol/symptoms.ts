export { type Symptoms, symptomsOf } from '../core/practice/symptoms.ts';
