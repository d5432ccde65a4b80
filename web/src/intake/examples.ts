/** The drawn pictures that the page offers to try: files of `examples/`, with what is to be seen in them. */
export const EXAMPLES = [
  { file: 'pass.jpg', text: 'From the front' },
  { file: 'painting.jpg', text: 'Painted' },
  { file: 'sketch.jpg', text: 'Sketched' },
  { file: 'sculpture.jpg', text: 'Sculpted' },
  { file: 'group.jpg', text: 'Two people' },
  { file: 'profile.jpg', text: 'In profile' },
  { file: 'obstructed.jpg', text: 'With a mask' },
  { file: 'tilted.jpg', text: 'Bowed' },
  { file: 'cut_off.jpg', text: 'Cut off' },
  { file: 'small.jpg', text: 'Far away' },
  { file: 'none.jpg', text: 'A cat' },
] as const;

/** Where the page finds an example's small copy, which the build makes. */
export function thumbnailOf(file: string): string {
  return `thumbs/${file.replace(/\.\w+$/, '.webp')}`;
}
