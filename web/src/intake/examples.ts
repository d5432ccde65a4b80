import type { CheckReason } from '../../../src/core/inspection.ts';

/** The drawn pictures that the page offers to try: files of `examples/`, with what comes of them. */
export const EXAMPLES = [
  { file: 'pass.jpg', reason: null },
  { file: 'painting.jpg', reason: null },
  { file: 'sketch.jpg', reason: null },
  { file: 'sculpture.jpg', reason: null },
  { file: 'group.jpg', reason: null },
  { file: 'profile.jpg', reason: 'face.profile' },
  { file: 'obstructed.jpg', reason: 'face.obstructed' },
  { file: 'tilted.jpg', reason: 'face.tilted' },
  { file: 'cut_off.jpg', reason: 'face.cut_off' },
  { file: 'small.jpg', reason: 'face.small' },
  { file: 'none.jpg', reason: 'face.none' },
] as const satisfies readonly { readonly file: string; readonly reason: CheckReason | null }[];

/** Name of an example's file. */
export type ExampleName = (typeof EXAMPLES)[number]['file'];

/** Where the page finds an example's small copy, which the build makes. */
export function thumbnailOf(file: string): string {
  return `thumbs/${file.replace(/\.\w+$/, '.webp')}`;
}
