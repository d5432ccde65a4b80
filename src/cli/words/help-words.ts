/** Commands, as the help calls them. */
export type CommandName =
  | 'check'
  | 'best'
  | 'fix'
  | 'evaluate'
  | 'serve'
  | 'worker'
  | 'submit'
  | 'keys'
  | 'keys create'
  | 'keys list'
  | 'keys show'
  | 'keys revoke'
  | 'usage'
  | 'mcp'
  | 'completion';

/** Headings of the help. */
export type HelpTitle = 'Usage:' | 'Arguments:' | 'Options:' | 'Global Options:' | 'Commands:';

/** Arguments and options: what each is. Those of the service are in `src/server/options.ts`. */
export interface HelpWords {
  readonly program: string;
  readonly titles: Readonly<Record<HelpTitle, string>>;
  readonly commands: Readonly<Record<CommandName, string>>;
  readonly version: string;
  readonly showHelp: string;
  /** The command that shows help. */
  readonly helpCommand: string;
  readonly lang: string;
  /** Behind what is wrong with a call. @param call the command's help */
  readonly more: (call: string) => string;
  /** The heading of calls to copy. */
  readonly examples: string;
  readonly choices: (names: readonly string[]) => string;
  /** What holds where an option is left out. */
  readonly usually: (value: string) => string;
  /** What an option does, with its choices and its usual value. */
  readonly withFacts: (description: string, facts: readonly string[]) => string;
  /** Which shell. */
  readonly shell: string;
  readonly pictures: string;
  readonly picturesAndFilms: string;
  readonly json: string;
  readonly csv: string;
  readonly format: string;
  readonly quiet: string;
  readonly open: string;
  readonly output: string;
  readonly resume: string;
  readonly sort: string;
  readonly urls: string;
  readonly watch: string;
  readonly annotate: string;
  readonly report: string;
  readonly for: string;
  /** Behind `for`, where there is a column for each generator. @param name what to call for it */
  readonly forAll: (name: string) => string;
  readonly policy: string;
  readonly server: string;
  readonly key: (variable: string) => string;
  readonly failFast: string;
  readonly jobs: string;
  readonly top: (most: number) => string;
  readonly bestOut: string;
  readonly bestJson: string;
  readonly fixOutput: string;
  readonly face: string;
  readonly fixJson: string;
  readonly manifest: string;
  readonly evaluateJson: string;
  readonly floor: string;
  readonly evaluateReport: string;
  readonly sweep: string;
  readonly by: string;
  readonly list: string;
  readonly jobServer: string;
  readonly jobKey: (variable: string) => string;
  readonly jobOut: string;
  readonly wait: string;
  readonly webhook: string;
  readonly keyName: string;
  readonly qps: string;
  readonly expires: string;
  readonly quota: string;
  readonly models: string;
  readonly secretStdin: string;
  readonly printJson: string;
  readonly oneKey: string;
  readonly onlyKey: string;
  readonly since: string;
  readonly usageCsv: string;
  readonly dataDir: (usual: string) => string;
  readonly environmentOnly: string;
  readonly defaultIs: (variable: string, value: string | null) => string;
  /** Behind the options of a command: what it does, and its exit codes. */
  readonly afterCheck: string;
  readonly afterBest: string;
  readonly afterFix: string;
  readonly afterSubmit: string;
  readonly allowFolders: string;
  readonly afterMcp: string;
}
