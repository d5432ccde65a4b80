/** `check --for all`: one row per picture, one column per generator. Each picture is inspected once, and judged for all of them. */
import { stringify } from 'csv-stringify/sync';
import { decidingCheck, type Judgement, judge } from '../core/checks/judge.ts';
import { type Policy, type PolicyOverrides, parsePolicy } from '../core/checks/policy.ts';
import { PRESET_NAMES } from '../core/checks/presets.ts';
import { ADVISORY } from '../core/checks/rules.ts';
import { wordsIn } from '../core/words/catalogue.ts';
import type { Speech } from './context.ts';
import type { Outcome, RowFormat } from './format.ts';
import { adviceOf, failureOf, reasonOf } from './format.ts';
import type { Layout } from './layout.ts';
import type { Row } from './run.ts';
import { visible, visibleJson } from './visible.ts';

/** What `--for` is told for every generator. */
export const ALL = 'all';

/** What stands in a column of CSV for a pass. */
const PASS = 'pass';
/** What stands in a column where nothing was judged. */
const NONE = '-';

/** The verdicts on one picture, by generator; null where it could not be inspected. */
type Verdicts = ReadonlyMap<string, Judgement> | null;

/** A format whose lines are of verdicts. */
interface Judged extends Pick<RowFormat, 'head' | 'isCsv'> {
  row(row: Row, verdicts: Verdicts): string;
}

/** The limits of each generator, with what the caller overrides. */
export class Generators {
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #taken = new Map<string, number>(PRESET_NAMES.map((name) => [name, 0]));
  readonly #speech: Speech;
  #inspected = 0;

  /** @throws DetectError `policy.invalid` */
  constructor(overrides: PolicyOverrides, speech: Speech) {
    this.#speech = speech;
    this.#policies = new Map(
      PRESET_NAMES.map((name) => [name, parsePolicy({ ...overrides, for: name }, ADVISORY)]),
    );
  }

  /** A table for people. @param width of the terminal in columns; without end for a file or a pipe */
  async text({ paragraph }: Layout, width: number): Promise<RowFormat> {
    // Only here: other calls of `check` do without.
    const { default: widthOf } = await import('string-width');
    const { outcomes, file: fileHead } = this.#speech.words.check;
    const [passes, fails] = [outcomes.pass.trimEnd(), outcomes.fail.trimEnd()];
    const widest = Math.max(widthOf(passes), widthOf(fails));
    const cell = (text: string, name: string) =>
      text + ' '.repeat(Math.max(name.length, widest) - widthOf(text));
    const line = (texts: readonly string[]) =>
      texts.map((text, at) => cell(text, PRESET_NAMES[at] ?? '')).join('  ');
    const head = line(PRESET_NAMES);
    const isWide = head.length < width;
    return this.#format({
      head: isWide ? `${head}  ${fileHead}\n` : '',
      row: (row, verdicts) => {
        const file = visible(row.file);
        if (verdicts === null) {
          const why = `${file}  ${reasonOf(row)}  ${visible(adviceOf(row, this.#speech))}`;
          return isWide ? `${line(PRESET_NAMES.map(() => NONE))}  ${why}\n` : paragraph(why);
        }
        if (isWide) {
          return `${line([...verdicts.values()].map(({ pass }) => (pass ? passes : fails)))}  ${file}\n`;
        }
        const named = [...verdicts].map(([name, { reason }]) =>
          reason === null ? name : `${name} (${reason})`,
        );
        const taken = named.filter((_, at) => [...verdicts.values()][at]?.pass);
        const refused = named.filter((_, at) => ![...verdicts.values()][at]?.pass);
        const { generators } = this.#speech.words.check;
        return paragraph(`${file}  ${generators(taken.join(', '), refused.join(', '))}`);
      },
    });
  }

  /** NDJSON: whether any takes it, and for each its verdict, with what to do. */
  json(): RowFormat {
    return this.#format({
      head: '',
      row: ({ file, error }, verdicts) => {
        if (verdicts === null) {
          const failure = error && failureOf(error, this.#speech.language);
          return `${visibleJson(JSON.stringify({ file, error: failure }))}\n`;
        }
        const entries = [...verdicts].map(([name, verdict]) => {
          const { pass, reason } = verdict;
          return [name, { pass, reason, advice: decidingCheck(verdict)?.advice ?? '' }];
        });
        const body = { file, pass: isTaken(verdicts), for: Object.fromEntries(entries) };
        return `${visibleJson(JSON.stringify(body))}\n`;
      },
    });
  }

  /** CSV: `pass`, or the reason's token, one column per generator. */
  csv(): RowFormat {
    return this.#format({
      head: stringify([['file', 'outcome', ...PRESET_NAMES]]),
      isCsv: true,
      row: (row, verdicts) => {
        const cells = PRESET_NAMES.map((name) => {
          const verdict = verdicts?.get(name);
          return verdict === undefined ? reasonOf(row) : (verdict.reason ?? PASS);
        });
        return stringify([[visible(row.file), outcomeOf(verdicts), ...cells]], { escape_formulas: true });
      },
    });
  }

  #format({ row, ...rest }: Judged): RowFormat {
    return {
      ...rest,
      row: (one) => {
        const verdicts = this.#judge(one);
        return { line: row(one, verdicts), outcome: outcomeOf(verdicts) };
      },
      foot: () => this.#foot(),
    };
  }

  /** The verdicts on a row, which are counted. */
  #judge({ inspection }: Row): Verdicts {
    if (inspection === undefined) return null;
    this.#inspected++;
    const words = wordsIn(this.#speech.language);
    return new Map(
      [...this.#policies].map(([name, policy]) => {
        const verdict = judge(inspection, policy, words);
        if (verdict.pass) this.#taken.set(name, (this.#taken.get(name) ?? 0) + 1);
        return [name, verdict];
      }),
    );
  }

  /** Which share of the pictures each generator takes. */
  #foot(): string {
    const most = Math.max(1, this.#inspected);
    const { share, shares } = this.#speech.words.check;
    return shares(
      this.#inspected,
      [...this.#taken].map(([name, taken]) => share(name, taken, taken / most)),
    );
  }
}

function isTaken(verdicts: ReadonlyMap<string, Judgement>): boolean {
  return [...verdicts.values()].some(({ pass }) => pass);
}

/** A picture passes where any generator takes it. */
function outcomeOf(verdicts: Verdicts): Outcome {
  if (verdicts === null) return 'error';
  return isTaken(verdicts) ? 'pass' : 'fail';
}
