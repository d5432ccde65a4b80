/** What of `<portrait-capture>` is seen and pressed. It knows no camera and no judge. */
import type { Inspection } from '../core/inspection.ts';
import { drawOverlay } from './overlay.ts';
import { progress, type Steadiness } from './steadiness.ts';
import { captureStyles } from './styles.ts';
import type { CaptureWords } from './words.ts';

/** Where the element is. */
export type CaptureState = 'idle' | 'starting' | 'live' | 'taken' | 'trouble';

/** What is pressed. */
export interface Presses {
  /** The button that starts, stops and starts again. */
  onMain(): void;
  onTake(): void;
}

/** The inside of the element. */
export class View {
  readonly video: HTMLVideoElement;
  readonly #stage: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #prompt: HTMLElement;
  readonly #main: HTMLButtonElement;
  readonly #take: HTMLButtonElement;
  readonly #stillness = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(root: ShadowRoot, { onMain, onTake }: Presses) {
    root.adoptedStyleSheets = [captureStyles()];
    this.video = make('video', { muted: true, playsInline: true, disablePictureInPicture: true });
    this.#canvas = make('canvas', { ariaHidden: 'true' });
    this.#prompt = make('p', { className: 'prompt' });
    this.#prompt.setAttribute('role', 'status');
    this.#prompt.setAttribute('aria-live', 'polite');
    this.#stage = make('div', { className: 'stage' });
    this.#stage.append(this.video, this.#canvas, this.#prompt);
    this.#main = make('button', { type: 'button', className: 'main' });
    this.#take = make('button', { type: 'button', hidden: true });
    this.#main.addEventListener('click', onMain);
    this.#take.addEventListener('click', onTake);
    const row = make('div', { className: 'row' });
    row.append(this.#main, this.#take);
    root.append(this.#stage, row);
    for (const [name, part] of [
      ['stage', this.#stage],
      ['prompt', this.#prompt],
      ['button', this.#main],
    ] as const) {
      part.setAttribute('part', name);
    }
  }

  /** Shows a state; a text that is said already is not said again. */
  show(state: CaptureState, prompt: string, words: CaptureWords, mirrored: boolean): void {
    this.#stage.dataset.state = state;
    this.#stage.toggleAttribute('data-mirrored', mirrored && state !== 'taken');
    if (state !== 'live') delete this.#stage.dataset.given;
    this.video.ariaLabel = words.preview;
    this.video.hidden = state !== 'live';
    // One button for all that leads on: the focus stays on it.
    this.#main.textContent = {
      idle: words.start,
      starting: words.stop,
      live: words.stop,
      taken: words.again,
      trouble: words.retry,
    }[state];
    this.#take.textContent = words.take;
    const root = this.#stage.getRootNode() as ShadowRoot;
    const hadFocus = root.activeElement === this.#take;
    this.#take.hidden = state !== 'live';
    if (hadFocus && this.#take.hidden) this.#main.focus();
    if (state === 'idle' || state === 'trouble') this.#clear();
    this.say(prompt);
  }

  /** Says a sentence, if it is another than the last. */
  say(prompt: string): void {
    if (this.#prompt.textContent !== prompt) this.#prompt.textContent = prompt;
  }

  /** Draws what was found in a frame. */
  draw(inspection: Inspection<unknown>, steadiness: Steadiness): void {
    const { given } = steadiness;
    const { uprightWidth, uprightHeight } = inspection.image;
    // The preview covers the stage, so that what is cut off for the judge is not seen.
    this.#stage.style.setProperty('--ratio', `${uprightWidth / uprightHeight}`);
    this.#stage.dataset.given = given ?? '';
    const moved = this.#stillness.matches ? 0 : progress(steadiness, performance.now());
    drawOverlay(this.#canvas, { inspection, given, progress: moved });
  }

  /** Draws nothing any more of what was found in the last frame. */
  forgetFrame(): void {
    delete this.#stage.dataset.given;
    this.#clear();
  }

  /** Shows the picture that was taken. */
  showPicture(picture: ImageBitmap): void {
    const { width, height } = picture;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#canvas.getContext('2d')?.drawImage(picture, 0, 0);
  }

  #clear(): void {
    // Frees its pixels too.
    this.#canvas.width = 0;
  }
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}
