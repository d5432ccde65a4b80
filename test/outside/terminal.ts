/** A terminal of a given size, with a shell in it, as a person has one: tmux. */
import { execFile, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { BIN } from '../cli/spawn.ts';

const run = promisify(execFile);
/** What the shell asks with; no program of ours prints it. */
export const PROMPT = '%>';
/** Longest wait for a text on the screen, in ms, on however busy a machine. */
const PATIENCE_MS = 90_000;
const INTERVAL_MS = 100;

/** Whether there is one. */
export const HAS_TMUX = spawnSync('tmux', ['-V']).status === 0;

/** A terminal. */
export class Terminal {
  readonly #name: string;

  private constructor(name: string) {
    this.#name = name;
  }

  /** Opens one in a folder; in its shell, `lpd` is the program. */
  static async open(columns: number, lines: number, folder: string): Promise<Terminal> {
    const terminal = new Terminal(`lpd-${process.pid}-${Math.random().toString(36).slice(2)}`);
    const env = { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' };
    const size = ['-x', String(columns), '-y', String(lines)];
    const shell = ['bash', '--noprofile', '--norc'];
    await run('tmux', ['-L', terminal.#name, '-f', '/dev/null', 'new-session', '-d', ...size, ...shell], {
      env,
      cwd: folder,
    });
    await terminal.#call('set-option', '-g', 'history-limit', '50000');
    await terminal.type(`lpd() { "${process.execPath}" "${BIN}" "$@"; }; PS1='${PROMPT}'; clear`);
    await terminal.until((text) => text.trim() === PROMPT);
    return terminal;
  }

  /** Types a line. */
  async type(line: string): Promise<void> {
    await this.write(line);
    await this.press('Enter');
  }

  /** Types a text, and no Enter. */
  async write(text: string): Promise<void> {
    await this.#call('send-keys', '-l', text);
  }

  /** Presses a key, as tmux calls it. */
  async press(key: string): Promise<void> {
    await this.#call('send-keys', key);
  }

  /** What stands below the line that was typed, once the shell asks again. Only for the first line of a terminal. */
  async answer(): Promise<string> {
    const text = await this.until((all) => all.trimEnd().endsWith(PROMPT) && all.split(PROMPT).length > 2);
    return text.slice(text.indexOf('\n') + 1, text.lastIndexOf(PROMPT));
  }

  /** All lines, those included that have gone out at the top, once they are as wanted. */
  async until(isWanted: (text: string) => boolean): Promise<string> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const text = await this.#call('capture-pane', '-p', '-S', '-');
      if (isWanted(text)) return text;
      if (performance.now() > end) throw new Error(`On the terminal is:\n${text}`);
      await sleep(INTERVAL_MS);
    }
  }

  /** All lines as they are, with the sequences that colour them. */
  coloured(): Promise<string> {
    return this.#call('capture-pane', '-p', '-e', '-S', '-');
  }

  /** Whether the cursor is seen and lines are wrapped. */
  async state(): Promise<string> {
    return (await this.#call('display-message', '-p', 'cursor #{cursor_flag}, wrap #{wrap_flag}')).trim();
  }

  async close(): Promise<void> {
    await this.#call('kill-server');
  }

  async #call(...args: string[]): Promise<string> {
    const { stdout } = await run('tmux', ['-L', this.#name, ...args], { maxBuffer: 2 ** 26 });
    return stdout;
  }
}
