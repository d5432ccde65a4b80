/** Puts a folder of manifests together as `kubectl kustomize` does, as far as these folders need it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch, type Operation } from 'rfc6902';
import { ROOT, readYaml } from './files.ts';

/** Any manifest. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: object;
}

interface Image {
  readonly name: string;
  readonly newName: string;
  readonly newTag: string;
}

interface Patch {
  readonly path: string;
  readonly target: { readonly kind: string; readonly name: string };
  readonly options?: { readonly allowKindChange: boolean };
}

/** What is understood of a kustomization. */
export interface Kustomization {
  readonly namespace?: string;
  readonly resources: readonly string[];
  readonly images?: readonly Image[];
  readonly patches?: readonly Patch[];
}

/** The name of the file that says what a folder is made of. */
export const KUSTOMIZATION = 'kustomization.yaml';

/** All manifests of a folder, by its path in the project; throws an Error when a patch does not fit. */
export function kustomize(folder: string): Manifest[] {
  const {
    namespace,
    resources,
    images = [],
    patches = [],
  } = readYaml<Kustomization>(join(folder, KUSTOMIZATION));
  const manifests = resources.flatMap((resource) => {
    const path = join(folder, resource);
    return existsSync(join(ROOT, path, KUSTOMIZATION)) ? kustomize(path) : [readYaml<Manifest>(path)];
  });
  for (const { path, target, options } of patches) {
    const one = manifests.find(({ kind, metadata }) => kind === target.kind && metadata.name === target.name);
    if (one === undefined) throw new Error(`${folder}: there is no ${target.kind} ${target.name}`);
    const errors = applyPatch(one, readYaml<Operation[]>(join(folder, path))).filter(
      (error) => error !== null,
    );
    if (errors.length > 0) throw new Error(`${folder}/${path}: ${errors.join(', ')}`);
    if (one.kind !== target.kind && !options?.allowKindChange) throw new Error(`${path} changes the kind`);
  }
  return manifests.map((manifest) => {
    const placed =
      namespace === undefined || manifest.kind === 'Namespace'
        ? manifest
        : { ...manifest, metadata: { ...manifest.metadata, namespace } };
    return withImages(placed, images);
  });
}

function withImages(manifest: Manifest, images: readonly Image[]): Manifest {
  const text = JSON.stringify(manifest, (key, value) => {
    const image = key === 'image' && images.find(({ name }) => name === value);
    return image ? `${image.newName}:${image.newTag}` : value;
  });
  return JSON.parse(text) as Manifest;
}
