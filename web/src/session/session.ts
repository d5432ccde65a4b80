/** Everything that the page knows, and all that can be done to it. One object, made once and passed on. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { PolicyOverrides } from '../../../src/core/checks/policy.ts';
import { isAlive } from '../api/client.ts';
import { createLocalJudge, type LocalJudge } from '../api/local-judge.ts';
import { isAboutKey, type Problem } from '../api/problem.ts';
import { findService, type Service } from '../api/service.ts';
import { createTongue, type Tongue } from '../words/catalogue.ts';
import { hashOf } from './address.ts';
import { followAddress } from './follow-address.ts';
import { bringBack } from './kept/bring-back.ts';
import { createKeeper, type Keeping } from './kept/keeper.ts';
import { createKeyHolder, type KeyHolder } from './key.ts';
import { createLimits, type Limits } from './limits.ts';
import { createLook } from './look.ts';
import { createPicture, type Newcomer, type Picture, type RepairState } from './picture.ts';
import { createQueue, type Outcome } from './queue.ts';
import { remedyOf } from './remedy.ts';
import { repair, repairHere } from './repair.ts';
import { createThumbnailer } from './thumbnails.ts';
import { askBeforeLoss, isReload } from './visit.ts';

/** Pictures under way at a time: enough to keep two workers of a service busy while the next pictures travel. */
const PARALLEL = 4;

/** How often a service that did not answer is looked for again, in milliseconds. */
const LOOK_AGAIN_MS = 2_000;

/** The page's state and actions. */
export interface Session {
  readonly key: KeyHolder;
  readonly limits: Limits;
  readonly tongue: Tongue;
  readonly pictures: ReadonlySignal<readonly Picture[]>;
  /** The picture that is shown large. */
  readonly selected: ReadonlySignal<Picture | null>;
  /** Why nothing goes on; null while all is well. */
  readonly obstacle: ReadonlySignal<Problem | null>;
  /** The service behind the page; null where there is none, or until it has answered. */
  readonly service: ReadonlySignal<Service | null>;
  /** Judges files in this browser. */
  readonly judge: LocalJudge;
  /** Whether the page's address has limits that could not be read, until somebody has seen it. */
  readonly strangeLink: Signal<boolean>;
  /** Whether the pictures are there after a reload. */
  readonly keeping: ReadonlySignal<Keeping>;
  add(newcomers: readonly Newcomer[]): void;
  select(picture: Picture): void;
  /** Tries again what failed for a reason that may have passed. */
  retry(pictures: readonly Picture[]): void;
  /** Goes on after an obstacle. */
  resume(): void;
  /**
   * Has a picture repaired, and adds the result.
   *
   * @param face the one to crop to, from 1; null leaves the choice to the service
   */
  repair(picture: Picture, face: number | null): Promise<void>;
  /** Takes one picture off the page. */
  remove(picture: Picture): void;
  /** Shows the start again; the pictures stay in the table. */
  goHome(): void;
  /** Takes everything off the page and out of this browser, and stops what is under way. */
  forget(): void;
}

/** Starts a session. */
export function createSession(): Session {
  const key = createKeyHolder();
  const limits = createLimits();
  const strangeLink = followAddress(key, limits);
  const tongue = createTongue();
  effect(() => {
    document.documentElement.lang = tongue.spoken.value.language;
  });
  const pictures = signal<readonly Picture[]>([]);
  const selection = signal<Picture | null>(null);
  const isHome = signal(false);
  const obstacle = signal<Problem | null>(null);
  const service = signal<Service | null>(null);
  const judge = createLocalJudge();
  const makeThumbnail = createThumbnailer();
  let nextId = 1;

  /** @param used the key that the request was sent with; a better one may have come since */
  const stopFor = (problem: Problem, used: string): Outcome => {
    if (isAboutKey(problem)) {
      if (used !== key.value.value) return 'again';
      key.wanted.value = problem;
    }
    obstacle.value = problem;
    return 'hold';
  };
  const look = createLook(judge, () => service.value !== null);
  const inspectOne = async (picture: Picture, signal: AbortSignal): Promise<Outcome> => {
    if (picture.gone.value) return 'done';
    picture.progress.value = { at: 'sending' };
    const used = key.value.value;
    const { answer, by } = await look(picture, used, signal);
    signal.throwIfAborted();
    return batch(() => {
      if (answer.ok) {
        const { inspection, picture: loaded } = answer.value;
        picture.progress.value = { at: 'inspected', inspection, by };
        if (loaded !== null) picture.shown.value = loaded;
        makeThumbnail(picture);
        keeper.keep(picture);
        return 'done';
      }
      const { problem } = answer;
      picture.progress.value = { at: 'waiting' };
      if (problem.code === 'key.rate') return 'over-rate';
      if (problem.code === 'overload.queue') return 'busy';
      if (isAboutKey(problem) || problem.code === 'connection.lost') return stopFor(problem, used);
      picture.progress.value = { at: 'failed', problem };
      makeThumbnail(picture);
      keeper.keep(picture);
      return 'done';
    });
  };
  const queue = createQueue(PARALLEL, inspectOne);
  const resume = () => {
    obstacle.value = null;
    queue.resume();
  };
  key.value.subscribe((value) => {
    if (value !== '') resume();
  });
  effect(() => {
    if (obstacle.value?.code !== 'connection.lost') return;
    const timer = setInterval(async () => {
      if (await isAlive()) resume();
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  });
  const meetService = async () => {
    const found = await findService();
    if (found === null) return;
    service.value = found;
    limits.adopt(found.policy);
  };
  const clear = () => {
    queue.clear();
    batch(() => {
      for (const picture of pictures.value) leave(picture);
      pictures.value = [];
      selection.value = null;
      obstacle.value = null;
      key.wanted.value = null;
    });
  };
  const keeper = createKeeper(clear);
  const restore = async () => {
    const restored = bringBack(await keeper.restore(), (newcomer) =>
      createPicture(nextId++, newcomer, limits.policy, tongue.spoken),
    );
    if (restored.length === 0) return;
    batch(() => {
      // A visit that begins anew begins at the start.
      if (pictures.value.length === 0) isHome.value = !isReload();
      pictures.value = [...restored, ...pictures.value];
    });
    for (const picture of restored) makeThumbnail(picture);
  };
  void restore();
  void meetService();
  askBeforeLoss(pictures);

  const tryRepair = async (picture: Picture, face: number | null): Promise<RepairState> => {
    const spoken = tongue.spoken.value;
    const isHere = remedyOf(picture, service.value !== null, limits.preset.value) === 'browser';
    // A limit that was moved is an experiment; what the picture is for is not.
    const policy = generatorOf(limits.asked.value);
    const { newcomer, trouble, problem } = isHere
      ? await repairHere(picture, spoken)
      : await repair(picture, face, policy, key.value.value, spoken);
    if (problem !== null && isAboutKey(problem)) key.wanted.value = problem;
    if (newcomer !== null && !picture.gone.value) session.add([newcomer]);
    const isVain = face === null && trouble !== '' && problem === null;
    return { isBusy: false, trouble, vainFor: isVain ? hashOf(limits.asked.value) : null };
  };

  const session: Session = {
    key,
    limits,
    tongue,
    pictures,
    selected: computed(() => (isHome.value ? null : (selection.value ?? pictures.value[0] ?? null))),
    obstacle,
    service,
    judge,
    strangeLink,
    keeping: keeper.keeping,
    resume,
    add(newcomers) {
      const added = newcomers.map((newcomer) =>
        createPicture(nextId++, newcomer, limits.policy, tongue.spoken),
      );
      batch(() => {
        pictures.value = [...pictures.value, ...added];
        selection.value = added[0] ?? selection.value;
        if (added.length > 0) isHome.value = false;
      });
      queue.add(added);
    },
    select(picture) {
      selection.value = picture;
      isHome.value = false;
    },
    goHome() {
      isHome.value = true;
    },
    remove(picture) {
      const at = pictures.value.indexOf(picture);
      const others = pictures.value.filter((other) => other !== picture);
      batch(() => {
        leave(picture);
        keeper.drop(picture);
        pictures.value = others;
        if (selection.value === picture) selection.value = others[Math.min(at, others.length - 1)] ?? null;
      });
    },
    retry(failed) {
      for (const picture of failed) picture.progress.value = { at: 'waiting' };
      queue.add(failed);
    },
    async repair(picture, face) {
      if (picture.repair.value.isBusy) return;
      picture.repair.value = { isBusy: true, trouble: '', vainFor: null };
      picture.repair.value = await tryRepair(picture, face);
    },
    forget() {
      clear();
      void keeper.forget();
    },
  };
  return session;
}

/** Lets go of what a picture holds. */
function leave({ gone, thumbnail }: Picture): void {
  gone.value = true;
  if (thumbnail.value !== null) URL.revokeObjectURL(thumbnail.value);
}

function generatorOf({ for: name }: PolicyOverrides): PolicyOverrides {
  return name === undefined ? {} : { for: name };
}
