import { type BrowserInspector, createInspector } from '../browser/inspector.ts';
import type { PageFormat } from '../browser/protocol.ts';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { Inspection } from '../core/inspection.ts';
// The element's module takes its errors from the judge's, which has no more than that of the catalogue.
import { CORE_DETAILS } from '../errors/core-details.ts';
import { DetectError } from '../errors.ts';
import { adviceIn } from './advice.ts';
import { CameraError, type Facing } from './camera.ts';
import { capture, type Taken } from './capture.ts';
import { eventful } from './eventful.ts';
import type { PortraitCaptureEventMap } from './events.ts';
import type { Instruction } from './instruction.ts';
import { policyProblemIn } from './policy-problem.ts';
import type { Steadiness } from './steadiness.ts';
import { type CaptureState, View } from './view.ts';
import { type CaptureWords, captureWordsIn, replaceWords, type SomeWords } from './words.ts';

/** A sentence, in whatever words hold. */
type Saying = (words: CaptureWords) => string;

const INTRODUCTION: Saying = ({ introduction }) => introduction;
const LOOKING: Saying = ({ looking }) => looking;
const MUTED: Saying = ({ muted }) => muted;

/**
 * `<portrait-capture>`: guides a person before the camera, one instruction at a time, and takes the picture when it is good.
 * Nothing leaves the page.
 *
 * Attributes: `lang`, the language that it speaks; `facing`, `user` (if left out) or `environment`; `assets`, the folder with the judge's files, as in
 * `createInspector`; `policy`, limits that differ from the defaults, as JSON. Events: {@link PortraitCaptureEventMap}.
 */
export class PortraitCapture extends eventful<PortraitCaptureEventMap>() {
  static readonly observedAttributes = ['hidden', 'lang'];

  readonly #view: View;
  #others: SomeWords = {};
  #words: CaptureWords = captureWordsIn('');
  #state: CaptureState = 'idle';
  /** What it says now, in any words. */
  #saying: Saying = INTRODUCTION;
  #policy: PolicyOverrides | null = null;
  #going: AbortController | null = null;
  #own: Promise<BrowserInspector> | null = null;
  #given: Instruction | null = null;
  #isAsked = false;

  /** Judges in place of the element's own; whoever sets it closes it. */
  inspector: BrowserInspector | PromiseLike<BrowserInspector> | null = null;

  constructor() {
    super();
    this.#view = new View(this.attachShadow({ mode: 'open' }), {
      onMain: () => (this.#going === null ? void this.start() : this.stop()),
      onTake: () => {
        this.#isAsked = true;
      },
    });
    this.#show('idle', INTRODUCTION);
  }

  /** What the element is doing. */
  get state(): CaptureState {
    return this.#state;
  }

  /** What it says; what is set replaces those words of its language that it names. */
  get words(): CaptureWords {
    return this.#words;
  }

  set words(words: SomeWords) {
    this.#others = words;
    this.#speak();
  }

  /**
   * Limits that differ from the defaults; set, it goes before the attribute.
   *
   * @throws DetectError `policy.invalid` for an attribute that is not JSON
   */
  get policy(): PolicyOverrides {
    if (this.#policy !== null) return this.#policy;
    const text = this.getAttribute('policy') || '{}';
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new DetectError('policy.invalid', CORE_DETAILS.attribute, { cause });
    }
  }

  set policy(policy: PolicyOverrides | null) {
    this.#policy = policy;
  }

  /** Folder with the judge's files; empty where they lie beside the code. */
  get assets(): string {
    return this.getAttribute('assets') ?? '';
  }

  set assets(folder: string | URL) {
    this.setAttribute('assets', String(folder));
  }

  /** The camera that is asked for first. */
  get facing(): Facing {
    return this.getAttribute('facing') === 'environment' ? 'environment' : 'user';
  }

  set facing(facing: Facing) {
    this.setAttribute('facing', facing);
  }

  /** As pressing the button: opens the camera and takes a picture. Settles when that has ended, in whatever way. */
  async start(): Promise<void> {
    if (this.#going !== null || !this.isConnected) return;
    const going = new AbortController();
    this.#going = going;
    this.#given = null;
    this.#isAsked = false;
    this.#show('starting', ({ starting }) => starting);
    try {
      const taken = await this.#capture(going.signal);
      if (taken !== null) await this.#finish(taken, going.signal);
    } catch (error) {
      if (!going.signal.aborted) this.#fail(error);
    } finally {
      if (this.#going === going) this.#going = null;
    }
  }

  /** Stops the camera. */
  stop(): void {
    this.#going?.abort();
    this.#going = null;
    this.#show('idle', INTRODUCTION);
  }

  connectedCallback(): void {
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.stop();
    const own = this.#own;
    this.#own = null;
    void own?.then((inspector) => inspector.close()).catch(() => undefined);
  }

  attributeChangedCallback(name: string): void {
    if (name === 'lang') this.#speak();
    if (this.hidden && this.#going !== null) this.stop();
  }

  /** A page that nobody sees holds no camera. */
  readonly #onVisibility = () => {
    if (document.hidden && this.#going !== null) this.stop();
  };

  #capture(signal: AbortSignal): Promise<Taken | null> {
    const inspector = this.#judge();
    // It is waited for when the camera is there; till then its failure is nobody's.
    inspector.catch(() => undefined);
    return capture({
      video: this.#view.video,
      facing: this.facing,
      policy: this.policy,
      inspector,
      signal,
      onPlaying: () => this.#show('live', this.#saying === MUTED ? MUTED : LOOKING),
      onMuted: (isMuted) => {
        this.#given = null;
        // What was asked for before nothing was seen, or meanwhile, is not to be taken unseen.
        this.#isAsked = false;
        this.#view.forgetFrame();
        this.#say(isMuted ? MUTED : LOOKING);
      },
      onFrame: (inspection, steadiness) => this.#onFrame(inspection, steadiness),
      onTaking: () => this.#say(({ taking }) => taking),
    });
  }

  #judge(): Promise<BrowserInspector> {
    if (this.inspector !== null) return Promise.resolve(this.inspector);
    if (this.#own === null) {
      const own = createInspector(this.assets === '' ? {} : { assets: this.assets });
      this.#own = own;
      // A judge that has failed once is not asked again, whether anybody was still waiting for it or not.
      own.catch(() => {
        if (this.#own === own) this.#own = null;
      });
    }
    return this.#own;
  }

  #onFrame(inspection: Inspection<PageFormat>, steadiness: Steadiness): boolean {
    const { given } = steadiness;
    this.#view.draw(inspection, steadiness);
    if (given !== null && given !== this.#given) {
      this.#given = given;
      const advice = () => (given === 'other' ? adviceIn(this.lang, inspection) : '');
      const saying: Saying = ({ instructions }) => advice() || instructions[given];
      this.#say(saying);
      this.#tell('instruction', { instruction: given, text: saying(this.#words) });
    }
    return this.#isAsked;
  }

  async #finish(taken: Taken, signal: AbortSignal): Promise<void> {
    const bitmap = await createImageBitmap(taken.picture);
    if (!signal.aborted) this.#view.showPicture(bitmap);
    bitmap.close();
    if (signal.aborted) return;
    this.#going = null;
    this.#show('taken', (words) => words.taken);
    this.#tell('capture', taken);
  }

  #fail(error: unknown): void {
    const trouble = error instanceof CameraError ? error.trouble : 'unavailable';
    // One that stopped while it judged is not asked again either.
    if (trouble === 'unavailable') this.#own = null;
    const saying: Saying = ({ troubles }) => policyProblemIn(this.lang, error) || troubles[trouble];
    this.#show('trouble', saying);
    this.#tell('trouble', { trouble, text: saying(this.#words) });
  }

  /** Says what it says in the words that hold now: those of its language, with others in the place of some. */
  #speak(): void {
    this.#words = replaceWords(captureWordsIn(this.lang), this.#others);
    this.#show(this.#state, this.#saying);
  }

  #say(saying: Saying): void {
    this.#saying = saying;
    this.#view.say(saying(this.#words));
  }

  #show(state: CaptureState, saying: Saying): void {
    this.#state = state;
    this.#saying = saying;
    this.#view.show(state, saying(this.#words), this.#words, this.facing === 'user');
  }

  #tell<Name extends keyof PortraitCaptureEventMap>(
    name: Name,
    detail: PortraitCaptureEventMap[Name]['detail'],
  ): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
