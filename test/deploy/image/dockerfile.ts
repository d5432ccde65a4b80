/** Reads the Dockerfile into steps that can be carried out by hand. */
import { DockerfileParser, type Flag, type Instruction, type JSONInstruction } from 'dockerfile-ast';

/** One instruction; those that only tell the engine something have no part in it. */
export type Step =
  | { readonly kind: 'env'; readonly name: string; readonly value: string }
  | { readonly kind: 'workdir'; readonly path: string }
  /** `from` is the name of a stage, null for the build context. */
  | {
      readonly kind: 'copy';
      readonly from: string | null;
      readonly sources: readonly string[];
      readonly target: string;
    }
  /** `cache` is a folder that outlives the build. */
  | { readonly kind: 'run'; readonly command: string; readonly cache: string | null }
  | { readonly kind: 'volume'; readonly path: string }
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'healthcheck'; readonly command: readonly string[] }
  | { readonly kind: 'entrypoint'; readonly command: readonly string[] }
  | { readonly kind: 'cmd'; readonly command: readonly string[] }
  | { readonly kind: 'expose'; readonly ports: readonly number[] }
  | { readonly kind: 'stopsignal'; readonly signal: string };

/** From one FROM to the next. */
export interface Stage {
  /** Null for the last stage, which is the image. */
  readonly name: string | null;
  readonly base: string;
  readonly steps: readonly Step[];
}

/** The stages of a Dockerfile; throws an Error for an instruction, flag or form that it does not know. */
export function readDockerfile(text: string): Stage[] {
  const stages: { name: string | null; base: string; steps: Step[] }[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const words = instruction.getArguments().map((argument) => argument.getValue());
    if (instruction.getKeyword() === 'FROM') {
      stages.push({ base: words[0]!, name: words[2] ?? null, steps: [] });
    } else {
      stages.at(-1)!.steps.push(toStep(instruction, words));
    }
  }
  return stages;
}

function toStep(instruction: Instruction, words: readonly string[]): Step {
  const keyword = instruction.getKeyword();
  const flags = flagsOf(instruction);
  switch (keyword) {
    case 'ENV': {
      const [, name, value] = /^(\w+)=(\S+)$/.exec(words.join(' ')) ?? fail(instruction);
      return { kind: 'env', name: name!, value: value! };
    }
    case 'WORKDIR':
      return { kind: 'workdir', path: words[0]! };
    case 'COPY': {
      const from = flags.find((flag) => flag.getName() === 'from')?.getValue() ?? null;
      if (flags.length > (from === null ? 0 : 1)) fail(instruction);
      return { kind: 'copy', from, sources: words.slice(0, -1), target: words.at(-1)! };
    }
    case 'RUN': {
      const mounts = flags.map((flag) => /^type=cache,target=(\S+)$/.exec(flag.getValue() ?? '')?.[1]);
      if (mounts.length > 1 || mounts.includes(undefined)) fail(instruction);
      return { kind: 'run', command: words.join(' '), cache: mounts[0] ?? null };
    }
    case 'VOLUME':
      return { kind: 'volume', path: words[0]! };
    case 'USER':
      return { kind: 'user', name: words[0]! };
    case 'HEALTHCHECK': {
      const [, list] = /^CMD (\[.*\])$/.exec(words.join(' ')) ?? fail(instruction);
      return { kind: 'healthcheck', command: JSON.parse(list!) };
    }
    case 'ENTRYPOINT':
      return { kind: 'entrypoint', command: execForm(instruction) };
    case 'CMD':
      return { kind: 'cmd', command: execForm(instruction) };
    case 'EXPOSE':
      return { kind: 'expose', ports: words.map(Number) };
    case 'STOPSIGNAL':
      return { kind: 'stopsignal', signal: words[0]! };
    default:
      return fail(instruction);
  }
}

function flagsOf(instruction: Instruction): Flag[] {
  return 'getFlags' in instruction ? (instruction as JSONInstruction).getFlags() : [];
}

/** The form without a shell, in which signals reach the process. */
function execForm(instruction: Instruction): string[] {
  const strings = (instruction as JSONInstruction).getJSONStrings();
  if (strings.length === 0) fail(instruction);
  return strings.map((string) => string.getJSONValue());
}

function fail(instruction: Instruction): never {
  throw new Error(
    `Line ${instruction.getRange().start.line + 1} is not understood: ${instruction.getTextContent()}`,
  );
}
