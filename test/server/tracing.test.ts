/** Spans reach whatever SDK is loaded. The provider here only writes down; it stands where an SDK would. */
import { type Context, type Span, type SpanOptions, type Tracer, trace } from '@opentelemetry/api';
import { afterAll, expect, it } from 'vitest';
import { build } from './build.ts';
import { blank } from './pictures.ts';

it('makes a span of the request and of each stage', async () => {
  const ended: string[] = [];
  const attributes: Record<string, unknown> = {};
  const startSpan = (name: string, _options?: SpanOptions, parent?: Context): Span => {
    const id = parent && trace.getSpan(parent) ? 'child' : 'root';
    const span = trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 });
    span.setAttribute = (key, value) => {
      attributes[key] = value;
      return span;
    };
    span.end = () => {
      ended.push(`${id} ${name}`);
    };
    return span;
  };
  const tracer = { startSpan } as unknown as Tracer;
  trace.setGlobalTracerProvider({ getTracer: () => tracer });
  afterAll(() => trace.disable());

  const { url, key, lifecycle } = await build(afterAll);
  const response = await fetch(`${url}/v1/inspect?for=liveportrait`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key.secret}` },
    body: new Uint8Array(await blank(100, 100)),
  });
  expect(response.status).toBe(200);
  await expect.poll(() => lifecycle.open).toBe(0);
  expect(ended).toEqual(['child queue', 'child inspect', 'child commit', 'root request']);
  expect(attributes).toEqual({ 'http.response.status_code': 200 });
});
