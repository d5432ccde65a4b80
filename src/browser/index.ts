/** The library for browsers: every public name, one line each. */

export { inLanguage } from '../core/checks/in-language.ts';
export type { LimitDefinition, LimitName } from '../core/checks/limits.ts';
export { LIMITS } from '../core/checks/limits.ts';
export type { Policy, PolicyOverrides } from '../core/checks/policy.ts';
export { DEFAULT_POLICY } from '../core/checks/policy.ts';
export type { InspectOptions, Stage } from '../core/inspect.ts';
export type { Check, CheckReason, Cover, Crop, Face, Inspection, Subject } from '../core/inspection.ts';
export type { Language } from '../core/words/catalogue.ts';
export { LANGUAGES } from '../core/words/catalogue.ts';
export type { CatalogueEntry, ErrorCode } from '../errors.ts';
export { CATALOGUE, DetectError } from '../errors.ts';
export type { BrowserInspector, BrowserInspectorOptions } from './inspector.ts';
export { createInspector } from './inspector.ts';
export type { PageFormat, PagePicture } from './protocol.ts';
