import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { PortraitInput } from './portrait-input.jsx';

function App() {
  const [portrait, setPortrait] = useState(null);
  return (
    <main>
      <h1>A portrait</h1>
      <PortraitInput onPortrait={setPortrait} />
      {portrait !== null && <p>Ready to be sent: {portrait.name}</p>}
    </main>
  );
}

createRoot(document.querySelector('#app')).render(<App />);
