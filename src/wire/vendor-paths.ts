/** What the vendor has on its paths beside those that are served here, for people who call them here. */

/** Paths, and what is behind them at the vendor. The first that fits counts. */
const CALLS: readonly (readonly [path: RegExp, what: string])[] = [
  [/^\/api\/v1\/services\/aigc\/text-generation\//, 'text generation'],
  [/^\/api\/v1\/services\/aigc\/multimodal-generation\//, 'multimodal generation'],
  [/^\/api\/v1\/services\/aigc\/image2video\/video-synthesis/, 'generation of videos from portraits'],
  [/^\/api\/v1\/services\/aigc\/video-generation\//, 'video generation'],
  [
    /^\/api\/v1\/services\/aigc\/(?:text2image|image2image|image-generation|background-generation|virtualmodel|image-synthesis)\//,
    'image generation',
  ],
  [/^\/api\/v1\/services\/audio\//, 'speech'],
  [/^\/api\/v1\/services\/(?:embeddings|rerank)\//, 'embedding and ranking'],
  [/^\/api\/v1\/services\/vision\//, 'image analysis'],
  [/^\/api\/v1\/tasks(?:\/|$)/, 'the state of an asynchronous task'],
  [/^\/api\/v1\/apps\//, 'a call of an application'],
  [/^\/api\/v1\/files(?:\/|$)/, 'the store of files'],
  [/^\/api\/v1\/(?:fine-tunes|deployments|models|tokenizer)(?:\/|$)/, 'management of models'],
  [/^\/(?:compatible-mode|compatible-api)\/v1\//, 'the API in the form of OpenAI'],
  [/^\/apps\/anthropic\//, 'the API in the form of Anthropic'],
];

/**
 * What the vendor answers on a path that is not served here.
 *
 * @param path without a query, without double slashes
 * @returns a sentence for behind the error's own, undefined for a path that is not the vendor's
 */
export function vendorCall(path: string): string | undefined {
  const what = CALLS.find(([pattern]) => pattern.test(path))?.[1];
  if (what === undefined) return undefined;
  return `This is the vendor's ${what.replace(/^the /, '')}, which is not served here: see docs/migrating.md, "Everything else on the base URL" (LPD_UPSTREAM).`;
}
