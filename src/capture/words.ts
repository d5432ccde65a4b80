/** All that `<portrait-capture>` says and shows in words. */
import { DEFAULT_LANGUAGE, type Language, languageOf } from '../core/words/catalogue.ts';
import type { Instruction } from './instruction.ts';

/** Why there is no camera. */
export type Trouble = 'insecure' | 'unsupported' | 'denied' | 'missing' | 'busy' | 'lost' | 'unavailable';

/** The words; replace those that you want to say otherwise. */
export interface CaptureWords {
  readonly start: string;
  readonly stop: string;
  readonly again: string;
  readonly retry: string;
  readonly take: string;
  /** Before the start. */
  readonly introduction: string;
  readonly starting: string;
  /** While no frame has been judged. */
  readonly looking: string;
  /** While the camera sends nothing. */
  readonly muted: string;
  /** While the picture is made. */
  readonly taking: string;
  readonly taken: string;
  /** What the preview is called for those who do not see it. */
  readonly preview: string;
  readonly instructions: Readonly<Record<Instruction, string>>;
  readonly troubles: Readonly<Record<Trouble, string>>;
}

/** Some of the words. */
export type SomeWords = Partial<Omit<CaptureWords, 'instructions' | 'troubles'>> & {
  readonly instructions?: Partial<CaptureWords['instructions']>;
  readonly troubles?: Partial<CaptureWords['troubles']>;
};

/** The words in English. */
export const ENGLISH: CaptureWords = {
  start: 'Start the camera',
  stop: 'Stop the camera',
  again: 'Take another picture',
  retry: 'Try again',
  take: 'Take the picture now',
  introduction: 'The picture is taken automatically as soon as it is good.',
  starting: 'The camera is starting…',
  looking: 'Look into the camera.',
  muted: 'The camera sends no picture at the moment. Turn it on again, or open its cover.',
  taking: 'Taking the picture…',
  taken: 'The picture is taken.',
  preview: 'What the camera sees',
  instructions: {
    noFace: 'There is no face in the picture. Look into the camera.',
    closer: 'Come closer.',
    back: 'Move back a little.',
    centre: 'Move your head to the middle.',
    turn: 'Look straight at the camera.',
    level: 'Hold your head level.',
    hand: 'Take your hand away from your face.',
    glasses: 'Take off the dark glasses.',
    hair: 'Move the hair out of your face.',
    cloth: 'Take off what covers your face, such as a mask or a scarf.',
    object: 'Take away what covers your face.',
    closeMouth: 'Close your mouth.',
    openEyes: 'Open your eyes.',
    moreLight: 'More light, please: turn to a window or a lamp.',
    lessLight: 'Less light, please: your face is too bright.',
    evenLight: 'Turn your face to the light.',
    onePerson: 'Only one person, please.',
    other: 'The picture would not be good.',
    still: 'Hold still.',
    ready: 'Good. Hold still.',
  },
  troubles: {
    insecure: 'Browsers allow the camera on secure pages only. Open this page with https://.',
    unsupported: 'This browser does not let pages use the camera. Use another browser, or choose a picture.',
    denied:
      'This page may not use the camera. Allow it next to the address of the page or in the settings, and try again.',
    missing: 'No camera was found. Connect one, and try again.',
    busy: 'The camera cannot be opened. Another program may be using it. Close that program and try again.',
    lost: 'The camera has stopped. Connect it again, and try again.',
    unavailable: 'The part that checks the picture could not be loaded. Check your connection and try again.',
  },
};

/** The words in Chinese. */
export const CHINESE: CaptureWords = {
  start: '打开摄像头',
  stop: '关闭摄像头',
  again: '再拍一张',
  retry: '重试',
  take: '立即拍照',
  introduction: '画面合适时会自动拍照。',
  starting: '正在打开摄像头…',
  looking: '请看镜头。',
  muted: '摄像头暂时没有画面。请重新打开摄像头，或打开镜头盖。',
  taking: '正在拍照…',
  taken: '已拍好。',
  preview: '摄像头画面',
  instructions: {
    noFace: '没有看到人脸，请看镜头。',
    closer: '请靠近一点。',
    back: '请后退一点。',
    centre: '请把头移到画面中间。',
    turn: '请正对镜头。',
    level: '请把头摆正。',
    hand: '请把手从脸上拿开。',
    glasses: '请摘下墨镜。',
    hair: '请把头发拨开，不要挡脸。',
    cloth: '请摘下口罩、围巾等遮挡物。',
    object: '请移开挡住脸的东西。',
    closeMouth: '请闭上嘴。',
    openEyes: '请睁开眼睛。',
    moreLight: '光线太暗，请面向窗户或灯。',
    lessLight: '光线太亮，脸过亮了。',
    evenLight: '请把脸转向光源。',
    onePerson: '画面里只能有一个人。',
    other: '这样拍出来的照片不合格。',
    still: '请保持不动。',
    ready: '很好，请保持不动。',
  },
  troubles: {
    insecure: '浏览器只允许安全的页面使用摄像头。请用 https:// 打开本页面。',
    unsupported: '此浏览器不支持在网页里使用摄像头。请换一个浏览器，或者选择图片。',
    denied: '本页面没有使用摄像头的权限。请在地址栏旁边或设置里允许，然后重试。',
    missing: '没有找到摄像头。请连接摄像头后重试。',
    busy: '摄像头打不开，可能正被其他程序使用。请关闭该程序后重试。',
    lost: '摄像头断开了。请重新连接后重试。',
    unavailable: '检测组件加载失败。请检查网络后重试。',
  },
};

const BY_LANGUAGE: Readonly<Record<Language, CaptureWords>> = { en: ENGLISH, 'zh-CN': CHINESE };

/** The words of the language that a tag asks for; English where there are none in it. */
export function captureWordsIn(tag: string): CaptureWords {
  return BY_LANGUAGE[languageOf(tag) ?? DEFAULT_LANGUAGE];
}

/** Words with others in the place of some. */
export function replaceWords(words: CaptureWords, others: SomeWords): CaptureWords {
  return {
    ...words,
    ...others,
    instructions: { ...words.instructions, ...others.instructions },
    troubles: { ...words.troubles, ...others.troubles },
  };
}
