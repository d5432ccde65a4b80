/** Manifests as objects of the cluster's own schemas. */
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Namespace, Service, ServiceAccount } from 'kubernetes-models/v1';
import { expect } from 'vitest';
import type { Manifest } from './kustomize.ts';

/** A class of the schemas. */
export interface Kind<T> {
  readonly apiVersion: string;
  readonly kind: string;
  new (content?: never): T;
}

interface Checkable {
  validate(): void;
}

/** Every kind that the manifests may be of. */
export const KINDS: readonly Kind<Checkable>[] = [
  Namespace,
  ServiceAccount,
  Service,
  Deployment,
  StatefulSet,
  HorizontalPodAutoscaler,
  PodDisruptionBudget,
  NetworkPolicy,
];

/** A manifest as an object of its kind; throws an Error where it does not fit the schema. */
export function checked<T extends Checkable>(kind: Kind<T>, content: object): T {
  expect(content).toMatchObject({ apiVersion: kind.apiVersion, kind: kind.kind });
  const manifest = new kind(content as never);
  manifest.validate();
  return manifest;
}

/** The one manifest of a kind and a name among several. */
export function find<T extends Checkable>(among: readonly Manifest[], kind: Kind<T>, name: string): T {
  const found = among.filter((manifest) => manifest.kind === kind.kind && manifest.metadata.name === name);
  expect(found, `${kind.kind} ${name}`).toHaveLength(1);
  return checked(kind, found[0]!);
}
