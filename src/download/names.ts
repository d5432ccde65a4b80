/**
 * Name suffixes that never lead to the public Internet. The address decides in the end; this gate refuses them
 * before anything is looked up, so that our resolver can't be used to ask an internal zone.
 * Sources: RFC 6761 (localhost), RFC 6762 with its appendix G (local and the private ones), RFC 8375 (home.arpa),
 * RFC 7686 (onion), ICANN resolution 2024.07.29.06 (internal), common practice (localdomain).
 */
const PRIVATE_SUFFIXES: readonly string[] = [
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
  'onion',
];

/**
 * The suffix that makes a host name private, or null. Single labels (`http://a/a.jpg`) are legal.
 *
 * @param host lower-case, without trailing dot
 */
export function privateSuffix(host: string): string | null {
  return PRIVATE_SUFFIXES.find((suffix) => host === suffix || host.endsWith(`.${suffix}`)) ?? null;
}

/** The ports that a browser's fetch refuses, because other protocols listen there (fetch.spec.whatwg.org, "bad port"). */
const BAD_PORTS: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** True for a port on fetch's list. The allow-list never opens these. */
export function isBadPort(port: number): boolean {
  return BAD_PORTS.has(port);
}
