import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LIMITS } from '../../../src/core/checks/limits.ts';
import { ADVISORY_REASONS, FACE_REASONS } from '../../../src/core/checks/reasons.ts';
import { RULES } from '../../../src/core/checks/rules.ts';

const ROOM = new URL('../../../src/core/checks/rules/', import.meta.url);

test('every file of a rule is in the list, which the compiler cannot tell', async () => {
  const files = readdirSync(ROOM);
  const modules = await Promise.all(files.map((file) => import(new URL(file, ROOM).href)));
  const declared = modules.flatMap((module) => Object.values<unknown>(module)).filter(isRule);
  expect(declared.map(({ id }) => id).sort()).toEqual(RULES.map(({ id }) => id).sort());
});

test('no two checks share a name or a limit, and no reason both refuses and advises', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  expect(Object.keys(LIMITS)).toHaveLength(RULES.length);
  expect(FACE_REASONS.filter((reason) => ADVISORY_REASONS.some((other) => other === String(reason)))).toEqual(
    [],
  );
});

test.each(RULES.map(({ id, limit, bounds }) => [id, limit, bounds] as const))(
  'the default of %s lies in its range',
  (_id, _limit, { default: usual, min, max }) => {
    expect(usual).toBeGreaterThanOrEqual(min);
    expect(usual).toBeLessThanOrEqual(max);
  },
);

function isRule(exported: unknown): exported is (typeof RULES)[number] {
  return typeof exported === 'object' && exported !== null && 'bounds' in exported;
}
