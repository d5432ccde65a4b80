'use client';

import { createInspector } from 'liveportrait-detect/browser';
import { useEffect, useRef, useState } from 'react';

/** A file input, judged in the browser. The server renders it, too; the judge begins where there is a browser. */
export function Portrait() {
  const inspector = useRef(null);
  const [answer, setAnswer] = useState('');
  useEffect(() => {
    const opening = createInspector();
    inspector.current = opening;
    // Its failure is told when a picture is chosen.
    opening.catch(() => undefined);
    return () => void opening.then((open) => open.close()).catch(() => undefined);
  }, []);
  const choose = async ({ target: { files } }) => {
    const [file] = files;
    if (file === undefined) return;
    setAnswer('Looking…');
    try {
      const { checks } = await (await inspector.current).inspect(file);
      const failed = checks.find((check) => check.status === 'fail' && !check.advisory);
      setAnswer(failed?.advice ?? 'This picture will do.');
    } catch (error) {
      setAnswer(error.message);
    }
  };
  return (
    <>
      <label>
        Picture <input type="file" accept="image/*" aria-describedby="answer" onChange={choose} />
      </label>
      <p id="answer" role="status">
        {answer}
      </p>
    </>
  );
}
