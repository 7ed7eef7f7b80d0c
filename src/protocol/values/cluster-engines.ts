/** Apart from the schemas: the command line names the choices, and does not load zod for it. */
export { type ClusterEngine, clusterEngines } from '../../core/lab/lab.ts';
