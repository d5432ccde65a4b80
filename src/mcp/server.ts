/** Two tools for agents: look at a portrait, and repair one. */
import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import { PRESET_NAMES } from '../core/checks/presets.ts';
import type { Inspection } from '../core/inspection.ts';
import { MAX_REPAIR_BYTES } from '../repair/limits.ts';
import type { Repair } from '../repair/repair.ts';
import { failure, imageContent, VerdictSchema, verdictOf } from './answers.ts';
import { PICTURE_INPUT, readInput, type Sources } from './pictures.ts';
import { Turns } from './turns.ts';

/** Calls that wait for a place, each perhaps with 14 MB of base64; a client that sends more of them at once is told so. */
const MOST_WAITING = 16;

/** What the tools work with. */
export interface McpDeps extends Sources {
  readonly version: string;
  /** Calls that are worked on at a time. */
  readonly places: number;
  /** What pictures are for where a call names nothing: a preset's name. */
  readonly generator: string;
  /** @throws DetectError */
  readonly examine: (
    bytes: Uint8Array,
    options: {
      readonly policy: PolicyOverrides;
      readonly isAnnotated: boolean;
      readonly signal: AbortSignal;
    },
  ) => Promise<{ readonly inspection: Inspection; readonly annotated?: Uint8Array | undefined }>;
  /** @throws DetectError */
  readonly repair: (
    bytes: Uint8Array,
    options: {
      readonly policy: PolicyOverrides;
      readonly face: number | undefined;
      readonly signal: AbortSignal;
    },
  ) => Promise<Repair>;
  /** Writes a new file, whole or not at all. @returns its path. @throws DetectError `file.unwritable`, also where there is one */
  readonly writeNew: (path: string, picture: NonNullable<Repair['picture']>) => Promise<string>;
  /** Is told of faults of ours, which a client is not. */
  readonly tell: (fault: unknown) => void;
}

const generator = z
  .enum(PRESET_NAMES as [string, ...string[]])
  .optional()
  .describe('The generator that the picture is for, if it is another than usual here.');

const InspectInput = z.object({
  ...PICTURE_INPUT,
  for: generator,
  annotated: z.boolean().default(true).describe('Whether to show the picture with what was found drawn in.'),
});
const FixInput = z.object({
  ...PICTURE_INPUT,
  for: generator,
  face: z.int().min(1).max(1000).optional().describe('The face to crop to, from 1, the largest first.'),
  output: z
    .string()
    .optional()
    .describe('Path of a new file for the picture, within the allowed folders. Nothing is overwritten.'),
});
const FixOutput = z.object({
  pass: z.boolean().describe('Whether there is a picture that passes now.'),
  reason: z.string().nullable(),
  advice: z.string(),
  steps: z.array(z.object({ action: z.string(), detail: z.string() })),
  before: VerdictSchema.nullable(),
  after: VerdictSchema.nullable(),
  written: z.string().nullable().describe('The file that the picture is in.'),
});

/** A server of the tools, to be connected to a transport. */
export function createMcpServer(deps: McpDeps): McpServer {
  const server = new McpServer(
    { name: 'liveportrait-detect', version: deps.version },
    {
      instructions:
        'Tells whether a picture will work as a talking portrait (LivePortrait, SadTalker, Hallo and others), and why not; and repairs what can be repaired without altering the face.',
    },
  );
  const turns = new Turns(deps.places, MOST_WAITING);

  server.registerTool(
    'inspect_portrait',
    {
      title: 'Inspect a portrait',
      description:
        'Judges whether a picture will work as a talking portrait: one usable human face, large enough, not in profile, not covered, not cut off, sharp. Gives the verdict, the reason, advice, every measurement with its limit, and the picture with what was found drawn in.',
      inputSchema: InspectInput,
      outputSchema: VerdictSchema,
      annotations: { readOnlyHint: true, openWorldHint: true },
    },
    ({ for: name, annotated: isAnnotated, ...picture }, { mcpReq: { signal } }) =>
      turns
        .take(async () => {
          const bytes = await readInput(picture, deps, signal);
          const policy = name === undefined ? {} : { for: name };
          const { inspection, annotated } = await deps.examine(bytes, { policy, isAnnotated, signal });
          const verdict = verdictOf(inspection);
          const head = `${verdict.pass ? 'Passes' : `Does not pass: ${verdict.reason}`} (for ${name ?? deps.generator}).`;
          const text = [head, ...verdict.advice].join('\n');
          const drawn = annotated && imageContent(annotated, 'image/png', 'The annotated picture');
          return {
            content: [{ type: 'text' as const, text }, ...(drawn ? [drawn] : [])],
            structuredContent: verdict,
          };
        }, signal)
        .catch((error) => failure(error, deps.tell)),
  );

  server.registerTool(
    'fix_portrait',
    {
      title: 'Repair a portrait',
      description:
        'Makes of a picture one that passes, where that can be done without altering the face: converts, turns upright, crops, scales down, compresses. Shows the picture, and writes it to a new file where one is named.',
      inputSchema: FixInput,
      outputSchema: FixOutput,
      annotations: {
        readOnlyHint: false,
        destructiveHint: false,
        idempotentHint: false,
        openWorldHint: true,
      },
    },
    ({ for: name, face, output, ...given }, { mcpReq: { signal } }) =>
      turns
        .take(async () => {
          // Before the work: a path that is refused is refused at once.
          const place = output === undefined ? undefined : await deps.folders.forWriting(output);
          const bytes = await readInput(given, deps, signal, MAX_REPAIR_BYTES);
          const policy = name === undefined ? {} : { for: name };
          const { picture, reason, advice, steps, before } = await deps.repair(bytes, {
            policy,
            face,
            signal,
          });
          const written = picture && place !== undefined ? await deps.writeNew(place, picture) : null;
          const text = [
            picture
              ? `There is a picture that passes (for ${name ?? deps.generator}).`
              : `It cannot be repaired: ${reason}. ${advice}`,
            ...steps.map(({ detail }) => detail),
            ...(written === null ? [] : [`It is in ${written}.`]),
          ].join('\n');
          const shown = picture && imageContent(picture.bytes, `image/${picture.format}`, 'The picture');
          return {
            content: [{ type: 'text' as const, text }, ...(shown ? [shown] : [])],
            structuredContent: {
              pass: picture !== null,
              reason,
              advice,
              steps: steps.map(({ action, detail }) => ({ action, detail })),
              before: before && verdictOf(before),
              after: picture && verdictOf(picture.inspection),
              written,
            },
          };
        }, signal)
        .catch((error) => failure(error, deps.tell)),
  );
  return server;
}
