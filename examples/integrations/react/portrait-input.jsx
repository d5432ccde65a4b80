import { useId, useState } from 'react';
import { usePortraitCheck } from './use-portrait-check.js';

/** A file input that hands on only pictures that will do, and says what is wrong with others. */
export function PortraitInput({ onPortrait }) {
  const id = useId();
  const check = usePortraitCheck();
  const [answer, setAnswer] = useState('');
  const choose = async ({ target: { files } }) => {
    const [file] = files;
    if (file === undefined) return;
    setAnswer('Looking…');
    const complaint = await check(file);
    // Null: another file was chosen meanwhile.
    if (complaint === null) return;
    setAnswer(complaint || 'This picture will do.');
    if (complaint === '') onPortrait(file);
  };
  return (
    <>
      <label>
        Picture <input type="file" accept="image/*" aria-describedby={id} onChange={choose} />
      </label>
      <p id={id} role="status">
        {answer}
      </p>
    </>
  );
}
