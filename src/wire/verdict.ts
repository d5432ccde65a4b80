import type { Inspection } from '../core/inspection.ts';

/** The contract's only sentence for a picture that fails. */
export const NO_FACE_MESSAGE = 'No human face detected.';

/** `output` of the contract's success. */
export interface Verdict {
  readonly pass: boolean;
  /** Empty for a pass, the vendor's sentence otherwise. */
  readonly message: string;
}

/** What a DashScope client gets to see of an inspection; why it failed goes into `x-reason` instead. */
export function toVerdict(inspection: Pick<Inspection, 'pass'>): Verdict {
  return { pass: inspection.pass, message: inspection.pass ? '' : NO_FACE_MESSAGE };
}
