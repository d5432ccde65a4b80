// A file input that says at once whether the picture will do. No bundler: `judge/` is a copy of
// node_modules/liveportrait-detect/dist/browser/.
import { createInspector } from './judge/index.js';

const answer = document.querySelector('#answer');
// Once for the page: it loads 2 MB, which browsers keep.
const inspector = createInspector();

document.querySelector('input').addEventListener('change', async ({ target }) => {
  const [file] = target.files;
  if (file === undefined) return;
  answer.textContent = 'Looking…';
  let text;
  try {
    const { pass, checks } = await (await inspector).inspect(file);
    const failed = checks.find((check) => check.status === 'fail' && !check.advisory);
    text = pass ? 'This picture will do.' : failed.advice;
  } catch (error) {
    // Not a picture, too large, damaged, …: the message says which, and what to do.
    text = error.message;
  }
  // Another file may have been chosen meanwhile.
  if (target.files[0] === file) answer.textContent = text;
});
