import { createInspector } from 'liveportrait-detect/browser';
import { useCallback, useRef } from 'react';

let opening;

/** One judge for the whole app, started when it is first wanted; after a failure it is tried again. */
function openInspector() {
  opening ??= createInspector().catch((error) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/**
 * A function from a file to what is wrong with it, in a sentence: empty for a picture that will do, null where another file
 * was given meanwhile.
 */
export function usePortraitCheck() {
  const turn = useRef(0);
  return useCallback(async (file) => {
    const mine = ++turn.current;
    const complaint = await complaintOf(file);
    return mine === turn.current ? complaint : null;
  }, []);
}

async function complaintOf(file) {
  try {
    const inspector = await openInspector();
    const { checks } = await inspector.inspect(file);
    return checks.find((check) => check.status === 'fail' && !check.advisory)?.advice ?? '';
  } catch (error) {
    return error.message;
  }
}
