// A form that checks first and uploads then. A picture that will not do is not sent, and says why.
import { createInspector } from 'liveportrait-detect/browser';

const form = document.querySelector('form');
const answer = document.querySelector('#answer');
const inspector = createInspector();

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    answer.textContent = 'Looking…';
    const complaint = await check(form.elements.portrait.files[0]);
    if (complaint !== '') {
      answer.textContent = complaint;
      return;
    }
    answer.textContent = 'Sending…';
    const response = await fetch(form.action, { method: form.method, body: new FormData(form) });
    answer.textContent = response.ok ? 'Sent.' : `The server answered ${response.status}.`;
  } finally {
    button.disabled = false;
  }
});

/** What is wrong with a picture, in a sentence; empty for one that will do. */
async function check(file) {
  try {
    const { checks } = await (await inspector).inspect(file);
    return checks.find((it) => it.status === 'fail' && !it.advisory)?.advice ?? '';
  } catch (error) {
    // A browser that cannot judge sends the picture: the server judges it all the same.
    return error.code === 'inspector.unavailable' ? '' : error.message;
  }
}
