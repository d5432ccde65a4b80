import { type Filled, fill, type Whole } from './fill.ts';

/** What is wrong with the value of an option, as the end of a sentence that begins with it. */
export const OPTION_PROBLEMS = {
  empty: 'is empty; leave it out for the default',
  notWhole: 'is not a whole number from {least} to {most}',
  notOneOf: 'is not one of {names}',
  engine: 'is neither {names}',
  notPostgres: 'does not begin with postgres://',
  databaseAddress:
    'is not an address like postgres://user:password@host/name; in a password, write # as %23, / as %2F and ? as %3F',
  databaseFile: 'names a certificate that does not open',
  notOrigin: 'holds {entry}, which is not an origin like https://app.example',
  notAddress: 'is not an http:// or https:// address like https://detect.example',
  noService: 'is at an address of no service ({host})',
  notProxy: 'has the entry {entry}, which is not an address or a block like 10.1.0.0/16',
  notNaming: 'holds {entry}, which is not name=model',
  ownName: "gives the name {name} away, which is a model's own",
  noModel: 'names the model {name}; there are: {names}',
  notBlock:
    'has the entry {entry}, which is not a block of addresses such as 10.1.0.0/16, with no bits set beyond its prefix',
  wideBlock: 'has the entry {entry}, which is too wide: /{widest} is the widest for IPv{family}',
  notTarget: 'has the entry {entry}, which is not a block, an address or a host name, with or without a port',
  port: 'has the entry {entry}, which has a port outside 1 to 65535',
  brackets: 'has the entry {entry}, which has something other than an IPv6 address in brackets',
  notHost:
    'has the entry {entry}, which is not a host name; a "*" may only stand for the whole first part, as in *.store.example',
  topLevel: 'has the entry {entry}, which would open a whole top-level domain',
} as const;

type Template = (typeof OPTION_PROBLEMS)[keyof typeof OPTION_PROBLEMS];

/** What is wrong with a value, of the catalogue. */
export type OptionProblem = Whole<Template> | Filled<Template>;

/**
 * A sentence about an option's value.
 *
 * @param given   the option as it was given, such as `--port` or `LPD_PORT`
 * @param shown   its value, as it may be shown
 * @param problem an {@link OptionProblem}, out of the error that reading the value threw
 */
export function flawedOption(given: string, shown: string, problem: string): Filled<typeof FLAWED> {
  return fill(FLAWED, { given: shown === '' ? given : `${given}: ${shown}`, problem });
}

/** The whole sentence. */
export const FLAWED = '{given} {problem}.';
