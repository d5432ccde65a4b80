/** What a query of Prometheus asks for. */
import { parser } from '@prometheus-io/lezer-promql';

/** One metric in a query, with the labels that it is picked by. */
export interface Selected {
  readonly metric: string;
  readonly matchers: readonly { readonly label: string; readonly operator: string; readonly value: string }[];
}

/** Labels by which a query groups or matches, of all its metrics. */
export interface Query {
  readonly selected: readonly Selected[];
  readonly grouping: readonly string[];
}

/** Reads a query; throws an Error for what is no PromQL. */
export function readQuery(text: string): Query {
  const selected: { metric: string; matchers: Selected['matchers'][number][] }[] = [];
  const grouping: string[] = [];
  parser.parse(text).iterate({
    enter: (node) => {
      const words = text.slice(node.from, node.to);
      if (node.type.isError) throw new Error(`No PromQL at ${node.from}: ${text}`);
      if (node.name === 'VectorSelector') {
        const metric = /^[\w:]+/.exec(words)?.[0];
        if (metric === undefined) throw new Error(`A selector without a metric: ${words}`);
        selected.push({ metric, matchers: [] });
      }
      if (node.name === 'UnquotedLabelMatcher') {
        const [, label, operator, value] = /^(\w+)\s*(=~|!~|!=|=)\s*"(.*)"$/.exec(words)!;
        selected.at(-1)!.matchers.push({ label: label!, operator: operator!, value: value! });
      }
      if (node.name === 'GroupingLabels') grouping.push(...words.slice(1, -1).split(/\s*,\s*/));
    },
  });
  return { selected, grouping };
}
