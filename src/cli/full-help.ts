/** What a help has beyond the options: calls to copy, and for Chinese a layout that counts columns, not characters. */
import { type Command, Help, type HelpConfiguration, type Option } from 'commander';
import widthOf from 'string-width';
import type { CliContext } from './context.ts';
import { EXAMPLES } from './words/examples.ts';
import type { CommandName, HelpWords } from './words/help-words.ts';
import { wrapText } from './wrap.ts';

/** Narrower than this, a help is not wrapped: the terminal does that. */
const LEAST_WIDTH = 20;

/** Completes the help of a program and of each of its commands. */
export function completeHelp(
  program: Command,
  { words, language }: Pick<CliContext, 'words' | 'language'>,
): void {
  const configuration = { ...program.configureHelp(), ...layoutOf(words.help) };
  const complete = (command: Command, path: readonly string[]) => {
    command.configureHelp(configuration);
    const examples = EXAMPLES[path.join(' ') as CommandName] ?? [];
    const calls = examples.map(({ call, does }) => {
      return `  # ${does[language]}\n  ${program.name()} ${call}`;
    });
    if (calls.length > 0) command.addHelpText('after', `\n${words.help.examples}\n${calls.join('\n\n')}`);
    for (const child of command.commands) complete(child, [...path, child.name()]);
  };
  complete(program, []);
}

function layoutOf(words: HelpWords): HelpConfiguration {
  return {
    displayWidth: widthOf,
    minWidthToWrap: LEAST_WIDTH,
    boxWrap: (text, width) => (width < LEAST_WIDTH ? text : wrapText(text, width)),
    optionDescription: (option) => describe(option, words),
    // A Chinese colon has its own blank.
    formatHelp: (command, helper) =>
      Help.prototype.formatHelp.call(helper, command, helper).replace(/^(.*：) /, '$1'),
  };
}

/** What an option does, with its choices and its usual value. */
function describe(
  { description, argChoices, defaultValue, defaultValueDescription }: Option,
  words: HelpWords,
): string {
  const usual = defaultValueDescription ?? (defaultValue === undefined ? undefined : String(defaultValue));
  const facts = [
    ...(argChoices ? [words.choices(argChoices)] : []),
    ...(usual === undefined ? [] : [words.usually(usual)]),
  ];
  return facts.length > 0 ? words.withFacts(description, facts) : description;
}
