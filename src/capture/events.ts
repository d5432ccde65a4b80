/** What the element tells the page. */
import type { Taken } from './capture.ts';
import type { Instruction } from './instruction.ts';
import type { Trouble } from './words.ts';

/** What `instruction` tells: what the person is asked to do now. */
export interface InstructionDetail {
  readonly instruction: Instruction;
  /** As it is shown. */
  readonly text: string;
}

/** What `trouble` tells: why no picture can be taken. */
export interface TroubleDetail {
  readonly trouble: Trouble;
  /** As it is shown. */
  readonly text: string;
}

/** The events of `<portrait-capture>`. */
export interface PortraitCaptureEventMap {
  capture: CustomEvent<Taken>;
  instruction: CustomEvent<InstructionDetail>;
  trouble: CustomEvent<TroubleDetail>;
}
