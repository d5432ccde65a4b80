import { generate } from 'selfsigned';

const EC = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

/** A certificate with its key, PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority of the test's own. */
export async function createAuthority(): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Test authority' }], {
    ...EC,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  return { cert, key };
}

/** A server's certificate for DNS names and addresses, signed by the authority or, without one, by itself. */
export async function createCertificate(
  names: readonly string[],
  options: { authority?: Certificate; addresses?: readonly string[]; expired?: boolean } = {},
): Promise<Certificate> {
  const day = 86_400_000;
  const { cert, private: key } = await generate([{ name: 'commonName', value: names[0]! }], {
    ...EC,
    ...(options.authority ? { ca: options.authority } : {}),
    ...(options.expired
      ? { notBeforeDate: new Date(Date.now() - 2 * day), notAfterDate: new Date(Date.now() - day) }
      : {}),
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...(options.addresses ?? []).map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  return { cert, key };
}
