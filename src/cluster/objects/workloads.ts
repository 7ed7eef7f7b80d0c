import type { ApiObject, Metadata } from '../store/objects.ts';
import type { Condition, PodSpec } from './pod.ts';

export interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec: PodSpec;
}

/** Equality and set requirements (LabelSelector). */
export interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface Deployment extends ApiObject {
  spec: {
    replicas?: number;
    selector: Selector;
    template: PodTemplate;
    paused?: boolean;
    revisionHistoryLimit?: number;
    strategy?: {
      type?: string;
      rollingUpdate?: { maxSurge?: number | string; maxUnavailable?: number | string };
    };
  };
  status?: { conditions?: Condition[]; [field: string]: unknown };
}

export interface ReplicaSet extends ApiObject {
  spec: { replicas?: number; selector: Selector; template: PodTemplate };
  status?: {
    replicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    [field: string]: unknown;
  };
}

export interface DaemonSet extends ApiObject {
  spec: { selector: Selector; template: PodTemplate };
  status?: { [field: string]: unknown };
}

export interface StatefulSet extends ApiObject {
  spec: {
    replicas?: number;
    selector: Selector;
    template: PodTemplate;
    serviceName?: string;
    podManagementPolicy?: string;
    updateStrategy?: { type?: string; rollingUpdate?: { partition?: number } };
    ordinals?: { start?: number };
  };
  status?: { [field: string]: unknown };
}

export interface Job extends ApiObject {
  spec: {
    parallelism?: number;
    completions?: number;
    backoffLimit?: number;
    suspend?: boolean;
    selector: Selector;
    template: PodTemplate;
  };
  status?: { conditions?: Condition[]; startTime?: string; [field: string]: unknown };
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface OwnedMetadata extends Metadata {
  ownerReferences?: OwnerReference[];
  deletionTimestamp?: string;
  generation?: number;
}
