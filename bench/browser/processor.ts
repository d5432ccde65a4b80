import type { CDPSession } from 'puppeteer-core';

/** Processor time that all processes of a browser have used so far, in milliseconds. */
export async function processorTime(client: CDPSession): Promise<number> {
  const { processInfo } = await client.send('SystemInfo.getProcessInfo');
  return 1000 * processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
