'use strict';
// How our own processes run, whatever they do. It has to be loaded before anything else: libuv makes its threads when
// the first of them is needed, as for loading an ECMAScript module, so this file is none.
const { availableParallelism } = require('node:os');
const { setFlagsFromString } = require('node:v8');

/** Threads beside those that decode, for files and names. */
const OTHER_THREADS = 4;

// Pictures are decoded on libuv's threads, four unless told otherwise: with more cores, workers would wait for each other.
process.env.UV_THREADPOOL_SIZE ??= String(availableParallelism() + OTHER_THREADS);

// Files and pixels lie outside of V8's heap, but count when it decides whether to look for garbage in all of it; beside our
// ten megabytes of objects they count for so much that it did so every six pictures. With room for four times what was in
// use, most of them go with the young objects that own them, and it does so a fifth as often.
setFlagsFromString('--heap-growing-percent=300');
