/** Icons drawn here, so that nothing has to be loaded. They are decoration: the words stand beside them. */
const PATHS = {
  check: 'M4 12.5l5 5L20 6.5',
  cross: 'M6 6l12 12M18 6L6 18',
  clock: 'M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  alert: 'M12 8v5M12 16.5v.5M12 3 2.5 20h19z',
  plus: 'M12 5v14M5 12h14',
  key: 'M12 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM12 12h9v3.500M17 12v2.500',
  camera: 'M4 8h3.500L9 5.500h6L16.500 8H20v11H4zM12 10a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  wrench:
    'M14.500 6.500a4 4 0 0 1 5-1.500L17 7.500l.5 2 2 .5L22 7.500a4 4 0 0 1-5.500 5L8 21l-3-3 8.500-8.500a4 4 0 0 1 1-3z',
} as const;

/** An icon's name. */
export type IconName = keyof typeof PATHS;

/** One icon, as high as the text around it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
