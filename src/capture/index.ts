/** `<portrait-capture>`: loading this module defines the element. */
import { PortraitCapture } from './element.ts';

export type { Facing } from './camera.ts';
export type { Taken } from './capture.ts';
export { PortraitCapture } from './element.ts';
export type { InstructionDetail, PortraitCaptureEventMap, TroubleDetail } from './events.ts';
export type { Instruction } from './instruction.ts';
export type { CaptureState } from './view.ts';
export type { CaptureWords, SomeWords, Trouble } from './words.ts';
export { CHINESE, ENGLISH } from './words.ts';

declare global {
  interface HTMLElementTagNameMap {
    'portrait-capture': PortraitCapture;
  }
}

if (globalThis.customElements !== undefined && customElements.get('portrait-capture') === undefined) {
  customElements.define('portrait-capture', PortraitCapture);
}
