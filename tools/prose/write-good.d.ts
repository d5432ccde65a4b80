declare module 'write-good' {
  /** What it found: where, how long it is, and why. */
  interface Suggestion {
    readonly index: number;
    readonly offset: number;
    readonly reason: string;
  }
  export default function writeGood(text: string, checks: Readonly<Record<string, boolean>>): Suggestion[];
}
