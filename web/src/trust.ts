/** What browsers with Trusted Types have; the DOM's types lack it. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/**
 * Lets the page start workers from its own host and nothing else. Its policy asks for Trusted Types, under which a worker's
 * address is a script's.
 */
export function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createScriptURL(url) {
      if (new URL(url, document.baseURI).origin !== location.origin)
        throw new TypeError(`${url} is not trusted`);
      return url;
    },
  });
}
