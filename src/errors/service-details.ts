/** What is wrong where the judge or the service runs, in one sentence each: what it loads, its store, keys and settings. */
export const SERVICE_DETAILS = {
  noNetworks: 'The networks do not load in WebAssembly.',
  noFile:
    'The file {file} of liveportrait-detect is missing. Install it anew, or leave it out of the bundle (docs/integrations.md).',
  noSimd: 'Inspecting needs WebAssembly with SIMD, which is not there.',
  noRuntime: 'onnxruntime does not load on {platform}.',
  otherRuntime:
    'This process has loaded another version of onnxruntime than {version}, and on Linux it can have one only. Run one of the two in a child process, or use {same} for both.',
  noSharp: 'sharp, which decodes pictures, does not load on {platform}.',
  noWasmSharp: 'sharp does not load as WebAssembly.',
  noThreads:
    'Decoding in WebAssembly needs threads, and this process may not start any: allow it add-ons (--allow-addons), which is faster, or threads (--allow-worker).',
  bun: 'Bun does not run the WebAssembly that decodes: install sharp.',
  noLibsql:
    'libsql, which keeps keys and usage in a file, does not load here: install with optional dependencies, or name a PostgreSQL in DATABASE_URL.',
  judgeStops: 'The worker that judges does not run: {why}.',
  judgeFiles: "The judge's files cannot be loaded: {why}",
  fileGone: 'The browser cannot read the file any more: it was moved, changed or deleted.',
  noLanguage: 'There are no words in {tag}. Use {tags}.',
  newerBoss: 'The tables of pg-boss were written by a newer release.',
  newerStore:
    'The store has schema version {found}, which needs a release that knows version {needs}; this one knows {known}.',
  storeClosed: 'The store is closed.',
  noDatabase: 'The database cannot be reached.',
  noPictureOpen: 'No picture is open.',
  readerStarts: 'The process that reads pictures does not start.',
  taskEarly: 'A task came before the settings.',
  wrongReply: 'A worker gave a judgement for an inspection.',
  workerStarts: 'A worker cannot start: {why}.',
  workerInspects: 'A worker cannot inspect: {why}.',
  workerBlind: 'A worker found no face in the probe picture.',
  noWorker: 'No worker can be started.',
  portTaken:
    'Cannot listen on {host}, port {port}: {problem}. Stop what listens there, or name another port: npm start -- --port 8081 (for metrics, --metrics-port). 0 takes a free one.',
  portForbidden:
    'Cannot listen on {host}, port {port}: {problem}. This user may not take that port; ports from 1024 on are free to all. Name one, and have a proxy pass on to it (docs/proxy.md).',
  notListening: 'Cannot listen on {host}, port {port}: {problem}',
  s3Keys: 'LPD_UPLOAD_S3_URL: needs LPD_UPLOAD_S3_KEY_ID and LPD_UPLOAD_S3_SECRET.',
  s3Overwrites:
    'LPD_UPLOAD_S3_URL: its store overwrites in spite of "If-None-Match: *"; use one that does not.',
  s3Status: 'The store of uploads answered {status}.',
  s3Late: 'The store of uploads was not done within {ms} ms.',
  s3Slow: 'The store of uploads is too slow: under {rate} bytes a second for {ms} ms.',
  s3List: 'The list of the store of uploads cannot be read.',
  s3LongList: 'A page of the list of the store of uploads has more than {most} bytes.',
  s3Object: 'The store of uploads has an object whose {element} is missing, or cannot be read.',
  signingFile: 'The file {name} does not hold {length} bytes.',
  keyEnd:
    'The end {text} cannot be used: write 90d or 12h for days or hours from now, or a date such as 2027-01-31 (00:00 UTC); it has to be in the future, by at most {most} days.',
  keyName:
    'The name {name} cannot be used: 1 to 64 letters, digits, spaces and . _ @ + -, with a letter or digit first.',
  keyRate: 'The rate is {rate} requests a second; more than 0 and at most {most} is allowed.',
  keyQuota: 'The quota is {quota} images; a whole number, 0 or more, is allowed.',
  keyModels: '{count} models are named; 1 to {most} are allowed.',
  keyModel: 'The model {name} is not the name of a model.',
  keyLength:
    'The key has {length} characters; {least} to {most} visible ASCII characters, without spaces, are allowed.',
  keyNamed: 'There is a key named "{name}" already.',
  keyKnown: 'This very key exists already, perhaps revoked.',
  keyShown: 'The key would be shown while it is typed. Pipe it: keys create --secret-stdin --name you < file',
  noKeyPiped:
    'Standard input does not hold a key, which is one line of {least} to {most} visible ASCII characters, without spaces.',
  keyGuessed: 'What came on standard input could be guessed: a key is made at random.',
} as const;
