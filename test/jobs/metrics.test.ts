import { expect, it } from 'vitest';
import { Metrics } from '../../src/server/metrics.ts';

it('tells how many items wait, and nothing while nobody can know', async () => {
  const metrics = new Metrics();
  let depth = async () => 7;
  metrics.watchJobs(() => depth());
  const shown = async () => /^lpd_job_items_waiting (.*)$/m.exec(await metrics.registry.metrics())?.[1];
  expect(await shown()).toBe('7');
  depth = () => Promise.reject(new Error('The database is away.'));
  expect(await shown()).toBeUndefined();
  depth = async () => 0;
  expect(await shown()).toBe('0');
});
