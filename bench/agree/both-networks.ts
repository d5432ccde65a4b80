import type { Network, Networks } from '../../src/core/face/networks.ts';

/** How far apart two sets of networks were, for all that they were shown. */
export interface Apart {
  /** By network: the largest difference of a number, over the largest number of that output or 1. */
  readonly furthest: Record<string, number>;
}

/** Networks that answer as the first ones do, and show the same to the second ones to see how far apart they are. */
export function compareNetworks(first: Networks, second: Networks, { furthest }: Apart): Networks {
  const both = (name: 'glance' | 'detector' | 'mesh' | 'surface') => compare(name, first[name], second[name]);
  const compare = (name: string, a: Network, b: Network): Network => {
    return {
      size: a.size,
      input: a.input,
      async run() {
        b.input.set(a.input);
        const answers = await a.run();
        const others = await b.run();
        for (const [output, values] of Object.entries(answers)) {
          furthest[name] = Math.max(furthest[name] ?? 0, apart(values, others[output]));
        }
        return answers;
      },
    };
  };
  return {
    glance: both('glance'),
    detector: both('detector'),
    mesh: both('mesh'),
    surface: both('surface'),
    body: async () => compare('body', await first.body(), await second.body()),
    close: () => first.close(),
  };
}

function apart(values: Float32Array, others: Float32Array): number {
  let most = 0;
  let spread = 1;
  for (let i = 0; i < values.length; i++) {
    most = Math.max(most, Math.abs(values[i] - others[i]));
    spread = Math.max(spread, Math.abs(values[i]));
  }
  return most / spread;
}
