import { type PolicyOverrides, parsePolicy } from '../core/checks/policy.ts';
import { ADVISORY } from '../core/checks/rules.ts';
import { checkBytes } from '../core/image/limits.ts';
import type { InspectOptions, Inspector } from '../core/inspect.ts';
import { checkOptionNames, INSPECT_OPTIONS } from '../core/option-names.ts';
import { checkLanguage, DEFAULT_LANGUAGE, type Language } from '../core/words/catalogue.ts';
import { DAMAGE_DETAILS, DetectError } from '../errors.ts';
import { JudgeWorker } from './judge-worker.ts';
import type { PageFormat, PagePicture } from './protocol.ts';

/** Options of {@link createInspector}. */
export interface BrowserInspectorOptions {
  /** Limits that differ from the defaults, for every picture. */
  readonly policy?: PolicyOverrides;
  /** What advice is written in; English if left out. */
  readonly language?: Language;
  /**
   * The folder with the files of `liveportrait-detect/dist/browser`, for a page whose bundler does not bring them along. If it is
   * left out, they are looked for beside the code.
   */
  readonly assets?: string | URL;
}

const OPTIONS = [
  'policy',
  'language',
  'assets',
] as const satisfies readonly (keyof BrowserInspectorOptions)[];

/** What is taken for one picture in a page, which is always held to LivePortrait's own limits. */
type PageOptions = Omit<InspectOptions, 'limits'>;

const PAGE_OPTIONS = INSPECT_OPTIONS.filter((name) => name !== 'limits');

/** An inspector in a page: it takes files, bitmaps and frames of films. The caller keeps what it gives, and may close it. */
export type BrowserInspector = Inspector<PagePicture, PageFormat, PageOptions>;

/**
 * Starts the judge in a worker of its own and loads the models, 2 MB. Pictures stay in the page: nothing is sent anywhere.
 *
 * @throws DetectError `policy.invalid`, `option.invalid`, `inspector.unavailable`
 */
export async function createInspector(options: BrowserInspectorOptions = {}): Promise<BrowserInspector> {
  checkOptionNames(options, OPTIONS);
  const { policy, language = DEFAULT_LANGUAGE, assets } = options;
  parsePolicy(policy, ADVISORY);
  checkLanguage(language);
  const folder = assets === undefined ? '' : folderAddress(assets);
  const judge = new JudgeWorker(openWorker(folder));
  await judge.start({ policy, language, assets: folder });
  const waiting = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= Promise.allSettled(waiting).then(() => judge.end(new DetectError('inspector.closed')));
    return closing;
  };
  return {
    async inspect(picture, options) {
      if (closing !== undefined) throw new DetectError('inspector.closed');
      checkOptionNames(options, PAGE_OPTIONS);
      checkPicture(picture);
      // Here, since what no limit is may not even travel.
      parsePolicy(options?.policy, ADVISORY);
      const inspection = judge.inspect(picture, options);
      waiting.add(inspection);
      try {
        return await inspection;
      } finally {
        waiting.delete(inspection);
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** By its kind's name, since a file may come from a frame, whose kinds are its own. */
const PICTURE = /^\[object (?:Blob|File|ImageBitmap|VideoFrame)\]$/;

/** @throws DetectError `image.*` for what is not a picture, is closed, or has too many bytes */
function checkPicture(picture: PagePicture): void {
  if (!PICTURE.test(Object.prototype.toString.call(picture)) || isClosed(picture))
    throw new DetectError('image.unsupported', DAMAGE_DETAILS.notPagePicture);
  if ('size' in picture) checkBytes(picture.size);
}

/** What is closed has no pixels left. */
function isClosed(picture: PagePicture): boolean {
  if ('size' in picture) return false;
  return ('codedWidth' in picture ? picture.codedWidth : picture.width) === 0;
}

/** The first address stands here as it does so that bundlers find the worker and bring it along. */
function openWorker(folder: string): Worker {
  return folder === ''
    ? new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
    : new Worker(new URL('worker.js', folder), { type: 'module' });
}

/** A folder's whole address, with a slash at its end, so that names can be put behind it. */
function folderAddress(folder: string | URL): string {
  const { href } = new URL(folder, document.baseURI);
  return href.endsWith('/') ? href : `${href}/`;
}
