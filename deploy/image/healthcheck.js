// Whether the process answers, for HEALTHCHECK: the image has no curl, and Node is there. The port for operators is
// asked first, since a worker has no other.
const LIMIT_MS = 3_000;
const { LPD_METRICS_PORT, PORT } = process.env;
const url = `http://127.0.0.1:${Number(LPD_METRICS_PORT) || PORT || 8080}/healthz`;

try {
  const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
  if (!ok) throw new Error(`status ${status}`);
} catch (error) {
  process.stderr.write(`${url}: ${error.message}\n`);
  process.exitCode = 1;
}
